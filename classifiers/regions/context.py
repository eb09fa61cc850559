"""The role of a place in its sentence: it acts, something happens there, or it is only part of a name."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from classifiers.regions import patterns as p
from classifiers.regions.reasons import Reason
from classifiers.regions.scan import Place


class Role(NamedTuple):
    """``kind``: actor, venue, place; dateline, weak, branch (used only if nothing else names a place); or none."""

    kind: str
    reason: Reason


_UNIVERSITY = Role("none", Reason.UNIVERSITY)
_MEDIUM = Role("none", Reason.MEDIUM)
_EXAMPLE = Role("none", Reason.EXAMPLE)
_PARTNER = Role("none", Reason.PARTNER)
_ORIGIN = Role("none", Reason.ORIGIN)
_DELEGATES = Role("none", Reason.DELEGATES)
_TOGETHER = Role("place", Reason.TOGETHER)
_REGION = Role("none", Reason.AREA)
_BEHIND = (
    (p.UNIVERSITY, _UNIVERSITY),
    (p.MEDIUM, _MEDIUM),
    (p.BANK, Role("none", Reason.BANK_NAME)),
    (p.BANK_BRANCH, Role("none", Reason.BANK_BRANCH)),
    (p.LISTED, Role("none", Reason.LISTED)),
    (p.DELEGATES, _DELEGATES),
    (p.ATTENDS, _DELEGATES),
    (p.PARTNER, _PARTNER),
    (p.VISITING, _PARTNER),
    (p.NATIVE, _ORIGIN),
    (p.ORIGIN, Role("weak", Reason.PEOPLE)),
    (p.THEIR_PEOPLE, Role("none", Reason.PEOPLE)),
    (p.ELSEWHERE, Role("weak", Reason.LIST)),
    (p.CARRIER, Role("branch", Reason.COMPANY_BRANCH)),
)
_AHEAD = (
    (p.FROM, _ORIGIN),
    (p.WENT, _ORIGIN),
    (p.WAS, Role("none", Reason.OLD)),
    (p.SUPPOSED, Role("none", Reason.SUPPOSED)),
    (p.SENDER, Role("none", Reason.SENDER)),
    (p.EXAMPLE, _EXAMPLE),
    (p.PROPOSAL, Role("none", Reason.PROPOSAL)),
    (p.DEPUTY, _DELEGATES),
    (p.LINKED, _PARTNER),
    (p.FAR_END, _PARTNER),
    (p.CAMPUS, _UNIVERSITY),
)
# Around most places there is none of them: a single pattern says so in a third of the time.
_ANY_BEHIND, _ANY_AHEAD = (
    re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in roles)) for roles in (_BEHIND, _AHEAD)
)
_REACH = 24  # characters before the place; slightly more after it, for the full names of bodies
_DATELINE_REACH = 40  # characters; a dateline opens the body


def is_road(text: str, place: Place) -> bool:
    """Whether the characters are the name of a road (南京路), so that no place is meant."""
    return not place.first.text.endswith(("省", "自治区")) and p.ROAD.match(text, place.end) is not None


def _is_old(text: str, place: Place, sentence: int, day: date | None) -> bool:
    """Whether its clause or sentence opens with a year two or more before ``day``, with no return to the present."""
    if day is None:
        return False
    for start in (sentence, max(sentence, text.rfind(",", sentence, place.start) + 1)):
        year = p.YEAR.match(text, start, place.start) if text.startswith(p.YEAR_OPENS, start) else None
        if year is not None and day.year - int(year[1]) > 1 and not p.NOW.search(text, year.end(), place.start):
            return True
    return False


def role_of(text: str, place: Place, sentence: tuple[int, int], *, day: date | None, fraud: bool) -> Role:
    """The role of ``place`` in its ``sentence`` (a span of ``text``) of an article of ``day``; ``fraud``: the text is
    about a swindle."""
    start, end = place.start, place.end
    if _is_old(text, place, sentence[0], day):
        return Role("none", Reason.OLD)
    if place.how == "group":  # 京津冀 is a place only if it acts
        return _TOGETHER if p.SEVERAL.match(text, end) or p.ACTS.match(text, end) else _REGION
    after = text[end : end + _REACH + 4]
    before = text[max(sentence[0], start - _REACH) : start]
    if "指导" in after and p.GUIDES.match(after):
        return Role("none", Reason.GUIDES)
    if p.INVESTS.search(text, start, sentence[1]) and p.INVESTOR.match(after):
        return Role("none", Reason.INVESTOR)
    if _ANY_BEHIND.match(after):
        return next(found for pattern, found in _BEHIND if pattern.match(after))
    if (p.COMPANY.match(after) and not p.SERVICE.match(after)) or (
        before.endswith("(") and p.BRACKET_COMPANY.match(after)
    ):
        # If its province or city precedes it, the town is the company's seat and not part of the name.
        seat = place.how == "parent" or place.first.text.endswith(("省", "自治区"))
        return Role("weak", Reason.SEAT) if seat else Role("none", Reason.COMPANY_NAME)
    if _ANY_AHEAD.search(before):
        return next(found for pattern, found in _AHEAD if pattern.search(before))
    if before.endswith("中国") and after.startswith("网"):
        return _MEDIUM
    if "在" in before and p.IN_USE.search(before):
        several = before.endswith("、") or p.AND_MORE.match(after) is not None
        return Role("none" if several else "weak", Reason.LIST)
    if p.LEARNS.match(after) and p.GOES.search(before):
        return _EXAMPLE
    if p.AFTER_OTHERS.search(before) and p.AFTER_OTHERS_END.match(after):
        return _EXAMPLE
    if before.endswith(("与", "和", "同", "联合")) and p.FAR_UNIT.match(after) and p.REMOTE.search(text, end, end + 30):
        return _PARTNER
    if p.EXAMPLE_AS.search(before) and p.EXAMPLE_AS_END.match(after):
        return _EXAMPLE
    if (
        after.startswith("至")
        or (before.endswith("至") and not before.endswith(("扩至", "延伸至", "推广至", "覆盖至", "扩大至", "拓展至")))
        or p.FROM_TO.search(before)
        or (before.endswith("从") and p.TO_FROM.match(after))
    ):
        return Role("none", Reason.ROUTE)
    if fraud and (p.IMPOSTOR.match(after) or p.SPEECH.search(text, sentence[0], start)):
        return Role("none", Reason.SWINDLER)
    if p.WITHDRAWS.search(before) and p.MARKET.match(after):
        return Role("none", Reason.MARKET)
    if start < _DATELINE_REACH and p.RELEASE.match(text, end):
        return Role("none", Reason.RELEASE)
    if start < _DATELINE_REACH and p.DATELINE.match(text, end):
        return Role("dateline", Reason.DATELINE)
    if p.STOCKS.search(text, *sentence):
        return Role("none", Reason.SHARES)
    return _part(text, end, before, after)


def _part(text: str, end: int, before: str, after: str) -> Role:
    """The role of a place that is really meant as a place."""
    if p.BODY.match(after):
        return Role("actor", Reason.BODY_ACTS)
    if p.PERSON.match(after):
        return Role("none", Reason.PERSON)
    if p.UNIT.match(after):
        return Role("place", Reason.UNIT)
    if p.ARRIVES.search(before) and (not after.startswith(",") or p.SETTLES.search(before)):
        return Role("venue", Reason.VENUE)
    if p.ACTS.match(after) or p.SELECTED.match(after):
        return Role("actor", Reason.ACTS)
    if p.JOINED.search(before) and p.SIGNING.search(text, end, end + 40):
        unit = p.HOSTED.match(after) is not None
        return Role("place", Reason.UNIT) if unit else Role("actor", Reason.ACTS_WITH)
    return Role("place", Reason.NAMED)
