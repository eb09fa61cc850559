"""The check of a row against its article, shown beside the row while it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from yuqing.core.names import Names
from yuqing.core.records import Article
from yuqing.review.check.clauses import clauses, denied_but_said, planned_but_done, said_but_denied
from yuqing.review.check.contrasts import (
    Around,
    direction_differs,
    excluded_words,
    limit_differs,
    roles_differ,
    turned_round,
)
from yuqing.review.check.days import absent_days
from yuqing.review.check.marks import absent_marks
from yuqing.review.check.names import unnamed
from yuqing.review.check.numbers import Number, find_numbers
from yuqing.review.check.replaced import replaced_words
from yuqing.review.draft.wording import tidy

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_AROUND = 12  # characters around a number that say what it counts
_GENERAL = frozenset("个的了为以约近超达")


def doubts(row: str, article: Article, names: Names, allowed: Iterable[str] = ()) -> list[str]:
    """What ``row`` says and ``article`` does not, in words for an analyst; [] where nothing is to be looked up.

    Looked up are days, numbers, names, titles and quotations, and whether a thing is done, planned or denied, growing
    or falling. Other words for the same thing are not doubted. ``allowed`` are the place names of the item's tags.
    """
    allowed = tuple(allowed)
    parts = (article.title, *article.body.split("\n"), article.origin)
    source = "。".join(tidy(part) for part in parts if part.strip())
    text = tidy(row)
    published = article.day or date.today()
    missing, row_rest, source_rest = absent_days(text, source, article)
    told = clauses(source)
    said = clauses(row_rest)
    found = [*missing, *absent_marks(text, source), *_numbers(row_rest, source_rest, published)]
    found += [word for word in _LATIN.findall(text) if word.lower() not in source.lower()]
    found += unnamed(text, source, names, allowed)
    found += [*excluded_words(text, source), *replaced_words(row_rest, source)]
    found += [*roles_differ(text, source), *turned_round(row_rest, source_rest, published.year)]
    found += [*denied_but_said(said, told), *said_but_denied(said, told), *planned_but_done(said, told)]
    return list(dict.fromkeys(found))


def _numbers(row: str, source: str, published: date) -> list[str]:
    """The numbers of ``row`` that ``source`` lacks, or tells of something else, or with another direction."""
    found: list[str] = []
    known = find_numbers(source, published.year)
    for number in find_numbers(row, published.year):
        written = row[number.start : number.end + len(number.unit)]
        same = [other for other in known if _equal(number, other)]
        if number.kind == "year" and number.value == published.year:
            continue
        if number.kind == "month" and number.value == published.month:
            continue
        if number.unit in ("月", "个月") and any(o.kind == "month" and o.value == number.value for o in known):
            continue  # 前5个月 of 1至5月
        if not same:
            if not re.search(rf"(?<![\d.]){re.escape(row[number.start : number.end + 2])}", source):
                found.append(written)
            continue
        if number.kind not in ("plain", "percent"):
            continue
        around = _around(row, number)
        near = [other for other in same if _same_thing(number, around, other, _around(source, other), source)]
        if not near:
            found.append(written)
        elif all(direction_differs(around, _around(source, other)) for other in near):
            found.append(f"{written}（增减方向）")
        elif all(limit_differs(around, _around(source, other)) for other in near):
            found.append(f"{written}（上限还是下限）")
    return found


def _equal(number: Number, other: Number) -> bool:
    return number.kind == other.kind and abs(number.value - other.value) < 1e-6 * max(1.0, abs(number.value))


def _around(text: str, number: Number) -> Around:
    return Around(text[max(0, number.start - _AROUND) : number.start], text[number.end : number.end + _AROUND])


def _same_thing(number: Number, said: Around, other: Number, told: Around, source: str) -> bool:
    """Whether two equal numbers count the same: by their measure, or by a word beside them.

    Where no word beside the row's number stands in the article at all, it was said in other words: not doubted.
    """
    beside = {said.before[-2:], _noun(said.after, number.unit)[:2]} - {""}
    beside = {word for word in beside if re.fullmatch(r"[一-鿿]{2}", word) and not _GENERAL & set(word)}
    context = told.before + "|" + told.after
    if any(word in context for word in beside):
        return True
    measured = bool(number.unit) and (number.unit == other.unit or number.unit in told.after[:5])
    if any(word in source for word in beside):
        return measured and not _elsewhere(beside, number, source)
    return measured or not number.unit or not other.unit


def _noun(after: str, unit: str) -> str:
    rest = after.lstrip("多余来个")
    return rest[len(unit) :] if unit and rest.startswith(unit) else rest


def _elsewhere(beside: set[str], number: Number, source: str) -> bool:
    """Whether a word beside the row's number stands in the article beside another number with the same measure."""
    if not number.unit:
        return False
    measured = re.compile(rf"\d(?:[\d.]*)[万亿]?(?:多|余)?{re.escape(number.unit)}")
    for word in beside:
        for match in re.finditer(re.escape(word), source):
            near = source[max(0, match.start() - 6) : match.end() + 6]
            if measured.search(near):
                return True
    return False
