"""What extraction makes of the pages of one half, field by field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.extract import extract
from yuqing.core.records import Article, Page
from yuqing.core.times import SHANGHAI

HERE = Path(__file__).parent
FIELDS = ("rejected", "title", "day", "origin", "editor", "paragraphs", "begins", "ends", "foreign")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Scored:
    """A page, and per field what was read, what is right, where the two differ."""

    file: str
    kind: str
    wrong: dict[str, tuple[object, object]]

    @property
    def right(self) -> bool:
        """Whether the page is right in every field."""
        return not self.wrong


def score(half: str) -> list[Scored]:
    """The pages of ``half`` in the order of their labels."""
    rows = [json.loads(line) for line in (HERE / half / "expected.jsonl").read_text("utf-8").splitlines()]
    return [Scored(row["file"], row["kind"], dict(_wrong(HERE / half / row["file"], row))) for row in rows]


def _wrong(file: Path, row: dict[str, Any]) -> Iterator[tuple[str, tuple[object, object]]]:
    page = Page(
        url=row["url"], body=file.read_bytes(), source_id="fresh", fetched_at=datetime(2026, 11, 29, tzinfo=SHANGHAI)
    )
    found = extract(page)
    if row["rejected"] != (not isinstance(found, Article)):
        yield "rejected", (found, row["rejected"])
    if row["rejected"] or not isinstance(found, Article):
        return
    lines = _paragraphs(found.body)
    pairs = {
        "title": (_letters(found.title), _letters(row["title"])),
        "day": (found.published_at[:10], row["day"]),
        "origin": (_letters(found.origin), _letters(row["origin"])),
        "editor": (_letters(found.editor), _letters(row["editor"])),
        "paragraphs": (len(lines), row["paragraphs"]),
        "foreign": ([text for text in row["not_in_body"] if "".join(text.split()) in "".join(found.body.split())], []),
    }
    first, last = _letters(row["body_first"]), _letters(row["body_last"])
    pairs["begins"] = (_letters(lines[0])[: len(first)], first)
    pairs["ends"] = (_letters(lines[-1])[-len(last) :], last)
    yield from ((field, pair) for field, pair in pairs.items() if pair[0] != pair[1])


def _paragraphs(body: str) -> list[str]:
    """The lines that the labels count: captions only where there is nothing else, no rows of tables, repeats once."""
    lines = list(dict.fromkeys(body.split("\n")))
    texts = [line for line in lines if not line.startswith("图：") and " | " not in line]
    return texts or [line.removeprefix("图：") for line in lines]


def _letters(text: str) -> str:
    return _MARKS.sub("", text)
