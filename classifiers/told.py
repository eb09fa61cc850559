"""What a text reports: read once, for every later step."""

from __future__ import annotations

import re
from typing import NamedTuple

from classifiers.document import prepare
from classifiers.entities import Mention, mentions
from classifiers.events import Event, find_events
from classifiers.phrases import Found, find_phrases
from classifiers.regions import find_places, without_scenery
from classifiers.regions.tags import Places
from classifiers.relevance import Signals, find_signals
from classifiers.rules import Alias, Rules, TopicTerm, Weighed
from classifiers.scan import Scan
from classifiers.wordings import each, either, word_lists
from yuqing.core.records import Article, Evidence, Source

_FOREIGN = re.compile(each(word_lists().foreign))
_THERE = re.compile(rf"(?:(?<=[\n)电讯])|{either(word_lists().there)}[^,。;]{{0,6}}){either(word_lists().foreign)}")


class Told(NamedTuple):
    """``actors`` are the bodies and companies that act, ``events`` those that are held or at which something is done,
    ``topics`` the special topics open on that day."""

    scan: Scan
    phrases: Found
    actors: list[Mention]
    events: list[Event]
    topics: dict[str, Evidence]
    places: Places
    signals: Signals

    @property
    def summits(self) -> list[Event]:
        """The events that put the item among the summits."""
        return [event for event in self.events if event.main and event.section]

    def abroad(self, rules: Rules) -> bool:
        """Whether the text is about another country: the title names it or it is said to happen there, and neither a
        Chinese place nor a central body takes part."""
        if self.placed or any(actor.owner in rules.ministries for actor in self.actors):
            return False
        scan = self.scan
        end = scan.sentence(scan.sentence(scan.body_at)[1])[1]
        return _FOREIGN.search(scan.text, 0, scan.body_at) is not None or _THERE.search(scan.text, 0, end) is not None

    @property
    def placed(self) -> bool:
        """Whether the news has a place."""
        return any(region.primary for region in self.places.tags)


def read(article: Article, rules: Rules, source: Source | None) -> Told:
    """What ``article``, the text of one story, reports."""
    document = prepare(article, source)
    scan = rules.scan(document)
    aliases: list[Alias] = []
    weighed: list[Weighed] = []
    topic_terms: list[TopicTerm] = []
    for use in rules.active(scan):
        if isinstance(use, Alias):
            aliases.append(use)
        elif isinstance(use, Weighed):
            weighed.append(use)
        else:
            topic_terms.append(use)
    events = find_events(scan, rules)
    return Told(
        scan=scan,
        phrases=_without_names(find_phrases(scan, rules), [e for e in events if not (e.main or e.occasion)]),
        actors=[mention for mention in mentions(scan, rules, aliases) if mention.verdict.acts],
        events=[event for event in events if event.main or event.occasion],
        topics=_topics(scan, topic_terms),
        places=find_places(document, rules.grammar.national, scan.places),
        signals=find_signals(scan, weighed),
    )


def _without_names(found: Found, passing: list[Event]) -> Found:
    """``found`` without the phrases in names of events that are only mentioned (拿过第三届“互联网+”创业大赛金奖), if
    the text has others."""
    kept = tuple(
        phrase for phrase in found.phrases if not any(event.start <= phrase.start < event.end for event in passing)
    )
    return found._replace(phrases=kept) if kept else found


def off_subject(told: Told, rules: Rules, *, named: bool) -> Told:
    """``told`` for a text off the subject: an ordinary word is not taken for a company there, and if the subject is not
    even ``named``, no company is kept (results, sports, charity); a place in a story about people or a company is
    scenery unless it acts. What is kept only for items is left out."""
    actors = [
        m for m in told.actors if m.owner in rules.ministries or (named and not rules.enterprises[m.owner].common)
    ]
    places = told.places
    if not any(role.kind == "actor" for role in places.roles.values()):
        places = places._replace(tags=without_scenery(places.tags, told.scan.text[: told.scan.lead_to]))
    return told._replace(phrases=Found((), ()), actors=actors, events=[], places=places)


def _topics(scan: Scan, terms: list[TopicTerm]) -> dict[str, Evidence]:
    """The special topics of the text that are open in its review window, with their evidence."""
    day = scan.document.day
    found: dict[str, Evidence] = {}
    for use in terms:
        topic = use.topic
        if topic.name in found or not _is_open(topic.windows, day.isoformat()[:10] if day else ""):
            continue
        span = next(use.matcher.find(scan), None)
        if span is not None:
            found[topic.name] = scan.evidence(topic.name, f"topic:{use.matcher.label}", *span)
    return found


def _is_open(windows: tuple[str, ...], day: str) -> bool:
    return not windows or any(day.startswith(w) or (len(w) == 2 and day[5:7] == w) for w in windows)
