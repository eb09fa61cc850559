"""Draft rows: one or two sentences of an article in the report's voice, best first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import Literal

from yuqing.core.records import Item
from yuqing.review.draft.consistency import stands
from yuqing.review.draft.dates import DayMention, after_clock, find_days, say
from yuqing.review.draft.news import ACT, DATED, MAX_ROW, PLUS, SCANNED, SPEECH, best_first, news_score
from yuqing.review.draft.places import lead_with_place, main_region
from yuqing.review.draft.sentences import ArticleSentences, Sentence, article_sentences
from yuqing.review.draft.wording import balanced, full_names, quote_phrases, short_names, tidy

_INTERNET = re.compile("互联网")
_RESOLVED = re.compile(r"(?:会议|大会|通知|意见|方案)(?:强调|指出|要求|提出|明确|认为)")
_FOLLOWS = re.compile(
    r"^(?:双方|会议|会上|活动|本次|此次|仪式|培训|该|其|旨在|平台|峰会|论坛|大会|系统|通知|意见|方案|办法|《)"
)
_HEARD = re.compile(
    r"^(?:\s*(?:[，,]?\s*(?:本报|本网)?记者\s*(?:从|自|在)|(?:从|自))(?P<who>[^，。；]{2,40}?)(?:上)?(?:获悉|了解到|得知|悉)[，,：:]?"
    r"|据(?:了解|悉|介绍|报道|[^，。；]{2,24}?(?:消息|介绍|透露|报道|通报))[，,：:])\s*"
)
_OPENING = re.compile(
    r"(?:(?:近日|日前|近期|最近|前不久|不久前|连日来|近段时间|下一步)[，,]?)?(?:(?:为|从)[^，。]{2,60}[，,])?(?<=.)"
)
_LINK_WORDS = re.compile(r"^(?:此外|同时|另外|其中|据悉|据了解|目前)[，,]")
_FROM = re.compile(r"从([^，。]{2,40})获悉，")
_REPORTER = re.compile(r"(?:本报|本网)?记者(?:[\u4e00-\u9fff]{2,3})?$")
_LEAD_MARKS = re.compile(r"^[\s　，,、；;：:。的]+")
_BEFORE_DAY = re.compile(r"(?:于|在|定于|[，,])$")
_ACTOR_END = re.compile(r"[，。；：]|近日|日前|近期|正式|已经?|将|(?:与|和|在)(?!.{0,12}(?:联合|共同))|" + ACT.pattern)
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("〔", "〕"), ("[", "]"), ("【", "】"))
_MAX_AGE = timedelta(days=45)  # a monthly window and its reprints; an older day is background
_EARLY = 40  # characters within which a reporter says when the news was heard
_TRIED = 8  # sentences made into rows at most
_PARAGRAPH = 400  # characters of a summit's or a topic's paragraph; the published ones have 230 to 550


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the article that a draft rests on, by its offsets in the title or body."""

    field: Literal["title", "body"]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft row. ``kind``: "event" on a known day, or "report" (消息) on the day of the report.

    ``date_start``/``date_end`` are the day or span that the row begins with; ``actor`` is who acts, as the
    row says it ("" where the row begins with something else); ``score`` orders the drafts of an item.
    """

    text: str
    date_start: date
    date_end: date
    kind: Literal["event", "report"]
    actor: str
    evidence: tuple[Quote, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Context:
    item: Item
    published: date
    parsed: ArticleSentences
    year: int
    short: dict[str, str]
    allowed: tuple[str, ...]
    _days: dict[str, list[DayMention]] = field(default_factory=dict)

    def days(self, text: str) -> list[DayMention]:
        """The days of a text of this story; a sentence is asked four times on its way to a row."""
        if text not in self._days:
            self._days[text] = find_days(text, self.parsed.written)
        return self._days[text]


def draft(item: Item, limit: int = 4) -> tuple[Draft, ...]:
    """At most ``limit`` drafts of the row of ``item``, best first; () for an undated article.

    Every draft stands in its article: a draft that says more falls back to the sentence as it stands.
    """
    context = _context(item, SCANNED)
    return _best(context, limit) if context else ()


def _best(context: _Context, limit: int) -> tuple[Draft, ...]:
    drafts: list[Draft] = []
    texts: set[str] = set()
    for made in _candidates(context):
        if made.text not in texts:
            texts.add(made.text)
            drafts.append(made)
        if len(drafts) >= limit:
            break
    return tuple(drafts)


def draft_paragraph(item: Item, limit: int = _PARAGRAPH) -> Draft | None:
    """A paragraph for a summit or a topic: the news from its first sentence on, as far as ``limit`` reaches.

    The best row alone where the first sentence is a caption, speech or background.
    """
    context = _context(item)
    if context is None:
        return None
    sentences = context.parsed.sentences
    opening = (
        _from_sentence(0, 0.0, context) if sentences and news_score(sentences[0], 0, item.article.title) > 0 else None
    )
    row = opening or next(iter(_best(context, 1)), None)
    if row is None or row.evidence[-1].field == "title":
        return row
    text, used = row.text, list(row.evidence)
    for sentence in sentences:
        if sentence.start < used[-1].end:
            continue
        more = _plain(sentence, context)
        if len(text) + len(more) > limit or not balanced(more):
            break
        if not stands(more, item.article, sentence.text, context.allowed):
            continue
        text += more
        used.append(_quote(sentence))
    return Draft(text, row.date_start, row.date_end, row.kind, row.actor, tuple(used), row.score)


def _context(item: Item, scanned: int | None = None) -> _Context | None:
    published = item.article.day
    if published is None:
        return None
    region = main_region(item.tags.regions)
    allowed = (region.province, region.city, region.county) if region else ()
    return _Context(
        item=item,
        published=published,
        parsed=article_sentences(item.article, published, scanned=scanned),
        year=int(item.window[:4]) if item.window else published.year,
        short=short_names(item.article.body) if "称" in item.article.body else {},
        allowed=tuple(name for name in allowed if name),
    )


def _candidates(context: _Context) -> Iterator[Draft]:
    title = _title_score(context.item.article.title)
    ranked = best_first(context.parsed.sentences, context.item.article.title, partial(_day_score, context=context))
    for index, score in islice(ranked, _TRIED):
        if title and score < title:
            yield from _title_draft(title, context)
            title = 0
        made = _from_sentence(index, score, context)
        if made:
            yield made
    if title:
        yield from _title_draft(title, context)


def _day_score(text: str, context: _Context) -> float:
    days = context.days(text)
    if any(_is_event(day, context) for day in days):
        return DATED
    return 0.7 * any(day.role == "vague" for day in days)


def _is_event(day: DayMention, context: _Context) -> bool:
    return bool(
        day.role == "event"
        and day.first
        and day.last
        and context.published - _MAX_AGE <= day.first
        and day.first <= context.published  # an exhibition that still runs has begun
    )


def _quote(sentence: Sentence) -> Quote:
    return Quote("body", sentence.start, sentence.end, sentence.text)


def _absolute(text: str, context: _Context, cut: DayMention | None = None) -> str:
    """``text`` with 昨日, 5日 … written as days of the calendar; ``cut`` and its time of day become a NUL."""
    end = after_clock(text, cut.end) if cut else 0
    for day in reversed(context.days(text)):
        if cut and cut.start <= day.start < end:
            if day == cut:
                text = f"{text[: cut.start]}\0{text[end:]}"
        elif day.relative and day.first and day.last and not _inside_marks(text, day.start):
            text = text[: day.start] + say(day.first, day.last, context.year) + text[day.end :]
    return text


def _plain(sentence: Sentence, context: _Context) -> str:
    """A sentence as it may follow another in a paragraph."""
    text = tidy(_absolute(sentence.text, context))
    return quote_phrases(_LEAD_MARKS.sub("", text), (tag.phrase for tag in context.item.tags.sectors))


def _from_sentence(index: int, score: float, context: _Context) -> Draft | None:
    sentences = context.parsed.sentences
    sentence = sentences[index]
    used = [sentence]
    text = sentence.text
    days = context.days(text)
    if index and not any(day.first for day in days) and _FOLLOWS.match(text):
        before = sentences[index - 1]
        if len(before.text) + len(text) <= MAX_ROW and before.text[-1] in "。！" and balanced(before.text):
            used.insert(0, before)
            text = before.text + text
    elif not PLUS.search(text) and index + 1 < len(sentences):
        after = sentences[index + 1]
        subject = PLUS if "互联网" in text else _INTERNET
        if (
            subject.search(after.text)
            and len(text) + len(after.text) <= MAX_ROW
            and balanced(after.text)
            and not (SPEECH.search(after.text) and not _RESOLVED.match(after.text))
        ):
            used.append(after)
            text += after.text
    return _row(text, tuple(_quote(part) for part in used), score, context)


def _title_score(title: str) -> float:
    """What a headline is worth as a row: less than any fair sentence of the body; 0 when it tells no act."""
    if not ACT.search(title) or len(title) < 10:
        return 0
    return 2.2 + bool(PLUS.search(title))


def _title_draft(score: float, context: _Context) -> Iterator[Draft]:
    title = context.item.article.title
    made = _row(title, (Quote("title", 0, len(title), title),), score, context)
    if made:
        yield made


def _row(text: str, evidence: tuple[Quote, ...], score: float, context: _Context) -> Draft | None:
    """The row made from ``text``: date first, place and actor next; guarded by the consistency check."""
    if not text.strip():
        return None
    article = context.item.article
    first, last, kind, rest = _take_date(text, context)
    rest = full_names(rest, article.body, context.short)
    rest = _LINK_WORDS.sub("", tidy(_LEAD_MARKS.sub("", rest)))
    region = main_region(context.item.tags.regions)
    if region and "ministry" not in context.item.tags.sections:
        opening, rest = _opening(rest)
        rest = opening + lead_with_place(rest, region)
    made = _finish(first, last, kind, rest, evidence, score, context)
    if stands(made.text, article, "".join(quote.text for quote in evidence), context.allowed):
        return made
    plain = _LEAD_MARKS.sub("", tidy(_absolute(text, context)))
    day = context.parsed.written
    return _finish(day, day, "report", plain, evidence, score - 1, context)


def _opening(text: str) -> tuple[str, str]:
    """What stands before the actor (近日， 下一步， 为推进…，) and the rest."""
    match = _OPENING.match(text)
    if not match:
        return "", text
    opening = match[0]
    return opening if opening.endswith("，") else opening + "，", text[match.end() :]


def _finish(
    first: date,
    last: date,
    kind: Literal["event", "report"],
    rest: str,
    evidence: tuple[Quote, ...],
    score: float,
    context: _Context,
) -> Draft:
    rest = quote_phrases(_shorten(rest), (tag.phrase for tag in context.item.tags.sectors))
    rest = rest.rstrip("。；;，, ")
    rest += "" if rest.endswith(("。”", "！", "？")) else "。"
    head = say(first, last, context.year) + ("消息，" if kind == "report" else "，")
    _, told = _opening(rest)
    heard = _FROM.match(rest)
    actor = heard[1] if heard else _actor(told)
    return Draft(head + rest, first, last, kind, actor, evidence, round(score, 3))


def _actor(told: str) -> str:
    stop = _ACTOR_END.search(told)
    return told[: stop.start()].removeprefix("由") if stop and 2 <= stop.start() <= 60 else ""


def _shorten(text: str) -> str:
    """A sentence too long for a row, cut at the last semicolon, or else the last comma, that leaves it whole."""
    if len(text) <= MAX_ROW + 50:
        return text
    for mark in "。；，":
        at = text.rfind(mark, 40, MAX_ROW)
        while at > 0:
            if balanced(text[:at]):
                return text[:at] + "。"
            at = text.rfind(mark, 40, at)
    return text


def _take_date(text: str, context: _Context) -> tuple[date, date, Literal["event", "report"], str]:
    """The row's date and kind, and ``text`` without it; a report's day is its dateline's where it has one."""
    written = context.parsed.written
    heard = _hearsay(text, context)
    if heard:
        day, rest = heard
        inner = next((found for found in context.days(rest) if _is_event(found, context)), None)
        if inner is None:
            return day, day, "report", _absolute(rest, context)
        text = rest
    for found in context.days(text):
        if not _is_event(found, context) or _inside_marks(text, found.start):
            continue
        before = text[: found.start]
        if _REPORTER.search(before):
            continue
        before, _, after = _absolute(text, context, cut=found).partition("\0")
        before = _BEFORE_DAY.sub("", before)
        if not before or before.endswith(("，", "。")):
            after = _LEAD_MARKS.sub("", after)
        elif after.startswith(("，", ",")):
            after = after[1:]
        return found.first or written, found.last or written, "event", before + after
    return written, written, "report", _absolute(text, context)


def _inside_marks(text: str, position: int) -> bool:
    """Whether ``position`` lies within “…”, 《…》 or （…）: such a date belongs to a name, to speech or to an aside."""
    before = text[:position]
    return any(before.count(opening) > before.count(closing) for opening, closing in _PAIRS)


def _hearsay(text: str, context: _Context) -> tuple[date, str] | None:
    """记者3月9日从教育部获悉，…: the day it was heard, and the news; None where nothing was heard.

    The source stays (从教育部获悉，…) unless the news names it anyway.
    """
    day = context.parsed.written
    for found in [found for found in context.days(text) if found.end <= _EARLY][:1]:
        reporter = _REPORTER.search(text[: found.start])
        if found.role == "event" and found.first and (reporter or not text[: found.start].strip()):
            day = found.first
            text = ("记者" if reporter else "") + text[after_clock(text, found.end) :]
    match = _HEARD.match(text)
    if not match or len(text) - match.end() < 12:
        return None
    news = text[match.end() :]
    who = match["who"]
    return day, news if not who or who in news else f"从{who}获悉，{news}"
