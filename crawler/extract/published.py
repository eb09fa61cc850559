"""The day of publication: every opinion on the page, then the one to trust."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from htmldate import find_date
from lxml import etree

from crawler.dialects import url_day
from crawler.extract.dates import FIRST_YEAR, Moment, find_moments, first_moment, fold
from crawler.extract.layout import PageLayout
from crawler.extract.select import select, text_of
from crawler.extract.split_days import split_moment
from crawler.wordings import either, page_words
from yuqing.core.records import DateSource, Page, Source

# What a line says before or around its day, from the most to the least reliable.
_W = page_words().days
_PUBLISHED = re.compile(rf"{either(_W.published)}(?:时间|日期)\s*[:|]?|[发刊](?:布|表|发|登)于\s*:?")
_ORIGIN = re.compile(r"来源\s*[:|]|来源于|稿源|出处\s*:|作者\s*[:|]")
_TIME_LABEL = re.compile(r"(?<![\w])(?:时间|日期|发布)\s*:|^\s*(?:时间|日期)\s*:")
_UPDATED = re.compile(rf"{either(_W.updated)}(?:时间|日期|于)?\s*:?")
_SENT = re.compile(r"发文(?:时间|日期)\s*[:|]?\s*$")  # when a document was sent out: the last resort
_OTHER = re.compile(rf"{either(_W.other)}(?:时间|日期|期限?)|{either(_W.never)}")
_ISSUED = re.compile(r"\s?(?:发布|发表|刊发|发稿|上传)(?![的了会])")  # after the day
_UNTIL = re.compile(r"日?\s?(?:[至到~～]|[-–—]{1,2})\s?")  # between the days of a period
_WORDS = re.compile(r"[\u4e00-\u9fa5A-Za-z]")
_LINE = page_words().lines
_NO_WORDS = re.compile(rf"https?://\S+|\bwww\.\S+|{either(_LINE.byline, _LINE.reads, _LINE.counted)}")  # next to a day
SPLIT = 2  # the rank of a day whose parts are in separate elements
ABOVE = 3  # lines above the title where such a day may appear; higher up it is today's date
NONE = 9  # the rank of a day unrelated to the publication
WEAK = 3  # from this rank on URL, list page and metas take precedence over the visible day
MAX_LINE = 300  # characters; a longer line is text
MAX_LINES = 3_000  # lines of a page passed to the library; it takes 0.1 s for 1,000
_DAYLIKE = re.compile(
    r"\d|年"
)  # digits of any script; a line with neither shows no day, and folding all lines took 5 % of a crawl
MAX_WORDS = 12  # letters next to a day without time and label; with more it is a sentence such as （…会议通过）
_ADOPTED = re.compile(either(_W.adopted))  # after the day: （2007年6月29日…会议通过）
_SPOKEN = re.compile(r"\(\d{4}年\d{1,2}月\d{1,2}日\)")  # under a title: the day of a speech or of a decision
_METAS = (
    "pubdate",
    "publishdate",
    "firstpublishedtime",
    "article:published_time",
    "og:time",
    "weibo:article:create_at",
    "weibo:article:create_time",
    "datepublished",
    "og:release_date",
    "apub:time",
    "ld:datepublished",
    "ld:pubdate",
    "publish_time",
    "publishtime",
    "pub_date",
    "publish-date",
    "createdate",
    "date",
)
_URL_DAYS = (
    re.compile(r"/t((?:19|20)\d\d)(\d\d)(\d\d)_"),
    re.compile(r"/((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?:/|_|\.)"),
    re.compile(r"/((?:19|20)\d\d)-?(\d\d)/(\d\d)/"),
    re.compile(r"/((?:19|20)\d\d)/(\d\d)-?(\d\d)/"),
    re.compile(r"/((?:19|20)\d\d)(\d\d)(\d\d)(?:/|\d{4,}/|_|\.|(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?\.)"),
)


@dataclass(frozen=True, slots=True)
class Published:
    """``iso`` is empty where no day was found; ``agrees`` names the other opinions that give the same day."""

    iso: str = ""
    source: DateSource | Literal[""] = ""
    agrees: tuple[str, ...] = ()


def find_published(
    page: Page,
    source: Source | None,
    layout: PageLayout,
    metas: Mapping[str, str],
    head: tuple[int, int],
    body: tuple[int, int],
) -> Published:
    """The day of publication of ``page``.

    Order of trust: visible label, URL, list page, metas, library. A meta may be the day of a migration, years after the
    visible one; the library guesses from any day on the page, so it comes last and without its extensive search. Days
    after the fetch (plus one for clock differences) and bare years are rejected.
    """
    last = page.fetched_at.date() + timedelta(days=1)
    shown, rank = visible_moment(layout, source, head, body, last)
    opinions: list[tuple[DateSource, Moment | None]] = [
        ("url", _url_moment(page.url, source)),
        ("listing", Moment(page.link.day) if page.link and page.link.day else None),
        ("meta", meta_moment(metas, last)),
    ]
    opinions.insert(0 if rank < WEAK else len(opinions), ("label", shown))
    found: dict[DateSource, Moment] = {
        name: moment for name, moment in opinions if moment and moment.day.year >= FIRST_YEAR and moment.day <= last
    }
    if not found:
        guess = _library(layout.root, last) if len(layout.lines) <= MAX_LINES else None
        if guess and guess.day in _all_days(layout):
            guess = None  # a day shown on a line has already been considered: today's, a comment's, another article's
        return Published(guess.iso, "library") if guess else Published()
    chosen, moment = next(iter(found.items()))
    same = {name: other for name, other in found.items() if other.day == moment.day}
    timed = next((other for other in same.values() if other.time and other.time != "00:00:00"), moment)
    return Published(timed.iso, chosen, tuple(name for name in same if name != chosen))


def visible_moment(
    layout: PageLayout, source: Source | None, head: tuple[int, int], body: tuple[int, int], last: date
) -> tuple[Moment | None, int]:
    """The day that the page shows and its rank (0: most reliable): by the source's selectors, otherwise by line."""
    for css in source.select.date if source else ():
        for element in select(layout.root, css):
            moment = first_moment(text_of(element))
            if moment and moment.day <= last:
                return moment, 0
    best: Moment | None = None
    best_key, best_rank = (NONE, 0), NONE
    for number in _around(len(layout.lines), head, body):
        line = layout.lines[number]
        if len(line.text) > MAX_LINE or not _DAYLIKE.search(line.text):
            continue
        before = layout.lines[number - 1].text if number else ""
        place = _place(number, head, body)
        for rank, moment in _ranked(fold(line.apart), before, place):
            # A label below the text may be a comment's: it yields to any day between title and text.
            key = (max(rank, WEAK) if place == "below" else rank, 0 if moment.time else 1)
            if number < head[0] and rank >= SPLIT and _is_others(layout, number, moment, last):
                continue
            if moment.day <= last and key < best_key:
                best, best_key, best_rank = moment, key, rank
    if best_rank > SPLIT:
        marked = next((moment for moment in _marked(layout, head[0], body[0]) if moment.day <= last), None)
        if marked:
            return marked, SPLIT
        end = min(body[0] + 2, len(layout.lines))
        for rank, near in ((SPLIT, range(head[0], end)), (WEAK, range(max(0, head[0] - ABOVE), head[0]))):
            split = split_moment(layout, near) if rank < best_rank else None
            if split and split.day <= last:
                return split, rank
    return best, best_rank


