"""Whose act or figure it is: what the article says of one of its names and the row of another.

Each clause of the row is laid next to the clauses of the article that share most with it, weighted by how rare it is in
the article. A name of the row must be named there, in that clause or before it in its sentence; a clause without a name
must belong to a sentence that names what the row spoke of so far. It is doubted only where the article has a name of
the same kind in that place, and says the same of nobody else.
"""

from __future__ import annotations

import re

from yuqing.review.check.actors import LEVEL, Actor, actors
from yuqing.review.check.aligned import FIGURE, Told, closest
from yuqing.review.check.clauses import Clause, Parsed, words
from yuqing.review.check.names import shortened
from yuqing.review.check.replaced import in_order

_LOCAL = re.compile(r"^(?:[一-鿿]{2,8}?[省市县区])+(?=[一-鿿]{3})")
_GOVERNMENT = re.compile(r"(?:人民)?政府$")
_SPEAKS = re.compile(r"介绍|表示|透露|说|称|认为|指出|强调|记者|了解到|获悉")
_LEAD = re.compile(r"(?:[\d年月日【】▲◆●■]|其中|而|[一-鿿]{2,8}?[省市区县])*")  # before the subject
_SOON = 10  # characters after a name in which its verb follows


def told_of_another(row: Parsed, article: Parsed, parents: tuple[str, ...]) -> list[str]:
    """The names of ``row``, and its clauses about them, for which ``article`` has another name in the same statement.

    ``parents`` are the place names from the item's tags, which a row may add to a body.
    """
    found: list[str] = []
    last: tuple[Actor, ...] = ()
    so_far: list[Actor] = []
    for clause in row.clauses:
        own = actors(clause.text)
        told = closest(clause, own, article)
        # A headline without names says nothing about whose act it is.
        speaking = [one for one in told if len(one.before) > 1 or any(not name.kind for name in one.names)] or told
        known = [
            one
            for one in own
            if told and not _describes(one, clause.text) and _is_known(one, clause.text, article, parents)
        ]
        named = [other for one in speaking if (other := _in_place_of(known, clause.text, one, article, parents))]
        if told and len(named) == len(speaking):
            found.append(f"“{named[0][0]}”（原文为“{named[0][1]}”）")
        elif not own and told and last and FIGURE.search(clause.text):
            kinds = {one.kind for one in last}
            rival = _of_another(so_far, kinds, told, row, parents)
            if rival:
                found.append(f"“{clause.text}”（原文说的是“{rival}”）")
        last = own or last
        so_far += _deepest(own)
    return list(dict.fromkeys(found))


def _is_known(name: Actor, clause: str, article: Parsed, parents: tuple[str, ...]) -> bool:
    """Whether ``article`` has ``name``, but neither with the act of ``clause`` nor as its signature."""
    if any(one.text == name.name for one in article.clauses):
        return False
    return _occurs(name, article.text, parents) and not _does_so(name, clause, article)


def _describes(name: Actor, clause: str) -> bool:
    """Whether ``name`` only says of what the clause is about whose it is: 由甲公司研发的平台."""
    return clause[: name.start].endswith("由") and "的" in clause[name.end : name.end + _SOON]


def _in_place_of(
    own: list[Actor], clause: str, told: Told, article: Parsed, parents: tuple[str, ...]
) -> tuple[str, str] | None:
    """The first of ``own`` that ``told`` and its sentence so far do not name, and whom they name."""
    scope = "，".join(one.text for one in told.before)
    near = _acting(told.clause) or [one for before in told.before for one in _acting(before)]
    heads = [one for one in _acting(told.clause) if _does(one, told.clause.text)]
    for name in own:
        if heads and _does(name, clause) and not _named_in(told.clause.text, name, parents):
            for other in heads:
                if _rivals(other, name, clause, article):
                    return name.name, other.name
        if _named_in(scope, name, parents):
            continue
        for other in near:
            if _rivals(other, name, clause, article):
                return name.name, other.name
    return None


def _acting(clause: Clause) -> list[Actor]:
    """The names of ``clause`` without bodies at which something is held."""
    return [one for one in actors(clause.text) if one.kind or not clause.text[: one.start].endswith("在")]


