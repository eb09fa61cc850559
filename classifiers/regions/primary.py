"""The provinces in which the news happens."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from msgspec import Struct

from classifiers.document import Document
from classifiers.normalize import Normal
from classifiers.regions import patterns as p
from classifiers.regions.context import Role, role_of
from classifiers.regions.gazetteer import Division, Name, Reading
from classifiers.regions.reasons import Reason
from classifiers.regions.scan import Place
from yuqing.core.records import Field

_LIST = 4  # this many adjacent provinces are a list, not places where something happens
_KEY_REACH = 2  # sentences that may say where it happens if the title does not
_MOST = 0.6  # of the places in a body of text must be in one province for it to be the subject
_BACKGROUND_REACH = 20  # characters from a word such as 早在 to the body that it refers to
_DOERS = frozenset({"actor", "venue"})
_PASSING = frozenset({Reason.PEOPLE, Reason.LIST})  # if a central body acts, such a place does not count
_KINDS = _DOERS | {"place"}
BEIJING = "北京市"


class Mention(Struct, eq=False):
    """A place in the title or the body; its role there is determined on first use."""

    place: Place
    field: Field
    normal: Normal
    sentence: tuple[int, int]
    fraud: bool = False
    day: date | None = None
    known: Role | None = None

    @property
    def role(self) -> Role:
        """The role of the place in its sentence."""
        if self.known is None:
            self.known = role_of(self.normal.text, self.place, self.sentence, day=self.day, fraud=self.fraud)
        return self.known

    @property
    def reason(self) -> str:
        """Why it counts or does not, if that was decided."""
        return f"{(self.known.reason if self.known else Reason.LATER).stored}; {self.place.how}"

    @property
    def province(self) -> str:
        """The full name of its province."""
        return self.place.division.province

    @property
    def counts(self) -> bool:
        """Whether it says where something happens."""
        return self.role.kind in _KINDS


def mark_lists(mentions: list[Mention], national: re.Pattern[str], lead: int) -> None:
    """Excludes the provinces of a ranking, and of a list of four or more; those of one place after ``lead`` (offset in
    the body) are skipped, as they decide nothing."""
    run: list[Mention] = []
    for index, mention in enumerate(mentions):
        run.append(mention)
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        if following is not None and following.field == mention.field:
            start, end = mention.place.end, following.place.start
            if end - start <= p.WIDEST_GAP:
                gap = mention.normal.text[start:end]
                if not gap or p.GAP.fullmatch(gap) or p.LIST_GAP.fullmatch(gap):
                    continue
        if (len(run) > 1 or mention.place.end < lead) and (reason := _side_by_side(run, national)):
            for item in run:
                item.known = Role("none", reason)
        run = []


def _side_by_side(run: list[Mention], national: re.Pattern[str]) -> Reason | None:
    """Why the places of ``run`` are merely an enumeration; None if they are not."""
    count = len({item.province for item in run}) if len(run) > 1 else 1
    text, end = run[0].normal.text, run[-1].place.end
    if p.AND_OTHERS.match(text, end):  # 北京等6省市
        return Reason.LIST
    spoke = p.SPOKE.match(text, end) is not None
    if count < 2 and not spoke:
        return None
    before = text[run[0].sentence[0] : run[0].place.start]
    if count >= 2 and (p.RANKING.match(text, end) or p.RANKED.search(before)):
        return Reason.RANKING
    if count >= 2 and (p.SUCH_AS.match(text, end) or p.REACHES.search(before)):
        return Reason.LIST
    central = national.search(before) is not None
    if count >= _LIST and (central or not p.TOGETHER.match(text, end)):
        return Reason.LIST
    return Reason.SPOKE if spoke and central else None


def primary(
    doc: Document, mentions: list[Mention], home: Division | None, national: re.Pattern[str]
) -> dict[str, Mention]:
    """Province → the mention that decided; ``home`` is the province of the source (我省, 全市).

    ``national`` finds central bodies.
    """
    title = [item for item in mentions if item.field == "title"]
    body = [item for item in mentions if item.field == "body"]
    chosen: dict[str, Mention] = {}
    key = _key_sentence(doc, body, national)
    visited = _visited(key)
    for item in title:
        if not item.counts or (item.role.kind != "actor" and item.province in visited):
            continue
        if not _bare_venue(item, key, body, national) and not (chosen and _trip(title[0], item)):
            chosen.setdefault(item.province, item)
    if chosen:
        for item in key:
            if item.role.kind == "actor" and item.sentence[0] == 0 and item.province not in visited:
                chosen.setdefault(item.province, item)
    else:
        for item in _of_sentence(key, body, national):
            chosen.setdefault(item.province, item)
    if home and home.province not in chosen and (ours := _deictic(doc, p.OURS, home)):
        chosen[home.province] = ours
    if not chosen and home and (ours := _deictic(doc, p.WHOLE, home)):
        chosen[home.province] = ours
    return chosen or _fallback(doc, mentions, national)


def _deictic(doc: Document, pattern: re.Pattern[str], home: Division) -> Mention | None:
    """The first 我省 or 全市 of the title or lead, interpreted as the province of the source."""
    fields: tuple[tuple[Field, Normal, int], ...] = (
        ("title", doc.title, len(doc.title.text)),
        ("body", doc.body, doc.lead),
    )
    for field, normal, end in fields:
        if match := pattern.search(normal.text, 0, end):
            place = Place(match.start(), match.end(), [Reading(home)], Name(match[0]), "source")
            sentence = (0, end) if field == "title" else doc.sentence(match.start())
            return Mention(place, field, normal, sentence, known=Role("place", Reason.SOURCE))
    return None


def _key_sentence(doc: Document, body: list[Mention], national: re.Pattern[str]) -> list[Mention]:
    """The mentions in the first sentence of the lead that says where something happens."""
    for item in body:
        sentences = doc.body.text.count("。", 0, item.sentence[0]) - doc.body.text.count("。”", 0, item.sentence[0])
        if item.sentence[0] > doc.lead or sentences > _KEY_REACH:
            break
        if not item.counts:
            continue
        # If a national body acts, places mentioned in passing are not where it happens.
        kinds = _KINDS
        if _national_acts(doc.title.text + "\n" + doc.body.text[: item.place.start], national):
            kinds = _DOERS
        if item.role.kind not in kinds:
            continue
        if kinds is _DOERS and sentences > _KEY_REACH - 1:
            break
        return [other for other in body if other.sentence == item.sentence and other.role.kind in kinds]
    return []


def _national_acts(text: str, national: re.Pattern[str]) -> bool:
    """Whether a national body is named that neither merely guides nor belongs to the background."""
    for body in national.finditer(text):
        start, end = body.span()
        left = max(text.rfind("。", 0, start), text.rfind("\n", 0, start), start - _BACKGROUND_REACH)
        if any(pattern.match(text, end) for pattern in (p.GUIDED, p.OFTEN, p.EARLIER)):
            continue
        if p.LONG_AGO.search(text, left + 1, start) is None:
            return True
    return False


def _trip(first: Mention, item: Mention) -> bool:
    """Whether those of the first place went to the other one (江苏常州在上海推介): the news is about who went."""
    return (
        first.province != item.province
        and p.TRIP.search(item.normal.text, first.place.end, item.place.start) is not None
    )


def _visited(key: list[Mention]) -> set[str]:
    """The provinces that somebody from elsewhere visits in the key sentence, and where nobody else acts."""
    acting = {
        item.province
        for item in key
        if item.role.kind == "actor" and not p.HOSTED.match(item.normal.text, item.place.end)
    }
    return {item.province for item in key if _trip(key[0], item)} - acting


def _of_sentence(key: list[Mention], body: list[Mention], national: re.Pattern[str]) -> list[Mention]:
    """Those of the sentence that act or are acted in; the first one if the roles do not decide."""
    usable = [item for item in key if not _bare_venue(item, key, body, national)]
    if not usable:
        return []
    first = usable[0]
    chosen = [first]
    for before, item in pairwise(usable):
        text = item.normal.text
        if _trip(first, item):
            continue
        gap = text[before.place.end : item.place.start]
        joined = before in chosen and (before.place.start == item.place.start or p.GAP.fullmatch(gap) is not None)
        venue = item.role.kind == "venue" and (
            first.role.kind == "place" or (first.role.kind == "actor" and p.EVENT.search(text, *item.sentence))
        )
        if joined or item.role.kind == "actor" or venue:
            chosen.append(item)
    return chosen


def _bare_venue(item: Mention, key: list[Mention], body: list[Mention], national: re.Pattern[str]) -> bool:
    """Whether it is merely where bodies from elsewhere meet; a carrier's branch is at home in its own province."""
    if item.role.kind != "venue":
        return False
    sentence = item.normal.text[item.sentence[0] : item.sentence[1]]
    if any(other.role.kind == "actor" and other.province != item.province for other in key) and p.SIGNING.search(
        sentence
    ):
        return True
    if p.EVENT.search(sentence):
        return False
    if p.SIGNING.search(sentence):
        return not any(
            other.province == item.province and other.role.kind in ("actor", "branch")
            for other in (*key, *body)
            if other.sentence == item.sentence
        )
    return item.province == BEIJING and bool(national.search(sentence))


