"""Where the names and numbers in a paragraph that a person wrote come from: the rows that the draft links them to, or
rows that mention them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from yuqing.review.report.records import Entry, Paragraph, Segment, TableSection

_NUMBER = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)*[万亿%％]*[一-鿿]?")
_DAY = re.compile(r"\d[年月日号]$")
_MOST = 5  # rows that may mention a number; one that more rows mention belongs to none


def traced(
    text: str, drafts: Iterable[Paragraph], entries: Iterable[Entry], sections: Iterable[TableSection]
) -> Paragraph:
    """``text`` with the entries behind its names and numbers.

    A name or a count from one of the ``drafts`` keeps its entries; a count is matched along with the following
    character, so that 12条 is not found in 12月. A table label gets its rows, and a figure the entries that mention it.
    """
    names: dict[str, tuple[str, ...]] = {}
    for drafted in drafts:
        names = {**dict(_drafted(drafted)), **names}
    for section in sections:
        for row in section.rows:
            names.setdefault(row.label, tuple(entry.id for entry in row.entries))
    figures: dict[str, list[str]] = {}
    for entry in entries:
        for figure in set(_NUMBER.findall(entry.text)):
            figures.setdefault(figure, []).append(entry.id)
    counts = {name: refs for name, refs in names.items() if name[0].isdigit()}
    words = sorted((name for name in names if len(name) > 1 and name not in counts), key=len, reverse=True)
    pattern = re.compile("|".join([_NUMBER.pattern, *map(re.escape, words)]))
    found: list[Segment] = []
    at = 0
    for match in pattern.finditer(text):
        said = match[0]
        refs = names.get(said) or (() if _DAY.search(said) else tuple(figures.get(said, ())))
        if not refs or (said not in names and len(refs) > _MOST):
            continue
        if said in counts:
            said = said.rstrip(said[-1]) if not said[-1].isdigit() else said
        if match.start() > at:
            found.append(Segment(text=text[at : match.start()]))
        found.append(Segment(text=said, refs=refs))
        at = match.start() + len(said)
    if at < len(text):
        found.append(Segment(text=text[at:]))
    return tuple(found)


def _drafted(paragraph: Paragraph) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names in a draft with their entries; a count includes the following character."""
    for segment, after in zip(paragraph, [*paragraph[1:], Segment(text="")], strict=False):
        if segment.refs:
            yield segment.text + (after.text[:1] if segment.text.isdigit() else ""), segment.refs
