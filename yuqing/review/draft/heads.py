"""The day that a row begins with, and its text without that day."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from yuqing.review.draft.context import Context
from yuqing.review.draft.dates import DayMention, after_clock, say
from yuqing.review.draft.news import STRONG
from yuqing.review.draft.records import Kind
from yuqing.review.draft.sentences import Sentence

LEAD_MARKS = re.compile(r"^(?:[\s　，,、；;：:。的■●▲◆★□○△]|【[^】]{1,12}】)+")
SAME_DAY = re.compile(
    r"[，,]?(?<![\d首次])(?:(?<![一-鿿])[一-鿿]{1,3}节)?(?:当[天日晚]|同日|[这那]天)(?![起内])(?:(?:[上下]午|晚上)(?:\d{1,2}[时点](?:\d+分|半)?)?)?[，,]?"
)
_HALF_DAY = re.compile(r"^(?:上午|下午|晚上|夜里|傍晚|中午|凌晨)(?:\d{1,2}[时点](?:\d+分|半)?)?[，,]")
_HEARD = re.compile(
    r"^(?:\s*(?:[，,]?\s*(?:本报|本网)?(?:记者|笔者)\s*(?:近日|日前|近期|最近)?(?:从|自|在)|(?:从|自))(?P<who>[^，。；]{2,40}?)(?:上)?(?:获悉|了解到|得知|悉)[，,：:]?"
    r"|(?:\s*(?:本报|本网)?记者)?(?:了解到|获悉)[，,：:]?"
    r"|据(?:了解|悉|介绍|报道|[^，。；]{2,24}?(?:消息|介绍|透露|报道|通报))[，,：:]"
    r"|[^，。；：“”]{1,20}?(?:告诉|对|向)记者(?:介绍|表示|透露|说)?[，,：:]"
    r"|[^，。；：“”]{2,20}?(?:近日|日前)?(?:有关)?(?:负责人)?(?:近日|日前)?(?:透露|介绍)[，,：:])\s*"
)
_THAT_PLACE = re.compile(r"(?P<time>(?:截至|今年|目前|自|从)?[^，。]{0,12}，|)该(?P<kind>[省市区县州])")
# What the source of the news is called when it is named again: 该局; 公司 only before a verb or a partner.
_THAT_BODY = re.compile(
    r"(?:该|本)([局厅委办院校部站所馆行社会]|公司|集团|银行|学校|大学|学院|医院|中心|法院|协会|企业)"
    r"|(公司|集团|学校|医院|大学|学院|银行)(?=[与和同已将于在从正拟对向把就联计日近目一今全共首])"
)
_REPORTER = re.compile(r"(?:本报|本网)?记者(?:[\u4e00-\u9fff]{2,3})?$")
_BEFORE_DAY = re.compile(r"(?:就?于|就?在|定于)$")
_SAID = re.compile(r"^[^，。；：“”]{1,12}(?:说|表示|称)[，,：:]")
_AFTER_DAY = re.compile(r"^(?:[（(](?:星期|周|农历|除夕|正月|大年|元宵)[^）)]{0,8}[）)])?(?:起(?=[，,])|夜(?=[，,]))?")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("〔", "〕"), ("[", "]"), ("【", "】"))
_EARLY = 40  # characters within which a reporter says when the news was heard


class Head(NamedTuple):
    """The day or span and the kind of a row, and ``rest``, its text without them.

    ``above`` is the sentence that names the day if the row's own says 当天.
    """

    first: date
    last: date
    kind: Kind
    rest: str
    above: Sentence | None = None


def take_day(text: str, start: int, context: Context) -> Head:
    """The head of the row made from ``text``, which starts at ``start`` of the body.

    The day of a report is that of its dateline, if it has one.
    """
    written = context.parsed.written
    heard = _hearsay(text, context)
    if heard:
        day, rest, named = heard
        inner = next((found for found in context.days(rest) if context.is_event(found)), None)
        same = _same_day(rest, context) if named and inner is None else None
        if same:
            return Head(day, day, "event", absolute(rest[: same.start()] + rest[same.end() :], context))
        if inner is None:
            return Head(day, day, "report", absolute(rest, context))
        text = rest
    for found in context.days(text):
        if not context.is_event(found) or _inside_marks(text, found.start):
            continue
        before = text[: found.start]
        if _REPORTER.search(before):
            continue
        before, _, after = absolute(text, context, cut=found).partition("\0")
        if STRONG.search(after):
            before = _SAID.sub("", before)
        before = _BEFORE_DAY.sub("", before)
        after = _AFTER_DAY.sub("", after)
        if not before or before.endswith(("，", "。")):
            after = LEAD_MARKS.sub("", after)
        elif after.startswith(("，", ",")):
            after = after[1:]
        return Head(found.first or written, found.last or written, "event", before + after)
    same = _same_day(text, context)
    above = context.day_above(start) if same else None
    if same and above:
        rest = absolute(text[: same.start()] + text[same.end() :], context)
        return Head(above[0], above[0], "event", rest, above[1])
    return Head(written, written, "report", absolute(text, context))


def says_the_day(text: str, start: int, context: Context) -> bool:
    """Whether ``text``, which starts at ``start`` of the body, is about the day named in an earlier sentence."""
    return bool(_same_day(text, context) and context.day_above(start))


def _same_day(text: str, context: Context) -> re.Match[str] | None:
    """Where ``text`` says 当天 or 上午 without naming a day."""
    if any(day.first for day in context.days(text)):
        return None
    found = _HALF_DAY.match(text) or SAME_DAY.search(text)
    return found if found and not _inside_marks(text, found.start()) else None


def absolute(text: str, context: Context, cut: DayMention | None = None) -> str:
    """``text`` with 昨日, 5日 … written as calendar days; ``cut`` and its time of day become a NUL."""
    end = after_clock(text, cut.end) if cut else 0
    for day in reversed(context.days(text)):
        if cut and cut.start <= day.start < end:
            if day == cut:
                text = f"{text[: cut.start]}\0{text[end:]}"
        elif day.relative and day.first and day.last and not _inside_marks(text, day.start):
            text = text[: day.start] + say(day.first, day.last, context.year) + text[day.end :]
    return text


def _inside_marks(text: str, position: int) -> bool:
    """Whether ``position`` lies within “…”, 《…》 or （…）: a date there belongs to a name, speech or an aside."""
    before = text[:position]
    return any(before.count(opening) > before.count(closing) for opening, closing in _PAIRS)


def _hearsay(text: str, context: Context) -> tuple[date, str, bool] | None:
    """记者3月9日从教育部获悉，…: the day it was heard, the news, and whether that day is named.

    None if nothing was heard. 从凉山州教育局获悉，该州… is about 凉山州, 从某某公司获悉，公司… about that company.
    """
    day = context.parsed.written
    named = False
    for found in [found for found in context.days(text) if found.end <= _EARLY][:1]:
        reporter = _REPORTER.search(text[: found.start])
        if found.role == "event" and found.first and (reporter or not text[: found.start].strip()):
            day, named = found.first, True
            text = ("记者" if reporter else "") + text[after_clock(text, found.end) :]
    match = _HEARD.match(text)
    if not match or len(text) - match.end() < 12:
        return None
    return day, _named_again(match["who"] or "", text[match.end() :]), named


def _named_again(who: str, news: str) -> str:
    """``news`` heard from ``who``, with the name in place of the noun that it begins with."""
    if that := _THAT_PLACE.match(news):
        place = who[: who.rfind(that["kind"]) + 1]
        return that["time"] + place + news[that.end() :] if len(place) > 1 else news
    that = _THAT_BODY.match(news)
    if that and who.endswith(that[1] or that[2]) and len(who) > len(that[0]):
        return who + news[that.end() :]
    return news
