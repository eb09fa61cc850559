"""Names of persons, bodies, companies and places in a row, and whether the article names them, in full or shortened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from classifiers.regions.scan import place_hits, place_names
from yuqing.core.names import Names
from yuqing.review.check.clauses import without_marked, words

_BODY = re.compile(
    r"(?:(?<![全内外东西南北中干总各本一局大])部(?![署门分位件落委])|(?<!编)委(?![托派])|局(?![面势部])|厅|(?<![部签])署(?!名)|法院|检察院|学院|医院|研究院"
    r"|政府|管委会|办公室|公司|集团|协会|学会|联盟|大学|银行|(?<![举主承协合联经督代申帮包交待快能已可不停联通督兴创开网上下])办(?![理公事结好税学法线网招展班赛大厅]))"
)
_START = re.compile(
    r"[^一-鿿]|[方位构者]为|[与和由在向对就同及从经将被据把给]|会同|联合|日|此前|该|公布|发布|印发|出台|推出|启动|推进|宣布|规定|允许"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_PERSON = re.compile(
    r"(?:主任|[部省市县区州局厅司处院校会行署]长|书记|主席|总裁|总经理|董事长|秘书长|教授|院士|研究员|主编)"
    rf"(?P<name>[{_SURNAMES}][一-鿿]{{1,2}}?)(?=[、，。：；与和及等出主介表参讲强要指宣说会率调作发致在]|$)"
)
_CENTRAL = ("国家", "中国", "全国", "国务院")  # in front of the same body, optional
_NAMING = ("n", "s", "f", "j", "b", "l", "x")
_GENERIC = re.compile(r"(?<=[一-鿿]{2})(?:公司|集团|政府|部门|单位)$")
_LEVELS = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|省|市|县|区|州|盟|旗|地区|新区)$")
_ZONES = ("高新区", "开发区", "经开区", "新区", "园区")
_MEANINGS = 2
_SHORTEST = 12  # characters of what may be short for something else at most
_CHARS = 3  # minimum characters of a body's name


def unnamed(row: str, article: str, names: Names, allowed: Iterable[str]) -> list[str]:
    """The persons, bodies, companies and places that ``row`` names and ``article`` does not."""
    allowed = (*allowed, *_parents(article))
    persons = (match["name"] for match in _PERSON.finditer(row))
    found = [name for name in persons if name not in article]
    found += [*_unnamed_owners(row, article, names), *_unnamed_places(row, article, allowed)]
    for body in _bodies(row):
        if any(name in body for name in found) or shortened(body, article, allowed):
            continue
        if not shortened(_without_verbs(body), article, allowed):
            found.append(body)
    return list(dict.fromkeys(found))


def _unnamed_owners(row: str, article: str, names: Names) -> Iterator[str]:
    told = {owner for name, owner in names.owners.items() if name in article}
    for name, owner in names.owners.items():
        if re.search(f"{re.escape(name)}(?!门)", row) and owner not in told and not shortened(name, article, ()):
            longer = (other for other in names.owners if name in other and other != name and other in row)
            if not any(names.owners[other] in told for other in longer):
                yield name


def _unnamed_places(row: str, article: str, allowed: tuple[str, ...]) -> Iterator[str]:
    known = place_names()
    taken = before = 0
    for start, negative, index in sorted(place_hits(row)):
        name, end = known[index], -negative
        if start < taken or name.kind != "name":
            continue
        taken = end
        bare = _LEVELS.sub("", name.text) if len(name.text) > 2 else name.text
        follows, before = start == before and start > 0, end
        if (name.weak or name.ordinary or name.short_county) and bare == name.text and not follows:
            continue
        if name.text.endswith(_ZONES):
            continue  # 东湖高新区 and 东湖新技术开发区 are the same
        if bare not in article and not any(bare in unit for unit in allowed) and not shortened(name.text, article, ()):
            yield name.text


def _parents(article: str) -> Iterator[str]:
    """The provinces and cities of the places that ``article`` names, for names that few places share."""
    known = place_names()
    for index in {index for _, _, index in place_hits(article)}:
        name = known[index]
        if name.kind == "name" and len(name.readings) <= _MEANINGS and not (name.weak or name.ordinary):
            for reading in name.readings:
                yield from filter(None, (reading.division.province, reading.division.city))


def _bodies(row: str) -> Iterator[str]:
    """The names in ``row`` that end like bodies, from the last boundary before them on."""
    for match in _BODY.finditer(without_marked(row)):
        start = max((edge.end() for edge in _START.finditer(row, 0, match.start())), default=0)
        for word, flag in words(row[start : match.end()]):  # 接入银行 is not a bank
            if not flag.startswith("v") or match.end() - start - len(word) < 2:  # 文化和|旅游厅
                break
            start += len(word)
        if match.end() - start >= _CHARS:
            yield row[start : match.end()]


def _without_verbs(body: str) -> str:
    """``body`` from behind the last word in it that no name contains, a verb or a measure: 承建方为|虎哥公司."""
    start = at = 0
    for word, flag in words(body):
        at += len(word)
        if at < len(body) and ((flag[0] in "vpcuqrdm" and flag != "vn") or word in ("等", "方", "家")):
            start = at
    return body[start:]


def shortened(name: str, article: str, allowed: tuple[str, ...]) -> bool:
    """Whether ``article`` contains ``name``, or the full name of which it is short (工信部 for 工业和信息化部).

    The part before it may be other words of the article, or a place from the tags.
    """
    full = name
    for unit in sorted(allowed, key=len, reverse=True):
        bare = _LEVELS.sub("", unit)
        name = name.removeprefix(unit).removeprefix(bare)
    name = _GENERIC.sub("", name) or name
    if len(name) < 2 or full in article:
        return True
    if name in article:
        return name == full or len(name) <= _CHARS or not _of_another(name, article)
    for start in range(max(0, len(name) - _SHORTEST), max(1, len(name) - _CHARS + 1)):
        if not all(char in article for char in name[start:]):
            continue
        front, rest = name[:start], _short_for(name[start:])
        known = _covered(front, article) or (len(front) > 1 and _short_for(front).search(article))
        if start and not known and not (front in _CENTRAL and not _is_local(rest, article)):
            continue
        if rest.search(article):
            return True
    return False


def _of_another(name: str, article: str) -> bool:
    """Whether ``article`` contains ``name`` only as the end of another name: 师范大学 in 首都师范大学."""
    longer = [word for word, _ in words(article) if word.endswith(name)]
    return bool(longer) and name not in longer and len(longer) == article.count(name)


def _is_local(body: re.Pattern[str], article: str) -> bool:
    """Whether ``article`` names the body as one of a place: 省税务局 is not 国家税务总局."""
    return any(_LEVELS.search(article, max(0, found.start() - 4), found.start()) for found in body.finditer(article))


def _covered(text: str, article: str) -> bool:
    """Whether ``article`` contains every content word of ``text``, whatever the wording around them."""
    return all(word in article or not flag.startswith(_NAMING) for word, flag in words(text))


@lru_cache(maxsize=4096)
def _short_for(name: str) -> re.Pattern[str]:
    """``name`` with up to six characters between any two of its own."""
    return re.compile(r"[一-鿿A-Za-z]{0,6}?".join(map(re.escape, name)))
