"""Sentences as they can stand alone: with full names, and telling the news instead of describing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yuqing.review.draft.antecedents import Antecedent, with_author, with_event, with_name, with_own_name, with_place
from yuqing.review.draft.context import Context
from yuqing.review.draft.first_person import with_speaker
from yuqing.review.draft.records import Quote
from yuqing.review.draft.sentences import Sentence
from yuqing.review.draft.told import as_news, is_of_the_day, opens_the_scene
from yuqing.review.draft.wording import full_names, tidy


@dataclass(frozen=True, slots=True)
class Resolved:
    """``text``: what the sentence says on its own; ``sources``: where the names in it are from, () if from itself."""

    text: str
    sources: tuple[Quote, ...] = ()


def quote(sentence: Sentence) -> Quote:
    """``sentence`` as evidence."""
    return Quote("body", sentence.start, sentence.end, sentence.text)


def resolve(context: Context, limit: int | None = None) -> list[Resolved]:
    """The sentences of the article, the first ``limit`` of them, on their own.

    A sentence keeps its text if it needs nothing, or what it needs is uncertain.
    """
    sentences = context.parsed.sentences[:limit]
    plain = [one._replace(text=tidy(one.text)) for one in sentences]
    return [_alone(plain[index], plain[:index], context) for index in range(len(plain))]


def _alone(sentence: Sentence, before: Sequence[Sentence], context: Context) -> Resolved:
    item = context.item
    text = as_news(sentence.text)
    sources: list[Quote] = []
    speaker = with_speaker(text, item.article, context.names)
    if speaker:
        text = speaker.text
        sources.append(speaker.source)
    if before:
        above = before[-1].text
        of_day = opens_the_scene(above, text) or is_of_the_day(sentence.text, above)
        if of_day and not any(day.first for day in context.days(text)):
            text = f"当天，{text}" if any(map(context.is_event, context.days(above))) else text
        made = _named(text, before, context)
        if made:
            text = made.text
            sources += [quote(one) for one in context.parsed.sentences if one.start == made.source.start]
    return Resolved(full_names(text, item.article.body, context.short), tuple(sources))


def _named(text: str, before: Sequence[Sentence], context: Context) -> Antecedent | None:
    return (
        with_name(text, before, context.allowed)
        or with_own_name(text, before, tidy(context.item.article.title))
        or with_event(text, before, context.events)
        or with_place(text, before, context.allowed)
        or with_author(text, before, context.short)
    )
