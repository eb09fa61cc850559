"""Article in, tags out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from classifiers.actions import find_actions
from classifiers.deeds import LOCAL_BODY, Deeds
from classifiers.digest import together
from classifiers.document import Document, prepare
from classifiers.entities import Mention, mentions
from classifiers.events import Event, find_events
from classifiers.phrases import Phrase, find_phrases
from classifiers.regions import find_places, without_scenery
from classifiers.regions.reasons import Reason
from classifiers.relevance import Score, act_score, find_signals, subject_score
from classifiers.rules import Alias, Rules, TopicTerm, Weighed
from classifiers.scan import Scan
from classifiers.sections import choose_sections
from classifiers.stories import stories
from classifiers.wordings import either, word_lists
from yuqing.core.records import Article, EventTag, Evidence, Section, SectorTag, Source, Tags

_ONLY_WHERE = frozenset((Reason.VENUE, Reason.UNIT))  # where something is held, or a unit of the place takes part
_W = word_lists().actors
_HOSTS = frozenset(_W.hosts)
_GUIDED = re.compile(r"[^,。;]{0,24}?(?:指导|支持(?=[,、]))")
_DOES = re.compile(rf"(?:[、和与及][^,。;]{{2,16}}){{0,4}}[^,。;、]{{0,14}}?{either(_W.launches)}")
_COMPANY_ACTS = re.compile(f"(?:公司|集团)[^,。;]{{0,40}}?{either(_W.company_acts)}")


def classify(article: Article, rules: Rules, source: Source | None = None) -> Tags:
    """The tags of ``article`` by ``rules``; ``source`` is the site that published it, where known. No I/O.

    The stories of a digest are tagged each by itself, and put together by :func:`classifiers.digest.together`.
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
    """The tags of a text that tells one story."""
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
    found = find_phrases(scan, rules)
    actors = [m for m in mentions(scan, rules, aliases) if m.verdict.acts]
    events = [event for event in find_events(scan, rules) if event.main or event.occasion]
    topics = find_topics(scan, topic_terms)
    regions, region_evidence, roles = find_places(document, rules.grammar.national, scan.places)
    main = [event for event in events if event.main and event.section]
    deeds = Deeds(scan, rules, actors, placed=any(region.primary for region in regions))
    on_subject = any(_on_subject(event, rules) for event in main)
    signals = find_signals(scan, weighed)
    subject = subject_score(scan, rules, found, signals, deeds, on_subject)
    settings = rules.keywords.settings
    act = (
        act_score(scan, rules, signals, deeds, main, next(iter(topics.values()), None))
        if subject.points >= settings.near_miss
        else Score()
    )
    relevant = subject.points >= settings.threshold and act.points >= settings.act
    ministries = _by_owner(actors, rules, document, ministries=True)
    if not relevant:  # an ordinary word is not taken for a company in a text off the subject
        actors = [m for m in actors if m.owner in rules.ministries or not rules.enterprises[m.owner].common]
        if not any(role.kind == "actor" for role in roles.values()):
            regions = without_scenery(regions, scan.text[: scan.lead_to])
    enterprises = _by_owner(actors, rules, document, ministries=False)
    phrases = found.phrases if relevant else ()
    actions = find_actions(scan, rules) if relevant else {}
    companies = _COMPANY_ACTS.search(scan.text) if relevant else None
    sections = choose_sections(
        relevant=relevant,
        ministries=bool(ministries),
        provinces=any(region.primary for region in regions),
        venue_only=relevant
        and all(role.reason in _ONLY_WHERE for role in roles.values())
        and not LOCAL_BODY.search(scan.text),
        enterprises=bool(enterprises),
        companies=companies is not None,
        summit=bool(main),
        sole_host=bool(main) and _sole_host(scan, actors, rules),
        local_acts=bool(main) and (_local_host(scan, actors) or _beyond_summit(scan, main, rules, region_evidence)),
        launches=bool(main) and any(_launches(m, scan, rules) for m in actors),
        ministry_acts=any(m.owner in rules.ministries and m.verdict.words not in _HOSTS for m in actors),
        special=not rules.topic_sections.isdisjoint(topics),
        order=(section.name for section in rules.keywords.sections),
    )
    evidence = (
        *(scan.evidence(p.text, f"sector:{p.rule}", p.start, p.end) for p in phrases),
        *region_evidence,
        *(scan.evidence(n, f"ministry:{m.rule}", m.start, m.end) for n, m in ministries.items()),
        *(scan.evidence(n, f"enterprise:{m.rule}", m.start, m.end) for n, m in enterprises.items()),
        *(scan.evidence(e.name, f"event:{e.kind}", e.start, e.end) for e in events if relevant),
        *topics.values(),
        *(scan.evidence(a.kind, f"action:{a.kind}", a.start, a.end) for a in actions.values()),
        *subject.evidence,
        *act.evidence,
    )
    evidence += tuple(_section_evidence(sections, evidence, main, companies, scan))
    return Tags(
        relevant=relevant,
        score=subject.points,
        act=act.points,
        reasons=(*subject.reasons, *act.reasons),
        sectors=tuple(_sector(phrase) for phrase in phrases),
        regions=regions,
        ministries=tuple(ministries),
        enterprises=tuple(enterprises),
        events=tuple(EventTag(kind=event.kind, name=event.name) for event in events if relevant),
        topics=tuple(topics),
        actions=tuple(action.name for action in rules.keywords.actions if action.name in actions),
        sections=sections,
        evidence=evidence,
        rules=rules.version,
    )


