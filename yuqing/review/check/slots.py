"""A stretch of the row in place of another: 混合动力 for 纯电动 where the rest of both clauses is the same.

:mod:`replaced` looks at single words between their neighbours; here whole clauses are compared, so that differences
that are segmented into other words, or into parts of words, are seen too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from yuqing.review.check.clauses import Parsed, words
from yuqing.review.check.contrasts import exclude
from yuqing.review.check.replaced import in_order, like

_CONTEXT = 10  # characters around the two that must be the same, at least two of them on each side
_NUMBER = re.compile(r"\d[\d.]*(?:万亿|[万亿])?%?(?P<about>[多余])?")
_AT_EDGE = 2  # what the start or the end of both clauses counts as
_LONGEST = 8  # characters that differ
_ALIKE = 0.5  # share of the pairs of the row's clause that a clause must have to be compared with it
_NAMES = ("n", "s", "b", "j", "l", "vn", "z", "f", "t", "i", "q")
_FIRST = ("首", "唯", "第", "最")  # in front of a scope: 全国首个 is not 全省首个
_DOES = ("v", "p", "d", "c", "r", "u")
_EDGE = ("", 0, 0, 0, 0)  # before and after a clause


def other_stretches(row: Parsed, article: Parsed) -> list[str]:
    """What ``row`` names where ``article`` names something else between the same words."""
    found: list[str] = []
    for clause, content in row.pieces:
        for other in article.pieces:
            if len(content & other.content) < max(3, _ALIKE * len(content)) or clause in other.text:
                continue
            for mine, its in _differing(clause, other.text):
                if re.search(r"\d", mine + its) and not (mine[:1].isdigit() and its[:1].isdigit()):
                    continue
                if mine not in article.text or (mine not in other.text and not _beside(clause, mine, article.text)):
                    found.append(f"“{mine}”（原文为“{its}”）")
    return list(dict.fromkeys(found))


def _beside(clause: str, word: str, article: str) -> bool:
    """Whether ``article`` has ``word`` next to the same neighbour as in ``clause``."""
    at = clause.find(word)
    before, after = clause[max(0, at - 2) : at], clause[at + len(word) : at + len(word) + 2]
    return (len(before) > 1 and before + word in article) or (len(after) > 1 and word + after in article)


def _differing(one: str, other: str) -> Iterator[tuple[str, str]]:
    """The stretches that replace each other in two clauses, in whole words, if they are content words."""
    made = steps(one, other)
    for before, step, after in zip([_EDGE, *made], made, [*made[1:], _EDGE], strict=False):
        kind, start, end, its_start, its_end = step
        if kind != "replace":
            continue
        left, right = (side[2] - side[1] if side[0] == "equal" else 0 for side in (before, after))
        numbers = _number(one, start, end), _number(other, its_start, its_end)
        if all(numbers):
            if min(left, right) >= 2 and left + right >= _CONTEXT and numbers[0] != numbers[1]:
                yield numbers
            continue
        mine, flags, _ = _whole(one, start, end)
        its, its_flags, _ = _whole(other, its_start, its_end)
        (low, high), (its_low, its_high) = widened(one, other, step)
        if in_order(one[low:high], other[its_low:its_high]) or in_order(other[its_low:its_high], one[low:high]):
            continue  # 卫健委 and 卫生健康|委
        if not 2 <= len(mine) <= _LONGEST or not 2 <= len(its) <= _LONGEST:
            continue
        names = flags[-1].startswith(_NAMES) and not any(flag.startswith(_DOES) and flag != "vn" for flag in flags)
        names &= not any(flag.startswith(("p", "d", "c", "u")) for flag in its_flags)
        names &= its_flags[-1] == "vn" or not its_flags[-1].startswith("v")
        first = other[its_end : its_end + 1] in _FIRST and not (mine in its or its in mine)
        if exclude(mine, its):
            left += _AT_EDGE * (start == left and its_start == left)
            right += _AT_EDGE * (len(one) - end == right and len(other) - its_end == right)
        if min(left, right) < 2 or left + right < _CONTEXT:
            continue
        if exclude(mine, its) or (names and first) or (names and not like(mine, its)):
            yield mine, its


@lru_cache(maxsize=4096)
def steps(one: str, other: str) -> tuple[tuple[str, int, int, int, int], ...]:
    """How one becomes the other; a single common character amid differences counts as different."""
    found: list[tuple[str, int, int, int, int]] = []
    for step in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        same = step[0] == "equal" and (step[2] - step[1] > 1 or step[1] == 0 or step[2] == len(one))
        if not same and found and found[-1][0] != "equal":
            found[-1] = ("replace", found[-1][1], step[2], found[-1][3], step[4])
        else:
            found.append(step if same or step[0] != "equal" else ("replace", *step[1:]))
    return tuple(found)


def widened(one: str, other: str, step: tuple[str, int, int, int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where what differs begins and ends in both, with the whole words on either side."""
    _, start, end, its_start, its_end = step
    low, high = (
        max(ends) for ends in zip(_whole(one, start, end)[2], _whole(other, its_start, its_end)[2], strict=True)
    )
    return (start - low, end + high), (its_start - low, its_end + high)


def _number(text: str, start: int, end: int) -> str:
    """The number that ``text[start:end]`` is part of, "" where it is not part of one or is only approximate."""
    for match in _NUMBER.finditer(text):
        if match.start() <= start and end <= match.end():
            return "" if match["about"] else match[0]
    return ""


def _whole(text: str, start: int, end: int) -> tuple[str, list[str], tuple[int, int]]:
    """The words that ``text[start:end]`` touches, joined, with their parts of speech, and by how much they are longer
    at both ends."""
    found, at, beyond = "", 0, (0, 0)
    flags: list[str] = []
    for word, flag in words(text):
        if at < end and at + len(word) > start:
            beyond = (beyond[0] if flags else max(0, start - at), max(0, at + len(word) - end))
            found += word
            flags.append(flag)
        at += len(word)
    return found, flags or [""], beyond
