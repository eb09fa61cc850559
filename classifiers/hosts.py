"""Who hosts a summit, and who does more there: in which other sections it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.deeds import LOCAL_BODY
from classifiers.entities import HOSTS, Mention
from classifiers.events import Event
from classifiers.rules import Rules
from classifiers.scan import Scan
from classifiers.wordings import either, word_lists
from yuqing.core.records import Evidence

_W = word_lists().actors
_GUIDED = re.compile(r"[^,。;]{0,24}?(?:指导|支持(?=[,、]))")
_DOES = re.compile(rf"(?:[、和与及][^,。;]{{2,16}}){{0,4}}[^,。;、]{{0,14}}?{either(_W.launches)}")
_HEARD = re.compile(f"[^,。;]{{0,10}}?{either((*_W.attends, *word_lists().places.speaks))}")
_DEPARTMENT = re.compile(f"(?:{either(_W.departments)}|(?<![党省市区县州])委)$")
_ANOTHER = re.compile(f"(?:{either((*_W.departments, *_W.societies))}|大学|[委部])(?:[、和与]|指导)")
_HOSTS = "主办"
_ORGANISES = "承办"  # for the host, who is another
_NATIONAL_SOCIETY = re.compile(
    f"{either(word_lists().events.scopes)}[^,。;、]{{2,16}}?{either(_W.societies)}[、和与及][^,。;、]{{0,8}}$"
)


def sole_host(scan: Scan, actors: list[Mention], rules: Rules) -> bool:
    """Whether a single tracked enterprise, and no public body, hosts the main event."""
    if len({mention.owner for mention in actors}) != 1 or actors[0].owner not in rules.enterprises:
        return False
    left, right = scan.sentence(actors[0].start)
    host = re.match(r"[^,。;]{0,12}主办", scan.text[actors[0].end : right])
    before = scan.text[left : actors[0].start]
    return host is not None and not _ANOTHER.search(before)


def launches(mention: Mention, rules: Rules) -> bool:
    """Whether a company does more at the event than host it or speak: it signs, releases, opens something."""
    return mention.owner in rules.enterprises and mention.verdict.words not in HOSTS


def local_host(scan: Scan, actors: list[Mention]) -> bool:
    """Whether a department or government of the place hosts the event, alone or with others of the place, or does
    something there; if a central body or a company also hosts it, it does not count as an item of the place."""
    for body in _bodies(scan):
        if _DEPARTMENT.search(body[0]) is None or _GUIDED.match(scan.text, body.end()):
            continue
        if _NATIONAL_SOCIETY.search(scan.text, scan.clause(body.start()), body.start()):
            continue
        done = _DOES.match(scan.text, body.end())
        if done is None or done[0].endswith(_ORGANISES):
            continue
        if not (actors and done[0].endswith(tuple(HOSTS))):
            return True
    return False


def _bodies(scan: Scan) -> Iterator[re.Match[str]]:
    """The bodies of a place that are named in the lead, or later where a host is named."""
    yield from LOCAL_BODY.finditer(scan.text, 0, scan.lead_to)
    at = scan.text.find(_HOSTS, scan.lead_to)
    while at >= 0:
        left, right = scan.sentence(at)
        yield from LOCAL_BODY.finditer(scan.text, max(left, scan.lead_to), right)
        at = scan.text.find(_HOSTS, right)


def local_body_acts(scan: Scan) -> bool:
    """Whether a body of a place is named other than as one that attends or speaks."""
    return any(_HEARD.match(scan.text, body.end()) is None for body in LOCAL_BODY.finditer(scan.text))


def beyond_summit(scan: Scan, main: list[Event], rules: Rules, places: tuple[Evidence, ...]) -> bool:
    """Whether the title is about something else and a sentence without the event is about the place."""
    if not scan.document.article.title or any(scan.in_title(event.start) for event in main):
        return False
    words = rules.grammar.events
    return any(e.field == "body" and not any(word in e.sentence for word in words) for e in places)
