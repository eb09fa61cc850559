"""One word replaced by another: 初中 where the article has 小学 between the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from yuqing.review.check.clauses import words
from yuqing.review.check.contrasts import exclude, same_kind

_NAMING = ("n", "s", "f", "j", "l", "b", "t", "vn", "z", "i")  # part-of-speech flags of content words
_ATTRIBUTE = "va"  # a verb before a noun: may stand for another verb unless they exclude each other
_PROPER = ("nr", "ns", "nt", "nz")
_SAME = re.compile(
    r"(?:单位|[时期]限|时间|进行|开展|实施|予以|规定|通报|总额|[两三四五六七八九十]部门[一-鿿]*|数据|情况|工作|活动|项目|方面|有关|相关|全部|首个|各地|发文|通知|文件|会议|公告|消息|报告|用时|人数|数量|总数|费用|金额|资金"
    r"|平台|系统|机构|部门|业务|事项|服务|居民|群众|市民|百姓|用户|人员|当地|地方|全[国省市区县]|年内|年底|目前|同时|学校|[每单各全该][一-鿿]|大会|会上|现场|旗下|所属|下属|进展|线路|代表|[多余]?人)+"
)
_TIME = re.compile(r"[今去明本][年月季]|目前|近[年日期]")
_MAY = re.compile(r"^[可能要会]")
_OURS = re.compile(r"[我本全该][省市县区州盟旗]|[省市县区州]里|^本报讯")  # the place is named in the row
_MARKS = re.compile(r"[，。；：！？,;:!?（）()\n]")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日(?:[至—\-－](?:\d{1,2}月)?\d{1,2}日)?，?")
_SIDE = 2  # characters on each side that must be the same
_WHOLE = 6  # or this many in total, a punctuation mark counting as one, with at least one on each side
_ENDS = (2, 3, 4)  # characters at the end of a word that say its kind
_LONG = 4  # characters after two words that both occur in the article
_RUN = 8  # words joined at most; a name has fewer, and a text without punctuation has runs of hundreds
_CLOSE = 2  # characters by which the replacement may be longer


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    flag: str


def replaced_words(row: str, article: str, title: str = "") -> list[str]:
    """The content words of ``row`` between whose neighbours ``article`` has another word, with that word.

    What stands only in its ``title``, which leaves words out, is not another word.
    """
    row, article, title = (_MARKS.sub("，", _DAY.sub("", text)) for text in (f"，{row}，", f"，{article}，", title))
    told = [word for word in _words(article) if word.start > len(title)]
    ending: dict[int, list[_Word]] = {}
    for word in (*told, *_runs(told)):
        ending.setdefault(word.end, []).append(word)
    seen: dict[str, str] = {}
    said = _words(row)
    for word in dict.fromkeys((*_naming(said), *_runs(said))):
        if any(word.text in one or part in word.text for part, one in seen.items()):
            continue
        if not _SAME.fullmatch(word.text) and (other := _in_place_of(word, row, article, ending)):
            seen[word.text] = f"“{word.text}”（原文为“{other}”）"
    listed = (one for one in _listed(row, article) if not any(one in told for told in seen.values()))
    return [*seen.values(), *(f"“{one}”（列举）" for one in listed)]


def _listed(row: str, article: str) -> Iterator[str]:
    """The one member of a list in ``row`` that is missing from a list in ``article`` with the others: 英、法 for
    英、俄."""
    row, article = (text.replace("及", "和") for text in (row, article))
    lists = [clause.split("、") for clause in article.split("，") if "、" in clause]
    for mine in (clause.split("、") for clause in row.split("，") if clause.count("、") > 1):
        for its in lists:
            if len(its) != len(mine):
                continue
            first, last = common_start(mine[0][::-1], its[0][::-1]), common_start(mine[-1], its[-1])
            if not first or (not last and mine[-1][1:] != its[-1][1:]):
                continue
            inner = zip(mine[1:-1], its[1:-1], strict=True)
            other = [one for one, its_one in inner if len(one) == len(its_one) and not like(one, its_one)]
            if not last:
                other.append(mine[-1][:1])
            if len(other) == 1 and other[0] not in "".join(its):
                yield other[0]


def _in_place_of(word: _Word, row: str, article: str, ending: dict[int, list[_Word]]) -> str:
    """What ``article`` has between the neighbours of ``word``; "" if it is the word itself or nothing comparable."""
    after, known = row[word.end :], word.text in article
    if any(all(_sides(word, row, article, at, at + len(word.text))) for at in _every(word.text, article)):
        return ""
    if "，" not in after[:_LONG] and row[word.start : word.end + _LONG] in article:
        return ""
    for at in _every(after[:1], article):
        for other in _before(at, len(word.text), ending):
            left, right = _sides(word, row, article, other.start, other.end)
            contrary = left + right >= _LONG and exclude(*_different(word.text, other.text))
            if known and not contrary and _verbless(word, row, left, right):
                continue
            near = min(left, right) >= _SIDE or left + right >= _WHOLE or contrary
            if not (left and right and near) or (left < _SIDE and len(words(word.text)) > 1):
                continue  # what a clause begins with may be called otherwise
            mine, its = _different(word.text, other.text)
            together = any(mine in clause and its in clause for clause in article.split("，"))
            both = right >= _LONG or contrary or (min(left, right) >= _SIDE and left + right >= _WHOLE)
            if known and (not both or together):
                continue
            if in_order(word.text, article[other.start : other.end + len(word.text)]):
                continue  # 全国信用 in 全国家政服务信用
            if not _alike(word, other) and (known or other.text not in row):
                return other.text
    return ""


def _verbless(word: _Word, row: str, left: int, right: int) -> bool:
    """Whether ``word`` is at the edge of its clause and the same words on its other side hold no verb: they only name
    what both clauses are about."""
    beside = row[word.start - left : word.start] + "，" + row[word.end : word.end + right]
    edge = (left == 1 and row[word.start - 1] == "，") or (right == 1 and row[word.end] == "，")
    return edge and not any(flag in ("v", "p", "vd", "vi") for _, flag in words(beside))


def _before(end: int, length: int, ending: dict[int, list[_Word]]) -> Iterator[_Word]:
    """The words that end at ``end``, and the first ``length`` characters of one that continues: 公交 in 公交线路."""
    yield from ending.get(end, ())
    for word in ending.get(end + length, ()):
        if len(word.text) == 2 * length:
            yield _Word(word.text[:length], word.start, end, word.flag)


def _alike(word: _Word, other: _Word) -> bool:
    """Whether the two may be the same thing in other words: short for it, or similar (补贴 and 补助)."""
    mine, its = _different(word.text, other.text)
    if exclude(mine, its):
        return False
    if any(same_kind(word.text[-size:], other.text[-its_size:]) for size in _ENDS for its_size in _ENDS):
        return True
    if not other.flag.startswith(_NAMING) and other.flag != word.flag:
        return True
    if word.flag == _ATTRIBUTE and other.flag.startswith("v"):
        return True
    if (
        (other.flag == "t") != (word.flag == "t")
        or _TIME.match(other.text)
        or (word.flag == "ns" and other.flag != "ns")
    ):
        return True  # a place may be given or omitted
    if any(same_kind(one, two) for one, two in (_unlike(word.text, other.text), (mine, its))):
        return True
    if _SAME.fullmatch(other.text) or _SAME.fullmatch(mine) or _SAME.fullmatch(its) or _OURS.search(other.text):
        return True
    if not 2 <= len(other.text) <= len(word.text) + _CLOSE or in_order(mine, its) or in_order(its, mine):
        return True
    if any(one.flag in _PROPER for one in (word, other)):
        whole = (word.text, other.text) if word.flag == "ns" else (mine, its)
        return bool(set(pairwise(whole[0])) & set(pairwise(whole[1])))
    if mine[-1] == its[-1] and mine[0] != its[0] and abs(len(mine) - len(its)) < _CLOSE:
        return False  # 梨树 and 苹果树 are two kinds of the same thing
    return 2 * len(set(mine) & set(its)) >= min(len(mine), len(its))


def like(one: str, other: str) -> bool:
    """Whether two names may mean the same: one short for the other, general, or of one kind in other words."""
    mine, its = _different(one, other)
    if exclude(mine, its) or exclude(one, other):
        return False
    if same_kind(one, other) or _OURS.search(other) or any(_SAME.fullmatch(name) for name in (one, mine)):
        return True
    return in_order(one, other) or in_order(other, one) or in_order(mine, its) or in_order(its, mine)


def _different(one: str, other: str) -> tuple[str, str]:
    """The two without their common beginning and end: 国内 and 国际 from 国内航班 and 国际航班."""
    end = common_start(one[:1:-1], other[:1:-1])
    if end > 1:
        one, other = one[: len(one) - end], other[: len(other) - end]
    start = common_start(one[:-2], other[:-2])
    return (one[start:], other[start:]) if start > 1 else (one, other)


def _sides(word: _Word, row: str, article: str, start: int, end: int) -> tuple[int, int]:
    """How many characters before and after ``word`` equal those before ``start`` and after ``end`` in the article."""
    return common_start(row[word.start - 1 :: -1], article[start - 1 :: -1]), common_start(
        row[word.end :], article[end:]
    )


def common_start(one: str, other: str) -> int:
    """The length of the common prefix."""
    return next(
        (at for at, (mine, its) in enumerate(zip(one, other, strict=False)) if mine != its), min(len(one), len(other))
    )


def _every(piece: str, text: str) -> Iterator[int]:
    """Where ``piece`` begins in ``text``; nothing where it is empty."""
    at = text.find(piece) if piece else -1
    while at >= 0:
        yield at
        at = text.find(piece, at + len(piece))


@lru_cache(maxsize=16)
def _words(text: str) -> tuple[_Word, ...]:
    found: list[_Word] = []
    at = 0
    for word, flag in words(text):
        found.append(_Word(word, at, at + len(word), flag))
        at += len(word)
    return tuple(found)


def _naming(cut: Sequence[_Word]) -> Iterator[_Word]:
    """The content words: nouns, and verbs used as attributes before one (12个竣工项目, 抵押登记)."""
    for rank, word in enumerate(cut):
        if len(word.text) < 2:
            continue
        before, after = cut[max(rank - 1, 0)], cut[min(rank + 1, len(cut) - 1)]
        if word.flag.startswith(_NAMING) or (before.text in "个家项" and after.flag[0] == "n"):
            yield word
        elif word.flag == "v" and before.flag[0] in "nmqb" and after.flag.startswith(("n", "vn")):
            yield word._replace(flag=_ATTRIBUTE)


def _runs(cut: Sequence[_Word]) -> Iterator[_Word]:
    """Adjacent content words, joined: 个人独资企业."""
    run: list[_Word] = []
    for word in (*cut, _Word("", 0, 0, "")):
        if word.flag.startswith(_NAMING) and word.flag not in ("t", "f"):
            run.append(word)
            continue
        for first, last in combinations(range(len(run)), 2):
            if last - first >= _RUN:
                continue
            part = run[first : last + 1]
            yield _Word("".join(one.text for one in part), part[0].start, part[-1].end, part[-1].flag)
        run = []


def _unlike(one: str, other: str) -> tuple[str, str]:
    """The two without any common ending, and without a word of possibility: 省 and 节约 from 可省成本 and 节约成本."""
    one, other = (_MAY.sub("", text) for text in (one, other))
    end = common_start(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def in_order(name: str, full: str) -> bool:
    """Whether ``full`` contains the characters of ``name`` in their order."""
    rest = iter(full)
    return all(char in rest for char in name)
