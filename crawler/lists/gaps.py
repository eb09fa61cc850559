"""The day between two links: lists whose rows have no wrapper (``dt``/``dd``, lines ended by ``br``)."""

from __future__ import annotations

from datetime import date, datetime

from lxml import etree

from crawler.lists.days import find_day

_LONGEST = 80  # characters between two links; anything longer is running text


class Gaps:
    """The days in the gaps of a page, computed once per element that holds rows. ``at``: when the page was fetched."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._known: dict[etree._Element, dict[etree._Element, date]] = {}

    def day_of(self, row: etree._Element) -> date | None:
        """The day in the gap next to ``row`` (a link, or the element that wraps it), if its list has days there."""
        holder = row.getparent()
        if holder is None or holder.tag in ("body", "html"):
            return None
        if holder not in self._known:
            self._known[holder] = self._days(holder)
        return self._known[holder].get(row)

    def _days(self, holder: etree._Element) -> dict[etree._Element, date]:
        """The days of the rows of ``holder``: after each row, or before it if the first day precedes the first row."""
        rows: list[etree._Element] = []
        texts = [holder.text or ""]
        for child in holder:
            if child.tag == "a" or child.find(".//a") is not None:
                rows.append(child)
                texts.append(child.tail or "")
            else:
                texts[-1] += " " + " ".join(map(str, child.itertext())) + (child.tail or "")
        days = [find_day(text.strip(), self._at) if len(text.strip()) <= _LONGEST else None for text in texts]
        if len(rows) < 2:
            return {}
        beside = days[:-1] if days[0] and not days[-1] else days[1:]
        if sum(day is not None for day in beside) * 2 < len(rows):
            return {}
        return {row: day for row, day in zip(rows, beside, strict=True) if day}
