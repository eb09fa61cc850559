"""How far a statement goes: all of them where the article has some, and the whole where it names a part."""

from __future__ import annotations

import re

from yuqing.review.check.clauses import Clause, Parsed

_PART = re.compile(
    r"(?P<whole>\d+)(?P<unit>[个家所座户项名辆台条])[^，。；\d]{0,10}中的?(?:已?有)?[^，。；\d]{0,24}?(?P<part>\d+)(?:(?P=unit)|[县区市所家])"
)
_ALL = re.compile(
    r"(?<!占)全部|所有|一律|悉数|无一例外|(?<![平人户亩月日年])均(?![价衡匀等为线值])|都(?=[已可能须要是])"
)
_EVERY = re.compile(r"(?:所有|全部)的?(?P<what>[一-鿿]{2})")  # 所有基层法院 for 80%的基层法院
# What an article may say for it.
_TOLD = re.compile(
    r"必?须|应当|全部|所有|一律|一切|悉数|均|都|全覆盖|100%|各[^，。]|每[^年月日天]|凡|统一|全体|全面|一概|齐"
)
_WIDE = re.compile(r"全[省市县区国州](?!人民|人大|政协|各)")
_SOME = re.compile(
    r"(?:\d+|[两三四五六七八九十])(?:个|家|所)?[一-鿿]{0,4}(?:县|区|市|镇|乡|村|行业|学校|医院|企业|街道|口岸|地)|首批|部分|试点|先行"
)
_SHARED = 2  # pairs from which on two clauses may speak of the same
_REST = 40  # characters in which the other parts follow
_MOST = 0.6  # share of the row's clause


def wider(row: Parsed, article: Parsed) -> list[str]:
    """The clauses of ``row`` that say of all or of the whole what ``article`` says of some."""
    found = []
    for match in _PART.finditer(article.text):
        whole = re.search(rf"(?<![\d.]){match['whole']}{match['unit']}", row.text)
        if (
            whole
            and not _divided(match, article.text)
            and not re.search(rf"(?<![\d.]){match['part']}(?![\d.月日])", row.text)
        ):
            found.append(f"“{whole[0]}”（原文为“{match[0]}”）")
    for clause in row.clauses:
        every = _ALL.search(clause.text)
        if every and not _said_of_all(clause, article):
            found.append(f"原文没有说“{every[0]}”")
        for whole in _EVERY.finditer(clause.text):
            some = re.search(rf"(?:\d+%|[一二三四五六七八九]成|部分|多数)(?:以上)?的{whole['what']}", article.text)
            if some and not re.search(rf"(?:所有|全部|各|全体)的?{whole['what']}", article.text):
                found.append(f"“{whole[0]}”（原文为“{some[0]}”）")
        wide = _WIDE.search(clause.text)
        if wide and (told := _narrower(clause, wide[0], article)):
            found.append(f"“{wide[0]}”（原文为“{told}”）")
    return list(dict.fromkeys(found))


def _divided(match: re.Match[str], text: str) -> bool:
    """Whether all parts follow: 9名专家中甲市5名、乙市4名."""
    parts = re.findall(rf"(?<![\d.])(\d+){match['unit']}", text[match.start("part") : match.end() + _REST])
    return len(parts) > 1 and any(sum(map(int, parts[:n])) == int(match["whole"]) for n in range(2, len(parts) + 1))


def _said_of_all(clause: Clause, article: Parsed) -> bool:
    """Whether ``article`` says it of all, in a clause that may speak of the same or next to one."""
    return any(
        _TOLD.search("，".join(one.text for one in sentence))
        for sentence in article.sentences
        if any(len(clause.content & one.content) >= _SHARED for one in sentence)
    )


def _narrower(clause: Clause, wide: str, article: Parsed) -> str:
    """The clause of ``article`` with the same statement about some, "" where there is none."""
    content = frozenset(pair for pair in clause.content if pair not in wide)
    same = [one for one in article.clauses if len(content & one.content) >= max(3, _MOST * len(content))]
    said = (sentence for sentence in article.sentences if any(wide in one.text for one in sentence))
    if not same or any(content & one.content for sentence in said for one in sentence):
        return ""
    narrow = [match for one in same if (match := _SOME.search(one.text)) and match[0] not in clause.text]
    return narrow[0].string if len(narrow) == len(same) else ""
