"""The days of a row, and whether the article names them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from yuqing.core.records import Article
from yuqing.review.check.numbers import han_value
from yuqing.review.draft.dates import find_days
from yuqing.review.draft.sentences import written_day

_DATELINE = r"\s*(?:消息|讯|电|报道)"  # after the day of writing
REPORTED = re.compile(_DATELINE)
_SPAN_MARKS = re.compile(r"(?<=\d)(?P<mark>日?)[—–―~～－](?=\d{1,2}(?:日|月))")
_RECENT = timedelta(days=7)  # from an act to the text about it
_LASTING = re.compile(r"(?:为期|历时|会期|展期|持续|连续)(\d+|[一二两三四五六七八九十]+)天")

Span = tuple[date, date]


def absent_days(row: str, source: str, article: Article) -> tuple[list[str], str, str]:
    """The days that ``row`` names and ``source``, the article's text, does not; and both texts without their days.

    The day of publication may appear in 3月9日消息; it is accepted as the day of an act only if the article names none
    of the preceding days: deadlines and years long past are not days of the news.
    """
    published = article.day
    if published is None:
        return [], row, source
    written = written_day(article.body, published)
    told, source_rest = _without_days(source, published, reported := {(published, published), (written, written)})
    if written != published:  # 今天 in a reprint means the day of its dateline
        told |= _without_days(source, written, reported)[0]
    ends = {(day, day) for span in told for day in span}
    known = told | ends
    found: list[str] = []
    said, row_rest = _without_days(row, published, reported)
    for span in sorted(said - known):
        if span in reported and not any(_recent(day, span[0]) for day, _ in told):
            continue
        first, last = span
        if (
            (first == last and (_bare(first, source, published) or _in_full(first, source)))
            or _lasted(span, source, ends)
            or _until(span, source, ends)
        ):
            continue
        found.append(f"{first.month}月{first.day}日" + (f"-{last.month}月{last.day}日" if last != first else ""))
    return found, row_rest, source_rest


def _recent(day: date, published: date) -> bool:
    return timedelta() <= published - day <= _RECENT


def _bare(day: date, source: str, published: date) -> bool:
    """Whether ``source`` names ``day`` without its month: 6日 in a text of August."""
    near = (day.year, day.month) == (published.year, published.month)
    return near and bool(re.search(rf"(?<![\d月.]){day.day}日(?!{_DATELINE})", source))


def _in_full(day: date, source: str) -> bool:
    """Whether ``source`` has ``day`` as the end of a span or a deadline: 至5月20日, in no other year."""
    found = re.finditer(rf"(?:(?P<year>20\d\d)年)?(?<!\d){day.month}月{day.day}日(?!{_DATELINE})", source)
    return any(match["year"] in (None, str(day.year)) for match in found)


def _lasted(span: Span, source: str, ends: set[Span]) -> bool:
    """Whether ``source`` names one end of ``span`` and how many days it lasts: 为期三天, 11日闭幕."""
    days = (span[1] - span[0]).days + 1
    named = any((end, end) in ends for end in span)
    lasting = _LASTING.findall(source)
    return named and days > 1 and any((int(n) if n.isdigit() else han_value(n)) == days for n in lasting)


def _until(span: Span, source: str, ends: set[Span]) -> bool:
    """Whether ``source`` names both ends of ``span``, the second as the end: 截止日期为5月18日."""
    first, last = span
    if (first, first) not in ends or (last, last) not in ends:
        return False
    return bool(
        re.search(
            rf"(?:至|到|截止|截止日期为|截至){last.month}月{last.day}日|{last.month}月{last.day}日(?:止|截止|结束)",
            source,
        )
    )


def _without_days(text: str, published: date, reported: set[Span] | None = None) -> tuple[set[Span], str]:
    """The days of ``text`` except those of ``reported`` followed by 消息, and the text without any days."""
    text = _SPAN_MARKS.sub(r"\g<mark>-", text)
    days: set[Span] = set()
    rest: list[str] = []
    at = 0
    for mention in find_days(text, published):
        if not mention.first or not mention.last or mention.start < at:
            continue
        span = (mention.first, mention.last)
        if not (reported and span in reported and REPORTED.match(text, mention.end)):
            days.add(span)
        rest.append(text[at : mention.start])
        at = mention.end
    return days, "，".join([*rest, text[at:]])