def find_topics(scan: Scan, terms: list[TopicTerm]) -> dict[str, Evidence]:
    """The special topics of the text that are open in its review window, with their evidence."""
    day = scan.document.article.day
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


def _by_owner(actors: list[Mention], rules: Rules, document: Document, *, ministries: bool) -> dict[str, Mention]:
    """Each acting body (by its name of that day) or company, with its first act, in the order of keywords.yaml."""
    named: dict[str, Mention] = {}
    for mention in actors:
        if (mention.owner in rules.ministries) is ministries:
            name = rules.ministry_on(mention.owner, document.article.day) if ministries else mention.owner
            named.setdefault(name, mention)
    order = rules.order
    return {name: named[name] for name in sorted(named, key=order.__getitem__)}


def _section_evidence(
    sections: tuple[Section, ...],
    evidence: tuple[Evidence, ...],
    main: list[Event],
    companies: re.Match[str] | None,
    scan: Scan,
) -> Iterator[Evidence]:
    """For each section the words of the tag that put the item there."""
    summits = {event.name for event in main}
    for section in sections:
        kind = {"special": "topic", "summit": "event", "province": "region"}.get(section, section)
        for shown in evidence:
            if shown.rule.startswith(f"{kind}:") and (kind != "event" or shown.tag in summits):
                yield replace(shown, tag=section, rule=f"section:{shown.tag}")
                break
        else:
            if companies is not None:
                yield scan.evidence(section, "section:企业合作", companies.start(), companies.end())


def _sole_host(scan: Scan, actors: list[Mention], rules: Rules) -> bool:
    """Whether one tracked enterprise, and no public body beside it, holds the main event."""
    if len({mention.owner for mention in actors}) != 1 or actors[0].owner not in rules.enterprises:
        return False
    left, right = scan.sentence(actors[0].start)
    host = re.match(r"[^,。;]{0,12}主办", scan.text[actors[0].end : right])
    before = scan.text[left : actors[0].start]
    return host is not None and not re.search(r"(?:委|厅|局|政府|大学|协会|部)(?:、|和|与|指导)", before)


def _launches(mention: Mention, scan: Scan, rules: Rules) -> bool:
    """Whether a company does more at the event than hold it; the title, where there is one, must name the company."""
    if mention.owner not in rules.enterprises or mention.verdict.words in _HOSTS:
        return False
    return not scan.document.article.title or scan.in_title(mention.start)


def _local_host(scan: Scan, actors: list[Mention]) -> bool:
    """Whether a department or government of the place holds the event, alone or with others of the place, or does
    something at it; where a central body or a company holds it too, it is no item of the place."""
    for body in LOCAL_BODY.finditer(scan.text, 0, scan.lead_to):
        if not body[0].endswith(("厅", "局", "政府", "管委会")) or _GUIDED.match(scan.text, body.end()):
            continue
        done = _DOES.match(scan.text, body.end())
        if done is not None and not (actors and done[0].endswith(tuple(_HOSTS))):
            return True
    return False


def _beyond_summit(scan: Scan, main: list[Event], rules: Rules, places: tuple[Evidence, ...]) -> bool:
    """Whether the title is about something else and a sentence without the event tells of the place."""
    if not scan.document.article.title or any(scan.in_title(event.start) for event in main):
        return False
    words = rules.grammar.events
    return any(e.field == "body" and not any(word in e.sentence for word in words) for e in places)


def _on_subject(event: Event, rules: Rules) -> bool:
    return any(word in event.name for word in rules.keywords.events.subjects)


def _sector(phrase: Phrase) -> SectorTag:
    return SectorTag(name=phrase.name, group=phrase.group, phrase=phrase.text)
