"""Primary provinces on the gold rows, printed as precision, recall and F1, with recorded floors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from classifiers.document import prepare
from tests.regions.resolved import resolve
from yuqing.core.provinces import province_of
from yuqing.core.records import Article

# Measured 2026-11: passages 1.000, report rows 0.971. Rows of the sections enterprise, summit and special bear a
# province only where the report prints them twice, so two of them count as wrong with a sensible answer.
FLOORS = {"passages": 0.97, "report_items": 0.95}
Row = tuple[str, str, set[str]]


def _passages(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["title"], row["text"], set(row["labels"]["provinces"])


def _report_items(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        labels = [row["label"], *row["other_labels"]] if row["section"] == "province" else row["other_labels"]
        title = row["label"] if row["section"] in {"summit", "special"} else ""
        yield title, row["text"], {found.name for label in labels if (found := province_of(label))}


@pytest.mark.shared
@pytest.mark.parametrize(("name", "rows"), [("passages", _passages), ("report_items", _report_items)])
def test_primary_provinces_of_the_gold_rows(
    name: str, rows: Callable[[Path], Iterator[Row]], shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = extra = missed = 0
    for title, body, gold in rows(shared / "gold" / f"{name}.jsonl"):
        tags, _ = resolve(prepare(Article(url="https://s.example/1", title=title, body=body)))
        got = {tag.province for tag in tags if tag.primary}
        right, extra, missed = right + len(got & gold), extra + len(got - gold), missed + len(gold - got)
    precision, recall = right / (right + extra), right / (right + missed)
    f1 = 2 * right / (2 * right + extra + missed)
    with capsys.disabled():
        print(f"\nprimary provinces, {name}: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
    assert f1 >= FLOORS[name]
