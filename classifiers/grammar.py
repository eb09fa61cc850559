"""The word lists of keywords.yaml that determine boundaries, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from classifiers.names import names_of
from classifiers.normalize import alternatives
from classifiers.regions.patterns import national
from classifiers.schema import Keywords
from classifiers.wordings import wordings


class ActionWords(NamedTuple):
    """The words of a kind of action; a verb in ``alone`` needs no object.

    ``opens``: among its objects are platforms, some of which have no other name than 互联网+X. ``holds``: forums are,
    so that it is this kind if one is held.
    """

    kind: str
    verbs: re.Pattern[str]
    objects: re.Pattern[str]
    alone: frozenset[str]
    counted: bool
    opens: bool
    holds: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """See the keys ``phrases``, ``acts`` and ``actions`` of keywords.yaml."""

    stop: frozenset[str]
    stop_long: re.Pattern[str]
    not_sectors: frozenset[str]
    lead_in: tuple[str, ...]
    tails: tuple[str, ...]
    any_tail: re.Pattern[str]
    joins: frozenset[str]
    events: tuple[str, ...]
    governs: re.Pattern[str]
    not_before_plus: tuple[str, ...]
    verbs: re.Pattern[str]
    deeds: re.Pattern[str]  # the verbs that express more than speech
    units: re.Pattern[str]
    cited: re.Pattern[str]
    joined: re.Pattern[str]
    national: re.Pattern[str]  # a central body
    present: frozenset[str]
    actions: tuple[ActionWords, ...]


def build_grammar(keywords: Keywords) -> Grammar:
    """The compiled lists."""
    phrases, acts = keywords.phrases, keywords.acts
    tails = tuple(sorted(phrases.tails, key=len, reverse=True))
    return Grammar(
        stop=frozenset(phrases.stop),
        stop_long=re.compile(alternatives(word for word in phrases.stop if len(word) > 2)),
        not_sectors=frozenset(phrases.not_sectors),
        lead_in=tuple(sorted(phrases.lead_in, key=len, reverse=True)),
        tails=tails,
        any_tail=re.compile(alternatives(tails)),
        joins=frozenset(phrases.joins),
        events=tuple(word for kind in keywords.events.kinds for word in kind.terms),
        governs=re.compile(f"(?:{alternatives(phrases.verbs)})"),
        not_before_plus=tuple(keywords.relevance.not_before_plus),
        verbs=re.compile(alternatives((*acts.verbs, *acts.present_only))),
        deeds=re.compile(alternatives(word for word in acts.verbs if word not in wordings().speech)),
        units=wordings().units,
        cited=re.compile(f"(?:{alternatives(acts.cited_before)})[^,。]{{0,24}}$"),
        joined=re.compile(f"(?:{alternatives(acts.joined_before)})$"),
        national=national(name for names in names_of(keywords).ministries.items() for name in (names[0], *names[1])),
        present=frozenset(acts.present_only),
        actions=tuple(
            ActionWords(
                action.name,
                re.compile(alternatives(action.verbs)),
                re.compile(alternatives(action.objects)),
                frozenset(action.verbs) & frozenset(action.objects),
                action.counted,
                "平台" in action.objects,
                "论坛" in action.objects,
            )
            for action in keywords.actions
        ),
    )
