"""What a figure belongs to: 7.6万家 given to pharmacies where the article has 定点医疗机构7.6万家、定点药店2.4万家.

What a figure counts is said by the words before it, back to the figure before, and by the noun behind its unit; where
the text has none there, by what precedes in the sentence. A figure of the row is doubted if the nearest word that tells
the article's figure from another of its figures is the other's, or if the article gives it to a part only (其中…) that
the row does not name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from yuqing.review.check.clauses import Clause, Parsed, pairs, shares, words
from yuqing.review.check.numbers import Number, comparable, equal, find_numbers, is_measure

_LISTED = re.compile(r"分别|\d[\d.]*[^，\d]{0,4}[、和与及]\d")  # a list not shared out: whose figure is whose is open
_HAN = re.compile(r"[一-鿿]{2,}")
_REACHED = re.compile(
    r"(?:达[到成]?|完成|实现|突破|超过?|不[低少][于]|要|须|应|将|[为是有共约近逾至到的已]|分别)+$"
)  # between what is counted and its figure
_AGE = re.compile(r"(?:至\d+)?岁")
_LEAD = re.compile(r"^(?:其中|而|则|另|[前后]者)+")
_PART = re.compile(r"^(?:其中|含(?=[一-鿿]{2})|包括)")
_QUALIFIES = re.compile(r"累计|新增|新建|首期|首日|日均|月均|年均|最高|最低")
_SPANS = ("年", "个月", "天", "小时")  # counted in Chinese numerals too: 有效期两年
_LARGE = 10_000
_HEADS = ("n", "j", "l", "s", "b", "x", "eng", "vn", "f", "z", "ng", "an")
_GENERAL = re.compile(
    r"同比|环比|增[长加幅速至到]|下降|提[高升]|减少|达到|超过|约为|占比|金额|其中|新增|累计|共有|总[数计量额]|合计|平均|目前|目标|计划|预计|今年|去年|全[国省市区县]|每[年月日天次]"
)


class _Bound(NamedTuple):
    """A figure with what it counts, as pairs of characters from the farthest to the ``near``-est.

    ``own`` are the same pairs; ``before`` is what the sentence counts before it, if the figure has no words of its own.
    ``last`` is the figure before it in the sentence, and ``part`` the words that name the part of a total, "" for none.
    """

    number: Number
    near: tuple[str, ...]
    own: frozenset[str]
    before: frozenset[str]
    last: _Bound | None
    part: str
    text: str


def of_other_figure(row: Parsed, article: Parsed, year: int) -> list[str]:
    """The figures of ``row`` that ``article`` gives for something else."""
    told = _bound(article, year)
    found: list[str] = []
    stated = _bound(row, year)
    for said in stated:
        own = [one for one in told if equal(one.number, said.number)]
        if not own or _LISTED.search(said.text):
            continue
        rival = _rival(said, stated, own, told) or _of_a_part(own, row)
        if rival:
            number = said.number
            written = said.text[number.start : number.end + len(number.unit)]
            found.append(f"“{written}”与原文不符（原文为“{rival.text}”）")
    return list(dict.fromkeys([*found, *_of_neighbours(stated, told, row, article)]))


def _rival(said: _Bound, stated: tuple[_Bound, ...], own: list[_Bound], told: tuple[_Bound, ...]) -> _Bound | None:
    """The figure of the article whose words the row gives to another one, None where there is none."""
    for rival in told:
        if equal(rival.number, said.number) or not comparable(rival.number, said.number):
            continue
        if any(one.text == rival.text for one in own) or any(_side(said, one, rival) >= 0 for one in own):
            continue
        also = [one for one in stated if equal(one.number, rival.number)]
        if not any(_side(one, rival, its) > 0 for one in also for its in own):
            return rival
    return None


def _of_a_part(own: list[_Bound], row: Parsed) -> _Bound | None:
    """The figure if the article gives it only to a part of a total that ``row`` does not name."""
    return own[0] if all(one.part and not any(duo in row.text for duo in _duos(one.part)) for one in own) else None


def _side(said: _Bound, own: _Bound, rival: _Bound) -> int:
    """Whose words the row has nearest to its figure: 1 for ``own``, -1 for ``rival``, 0 for neither.

    Where all three are called the same (各奖5万元), the figures before them decide.
    """
    mine, its = own.own | own.before, rival.own
    mine, its = mine - its, its - mine
    shared = its & said.own
    for duo in reversed(said.near):
        if duo in mine:
            return 1
        if duo in its:
            enough = 2 * len(shared) > len(its) or rival.near[0] in said.own
            return -1 if enough and any(_told_apart(shared, said.own, one.text) for one in (rival, said)) else 0
    if said.last and own.last and rival.last:
        side = _side(said.last._replace(last=None), own.last, rival.last)
        alike = bool(said.own) and said.own <= own.own & rival.own
        return side if alike or (side < 0 and _places(said.last) & _places(rival.last) - _places(own.last)) else 0
    return 0


def _told_apart(shared: frozenset[str], said: frozenset[str], text: str) -> bool:
    """Whether a noun of ``text``, or how it counts (累计), is said in full and is one of what is ``shared``."""
    before, single = "", ""
    for word, flag in words(text):
        duos = frozenset(_duos(word))
        if duos and duos <= said and duos & shared and (_QUALIFIES.fullmatch(word) or _is_head(word, flag)):
            return True
        if single and single + word[0] in shared:
            return True
        single = word if len(word) == 1 and flag.startswith("n") else ""  # 镇财政, 试点镇
        if single and before[-1:] + single in shared:
            return True
        before = word
    return False


@lru_cache(maxsize=256)
def _places(bound: _Bound) -> frozenset[str]:
    """The places named before a figure."""
    front = bound.text[: bound.number.start]
    return frozenset(word for word, flag in words(front) if flag.startswith("ns") and len(word) > 1)


def _is_head(word: str, flag: str) -> bool:
    """Whether a word names what is counted."""
    return len(word) > 1 and flag.startswith(_HEADS) and not _GENERAL.search(word)


def _of_neighbours(stated: tuple[_Bound, ...], told: tuple[_Bound, ...], row: Parsed, article: Parsed) -> Iterator[str]:
    """The figures that ``row`` gives to the neighbour of what the article counts: 水泥企业 for 焦化企业接入率76%."""
    for said in stated:
        own = [one for one in told if equal(one.number, said.number)]
        if len(own) != 1 or _LISTED.search(said.text):
            continue
        head = _first_noun(own[0].text)
        if not head or head in row.text:
            continue
        for sentence in article.sentences:
            for one, other in (*pairwise(sentence), *((b, a) for a, b in pairwise(sentence))):
                rival = _first_noun(other.text)
                kin = pairs(own[0].text) & other.content
                if (
                    own[0].text in one.text
                    and rival
                    and rival in said.text
                    and rival not in one.text
                    and kin & pairs(said.text)
                ):
                    yield f"“{rival}”的数与原文不符（原文为“{own[0].text}”）"


def _first_noun(text: str) -> str:
    """The noun that a clause begins with."""
    word, flag = (*words(text), ("", ""))[0]
    return word if _is_head(word, flag) else ""


@lru_cache(maxsize=64)
def _bound(text: Parsed, year: int) -> tuple[_Bound, ...]:
    return tuple(bound for sentence in text.sentences for bound in _of_sentence(sentence, year))


def _of_sentence(sentence: tuple[Clause, ...], year: int) -> Iterator[_Bound]:
    before: frozenset[str] = frozenset()
    last: _Bound | None = None
    for clause in sentence:
        for piece in shares(clause):
            numbers = [_measured(n, piece) for n in find_numbers(piece, year) if _counts(n, piece)]
            at = 0
            for number, after in zip(numbers, [*(n.start for n in numbers[1:]), len(piece)], strict=False):
                front = _REACHED.sub("", piece[at : number.start].strip())
                near = _near(_LEAD.sub("", front), piece[number.end + len(number.unit) : after], number.unit)
                inherited = frozenset() if _tells(front) else before
                named = _PART.search(front)
                part = (_PART.sub("", front) or piece[number.end : after]) if named else ""
                last = _Bound(number, near, frozenset(near), inherited, last and last._replace(last=None), part, piece)
                yield last
                before = inherited.union(_duos(front))
                at = number.end
            if not numbers:
                before |= frozenset(_duos(piece))


def _tells(front: str) -> bool:
    """Whether the words before a figure tell it from the one before: 首期到位, not 今年一季度."""
    return any(len(word) > 1 and flag[:1] not in "tm" and not _GENERAL.search(word) for word, flag in words(front))


def _near(front: str, behind: str, unit: str) -> tuple[str, ...]:
    """The pairs of ``front``, before a figure, and then those of the noun right behind its unit (18个水位站).

    个 needs a noun, so that a verb before it is a part of it (24个朗读亭); behind 户 one says what they do.
    """
    after, held = "", ""
    for word, flag in words(behind.lstrip("多余来个")):
        if flag.startswith("v") and unit == "个":
            held += word
        elif flag.startswith(_HEADS) and not flag.startswith("f") and word[0].isalnum():
            after, held = after + held + word, ""
        else:
            break
    return _duos(f"{front}|{after}")


def _duos(text: str) -> tuple[str, ...]:
    """The pairs of Chinese characters of ``text`` in their order."""
    return tuple(piece[at : at + 2] for piece in _HAN.findall(text) for at in range(len(piece) - 1))


def _measured(number: Number, text: str) -> Number:
    """``number`` with the measure 个, where the unit taken for one is the start of what it counts: 11.8万个水位站."""
    return number._replace(unit="个") if text[number.end :].startswith("个") and not is_measure(number.unit) else number


def _counts(number: Number, text: str) -> bool:
    """Whether it is a count or a share in digits, not the number of a line or a house."""
    if number.kind == "percent":
        return True
    if _AGE.match(text, number.end):
        return False
    large = number.value >= _LARGE  # no unit is needed: 4300万
    return (
        number.kind == "plain"
        and (text[number.start].isdigit() or number.unit in _SPANS)
        and (large or number.unit not in ("号", "次", "月", "日", ""))
    )
