"""Finds, in each sentence, the statement that somebody relevant to the report does something.

That is a tracked body or company, a body of a place, the place itself, a unit of it (a hospital, a school, a company),
or a platform opened there. What is denied, supposed or given as background does not count; what a public body plans is
news, what a company plans is not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from classifiers.entities import Mention
from classifiers.regions.patterns import DATELINE, DAY, GOES, GUIDED
from classifiers.rules import PLUS, Rules
from classifiers.scan import Scan
from classifiers.statements import Mode, mode
from classifiers.wordings import each, either, rest_of, word_lists, wordings
from yuqing.core.provinces import provinces
from yuqing.core.segment import tagged

_W = word_lists().deeds

# A department of a province whose name stands without 省 or 自治区: 宁夏|教育厅.
_PROVINCES = [short for province in provinces() for short in province.shorts if len(short) > 1]
_OFFICE = rf"(?![省市]|[一-鿿]{{0,4}}自治)[一-鿿]{{0,8}}?{either(_W.province_offices)}(?<![布格结]局)(?!集团)"
_DESK = r"(?<![主承协举])办(?=[,、与和联在印发将组召宣出启举推上开牵\d])"
_BODY = rf"(?:{either(_W.local_bodies)}|(?!的)[一-鿿]{{1,10}}?(?:{either(_W.local_offices)}|{_DESK}))"
_LEVELS = (*"省县区州旗盟市", "兵团", "自治区", "新区", "地区")
LOCAL_BODY = re.compile(  # begins with the set of all first characters, for which a search looks at once
    f"[{''.join(word[0] for word in (*_PROVINCES, *_LEVELS))}]"
    f"(?:{rest_of(_PROVINCES)}{_OFFICE}|{rest_of(_LEVELS)}(?<![城都]市){_BODY})"
)
_OPENED = re.compile(
    f"{either(_W.opened)}[”’」]?[^,。;]{{0,16}}?{either(_W.opens)}|[一-鿿”’」][^,。;]{{0,8}}?{either(_W.runs)}"
)
_FOREIGN = re.compile(each(word_lists().foreign))
# “互联网+X”昨天落地|某市.
_SPREADS = re.compile(
    rf"{re.escape(PLUS)}[^,。;]{{1,12}}?(?:{either(word_lists().places.days)}|\d日|[”’」])起?"
    f"{either((*_W.opens, *_W.spreads))}"
)
# Directly before the name of what somebody does, in a story that reports it late: 县里建起“|互联网+枸杞”服务站.
_GIVES = re.compile(f"{either(_W.gives)}[^,。;、]{{0,8}}[“‘]?$")
# “互联网+”写入|自治区政府|工作报告.
_ADOPTED = re.compile(f"{either(_W.adopted)}[^,。;]{{0,8}}$")
_RUN = re.compile(r"[一-鿿0-9A-Za-z、+“”‘’]+")
_ON_SUBJECT = re.compile(each(_W.on_subject))
_TELLS = re.compile(each(_W.tells))
# 人大代表、某村支书建议: whoever speaks there proposes, though the place is named with him.
_PROPOSES = re.compile(
    f"{either(word_lists().places.delegates)}[^。;]{{0,30}}?{either(word_lists().places.asks)}(?=[,:推将把对加])"
)
_INTERVIEW = re.compile(f"{either(_W.interviews)}[^,。;]{{0,12}}?采访")
_SEVERAL = re.compile(f"[{''.join(_W.numerals)}\\d]+个?部(?:门|委)")
# “互联网+X”平台由|某市某局…: what the body does stands before it.
# 某市某局的|“互联网+X”平台
_ITS_OWN = re.compile(rf"的?[“‘]?{re.escape(PLUS)}")
# 某县的“互联网+X”昨天…, 某县:“互联网+X”…
_OF_PLACE = re.compile(rf"[省市县区]?[的:][“‘]?{re.escape(PLUS)}")
# 某省一名干部: a person does it, not the place.
_SOMEBODY = re.compile("[省市县区]?[一两几某][位名对]")
_BY = re.compile(rf"{re.escape(PLUS)}[^。;]*[被由][^,。;]{{0,8}}$")
_IN_A_NAME = re.compile(either(_W.in_names))
_OURS = re.compile(r"(?<![一-鿿])[我本全]?[省市县区州][一-鿿]")
# A place, not necessarily in the gazetteer, at the start of a clause: 某市今天推出, 示例省推进.
_NO_CITY, _NO_DISTRICT = "".join(_W.no_city), "".join(_W.no_district)
_SOME_PLACE = re.compile(
    rf"(?:(?<![一-鿿])|(?<=日))(?:[一-鿿]{{1,6}}?(?:[省县州旗]|(?<![{_NO_CITY}])市|(?<![{_NO_DISTRICT}])区)"
    r"(?![长民场委区域议])|[省市县区州]里)"
)
_DONE = tuple("上下起进出成到了")  # behind a verb of one character: it is done (装上, 建起, 发了)
_REACH = 36  # characters between actor and object in one statement


class Who(IntEnum):
    """Who acts; a higher value is more reliable."""

    UNIT = 1
    LOCAL = 2
    TRACKED = 3


class Deed(NamedTuple):
    """The statement of an act in ``scan.text``, from actor to object."""

    who: Who
    start: int
    end: int


class Deeds:
    """The acts of a text, found sentence by sentence on demand."""

    def __init__(self, scan: Scan, rules: Rules, actors: Iterable[Mention], *, placed: bool) -> None:
        """``placed``: the news has a place, so that a unit may act for it."""
        self._scan = scan
        self._verbs = rules.grammar.deeds
        self._units = rules.grammar.units
        self._national = rules.grammar.national
        self._actors = sorted((actor.start, actor.end) for actor in actors)
        self._placed = placed
        self._titled = scan.text.find(PLUS, 0, scan.body_at) >= 0
        self._known: dict[int, Deed | None] = {}
        self.further: Deed | None = None  # an act after the lead whose object is the subject

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        """The names of places, in the order of the text."""
        (in_title, _), (in_body, _) = self._scan.places
        at = self._scan.body_at
        return sorted(
            [(start, -minus) for start, minus, _ in in_title]
            + [(start + at, at - minus) for start, minus, _ in in_body]
        )

    def of(self, sentence: tuple[int, int]) -> Deed | None:
        """The most reliable act of the sentence."""
        left, right = sentence
        if left not in self._known:
            self._known[left] = self._find(left, right)
        return self._known[left]

    def summed_up(self, sentence: tuple[int, int]) -> Deed | None:
        """The act of a public body, by whatever verb, in the sentence that the next one sums up; it is kept as
        ``further``."""
        deed = self._find(*sentence, sure=True)
        if deed is None or deed.who is Who.UNIT:
            return None
        self.further = self.further or deed
        return deed

    def of_what(self, sentence: tuple[int, int], spot: int) -> Deed | None:
        """The act of a public body whose object is at ``spot``; it is kept as ``further``."""
        deed = self.of(sentence)
        if deed is None or deed.who is Who.UNIT or _GIVES.search(self._scan.text, sentence[0], spot) is None:
            deed = self._told_before(sentence)
        if deed is None:
            return None
        self.further = self.further or deed
        return deed

    def _told_before(self, sentence: tuple[int, int]) -> Deed | None:
        """The dated act of a body in the paragraph up to the sentence, if that begins after the lead: the news item
        within a story."""
        text = self._scan.text
        at = text.rfind("\n", 0, sentence[0]) + 1
        if at < self._scan.lead_to or DAY.search(text, at, sentence[1]) is None:
            return None
        while at < sentence[1]:
            left, right = self._scan.sentence(at)
            deed = self.of((left, right))
            if deed is not None and deed.who is not Who.UNIT:
                return deed
            at = max(right, at + 1)
        return None

    def first(self, at: int, end: int) -> Deed | None:
        """The most reliable act from ``at`` to ``end``, the earliest among equals."""
        tracked = {self._scan.sentence(start) for start, _ in self._actors if at <= start < end}
        for sentence in sorted(tracked):
            deed = self.of(sentence)
            if deed is not None and deed.who is Who.TRACKED:
                return deed
        best: Deed | None = None
        while at < end and (best is None or best.who is Who.UNIT):
            left, right = self._scan.sentence(at)
            deed = self.of((left, right)) if right > left else None
            if deed is not None and (best is None or deed.who > best.who):
                best = deed
            at = max(right, at + 1)
        return best

    def _find(self, left: int, right: int, *, sure: bool = False) -> Deed | None:
        for start, end in _within(self._actors, left, right):
            verb = self._verb((left, right), end, 80) or _TELLS.search(self._scan.text, end, min(right, end + _REACH))
            if verb is not None:
                return Deed(Who.TRACKED, start, verb.end())
        text = self._scan.text
        if _FOREIGN.search(text, left, min(right, left + 12)):
            return None
        if _PROPOSES.search(text, left, right) or _INTERVIEW.search(text, left, right):
            return None
        for body in _SEVERAL.finditer(text, left, right):
            if (verb := self._verb((left, right), body.end(), _REACH)) is not None:
                return Deed(Who.LOCAL, body.start(), verb.end())
        for body in self._national.finditer(text, left, right):
            if GUIDED.match(text, body.end()):
                continue
            if (verb := self._verb((left, right), body.end(), _REACH)) is not None:
                return Deed(Who.TRACKED, body.start(), verb.end())
        for body in LOCAL_BODY.finditer(text, left, right):
            if text.startswith("工作报告", body.end()):
                if (adopted := _ADOPTED.search(text, left, body.start())) is not None:
                    return Deed(Who.LOCAL, adopted.start(), body.end())
                continue
            if (own := _ITS_OWN.match(text, body.end())) is not None:
                return Deed(Who.LOCAL, body.start(), own.end())
            certain = sure or self._titled or _BY.search(text, left, body.start()) is not None
            if (done := self._verb_end((left, right), body.end(), _REACH + 24, sure=certain)) > 0:
                return Deed(Who.LOCAL, body.start(), done)
        for place in _SOME_PLACE.finditer(text, left, right):
            if _SOMEBODY.match(text, place.end()):
                continue
            if (done := self._verb_end((left, right), place.end(), _REACH, sure=sure)) > 0:
                return Deed(Who.LOCAL, place.start(), done)
        if not self._placed and _OURS.search(text, left, right) is None:
            return None
        for start, end in _within(self._places, left, right):
            if GOES.search(text, left, start) or DATELINE.match(text, end) or _SOMEBODY.match(text, end):
                continue
            if (own := _OF_PLACE.match(text, end)) is not None:
                return Deed(Who.LOCAL, start, own.end())
            if (done := self._verb_end((left, right), end, _REACH, sure=sure)) > 0:
                return Deed(Who.LOCAL, start, done)
        opened = _OPENED.search(text, left, right) or _SPREADS.search(text, left, right)
        if opened is not None and mode(self._scan, left, left, opened.end() - 2) is Mode.DONE:
            return Deed(Who.UNIT, opened.start(), opened.end())
        for unit in self._units.finditer(text, left, right):
            verb = self._verb((left, right), unit.end(), _REACH)
            if verb is not None and mode(self._scan, left, left, verb.start()) is Mode.DONE:
                return Deed(Who.UNIT, unit.start(), verb.end())
        return None

    def _verb_end(self, sentence: tuple[int, int], start: int, reach: int, *, sure: bool = False) -> int:
        """The end of the verb of a statement whose actor ends at ``start``: a listed verb or, if the statement is on
        the subject (``sure``: whatever it says), the first word that jieba's dictionary classifies as a verb; 0 if
        there is none."""
        if (verb := self._verb(sentence, start, reach)) is not None:
            return verb.end()
        text, (left, right) = self._scan.text, sentence
        start += text.startswith((":", " "), start)
        run = _RUN.match(text, start, min(right, start + _REACH))
        if run is None or (not sure and _ON_SUBJECT.search(text, start, right) is None):
            return 0
        at = start
        words = tagged(run[0])
        for number, (word, flag) in enumerate(words):
            at += len(word)
            if (
                (flag == "v" or (flag == "vn" and (number + 1 == len(words) or words[number + 1][1] != "n")))
                and word not in wordings().no_deeds
                and (len(word) > 1 or word in wordings().short_deeds or text.startswith(_DONE, at))
            ):
                return at if mode(self._scan, left, start, at - len(word)) is Mode.DONE else 0
            if (
                flag.startswith("u") and flag != "uv" and words[0][0] != "把"
            ):  # a particle; uv is 地, which also occurs in 三地 and 地市
                return 0
        return 0

    def _verb(self, sentence: tuple[int, int], start: int, reach: int) -> re.Match[str] | None:
        """The first verb after ``start`` that reports something done or planned."""
        left, right = sentence
        for verb in self._verbs.finditer(self._scan.text, start, min(right, start + reach)):
            if verb[0] == "指导" and self._scan.text[verb.end() : verb.end() + 1] in ",、。;下":
                continue
            if _IN_A_NAME.match(self._scan.text, verb.start()):
                continue
            if mode(self._scan, left, start, verb.start()) in (Mode.DONE, Mode.PLANNED):
                return verb
        return None


def _within(spans: list[tuple[int, int]], left: int, right: int) -> Iterable[tuple[int, int]]:
    for start, end in spans[bisect_left(spans, (left, 0)) :]:
        if start >= right:
            return
        yield start, end
