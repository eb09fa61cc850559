"""Derives an article's tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from classifiers.actions import find_actions
from classifiers.deeds import Deeds
from classifiers.digest import together
from classifiers.entities import HOSTS, Mention
from classifiers.hosts import beyond_summit, launches, local_body_acts, local_host, sole_host
from classifiers.phrases import Phrase
from classifiers.regions.reasons import Reason
from classifiers.relevance import Score, act_score, subject_score
from classifiers.rules import Rules
from classifiers.sections import choose_sections
from classifiers.stories import stories
from classifiers.told import Told, off_subject, read
from classifiers.wordings import either, word_lists
from yuqing.core.records import Article, EventTag, Evidence, Section, SectorTag, Source, Tags

# Where something is held, from where it is reported, where a unit takes part, or whose branch of a company acts.
_ONLY_WHERE = frozenset((Reason.VENUE, Reason.DATELINE, Reason.UNIT, Reason.COMPANY_BRANCH))
_SAYS = frozenset(word_lists().places.says)  # a company that only says something is not in the section beside others
_COMPANY_ACTS = re.compile(f"(?:公司|集团)[^,。;]{{0,40}}?{either(word_lists().actors.company_acts)}")


def classify(article: Article, rules: Rules, source: Source | None = None) -> Tags:
    """The tags of ``article`` according to ``rules``; ``source`` is the site that published it, if known. No I/O.

    The stories of a digest are tagged separately and combined by :func:`classifiers.digest.together`.
    """
    found = stories(article)
    if not found:
        return classify_story(article, rules, source)
    parts = [
        (story, classify_story(replace(article, title="", body=article.body[story.start : story.end]), rules, source))
        for story in found
    ]
    return together(parts, rules)


def classify_story(article: Article, rules: Rules, source: Source | None = None) -> Tags:
    """The tags of a text that reports one story."""
    told = read(article, rules, source)
    subject, act = _scores(told, rules)
    settings = rules.keywords.settings
    relevant = subject.points >= settings.threshold and act.points >= settings.act
    ministries = _by_owner(told, rules, ministries=True)
    if not relevant:
        told = off_subject(told, rules, named=subject.points > 0)
    enterprises = _by_owner(told, rules, ministries=False)
    scan, phrases = told.scan, told.phrases.phrases
    actions = find_actions(scan, rules, told.summits) if relevant else {}
    companies = _COMPANY_ACTS.search(scan.text) if relevant else None
    sections = _sections(told, rules, companies=companies is not None) if relevant else ()
    evidence = (
        *(scan.evidence(p.text, f"sector:{p.rule}", p.start, p.end) for p in phrases),
        *told.places.evidence,
        *(scan.evidence(n, f"ministry:{m.rule}", m.start, m.end) for n, m in ministries.items()),
        *(scan.evidence(n, f"enterprise:{m.rule}", m.start, m.end) for n, m in enterprises.items()),
        *(scan.evidence(e.name, f"event:{e.kind}", e.start, e.end) for e in told.events),
        *told.topics.values(),
        *(scan.evidence(a.kind, f"action:{a.kind}", a.start, a.end) for a in actions.values()),
        *subject.evidence,
        *act.evidence,
    )
    evidence += tuple(_section_evidence(sections, evidence, told, companies))
    return Tags(
        relevant=relevant,
        score=subject.points,
        act=act.points,
        reasons=(*subject.reasons, *act.reasons),
        sectors=tuple(_sector(phrase) for phrase in phrases),
        regions=told.places.tags,
        ministries=tuple(ministries),
        enterprises=tuple(enterprises),
        events=tuple(EventTag(kind=event.kind, name=event.name) for event in told.events),
        topics=tuple(told.topics),
        actions=tuple(action.name for action in rules.keywords.actions if action.name in actions),
        sections=sections,
        evidence=evidence,
        rules=rules.stamp,
    )


def _scores(told: Told, rules: Rules) -> tuple[Score, Score]:
    """How strongly the text is about the subject, and about an act; the latter only if the former is high enough."""
    scan, summits = told.scan, told.summits
    deeds = Deeds(scan, rules, told.actors, placed=told.placed)
    subject = subject_score(scan, rules, told.phrases, told.signals, deeds, summits)
    if subject.points < rules.keywords.settings.near_miss:
        return subject, Score()
    if told.abroad(rules):
        return subject, Score(reasons=["境外之事"])
    return subject, act_score(scan, rules, told.signals, deeds, summits, next(iter(told.topics.values()), None))


def _sections(told: Told, rules: Rules, *, companies: bool) -> tuple[Section, ...]:
    """The sections of a text on the subject; ``companies``: companies that are not in keywords.yaml act."""
    scan, actors, summits, roles = told.scan, told.actors, told.summits, told.places.roles
    firms = [m.verdict.words in _SAYS for m in actors if m.owner in rules.enterprises]
    happening = tuple(place for place in told.places.evidence if place.tag in roles)
    return choose_sections(
        ministries=any(m.owner in rules.ministries for m in actors),
        provinces=told.placed,
        venue_only=told.placed
        and all(role.reason in _ONLY_WHERE for role in roles.values())
        and not local_body_acts(scan),
        enterprises=not all(firms),
        companies=companies or bool(firms),
        summit=bool(summits),
        sole_host=bool(summits) and sole_host(scan, actors, rules),
        local_acts=bool(summits) and (local_host(scan, actors) or beyond_summit(scan, summits, rules, happening)),
        ministry_acts=any(m.owner in rules.ministries and m.verdict.words not in HOSTS for m in actors),
        launches=bool(summits) and any(launches(m, rules) for m in actors),
        special=not rules.topic_sections.isdisjoint(told.topics),
        order=(section.name for section in rules.keywords.sections),
    )


def _by_owner(told: Told, rules: Rules, *, ministries: bool) -> dict[str, Mention]:
    """Each acting body (by its name on that day) or company, with its first act, in the order of keywords.yaml."""
    named: dict[str, Mention] = {}
    for mention in told.actors:
        if (mention.owner in rules.ministries) is ministries:
            name = rules.ministry_on(mention.owner, told.scan.document.day) if ministries else mention.owner
            named.setdefault(name, mention)
    order = rules.order
    return {name: named[name] for name in sorted(named, key=order.__getitem__)}


def _section_evidence(
    sections: tuple[Section, ...],
    evidence: tuple[Evidence, ...],
    told: Told,
    companies: re.Match[str] | None,
) -> Iterator[Evidence]:
    """For each section, the words of the tag that put the item there."""
    summits = {event.name for event in told.summits}
    for section in sections:
        kind = {"special": "topic", "summit": "event", "province": "region"}.get(section, section)
        for shown in evidence:
            if shown.rule.startswith(f"{kind}:") and (kind != "event" or shown.tag in summits):
                yield replace(shown, tag=section, rule=f"section:{shown.tag}")
                break
        else:
            if companies is not None:
                yield told.scan.evidence(section, "section:企业合作", companies.start(), companies.end())


def _sector(phrase: Phrase) -> SectorTag:
    return SectorTag(name=phrase.name, group=phrase.group, phrase=phrase.text)
