"""Draft rows: one or two sentences of an article in the report's style, best first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from yuqing.core.names import NO_NAMES, Names
from yuqing.core.records import Item
from yuqing.review.draft.consistency import stands
from yuqing.review.draft.context import Context, read
from yuqing.review.draft.dates import say
from yuqing.review.draft.document_number import with_number
from yuqing.review.draft.following import HELD, following
from yuqing.review.draft.heads import LEAD_MARKS, Head, absolute, says_the_day, take_day
from yuqing.review.draft.news import ACT, MAX_ROW, PLUS, SCANNED, best_first, news_score
from yuqing.review.draft.notice import notice
from yuqing.review.draft.places import lead_with_place, place_of, with_province
from yuqing.review.draft.records import Draft, Quote
from yuqing.review.draft.resolved import Resolved, quote, resolve
from yuqing.review.draft.sentences import Sentence
from yuqing.review.draft.voice import PRAISE, in_voice, shorten
from yuqing.review.draft.wording import balanced, full_names, quote_phrases, tidy

_FOLLOWS = re.compile(
    r"^(?:双方|会议|会上|活动|本次|此次|仪式|培训|该|其|旨在|平台|峰会|论坛|大会|系统|通知|意见|方案|办法|《)"
)
_OPENING = re.compile(
    r"(?:(?:近日|日前|近期|最近|前不久|不久前|连日来|近段时间|下一步)[，,]?)?"
    r"(?:(?:为|从|经|根据|按照)[^，。]{2,60}[，,])?(?<=.)"
)
_LINK_WORDS = re.compile(
    r"^(?:此外|同时|另外|其中|据悉|据了解|目前|与此同时|编者按|为此|对此|因此|于是|是的|没错)[，,：:]"
)
_ACTOR_END = re.compile(r"[，。；：]|近日|日前|近期|正式|已经?|将|(?:与|和|在)(?!.{0,12}(?:联合|共同))|" + ACT.pattern)
# A headline over questions, a picture or a comment names a subject; it does not state the news.
_NO_NEWS = re.compile(r"一图|图解|读懂|解读|答问|问答|答记者问|看点|专访|对话|[？?！!]")
_CONTACT = re.compile(r"(?:联系|咨询|报名)(?:人|电话|方式|邮箱)|附件[：:]|特此(?:通知|公告)")
_TRIED = 8  # maximum number of sentences made into rows
_SLACK = 50  # characters by which a single long sentence may exceed the longest row
_PARAGRAPH = 400  # characters in a paragraph about a summit or topic; the published ones have 230 to 550
_NOTICE = 9.0  # the score of a document's row: above any sentence of the document
_DATED = 1.5  # what naming an event's own day adds to a sentence's score
_SAME_DAY = 1.2  # what 当天 adds, if an earlier sentence says which day that is
_VAGUE = 0.7
_NAMED = 1.0  # what naming a body, company or event that the article is about adds
_PLACED = 1.0  # what a place of the article adds that opens the sentence: its body is who acts
_OPENS = 20  # characters
_HELD_EVENT = 2.5  # what it adds that the summit of an item is being held


def draft(item: Item, names: Names = NO_NAMES, *, limit: int = 4) -> tuple[Draft, ...]:
    """At most ``limit`` drafts of the row of ``item``, best first; () for an undated article.

    Every draft is supported by its article: a draft that says more falls back to the unedited sentence. ``names`` are
    those of keywords.yaml.
    """
    context = read(item, names, SCANNED)
    return _best(context, limit) if context else ()


def _best(context: Context, limit: int) -> tuple[Draft, ...]:
    drafts: list[Draft] = []
    texts: set[str] = set()
    for made in _candidates(context):
        if made.text not in texts:
            texts.add(made.text)
            drafts.append(made)
        if len(drafts) >= limit:
            break
    return tuple(drafts)


def draft_paragraph(item: Item, names: Names = NO_NAMES, *, limit: int = _PARAGRAPH) -> Draft | None:
    """A paragraph for a summit or a topic: the article from its first sentence on, up to ``limit`` characters.

    Just the best row if the first sentence is a caption, speech or background.
    """
    context = read(item, names)
    if context is None:
        return None
    sentences = context.parsed.sentences
    opening = None
    if sentences and news_score(sentences[0], 0, item.article.title) > 0:
        opening = _row(resolve(context, 1)[0].text, sentences[:1], 0.0, context)
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
        if _CONTACT.match(more):
            continue
        if not stands(more, item.article, sentence.text, context.allowed, context.listed):
            continue
        text += more
        used.append(quote(sentence))
    return Draft(text, row.date_start, row.date_end, row.kind, row.actor, tuple(used), row.score)


def _candidates(context: Context) -> Iterator[Draft]:
    document = _from_notice(context)
    if document:
        yield document
    title = _title_score(context.item.article.title)
    sentences = context.parsed.sentences
    told = resolve(context)
    texts = [sentence._replace(text=alone.text) for sentence, alone in zip(sentences, told, strict=True)]
    ranked = best_first(texts, context.item.article.title, partial(_worth, told=told, context=context))
    for index, score in islice(ranked, _TRIED):
        if title and score < title:
            yield from _title_draft(title, context)
            title = 0
        made = _from_sentence(index, told[index], score, context)
        if made:
            yield made
    if title:
        yield from _title_draft(title, context)


def _worth(index: int, told: Sequence[Resolved], context: Context) -> float:
    """The score of the days and names in a sentence."""
    text = told[index].text
    worth = 0.0
    days = context.days(text)
    if any(context.is_event(day) for day in days):
        worth += _DATED
    elif says_the_day(text, context.parsed.sentences[index].start, context):
        worth += _SAME_DAY
    else:
        worth += _VAGUE * any(day.role == "vague" for day in days)
    worth += _NAMED * any(name in text for name in context.names)
    worth += _PLACED * (any(unit in text[:_OPENS] for unit in context.allowed) and not PRAISE.search(text))
    if _is_summit(context.item) and HELD.search(text):
        worth += _HELD_EVENT * any(name in text for name in context.events)
    return worth


def _is_summit(item: Item) -> bool:
    return bool(item.tags.events) and "summit" in item.tags.sections


def _plain(sentence: Sentence, context: Context) -> str:
    """A sentence in the form in which it may follow another in a paragraph."""
    text = tidy(absolute(sentence.text, context))
    return quote_phrases(LEAD_MARKS.sub("", text), (tag.phrase for tag in context.item.tags.sectors))


def _from_notice(context: Context) -> Draft | None:
    found = notice(context)
    if found is None:
        return None
    told = tidy(found.told)
    told = _placed("", told, context)
    head = Head(found.day, found.day, found.kind, told)
    made = _finish(head, told, found.evidence, _NOTICE, context)
    article = context.item.article
    return (
        made
        if stands(made.text.replace(found.verb, "", 1), article, article.body, context.allowed, context.listed)
        else None
    )


def _from_sentence(index: int, alone: Resolved, score: float, context: Context) -> Draft | None:
    """The row made of the sentence at ``index``, with the one before it that it refers to, or one that completes it."""
    sentences = context.parsed.sentences
    sentence = sentences[index]
    used = [sentence]
    text = alone.text
    days = context.days(text)
    dated = any(day.first for day in days) or says_the_day(text, sentence.start, context)
    if index and not dated and not alone.sources and _FOLLOWS.match(text):
        before = sentences[index - 1]
        if len(before.text) + len(text) <= MAX_ROW and before.text[-1] in "。！" and balanced(before.text):
            used.insert(0, before)
            text = before.text + text
    elif after := following(index, text, context, summit=_is_summit(context.item)):
        used.append(after)
        text += after.text
    return _row(text, tuple(used), score, context, alone.sources)


def _title_score(title: str) -> float:
    """The score of a headline as a row: less than any fair sentence of the body; 0 if it states no act."""
    if not ACT.search(title) or len(title) < 10 or _NO_NEWS.search(title):
        return 0
    return 2.2 + bool(PLUS.search(title))


def _title_draft(score: float, context: Context) -> Iterator[Draft]:
    title = context.item.article.title
    made = _row(title, (), score, context)
    if made:
        yield made


def _row(
    text: str, used: tuple[Sentence, ...], score: float, context: Context, sources: tuple[Quote, ...] = ()
) -> Draft | None:
    """The row made from ``text``: date first, then place and actor; guarded by the consistency check.

    ``used`` are the sentences of the body that the text consists of; () for the headline. ``sources`` are where its
    names were taken from.
    """
    if not text.strip():
        return None
    article = context.item.article
    head = take_day(text, used[0].start if used else 0, context)
    quotes = tuple(quote(sentence) for sentence in used) or (Quote("title", 0, len(text), text),)
    above = (quote(head.above),) if head.above and head.above not in used else ()
    quotes = (*sorted({*sources, *above} - {*quotes}, key=lambda one: (one.field == "body", one.start)), *quotes)
    rest = with_number(full_names(head.rest, article.body, context.short), article)
    rest = _LINK_WORDS.sub("", tidy(LEAD_MARKS.sub("", rest)))
    rest = in_voice(rest, report=head.kind == "report")
    rest = _placed(*_opening(rest), context)
    if not rest.strip("。，"):
        return None
    made = _finish(head, rest, quotes, score, context)
    if stands(made.text, article, "".join(quote.text for quote in quotes), context.allowed, context.listed):
        return made
    unedited = "".join(one.text for one in used) or text
    plain = LEAD_MARKS.sub("", tidy(absolute(unedited, context)))
    day = context.parsed.written
    return _finish(Head(day, day, "report", plain), plain, quotes, score - 1, context)


def _placed(opening: str, told: str, context: Context) -> str:
    """``opening`` and ``told`` with the province before the place they are about; ministries have none."""
    region = place_of(told, context.item.tags.regions)
    if region is None or "ministry" in context.item.tags.sections:
        return opening + told
    return with_province(opening + lead_with_place(told, region), region)


def _opening(text: str) -> tuple[str, str]:
    """What precedes the actor (下一步， 根据…，) and the rest."""
    match = _OPENING.match(text)
    if not match:
        return "", text
    opening = match[0]
    return opening if opening.endswith("，") else opening + "，", text[match.end() :]


def _finish(head: Head, rest: str, evidence: tuple[Quote, ...], score: float, context: Context) -> Draft:
    rest = quote_phrases(shorten(rest, MAX_ROW, _SLACK), (tag.phrase for tag in context.item.tags.sectors))
    rest = rest.rstrip("。；;，, ")
    rest += "" if rest.endswith(("。”", "！", "？")) else "。"
    day = say(head.first, head.last, context.year) + ("消息，" if head.kind == "report" else "，")
    _, told = _opening(rest)
    return Draft(day + rest, head.first, head.last, head.kind, _actor(told), evidence, round(score, 3))


def _actor(told: str) -> str:
    stop = _ACTOR_END.search(told)
    return told[: stop.start()].removeprefix("由") if stop and 2 <= stop.start() <= 60 else ""
