"""What extraction makes of the pages of one half, field by field."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.decode import decode
from crawler.extract import extract
from crawler.extract.second_opinion import trafilatura_body
from yuqing.core.records import Article, Page
from yuqing.core.times import SHANGHAI

HERE = Path(__file__).parent
FIELDS = ("rejected", "title", "day", "origin", "editor", "paragraphs", "begins", "ends", "foreign")
PRINTED = ("title", "day", "origin", "editor")  # facts that stand in a report: wrong is worse than empty
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

    @property
    def false(self) -> list[str]:
        """The printed facts that are wrong and not empty."""
        return [field for field, (found, _) in self.wrong.items() if field in PRINTED and found]


def score(half: Path) -> list[Scored]:
    """The pages of the folder ``half`` in the order of their labels."""
    return [Scored(row["file"], row["kind"], dict(_wrong(_page(half, row), row))) for row in _rows(half)]


def _wrong(page: Page, row: dict[str, Any]) -> Iterator[tuple[str, tuple[object, object]]]:
    found = extract(page)
    if row["rejected"] != (not isinstance(found, Article)):
        yield "rejected", (found, row["rejected"])
    if row["rejected"] or not isinstance(found, Article):
        return
    pairs = {
        "title": (_letters(found.title), _letters(row["title"])),
        "day": (found.published_at[:10], row["day"]),
        "origin": (_letters(found.origin), _letters(row["origin"])),
        "editor": (_letters(found.editor), _letters(row["editor"])),
        **_body(found.body, row),
    }
    yield from ((field, pair) for field, pair in pairs.items() if not _is_right(pair))


def _is_right(pair: tuple[object, object]) -> bool:
    """Whether what was read is what the label says; a label of null says nothing."""
    return pair[1] is None or pair[0] == pair[1]


def _body(body: str, row: dict[str, Any]) -> dict[str, tuple[object, object]]:
    """What a body is and what it should be: how many paragraphs, how it begins and ends, what else is in it.

    Labels without a number of paragraphs count captions and rows too: such a line may be the first or the last.
    """
    lines, first, last = _paragraphs(body), _letters(row["body_first"]), _letters(row["body_last"])
    firsts, lasts = [lines[0]], [lines[-1]]
    if row["paragraphs"] is None:
        firsts, lasts = [lines[0], body.split("\n")[0]], [lines[-1], body.split("\n")[-1]]
    begins = [_letters(line.removeprefix("图："))[: len(first)] for line in firsts]
    ends = [_letters(line.removeprefix("图："))[-len(last) :] for line in lasts]
    return {
        "paragraphs": (len(lines), row["paragraphs"]),
        "begins": (first if first in begins else begins[0], first),
        "ends": (last if last in ends else ends[0], last),
        "foreign": ([text for text in row["not_in_body"] if "".join(text.split()) in "".join(body.split())], []),
    }


def score_bodies(half: Path) -> Counter[str]:
    """Of the pages whose body no selector and no system names: how many there are, and how many bodies are right.

    ``agrees`` and ``differs`` count what the second opinion said, ``… right`` how many of ours were right then.
    """
    found: Counter[str] = Counter()
    for row in _rows(half):
        page = _page(half, row)
        article = extract(page)
        if row["rejected"] or not isinstance(article, Article) or not article.method.startswith(("density", "run")):
            continue
        ours = all(map(_is_right, _body(article.body, row).values()))
        theirs = trafilatura_body(decode(page.body, {}).text)
        opinion = article.method.rpartition(" ")[2]
        found["pages"] += 1
        found["ours"] += ours
        found["trafilatura"] += bool(theirs) and all(map(_is_right, _body(theirs, row).values()))
        if opinion in ("agrees", "differs"):
            found[opinion] += 1
            found[f"{opinion}, ours right"] += ours
    return found


def _rows(half: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (half / "expected.jsonl").read_text("utf-8").splitlines()]


def _page(half: Path, row: dict[str, Any]) -> Page:
    body = (half / row["file"]).read_bytes()
    return Page(url=row["url"], body=body, source_id="fresh", fetched_at=datetime(2026, 11, 29, tzinfo=SHANGHAI))


def _paragraphs(body: str) -> list[str]:
    """The lines that the labels count: captions only where there is nothing else, no rows of tables, repeats once."""
    lines = list(dict.fromkeys(body.split("\n")))
    texts = [line for line in lines if not line.startswith("图：") and " | " not in line]
    return texts or [line.removeprefix("图：") for line in lines]


def _letters(text: str) -> str:
    return _MARKS.sub("", text)
