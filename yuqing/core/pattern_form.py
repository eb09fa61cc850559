"""How much work a regular expression can cause, judged by its structure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from re import _constants, _parser  # type: ignore[attr-defined]  # re has no public parser
from typing import Any

MANY = 1_000  # how often an unbounded repeat is taken to repeat
ENDLESS = 1e30
Parsed = Sequence[tuple[Any, Any]]
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_LOOKS = (_constants.ASSERT, _constants.ASSERT_NOT)
_ONE = (_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY)


def ways(text: str) -> float:
    """An upper bound for the number of ways the pattern can match at one position, and so for the work there."""
    return _ways(list(_parser.parse(text)), None)


def has_endless(text: str) -> bool:
    """Whether it contains an unbounded repeat: then the work at one position grows with the text."""
    return _has_endless(list(_parser.parse(text)))


def beginnings(text: str) -> frozenset[str]:
    """Literal words of which one stands where any match begins; empty where that is not plain to see."""
    return _beginnings(list(_parser.parse(text))) or frozenset()


def _beginnings(parsed: Parsed) -> frozenset[str] | None:
    literal = ""
    for kind, value in parsed:
        if kind is _constants.LITERAL:
            literal += chr(value)
        elif literal or kind not in (_constants.AT, *_LOOKS, _constants.SUBPATTERN, _constants.BRANCH):
            break
        elif kind is _constants.SUBPATTERN:
            return None if value[1] else _beginnings(value[3])  # value[1]: flags of its own, such as (?i:…)
        elif kind is _constants.BRANCH:
            found = [_beginnings(branch) for branch in value[1]]
            return None if None in found else frozenset[str]().union(*(words for words in found if words))
    return frozenset((literal,)) if literal else None


def is_ambiguous(text: str) -> bool:
    """Whether a repeated part can itself be split in several ways, with nothing fixed in between, as in (a+)+."""
    return _is_ambiguous(list(_parser.parse(text)))


def _ways(parsed: Parsed, after: Parsed | None) -> float:
    """The ways of a sequence; ``after`` are the single characters that may follow it, None if unknown."""
    product = 1.0
    for place, (kind, value) in enumerate(parsed):
        following = _first(parsed[place + 1 :], after)
        if kind is _constants.BRANCH:
            product *= sum(_ways(branch, following) for branch in value[1])
        elif kind is _constants.SUBPATTERN:
            product *= _ways(value[3], following)
        elif kind in _LOOKS:
            product *= 1 + _ways(value[1], None)
        elif kind in _REPEATS:
            product *= _repeated(value[0], value[1], value[2], following)
        elif kind is _constants.ATOMIC_GROUP:
            product *= _ways(value, None)
        elif kind is _constants.GROUPREF_EXISTS:
            product *= sum(_ways(branch, following) for branch in value[1:] if branch is not None)
        if product > ENDLESS:
            return ENDLESS
    return product


def _repeated(least: int, limit: Any, inner: Parsed, after: Parsed | None) -> float:
    """The ways of a repeat: one if what follows cannot match the repeated character, so that its end is fixed."""
    most: int = MANY if limit is _constants.MAXREPEAT else int(limit)
    if len(inner) == 1 and inner[0][0] in _ONE and after is not None and not _overlap(inner[0], after):
        return 1.0
    begins = _first(inner, None)
    one = _ways(inner, None if begins is None or after is None else [*begins, *after])
    if one <= 1:
        return float(most - least + 1)
    total, power = 0.0, float(one**least) if least * one < 300 else ENDLESS
    for _ in range(least, most + 1):
        total += power
        power *= one
        if total > ENDLESS:
            return ENDLESS
    return total


def _first(parsed: Parsed, after: Parsed | None) -> Parsed | None:
    """The single characters that a sequence followed by ``after`` may begin with; None if not easily determined."""
    found: list[tuple[Any, Any]] = []
    for kind, value in parsed:
        if kind in _ONE:
            return [*found, (kind, value)]
        if kind is _constants.SUBPATTERN:
            inner = _first(value[3], None)
            if inner is None:
                return None
            return [*found, *inner]
        if kind in _REPEATS:
            inner = _first(value[2], None)
            if inner is None:
                return None
            found += inner
            if value[0]:
                return found
            continue
        return None
    return None if after is None else [*found, *after]


def _overlap(one: tuple[Any, Any], others: Parsed) -> bool:
    """Whether ``one`` and ``others`` may share a character; assumed for sets that are not a literal."""
    return any(kind is not _constants.LITERAL or _holds(one, value) for kind, value in others)


def _holds(one: tuple[Any, Any], code: int) -> bool:
    kind, value = one
    if kind is _constants.LITERAL:
        return bool(value == code)
    if kind is _constants.NOT_LITERAL:
        return bool(value != code)
    if kind is _constants.ANY:
        return code != 10
    negated = value[0][0] is _constants.NEGATE
    inside = any(_in(item, code) for item in value)
    return inside != negated


def _in(item: tuple[Any, Any], code: int) -> bool:
    kind, value = item
    if kind is _constants.LITERAL:
        return bool(value == code)
    if kind is _constants.RANGE:
        return bool(value[0] <= code <= value[1])
    if kind is _constants.CATEGORY:
        return re.match(_CATEGORIES.get(str(value), r"[\s\S]"), chr(code)) is not None
    return False


_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d", "CATEGORY_NOT_DIGIT": r"\D", "CATEGORY_SPACE": r"\s", "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W",
}  # fmt: skip


def _inner(kind: Any, value: Any) -> list[Parsed]:
    """The sequences nested in an item."""
    if kind in _REPEATS:
        return [value[2]]
    if kind is _constants.SUBPATTERN:
        return [value[3]]
    if kind is _constants.BRANCH:
        return list(value[1])
    if kind in _LOOKS:
        return [value[1]]
    return [value] if kind is _constants.ATOMIC_GROUP else []


def _has_endless(parsed: Parsed) -> bool:
    return any(
        (kind in _REPEATS and value[1] is _constants.MAXREPEAT) or any(map(_has_endless, _inner(kind, value)))
        for kind, value in parsed
    )


def _is_ambiguous(parsed: Parsed) -> bool:
    for kind, value in parsed:
        if kind in _REPEATS and (value[1] is _constants.MAXREPEAT or value[1] >= 5) and _cut_in_many(value[2]):
            return True
        if any(map(_is_ambiguous, _inner(kind, value))):
            return True
    return False


def _cut_in_many(inner: Parsed) -> bool:
    variable = fixed = False
    for kind, value in inner:
        if kind is _constants.SUBPATTERN:
            many = _cut_in_many(value[3])
            variable |= many
            fixed |= not many and value[3].getwidth()[0] > 0
        elif kind in _REPEATS:
            least, most, repeated = value
            many = most is _constants.MAXREPEAT or most > max(least, 1) or _cut_in_many(repeated)
            variable |= many
            fixed |= not many and least > 0
        elif kind is _constants.BRANCH:
            forms = [repr(list(branch)) for branch in value[1]]
            variable |= len(set(forms)) < len(forms) or any(_cut_in_many(branch) for branch in value[1])
        elif kind not in (_constants.AT, *_LOOKS):
            fixed = True
    return variable and not fixed