def _rivals(other: Actor, name: Actor, clause: str, article: Parsed) -> bool:
    """Whether ``other`` is of the kind of ``name``, not a part of it, and not named in ``clause`` of the row."""
    if other.kind != name.kind or _part_of(other.name, _bare(name), article.text):
        return False
    bare = LEVEL.sub("", other.name) or other.name
    return not (bare in clause or shortened(other.name, clause, ()))


def _does_so(name: Actor, clause: str, article: Parsed) -> bool:
    """Whether ``article`` has ``name`` with what follows it in ``clause``, or with the verb of it."""
    bare, after = _bare(name), clause[name.end : name.end + 2]
    verb = next((word for word, flag in words(clause[name.end :]) if flag.startswith("v") and len(word) > 1), "")
    for one in article.clauses:
        at = one.text.find(bare)
        behind = one.text[at + len(bare) :] if at >= 0 else ""
        if behind and ((len(after) > 1 and behind.startswith(after)) or (verb and in_order(verb, behind[:_SOON]))):
            return True
    return False


def _of_another(so_far: list[Actor], kinds: set[str], told: list[Told], row: Parsed, parents: tuple[str, ...]) -> str:
    """The subject of the sentence of each of ``told``, where it names none of ``so_far``, "" where one may."""
    rivals: list[str] = []
    for one in told:
        sentence = "，".join([*(other.text for other in one.before), one.after])
        if any(_named_in(sentence, name, parents) for name in so_far):
            return ""
        rival = _subject(one, kinds)
        if not rival or _occurs(rival, row.text, parents):
            return ""
        rivals.append(rival.name)
    return rivals[0]


def _subject(told: Told, kinds: set[str]) -> Actor | None:
    """The name of one of ``kinds`` that the sentence up to ``told`` is about: one of several companies is not."""
    for clause in told.before:
        names = actors(clause.text)
        if names and not _SPEAKS.search(clause.text):
            heads = (one for one in names if one.kind in kinds and _LEAD.fullmatch(clause.text[: one.start]))
            return next((one for one in heads if clause.text[one.end : one.end + 1] != "、"), None)
    return None


def _occurs(one: Actor, text: str, parents: tuple[str, ...]) -> bool:
    """Whether ``text`` has the name, in full or shortened."""
    return shortened(_bare(one), text, _added(one, parents))


def _added(one: Actor, parents: tuple[str, ...]) -> tuple[str, ...]:
    """The place names that a row may have added before the name: before a body."""
    return () if one.kind else parents


def _named_in(scope: str, one: Actor, parents: tuple[str, ...]) -> bool:
    """Whether ``scope`` has the name, in full or shortened, or without its place."""
    name = _bare(one)
    name = _GOVERNMENT.sub("", name) or name
    if name in scope or shortened(name, scope, _added(one, parents)):
        return True
    rest = _LOCAL.sub("", name)
    return rest != name and bool(re.search(rf"(?:^|[^一-鿿]|[由据从与和向在经])[省市县区]?{re.escape(rest)}", scope))


def _part_of(one: str, whole: str, text: str) -> bool:
    """Whether ``text`` has ``one`` behind the last character of ``whole``: 国家卫生健康委|医政医管局."""
    return any(text[: match.start()].endswith(whole[-1]) for match in re.finditer(re.escape(one), text))


def _bare(one: Actor) -> str:
    """A place without its level, a body as it is."""
    return LEVEL.sub("", one.name) if one.kind and len(one.name) > 2 else one.name


def _deepest(own: tuple[Actor, ...]) -> list[Actor]:
    """``own`` without the places that only say where the next one is."""
    starts = {one.start for one in own if one.kind}
    return [one for one in own if not (one.kind and one.end in starts)]


def _does(name: Actor, clause: str) -> bool:
    """Whether ``name`` is the one who acts in ``clause``: its subject, or behind 由."""
    before, after = clause[: name.start], words(clause[name.end :])
    return before.endswith("由") or bool(_LEAD.fullmatch(before) and after and after[0][1].startswith(("v", "d", "p")))
