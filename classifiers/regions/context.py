"""What a place does in its sentence: it acts, it is where something happens, or it is only part of a name."""

from __future__ import annotations

import re
from typing import NamedTuple

from classifiers.regions import patterns as p
from classifiers.regions.scan import Place


class Role(NamedTuple):
    """``kind``: actor, venue, place; dateline, weak, branch (only where nothing else names a place); or none."""

    kind: str
    reason: str


_UNIVERSITY = Role("none", "part of a university's name")
_MEDIUM = Role("none", "part of a medium's name")
_EXAMPLE = Role("none", "an example or a comparison")
_PARTNER = Role("none", "remote partner")
_ORIGIN = Role("none", "where somebody comes from")
_DELEGATES = Role("none", "delegates to a congress")
_TOGETHER = Role("place", "several provinces act together")
_REGION = Role("none", "a region of several provinces")
_BEHIND = (
    (p.UNIVERSITY, _UNIVERSITY),
    (p.MEDIUM, _MEDIUM),
    (p.BANK, Role("none", "part of a financial company's name")),
    (p.BANK_BRANCH, Role("none", "branch of a bank")),
    (p.LISTED, Role("none", "where shares are listed")),
    (p.DELEGATES, _DELEGATES),
    (p.ATTENDS, _DELEGATES),
    (p.PARTNER, _PARTNER),
    (p.ORIGIN, Role("weak", "people from there")),
    (p.CARRIER, Role("branch", "local branch of a company")),
)
_AHEAD = (
    (p.FROM, _ORIGIN),
    (p.SENDER, Role("none", "the sender or an address")),
    (p.EXAMPLE, _EXAMPLE),
    (p.PROPOSAL, Role("none", "a proposal")),
    (p.DEPUTY, _DELEGATES),
    (p.LINKED, _PARTNER),
    (p.CAMPUS, _UNIVERSITY),
)
# One look for all of them: most places have none of these beside them.
_ANY_BEHIND = re.compile("|".join(pattern.pattern for pattern, _ in _BEHIND))
_ANY_AHEAD = re.compile("|".join(pattern.pattern for pattern, _ in _AHEAD))
_REACH = 24  # characters before the place; behind it a little more, for the full names of bodies
_DATELINE_REACH = 40  # characters; a dateline opens the body


def is_road(text: str, place: Place) -> bool:
    """Whether the letters are the name of a road (南京路), so that no place is meant at all."""
    return (
        text[place.end : place.end + 1] in p.ROAD_OPENS
        and not place.first.text.endswith(("省", "自治区"))
        and p.ROAD.match(text, place.end) is not None
    )


def role_of(text: str, place: Place, sentence: tuple[int, int], *, fraud: bool) -> Role:
    """The role of ``place`` in its ``sentence`` (a span of ``text``); ``fraud``: the text tells of a swindle."""
    start, end = place.start, place.end
    if place.how == "group":  # 京津冀 is a place only as a doer
        return _TOGETHER if p.SEVERAL.match(text, end) else _REGION
    after = text[end : end + _REACH + 4]
    before = text[max(sentence[0], start - _REACH) : start]
    if _ANY_BEHIND.match(after):
        return next(found for pattern, found in _BEHIND if pattern.match(after))
    if (p.COMPANY.match(after) and not p.SERVICE.match(after)) or (
        before.endswith("(") and p.BRACKET_COMPANY.match(after)
    ):
        # With its province or city before it, the town is the company's seat and no part of the name.
        return Role("weak", "seat of a company") if place.how == "parent" else Role("none", "part of a company's name")
    if _ANY_AHEAD.search(before):
        return next(found for pattern, found in _AHEAD if pattern.search(before))
    if before.endswith("中国") and after.startswith("网"):
        return _MEDIUM
    if p.EXAMPLE_AS.search(before) and p.EXAMPLE_AS_END.match(after):
        return _EXAMPLE
    if (
        after.startswith("至")
        or before.endswith("至")
        or p.FROM_TO.search(before)
        or (before.endswith("从") and p.TO_FROM.match(after))
    ):
        return Role("none", "an end of a route")
    if fraud and (p.IMPOSTOR.match(after) or p.SPEECH.search(text, sentence[0], start)):
        return Role("none", "told by a swindler")
    if start < _DATELINE_REACH and p.DATELINE.match(text, end):
        return Role("dateline", "the dateline")
    if p.STOCKS.search(text, *sentence):
        return Role("none", "share prices")
    return _part(text, end, before, after)


def _part(text: str, end: int, before: str, after: str) -> Role:
    """The role of a place that is meant as a place."""
    if p.BODY.match(after):
        return Role("actor", "a body of the place acts")
    if p.PERSON.match(after):
        return Role("none", "a person's affiliation")
    if p.ARRIVES.search(before):
        return Role("venue", "where it happens")
    if p.ACTS.match(after):
        return Role("actor", "the place acts")
    if p.JOINED.search(before) and p.SIGNING.search(text, end, end + 40):
        return Role("actor", "acts together with another")
    return Role("place", "named")