def _fallback(doc: Document, mentions: list[Mention], national: re.Pattern[str]) -> dict[str, Mention]:
    """The dateline, a company's seat, the province that most of the body mentions, or the one whose body acts."""
    body = [item for item in mentions if item.field == "body"]
    for item in body[-1:]:
        if p.SIGNATURE.match(doc.body.text, item.place.end):
            item.known = Role("actor", Reason.SIGNED)
            return {item.province: item}
    central = _national_acts(f"{doc.title.text}\n{doc.body.text[: doc.lead]}", national)
    for item in [] if central else body:
        if item.sentence[0] < doc.lead and item.role.kind == "dateline" and item.province != BEIJING:
            return {item.province: item}
    # A company's seat, or the place of a carrier's branch that acts there.
    kinds = {"weak", "branch"}
    for item in mentions:
        early = item.field == "title" or item.sentence[0] < doc.lead
        if early and item.role.kind in kinds and not (central and item.role.reason in _PASSING):
            return {item.province: item}
    if central:
        return {
            item.province: item
            for item in body
            if item.sentence[0] < doc.lead
            and item.role.reason is Reason.BODY_ACTS
            and p.BODY_DOES.match(item.normal.text, item.place.end)
        }
    counted: dict[str, list[Mention]] = {}
    for item in body:
        if item.counts:
            counted.setdefault(item.province, []).append(item)
    total = sum(len(items) for items in counted.values())
    most = {
        province: items[0] for province, items in counted.items() if len(items) >= 2 and len(items) >= _MOST * total
    }
    acting = {item.province: item for item in reversed(body) if item.role.reason is Reason.BODY_ACTS}
    return most or (acting if len(acting) == 1 else {})
