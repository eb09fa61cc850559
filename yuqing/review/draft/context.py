"""The article to draft from, parsed once: its sentences, days and names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from yuqing.core.names import Names
from yuqing.core.records import Item
from yuqing.review.draft.dates import DayMention, find_days
from yuqing.review.draft.sentences import ArticleSentences, Sentence, article_sentences
from yuqing.review.draft.wording import short_names, tidy

_MAX_AGE = timedelta(days=45)  # allows for a monthly window and its reprints; an older day is background
_STOPS = "。！？!?；;”：:，,）)"
_HEADING = 36  # characters
_DIGEST = 3  # headings
_OF_A_DOCUMENT = re.compile(r"^(?:一图|图解|《)|(?:读懂|解读)")  # its headings divide one text, not a page of news
_DAY_ABOVE = 3  # how many sentences back 当天 may refer


@dataclass(frozen=True, slots=True)
class Context:
    """An item with what its drafts share; ``year`` is the window's year, which rows omit.

    ``allowed`` are the place names that its tags add to the text, ``names`` the bodies, companies and events that it is
    about according to its tags, ``events`` those of them that are events, ``listed`` the names of keywords.yaml.
    """

    item: Item
    published: date
    parsed: ArticleSentences
    year: int
    short: dict[str, str]
    allowed: tuple[str, ...]
    names: tuple[str, ...]
    events: tuple[str, ...]
    listed: Names
    _days: dict[str, list[DayMention]] = field(default_factory=dict)

    def days(self, text: str) -> list[DayMention]:
        """The days in a text of this article, cached: each sentence is looked up four times on its way to a row."""
        if text not in self._days:
            self._days[text] = find_days(text, self.parsed.written)
        return self._days[text]

    def is_event(self, day: DayMention) -> bool:
        """Whether ``day`` may be the day on which the news happened."""
        return bool(
            day.role == "event"
            and day.first
            and day.last
            and self.published - _MAX_AGE <= day.first
            and day.first <= self.published  # an exhibition still running has already begun
        )

    def before(self, start: int) -> list[Sentence]:
        """The sentences preceding the one at ``start`` of the body."""
        return [sentence for sentence in self.parsed.sentences if sentence.start < start]

    def day_above(self, start: int) -> tuple[date, Sentence] | None:
        """The day that 当天 in the sentence at ``start`` refers to, and the sentence that names it.

        It is the closest preceding sentence that names a day, and it must name only one.
        """
        for sentence in reversed(self.before(start)[-_DAY_ABOVE:]):
            days = {(day.first, day.last) for day in self.days(sentence.text) if day.first}
            if days:
                events = [day for day in self.days(sentence.text) if self.is_event(day)]
                only = len(days) == 1 and bool(events) and events[0].first == events[0].last
                return (events[0].first, sentence) if only and events[0].first else None
        return None


def _of_the_news(item: Item, sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """``sentences``; of a page of short news, which has a heading above each, only those of the news with evidence that
    it is on the subject or reports an act."""
    body = item.article.body
    starts = [one.start for one in sentences if one.text[-1] not in _STOPS and len(one.text) <= _HEADING]
    if len(starts) < _DIGEST or _OF_A_DOCUMENT.search(item.article.title):
        return sentences
    spans = list(pairwise((0, *starts, len(body))))
    spots = [one.start for one in item.tags.evidence if one.field == "body" and one.rule.startswith("relevance:")]
    told = [span for span in spans if any(span[0] <= spot < span[1] for spot in spots)]
    kept = tuple(one for one in sentences if any(left <= one.start < right for left, right in told))
    return kept if any(one.start not in starts for one in kept) else sentences  # not the headings of a document


def read(item: Item, listed: Names, scanned: int | None = None) -> Context | None:
    """``item`` parsed for drafting, None if it has no day; ``scanned`` as in :func:`article_sentences`."""
    published = item.article.day
    if published is None:
        return None
    tags = item.tags
    events = tuple(tidy(event.name) for event in tags.events)
    parsed = article_sentences(item.article, published, scanned=scanned)
    return Context(
        item=item,
        published=published,
        parsed=replace(parsed, sentences=_of_the_news(item, parsed.sentences)),
        year=int(item.window[:4]) if item.window else published.year,
        short=short_names(item.article.body) if "称" in item.article.body else {},
        allowed=tuple({name: None for r in tags.regions for name in (r.province, r.city, r.county) if name}),
        names=(*tags.ministries, *tags.enterprises, *events),
        events=events,
        listed=listed,
    )
