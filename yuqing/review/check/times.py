"""When it is done: a time that the article gives for something else, or as an end where the row has a start."""

from __future__ import annotations

import re
from typing import NamedTuple

from yuqing.review.check.clauses import Parsed, pairs

_TIME = re.compile(
    r"(?:(?P<year>20\d\d|今|本|去|明|次)年)?(?:(?P<month>1[0-2]|[1-9])月(?:份|(?P<day>[12]\d|3[01]|[1-9])日)?|(?P<part>[上下]半年|[第]?[一二三四]季度|[春夏秋冬]季|年[底末初]))(?P<end>[底末])?"
    r"|(?P<only>20\d\d|今|去|明)年(?P<last>[底末初])?"
)
_YEARS = {"今": 0, "本": 0, "去": -1, "明": 1, "次": 1}
_MONTH = re.compile(r"(?:(?P<year>20\d\d)年)?(?<!\d)(?P<month>1[0-2]|[1-9])月(?!\d)")
_FROM = re.compile(r"^(?:零时|上午|24时)?(?:起|开始|启动|以来)")
_UNTIL = re.compile(r"^(?:24时)?(?:止|截止|为止|结束|之?前)")
_FROM_BEFORE = re.compile(r"(?:自|从|始于)$")
_UNTIL_BEFORE = re.compile(r"(?:截止|截至|截止日期为|至|到|延至|延长至|延期至)$")
_FIGURE = re.compile(r"\d[\d.]*(?!\d*[年月日])")
_MONTH_END = 28  # from this day on a day counts as the end of its month
_COVERED = 0.75  # share of the words of the row's clause that a clause of the article must have
_ENOUGH = 3  # pairs of characters at least


class _When(NamedTuple):
    year: str  # "" where the text has none
    month: str  # or the part of the year, "" where only the year is named
    day: str
    role: str
    written: str


def other_times(row: Parsed, article: Parsed, year: int) -> list[str]:
    """The times of ``row`` that ``article`` gives for another step, or as the end of what begins then in the row."""
    told = [(clause, _whens(clause.text, year)) for clause in article.clauses]
    everywhere = [when for _, its in told for when in its]
    found = _of_other_years(row.text, article.text)
    for clause, _ in row.clauses:
        whens = _whens(clause, year)
        if len(whens) != 1:
            continue
        (when,) = whens
        same = [other for other in everywhere if _agree(when, other)]
        if not same:
            continue  # a time that occurs nowhere is reported on its own
        if when.role and all(other.role and other.role != when.role for other in same):
            found.append(f"{when.written}（起还是止）")
            continue
        at = clause.find(when.written)
        if clause[at : at + len(when.written) + 2] in article.text and at + len(when.written) < len(clause) - 1:
            continue
        content = pairs(clause.replace(when.written, "，"))
        if len(content) < _ENOUGH:
            continue
        figures = set(_FIGURE.findall(clause.replace(when.written, "")))
        if any(
            figures & set(_FIGURE.findall(other.text)) and any(_agree(when, one) for one in its) for other, its in told
        ):
            continue
        best = [
            (other, its) for other, its in told if len(content & other.content) >= max(_ENOUGH, _COVERED * len(content))
        ]
        if best and all(its and not any(_agree(when, other) for other in its) for _, its in best):
            found.append(f"{when.written}（原文为“{best[0][0].text}”）")
    return found


def _of_other_years(row: str, article: str) -> list[str]:
    """The months of ``row`` that ``article`` names only in another year: 2022年5月 for 2021年5月."""
    found: list[str] = []
    told = [(match["year"], match["month"]) for match in _MONTH.finditer(article)]
    for match in _MONTH.finditer(row):
        years = {year for year, month in told if month == match["month"]}
        if match["year"] and years and not years & {match["year"], None}:
            found.append(f"{match[0]}（原文为“{min(filter(None, years))}年{match['month']}月”）")
    return found


def _whens(clause: str, published: int) -> list[_When]:
    found = []
    for match in _TIME.finditer(clause):
        before, after = clause[: match.start()], clause[match.end() :]
        role = "from" if _FROM.match(after) or _FROM_BEFORE.search(before) else ""
        role = "until" if _UNTIL.match(after) or _UNTIL_BEFORE.search(before) else role
        day = match["day"] or ("end" if match["end"] else "")
        if day.isdigit() and int(day) >= _MONTH_END:
            day = "end"
        unit = match["month"] or (match["part"] or "").removeprefix("第") or match["last"] or ""
        year = match["year"] or match["only"] or ""
        year = str(published + _YEARS[year]) if year in _YEARS else year
        found.append(_When(year, unit, day, role, match[0]))
    return found


def _agree(one: _When, other: _When) -> bool:
    """Whether the two may be the same time; a month covers each of its days, a year its months."""
    if not one.month or not other.month:
        return one.year == other.year
    return one.month == other.month and (one.day == other.day or not one.day or not other.day)
