"""What the article says of one thing and the row of another of its things: 乡镇 for 市区 in 集团负责配送市区.

As in :mod:`slots` a clause of the row is laid next to one of the article. Here the words on one side are enough, if
they hold the verb and what differs reaches to the edge of both clauses; but what the row has in its place must stand
elsewhere in the article, and not beside these words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yuqing.review.check.clauses import Parsed, pairs, words
from yuqing.review.check.contrasts import exclude
from yuqing.review.check.replaced import in_order, like
from yuqing.review.check.slots import steps, widened

_CONTEXT = 5  # characters beside the two that must be the same
_BOTH = 3  # on each side, where they stand on both
_NEAR = 3  # characters of a neighbour
_LONGEST = 14  # characters that differ
_LEAD = re.compile(r"^(?:其中|同时|此外|另外|随后|而|则|并|由|向|在|对|为|经|使|把|将|给|工作)+")
_TAIL = re.compile(r"(?:的|等|也|均|都|则|将|已)+$")
_NAMES = ("n", "s", "j", "l", "b", "z", "f", "eng", "i", "x", "a", "d")
_KIND = re.compile(r"[地者率额价类型式性员]")  # after a verb: a kind of thing, 缴存地 and 购房地
_GENERAL = re.compile(
    r"平台|系统|项目|方案|办法|通知|会议|大会|活动|公司|集团|双方|[本该此其各][一-鿿]|同[时日年]|有关|记者|负责人|方面"
)
_BY = re.compile(r"^.*?(?:由|经(?=[一-鿿]{2,12}(?:批准|同意|审批|审议|核准)))(?=[一-鿿]{4})")
_BODY = re.compile(
    r"..(?:局|厅|委|部|署|院|司|处|公司|集团|大学|银行|中心|政府|医院|协会|学会|海关|支行|机场|港|站|所|厂|园|馆|校|方)$"
)
_PLACE = re.compile(r"^[一-鿿]{2,6}?(?:省|市|自治区)(?=[一-鿿]{4})")
_PLACED = re.compile(r"[一-鿿]{2,8}?[省市县区州]")  # a place, or a body of one
_DIGIT = re.compile(r"\d")


def of_another_statement(row: Parsed, article: Parsed) -> list[str]:
    """What ``row`` has in the place of something else of ``article``."""
    found: list[str] = []
    for clause, content in row.clauses:
        by = _BY.search(clause)  # what stands before the one who does it is not the subject
        said = clause[by.end() :] if by else clause
        for other in article.clauses:
            if len(content & other.content) < _BOTH or said in other.text:
                continue
            for mine, its in _swapped(said, other.text):
                known = _PLACE.sub("", mine) in article.text or (mine.endswith("政府") and "政府" in its)
                if known and mine not in other.text and not _stands_so(mine, said, article.text):
                    found.append(f"“{mine}”（原文为“{its}”）")
    return list(dict.fromkeys(found))


def _swapped(one: str, other: str) -> Iterator[tuple[str, str]]:
    """What replaces each other in two clauses beside the same words."""
    left = its_left = 0
    before = ""
    for at, its_at, same in [*_alike(one, other), (len(one), len(other), 0)]:
        mine, its = _core(one[left:at]), _core(other[its_left:its_at])
        after = one[at : at + same]
        if _fits(before, after) and _comparable(mine, its, after) and its not in one:
            yield mine, its
        left, its_left, before = at + same, its_at + same, after


def _alike(one: str, other: str) -> Iterator[tuple[int, int, int]]:
    """Where both have the same words, in whole words; a few characters alike amid differences are none."""
    made = steps(one, other)
    for rank, step in enumerate(made):
        if step[0] != "equal" or step[2] - step[1] < _BOTH:
            continue
        start, end, its_start = step[1], step[2], step[3]
        if rank:
            end_before = widened(one, other, made[rank - 1])[0][1]
            start, its_start = max(start, end_before), its_start + max(start, end_before) - start
        if rank + 1 < len(made):
            end = min(end, widened(one, other, made[rank + 1])[0][0])
        if end - start >= _BOTH:
            yield start, its_start, end - start


def _fits(left: str, right: str) -> bool:
    """Whether the words around are enough: on both sides, or on one with the verb."""
    if min(len(left), len(right)) >= _BOTH:
        return len(left) + len(right) >= _CONTEXT
    if left and right:
        return False
    return len(left + right) >= _CONTEXT - (not left) and any(
        flag in ("v", "p", "vd", "vi") for _, flag in words(left + right)
    )


def _comparable(mine: str, its: str, right: str) -> bool:
    """Whether the two are names of different things."""
    if not (2 <= len(mine) <= _LONGEST and 2 <= len(its) <= _LONGEST) or _DIGIT.search(mine + its):
        return False
    if exclude(mine, its):
        return True
    if in_order(mine, its) or in_order(its, mine) or like(mine, its):
        return False
    if _BODY.search(mine) and _BODY.search(its):
        return 2 * len(pairs(mine) & pairs(its)) < min(len(pairs(mine)), len(pairs(its)))
    if pairs(mine) & pairs(its):
        return False
    if any(_GENERAL.search(one) for one in (mine, its)):
        return False
    if (_of_place(mine) and not _of_place(its)) or (_PLACED.match(mine) and not _PLACED.match(its)):
        return False
    return bool(_KIND.match(right)) or (_named(mine) and _named(its))


def _of_place(text: str) -> bool:
    """Whether ``text`` only says where or when: it may be added to what the article has."""
    return all(flag.startswith(("ns", "t", "s", "f")) for _, flag in words(text))


def _named(text: str) -> bool:
    """Whether ``text`` is made of nouns and what qualifies them."""
    flags = [flag for _, flag in words(text)]
    return all(flag.startswith(_NAMES) for flag in flags) and flags[-1][0] not in "ad"


def _core(text: str) -> str:
    return _TAIL.sub("", _LEAD.sub("", text))


def _stands_so(mine: str, clause: str, article: str) -> bool:
    """Whether ``article`` has ``mine`` with the same neighbour as in ``clause``."""
    at = clause.find(mine)
    before, after = clause[max(0, at - _NEAR) : at], clause[at + len(mine) : at + len(mine) + _NEAR]
    return (len(before) > 1 and before + mine in article) or (len(after) > 1 and mine + after in article)
