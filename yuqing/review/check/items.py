"""A digest of several items: a figure of one item in the row of another (创建期两年 of the item before)."""

from __future__ import annotations

import re

from yuqing.review.check.clauses import pairs
from yuqing.review.check.numbers import equal, find_numbers

_ITEM = re.compile(r"(?=[▲◆●■★◇◎])|(?=【[^】]{1,10}】)")
_ENOUGH = 6  # pairs of characters that only one item and the row have: the row tells of it too


def of_another_item(row: str, article: str, year: int) -> list[str]:
    """The figures of ``row`` that ``article`` has only in items of a digest that the row does not tell of."""
    items = _ITEM.split(article)[1:]
    said = pairs(row)
    if len(items) < 2:
        return []
    shares = [said & pairs(item) for item in items]
    home = max(range(len(items)), key=lambda rank: len(shares[rank]))
    apart = [rank for rank, share in enumerate(shares) if rank != home and len(share - shares[home]) < _ENOUGH]
    elsewhere = [number for rank in apart for number in find_numbers(items[rank], year)]
    own = [number for rank, item in enumerate(items) if rank not in apart for number in find_numbers(item, year)]
    return [
        f"“{row[one.start : one.end + len(one.unit)]}”与原文不符（另一条的数）"
        for one in find_numbers(row, year)
        if one.kind in ("plain", "percent")
        and any(equal(one, other) for other in elsewhere)
        and not any(equal(one, other) for other in own)
    ]