def _marked(layout: PageLayout, start: int, end: int) -> Iterator[Moment]:
    """The days that the lines ``start:end`` mark as such: <time datetime="…">, whatever is written beside them."""
    for line in layout.lines[start:end]:
        for element in line.element.iter("time"):
            shown = text_of(element)
            moment = first_moment(element.get("datetime", "")) or first_moment(shown)
            if moment and shown and shown in line.apart:
                yield moment


def _is_others(layout: PageLayout, number: int, moment: Moment, last: date) -> bool:
    """Whether a day above the title is that of the visit, which many pages show, or belongs to another heading."""
    return moment.day > last - timedelta(days=3) or (number > 0 and layout.lines[number - 1].kind == "heading")


def _all_days(layout: PageLayout) -> set[date]:
    """Every day shown on a line."""
    texts = (line.apart for line in layout.lines if _DAYLIKE.search(line.text))
    return {moment.day for text in texts for moment in find_moments(fold(text))}


def _around(lines: int, head: tuple[int, int], body: tuple[int, int]) -> list[int]:
    """The lines to search, the likeliest first: head, the body's first lines, the lines after, the rest above."""
    near = [*range(head[0], body[0]), *range(body[0], min(body[0] + 6, body[1]))]
    after = [*range(max(body[1] - 6, min(body[0] + 6, body[1])), min(body[1] + 12, lines))]
    return [*near, *after, *range(head[0] - 1, -1, -1)]


