"""Region tags of a document: where the news happens and which places it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from classifiers.document import Document
from classifiers.regions.context import Role, is_road
from classifiers.regions.decide import Found, decide
from classifiers.regions.gazetteer import Division
from classifiers.regions.patterns import DAY, LOCAL_BODY, PEOPLE, SWINDLE
from classifiers.regions.primary import Mention, mark_lists, primary
from classifiers.regions.reasons import Reason
from classifiers.regions.scan import Hits, Place
from classifiers.regions.short import named
from yuqing.core.provinces import province_of
from yuqing.core.records import Evidence, Field, RegionTag


class Places(NamedTuple):
    """The region tags with their evidence, and for each province where the news happens the role that decided."""

    tags: tuple[RegionTag, ...]
    evidence: tuple[Evidence, ...]
    roles: dict[str, Role]


def find_places(doc: Document, national: re.Pattern[str], hits: tuple[Hits, Hits]) -> Places:
    """The places of ``doc``, each with its reason and evidence; primary ones are where the news happens.

    ``national`` finds central bodies; ``hits`` are the names in its title and in its body. A name that stays ambiguous
    gives a tag without a province whose reason begins with ``unresolved``.
    """
    source = province_of(doc.source.province) if doc.source and doc.source.province else None
    home = Division(source.code, source.name) if source else None
    in_title, in_body = hits
    found: list[Found] = [("title", doc.title, place) for place in named(doc.title.text, in_title, len(doc.title.text))]
    found += [("body", doc.body, place) for place in named(doc.body.text, in_body, doc.lead)]
    fraud = any(word in doc.title.text or word in doc.body.text for word in SWINDLE)
    mentions: list[Mention] = []
    open_names: dict[str, tuple[Field, Place]] = {}
    day = doc.day
    for field, normal, place in decide(found, home.province if home else "", day):
        if len(place.readings) > 1:
            open_names.setdefault(place.first.text, (field, place))
            continue
        sentence = (0, len(normal.text)) if field == "title" else doc.sentence(place.start)
        if not is_road(normal.text, place):
            mentions.append(Mention(place, field, normal, sentence, fraud, day))
    mark_lists(mentions, national, doc.lead)
    deciding = primary(doc, mentions, home, national)
    mentions += [item for item in deciding.values() if item not in mentions]
    tags, evidence = _tags(doc, mentions, deciding)
    for name, (field, place) in open_names.items():
        options = "/".join(sorted({reading.division.province for reading in place.readings}))
        tags.append(RegionTag(province="", county=name, reason=f"unresolved: {name} may lie in {options}"))
        evidence.append(doc.evidence(field, name, "region:unresolved", place.start, place.end))
    return Places(tuple(tags), tuple(evidence), {name: item.role for name, item in deciding.items()})


def without_scenery(tags: tuple[RegionTag, ...], lead: str) -> tuple[RegionTag, ...]:
    """The tags of a text off the subject: if ``lead`` is about people or a company, gives no day and no body of a place
    acts, no place is where the news happens."""
    if not PEOPLE.search(lead) or DAY.search(lead) or LOCAL_BODY.search(lead):
        return tags
    return tuple(
        replace(tag, primary=False, reason="; ".join((Reason.SCENERY.stored, *tag.reason.split("; ")[1:])))
        if tag.primary
        else tag
        for tag in tags
    )


def _tags(
    doc: Document, mentions: list[Mention], deciding: dict[str, Mention]
) -> tuple[list[RegionTag], list[Evidence]]:
    """One tag per place, broader ones merged into narrower ones; the deciding mention is its evidence."""
    best: dict[Division, Mention] = {}
    for mention in mentions:
        division = mention.place.division
        known = best.get(division)
        if known is None or mention is deciding.get(division.province):
            best[division] = mention
    broader = {ancestor for division in best for ancestor in _ancestors(division)}
    tags, evidence = [], []
    for division, mention in best.items():
        if division[1:] in broader:
            continue
        decided = deciding.get(division.province)
        told = decided if decided is not None and mention.known is not None and not mention.counts else mention
        tags.append(
            RegionTag(
                province=division.province,
                city=division.city,
                county=division.county,
                code=division.code,
                primary=decided is not None,
                reason=told.reason,
            )
        )
        rule = f"region:{told.place.how.split(':')[0]}"
        evidence.append(doc.evidence(told.field, division.province, rule, told.place.start, told.place.end))
    return tags, evidence


def _ancestors(division: Division) -> Iterator[tuple[str, str, str]]:
    """The province and the city that a city or county belongs to, without their codes."""
    if division.city or division.county:
        yield division.province, "", ""
    if division.city and division.county:
        yield division.province, division.city, ""
