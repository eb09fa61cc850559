"""Is the text news about 互联网+? Two scores with reasons: its subject, and the act of somebody relevant to the report.

The text must be about the subject: it is in the title, in the first sentence, in a substantial part of the lead, or is
what somebody does in a sentence of its own; a mention in passing counts little. Wordings of texts that are not news
(opinion, interview, funding round, share prices …) count against the act.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from classifiers.deeds import Deeds, Who
from classifiers.events import Event
from classifiers.phrases import Found
from classifiers.rules import Rules, Weighed
from classifiers.scan import Scan
from classifiers.wordings import either, word_lists
from yuqing.core.records import Evidence

MOST_REPEATS = 4  # a text that mentions it five times is about it
_SHARE = 0.4  # of the sentences of the lead must name the subject if neither title nor first sentence does
_OPENING = 3  # sentences of a first paragraph that can still be a single statement
_STRONG = 4  # points of a signal that is a subject by itself
_LISTED = re.compile(f"{either(word_lists().enumerates)}[^。;]*$")
_ENOUGH_ITEMS = 2
_ITEM_BEFORE = re.compile(r"[一-鿿]{2,}、[“‘「\"]?$")
_ITEM_BEHIND = re.compile(r"[^,。;、]{2,12}、[^,。;]{1,12}等")
# What somebody is (中国“互联网+农业”专业委员会委员, “互联网+”研究院院长): a person's position is not a subject.
_OFFICE = re.compile(
    rf"互联网\+[^,。;、]{{0,10}}?{either(word_lists().societies)}?{either(word_lists().ranks)}*{either(word_lists().offices)}(?![”’」])"
)
# 有人说起“互联网+X”: it is only spoken of.
_TALK = re.compile(f"{either(word_lists().talk)}[了过]?[^,。;]{{0,4}}[“‘「]?$")
# 双方将在…合作 after a sentence in which two parties sign: these are the ones who do it.
_BOTH = re.compile(f"(?:[^,。;]{{0,8}}协议,)?{either(word_lists().parties)}")
_SIGNS = re.compile(either(word_lists().places.signing))
_FIRST_PERSON = re.compile(r"我(?![国省市县区州校院军党行公们]|司)|我们(?!国家|省|市)|笔者")
COMPANIES_SIGN = re.compile(f"(?:公司|集团|银行)[^,。;]{{0,40}}?{either(word_lists().actors.company_signs)}")
# 这项“互联网+查验”做法 sums up what was told before.
_THIS = re.compile("(?:这|该|此|属于)[^,。;]{0,10}$")
_QUOTED = re.compile(r"“[^”]*”?|「[^」]*」?|\"[^\"]*\"?|[说问道喊答](?:话)?了?:[^\n]*|说,(?![^。\n]*互联网\+)[^。\n]*")
# A line of an interview, which begins with who speaks.
_SPEAKS = re.compile(r"^[^,。;:\n]{2,24}:[^\n]*", re.MULTILINE)


class Score(Struct):
    """Points with their reasons in Chinese and the evidence of each."""

    points: float = 0.0
    reasons: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    def add(self, name: str, weight: float, words: str = "", evidence: Evidence | None = None) -> None:
        """Count ``weight`` points for the signal ``name``."""
        self.points = round(self.points + weight, 2)
        self.reasons.append(f"{name} {weight:+g}：{words}" if words else f"{name} {weight:+g}")
        if evidence is not None:
            self.evidence.append(evidence)


class Subject:
    """Where the text names the subject, and whether it is about it there."""

    def __init__(self, scan: Scan, deeds: Deeds, spots: Iterable[int], summits: Iterable[Event]) -> None:
        self._scan = scan
        self._held = {scan.sentence(event.start) for event in summits}
        self._deeds = deeds
        lead = min(scan.lead_to, len(scan.text))
        # The positions outside the title that count for the share, by sentence.
        self._sentences = {scan.sentence(spot)[0] for spot in spots if scan.body_at <= spot < lead}
        self._all = 0
        at = scan.body_at
        opening = scan.text.find("\n", scan.body_at)
        self._opening = 0  # the end of a short first paragraph followed by others: the text is about what it says
        while at < lead:
            self._all += 1
            at = max(scan.sentence(at)[1], at + 1)
            if self._all <= _OPENING and at >= opening > 0 and len(scan.text) - opening > opening - scan.body_at:
                self._opening = opening

    def about(self, spot: int) -> bool:
        """Whether the text is about what is at ``spot``, rather than just mentioning it."""
        scan = self._scan
        if scan.in_title(spot):
            return True
        if not scan.in_lead(spot) or _one_of_many(scan, spot) or _OFFICE.match(scan.text, spot):
            return False
        if _TALK.search(scan.text, scan.clause(spot), spot):
            return False
        sentence = scan.sentence(spot)
        if self._sums_up(spot):
            return True
        if spot >= scan.lead_to:
            deed = self._deeds.of(sentence)
            return deed is not None and deed.who > Who.UNIT
        if scan.text[scan.body_at : sentence[0]].strip() == "" or spot < self._opening:
            return True
        if len(self._sentences) >= _SHARE * self._all or sentence in self._held:
            return True
        if _BOTH.match(scan.text, *sentence) and (before := self._deeds.of(scan.sentence(sentence[0] - 1))) is not None:
            return before.who > Who.UNIT and _SIGNS.search(scan.text, before.start, sentence[0]) is not None
        deed = self._deeds.of(sentence)
        return deed is not None and (deed.who > Who.UNIT or "," not in scan.text[deed.start : spot])

    def told_late(self, spot: int) -> bool:
        """Whether ``spot`` is after the lead and a body does there what it names."""
        if spot < self._scan.lead_to or _one_of_many(self._scan, spot):
            return False
        if self._sums_up(spot, late=True):
            return True
        return self._deeds.of_what(self._scan.sentence(spot), spot) is not None

    def _sums_up(self, spot: int, *, late: bool = False) -> bool:
        """Whether what is at ``spot`` is a name for what a body does in the sentence before; ``late``: not just
        something to which that belongs (这是…工程的成果)."""
        scan = self._scan
        this = _THIS.search(scan.text, scan.clause(spot), spot)
        if this is None or (late and this[0].startswith("这是")):
            return False
        return self._deeds.summed_up(scan.sentence(scan.sentence(spot)[0] - 1)) is not None


def _one_of_many(scan: Scan, spot: int) -> bool:
    """Whether it is one item in an enumeration of other things (包括旧房改造、…、网上缴费等)."""
    left, right = scan.sentence(spot)
    listed = scan.text.find("、", max(left, spot - 2), spot) >= 0
    if listed and _ITEM_BEFORE.search(scan.text, left, spot) and _ITEM_BEHIND.match(scan.text, spot):
        return True
    if _LISTED.search(scan.text, left, spot) is None:
        return False
    return scan.text.count("、", left, right) >= _ENOUGH_ITEMS


Signals = dict[str, tuple[Weighed, dict[str, tuple[int, int]]]]
"""By name: a signal, and its different words that were found, each with its first position."""


def subject_score(
    scan: Scan, rules: Rules, found: Found, by_signal: Signals, deeds: Deeds, summits: list[Event]
) -> Score:
    """How strongly the text is about 互联网+; ``summits`` are held."""
    setting = rules.keywords.relevance
    total = Score()
    spots = sorted([start for start, _ in found.bare] + [phrase.start for phrase in found.phrases])
    strong = [start for use, words in by_signal.values() if use.signal.weight >= _STRONG for start, _ in words.values()]
    subject = Subject(scan, deeds, (*spots, *strong), summits)
    early = [phrase for phrase in found.phrases if subject.about(phrase.start)]
    bare = [spot for spot in found.bare if subject.about(spot[0])]
    if not (early or bare):
        late = (phrase for phrase in found.phrases if subject.told_late(phrase.start))
        early = list(islice(late, 1))
    if early:
        evidence = scan.evidence("relevant", "relevance:互联网+短语", early[0].start, early[0].end)
        total.add("互联网+短语", setting.phrase, early[0].text, evidence)
    elif bare:
        total.add("单独的“互联网+”", setting.bare, "", scan.evidence("relevant", "relevance:单独的“互联网+”", *bare[0]))
    elif spots:
        again = min(len(spots) - 1, MOST_REPEATS)
        evidence = scan.evidence("relevant", "relevance:顺带的“互联网+”", spots[0], spots[0] + len("互联网+"))
        total.add("顺带的“互联网+”", setting.passing + again * setting.repeated, f"{len(spots)}处", evidence)
    if found.other and not spots:
        total.add(
            "其他“互联网+”", setting.other, "", scan.evidence("relevant", "relevance:其他“互联网+”", *found.other[0])
        )
    if any(scan.in_title(spot) for spot in spots):
        total.add("标题有“互联网+”", setting.title)
    if any(word in event.name for event in summits for word in rules.keywords.events.subjects):
        total.add("峰会主题", setting.event_subject)
    for name, (use, words) in by_signal.items():
        if use.signal.act:
            continue
        if spots and not (early or bare) and use.signal.weight < _STRONG:
            continue  # a mention in passing is not made a subject by words such as 发布
        good = (
            word
            for word, (start, _) in words.items()
            if (not _one_of_many(scan, start) if use.signal.weight < _STRONG else subject.about(start))
        )
        counted = list(islice(good, use.signal.limit))
        if counted:
            evidence = scan.evidence("relevant", f"relevance:{name}", *words[counted[0]])
            total.add(name, use.signal.weight * len(counted), "、".join(counted), evidence)
    return total


def act_score(
    scan: Scan, rules: Rules, by_signal: Signals, deeds: Deeds, main: list[Event], topic: Evidence | None
) -> Score:
    """Whether somebody relevant to the report does something; the most reliable act counts, once."""
    setting = rules.keywords.relevance
    total = Score()
    deed = deeds.first(0, min(scan.lead_to, len(scan.text))) or deeds.further or deeds.first(*scan.news)
    if deed is not None and (deed.who is not Who.UNIT or not main):
        name, weight = {
            Who.TRACKED: ("部委或企业的行为", setting.actor),
            Who.LOCAL: ("当地的行为", setting.local),
            Who.UNIT: ("当地单位的行为", setting.unit),
        }[deed.who]
        shown = scan.original(deed.start, deed.end)
        total.add(name, weight, shown, scan.evidence("relevant", f"relevance:{name}", deed.start, deed.end))
    elif main:
        evidence = scan.evidence("relevant", "relevance:举办活动", main[0].start, main[0].end)
        total.add("举办活动", setting.event, main[0].name, evidence)
    elif topic is not None:
        total.add("专题", setting.event, topic.tag, replace(topic, tag="relevant", rule="relevance:专题"))
    elif (signed := COMPANIES_SIGN.search(scan.text, 0, scan.lead_to)) is not None:
        evidence = scan.evidence("relevant", "relevance:企业合作", *signed.span())
        total.add("企业合作", setting.unit, scan.original(*signed.span()), evidence)
    for name, (use, words) in by_signal.items():
        if use.signal.act and words:
            counted = list(words)[: use.signal.limit]
            evidence = scan.evidence("relevant", f"relevance:{name}", *words[counted[0]])
            total.add(name, use.signal.weight * len(counted), "、".join(counted), evidence)
    if total.points > 0 and (person := _first_person(scan)) is not None:
        total.add(
            "第一人称",
            setting.first_person,
            scan.original(*person),
            scan.evidence("relevant", "relevance:第一人称", *person),
        )
    return total


def _first_person(scan: Scan) -> tuple[int, int] | None:
    """Where the author uses the first person, outside of quotations and of what is said in an interview."""
    plain = _QUOTED.sub(lambda match: "※" * len(match[0]), scan.text[: scan.lead_to])
    title = scan.document.title.text
    if title and title in scan.document.body.text:  # what somebody says in the text
        plain = "※" * scan.body_at + plain[scan.body_at :]
    match = _FIRST_PERSON.search(plain)
    if match is not None and len(_SPEAKS.findall(plain)) > 1:
        match = _FIRST_PERSON.search(_SPEAKS.sub(lambda line: "※" * len(line[0]), plain))
    return match.span() if match else None


def find_signals(scan: Scan, weighed: Iterable[Weighed]) -> Signals:
    """The signals of the text."""
    found: dict[str, tuple[Weighed, dict[str, tuple[int, int]]]] = {}
    for use in weighed:
        _, words = found.setdefault(use.signal.name, (use, {}))
        for start, end in use.matcher.find(scan):
            words.setdefault(scan.text[start:end], (start, end))
    return found