def _place(number: int, head: tuple[int, int], body: tuple[int, int]) -> Literal["head", "body", "below", "above"]:
    if number < head[0] - 3:
        return "above"
    if number < body[0]:
        return "head"
    return "body" if number < body[1] else "below"


def _ranked(text: str, before: str, place: str) -> list[tuple[int, Moment]]:
    """The days of one line with their ranks: 0 labelled, 1 with 来源, 2 alone, 3 below or in brackets, 4 updated."""
    ranked = []
    moments = list(find_moments(text))
    periods = {
        number for number, pair in enumerate(pairwise(moments)) if _UNTIL.fullmatch(text, pair[0].end, pair[1].start)
    }
    rest = len(text) - sum(moment.end - moment.start for moment in moments)
    for number, moment in enumerate(moments):
        if number in periods or number - 1 in periods:
            continue
        lead = text[max(0, moment.start - 14) : moment.start]
        if not lead.strip(" |:"):
            lead = fold(before[-12:]) + lead
        if _OTHER.search(lead) and not _PUBLISHED.search(lead[-8:]):
            continue
        if _ADOPTED.search(text, moment.end, moment.end + 40):
            continue
        if _PUBLISHED.search(lead):
            rank = 0
        elif _UPDATED.search(lead[-8:]) and number and place == "head":
            rank = 4  # after the day of publication
        elif (place == "head" and _ISSUED.match(text, moment.end)) or (
            place != "body" and (_TIME_LABEL.search(lead) or (place == "head" and _ORIGIN.search(text) and rest < 90))
        ):
            rank = 1
        elif _UPDATED.search(lead) or _SENT.search(lead):
            rank = 4
        elif place == "head":
            words = len(_WORDS.findall(_NO_WORDS.sub("", text))) - len(_WORDS.findall(text[moment.start : moment.end]))
            rank = 2 if (moment.time and rest < 60) or words <= MAX_WORDS else NONE
            if rank == 2 and _SPOKEN.fullmatch(text):
                rank = 3
        else:
            bare = rest <= 12 and not _WORDS.search(text[: moment.start] + text[moment.end :])
            rank = 3 if place == "below" and bare and moment.time else NONE
        if rank < NONE:
            ranked.append((rank, moment))
    return ranked


def _url_moment(url: str, source: Source | None) -> Moment | None:
    """The day in the article's URL: by the source's pattern, otherwise by the general ones."""
    if day := url_day(url, source):
        return Moment(day)
    found = (first_moment("-".join(match.groups())) for pattern in _URL_DAYS if (match := pattern.search(url)))
    return next((moment for moment in found if moment), None)


def meta_moment(metas: Mapping[str, str], last: date) -> Moment | None:
    """The first usable day from the metas that give the publication."""
    for name in (name for name in _METAS if name in metas):
        moment = first_moment(metas[name])
        if moment and moment.day <= last:
            return moment
    return None


def _library(root: etree._Element, last: date) -> Moment | None:
    """htmldate's opinion; it gives 1 January if it found only a year, so that day is rejected."""
    try:
        found = find_date(root, extensive_search=False, original_date=True, max_date=last.isoformat())
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    moment = first_moment(found) if found else None
    return moment if moment and (moment.day.month, moment.day.day) != (1, 1) else None
