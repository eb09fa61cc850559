"""The columns an article belongs to, from the breadcrumb or the column meta."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crawler.extract.layout import Line, PageLayout

_LEAD = re.compile(
    r"(?:您?(?:现在|当前)?的?所在位置|当前(?:的)?位置|您?(?:现在的?|的)位置|位置(?=\s*[:：])|所在位置|当前页面|当前栏目)\s*[是为]?\s*[:：]?\s*"
)
_SPLIT = re.compile(r"\s*(?:-{0,2}[>＞»›→]+|/|[|｜│┃]|\s-{1,2}\s)\s*|\s+(?=正文$)")
_ARROW = re.compile(r"[>＞»›→]")
_NONE = re.compile(r"^.{0,4}(?:首页|主页|正文|内容|详情页?|当前页)$|^\W*$|\S+ \S+ \S+")
MAX_TRAIL = 160  # characters of a breadcrumb
MAX_COLUMNS = 6


def find_columns(layout: PageLayout, metas: Mapping[str, str], title: str, body: int) -> tuple[str, ...]:
    """From outer to inner, without the home page, 正文 and the title itself."""
    for line in reversed(layout.lines[: body + 1]):
        text = line.text
        if len(text) > MAX_TRAIL:
            continue
        lead = _LEAD.search(text)
        if not lead and not _is_trail(line):
            continue
        trail = text[lead.end() :] if lead else text
        if line.kind == "row":
            trail = _without_end(trail)
        parts = [part.strip(" 　:：") for part in _SPLIT.split(trail)]
        columns = [part for part in parts if part and len(part) <= 24 and not _NONE.match(part) and part not in title]
        if columns:
            return tuple(columns[:MAX_COLUMNS])
    name = metas.get("columnname", "")
    return (name,) if name else ()


def _without_end(row: str) -> str:
    """The row up to its last cell with an arrow: there may be a telephone number or buttons next to the breadcrumb."""
    cells = row.split(" | ")
    while len(cells) > 1 and _ARROW.search(row) and not _ARROW.search(cells[-1]):
        cells.pop()
    return " | ".join(cells)


def _is_trail(line: Line) -> bool:
    """Whether a line without 当前位置 is a breadcrumb: linked names separated by arrows."""
    return 3 * line.linked > len(line.text) and bool(_ARROW.search(line.text.strip("<> ")))
