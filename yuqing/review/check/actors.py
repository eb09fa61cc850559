"""The names in a clause: places by their level; bodies by their ending, companies by where they stand (与…签约)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from classifiers.regions.scan import place_hits, place_names
from yuqing.review.check.clauses import without_marked

_BODY = re.compile(
    r"法院|检察院|学院|医院|研究院|研究所|政府|管委会|办公室|公司|集团|协会|学会|联盟|联合会|大学|银行|分行|支行|中心|委员会|总局"
    r"|(?<=[展改健信商财计革民务息济])委(?![托派员])|(?<=[一-鿿]{2})局(?![面势部])|厅|(?<![全内外东西南北中干总各本一局大乐两三四五六七八九十\d])部(?![署门分位件落委队])|海关|机场|口岸"
)
_EDGE = re.compile(  # what cannot be inside the name of a body
    r"[^一-鿿A-Za-z0-9]|[与和由在到向对就同及从将被据把给为并日月年个]|会同|联合|携手|经(?!济)|(?<!国)家|公布|发布|印发|报(?=省|市|县)"
)
_SCOPE = re.compile(r"[全本该][省市县区国州]|各")  # 全省法院 are no body
_NAME = r"(?P<name>[一-鿿A-Za-z0-9]{2,14}?)"
_PARTNER = re.compile(
    rf"(?:与|联合|携手|会同|由|同|和|、){_NAME}(?=也?[又还]?(?:在[一-鿿]{{2,6}}签|签)"
    r"|就|共建|共同|合作|达成|联合|发布|推出|主办|举办|承[办建]|协办|[研开]发|建设|运营|负责|提供|牵头|出资)"
)
_SUBJECT = re.compile(
    rf"^(?:当[天日]|其中|而|同时|此外|会[后上])?{_NAME}(?:\d+月\d+日)?(?:还|也|又|则|方面|将|已)*"
    r"(?:与|负责|提供|宣布|表示|发布|介绍|称|报告|推出|上线|启动|签署|联合|承建|牵头|向(?=[一-鿿]{2,12}(?:提供|捐|开放)))"
)
_LISTED = re.compile(
    r"(?P<all>[一-鿿A-Za-z0-9]{2,14}(?:、[一-鿿A-Za-z0-9]{2,14})+)等?(?:\d+|[两三四五六七八九十])?[家个]?(?=企业|公司|单位|机构)"
)
_REST_OF_LIST = re.compile(r"(?:等\d*|\d+)$")
_NO_NAME = re.compile(
    r"平台|系统|当[天日]|[会期][上间]|首[日周月年批]|双[方边]|大会|会议|活动|论坛|峰会|负责人|企业|部门|项目|仪式|记者|主任|[局部厅司省市县校院所行]长"
    r"|书记|董事|总裁|经理|专家|教授|代表|协议|全[国省市县区]|[该本各]|我[国省市县]|[的了将被把是其此以等所能可与和由在]|今[年天]|[去明]年|目前|通知|办法"
    r"|方案|意见|报告|数据|用户|群众|居民|市民|政策|有关|相关|服务|标准|规[定范]|工程|计划|行动|[一二三四五六七八九十两\d]+[家个项部省市]"
)
LEVEL = re.compile(r"(?:特别行政区|自治区|自治州|自治县|省|市|县|区|州|盟|旗|镇|乡|街道)$")
_LEVELS = {
    "特别行政区": "省", "自治区": "省", "自治州": "市", "州": "市", "盟": "市", "自治县": "县", "区": "县", "旗": "县",
    "乡": "镇", "街道": "镇",
}  # fmt: skip
# A place that the gazetteer need not have, at the start of a clause or behind a larger one.
_LOCAL = re.compile(r"(?:^(?:其中|而)?|(?<=[省市州在，、：】▲]))(?P<name>[一-鿿]{2,3}[市县区镇乡])(?=[一-鿿“])")
_NO_PLACE = re.compile(
    r"[全各本该我两同另其此设地首多山小城景园社灾辖郊][省市县区镇乡]|城[市镇]|乡镇|社区|市场|县域|[年月日在与和、]"
)


class Actor(NamedTuple):
    """A name and where it stands in its clause; ``kind`` is the level of a place (省, 市, 县, 镇), "" for a body."""

    name: str
    start: int
    end: int
    kind: str


@lru_cache(maxsize=4096)
def actors(text: str) -> tuple[Actor, ...]:
    """The names of the clause ``text`` in their order; the place of a body is listed as well."""
    places = list(_places(text))
    found = {*places, *_bodies(text, places), *_standing(text)}
    return tuple(sorted(found, key=lambda one: (one.start, -one.end)))


def _places(text: str) -> Iterator[Actor]:
    known = place_names()
    taken = 0
    for start, negative, index in sorted(place_hits(text)):
        name, end = known[index], -negative
        if start < taken or name.kind != "name" or name.weak or name.ordinary:
            continue
        taken = end
        province = any(not reading.division.city for reading in name.readings)
        yield Actor(name.text, start, end, _level(name.text) or ("省" if province else "市"))
    for match in _LOCAL.finditer(text):
        if not _NO_PLACE.search(match["name"]):
            yield Actor(match["name"], match.start("name"), match.end("name"), _level(match["name"]))


def _level(name: str) -> str:
    found = LEVEL.search(name) if len(name) > 2 else None
    return _LEVELS.get(found[0], found[0]) if found else ""


def _bodies(text: str, places: Sequence[Actor]) -> Iterator[Actor]:
    bare = without_marked(text)
    edges = [
        edge.end()
        for edge in _EDGE.finditer(bare)
        if not any(place.start < edge.start() < place.end for place in places)  # 呼|和|浩特
    ]
    for match in _BODY.finditer(bare):
        start = max((end for end in edges if end <= match.start()), default=0)
        if match.end() - start > 2 and not _SCOPE.match(bare, start):
            yield Actor(bare[start : match.end()], start, match.end(), "")


def _standing(text: str) -> Iterator[Actor]:
    for pattern in (_PARTNER, _SUBJECT):
        for match in pattern.finditer(text):
            if not _NO_NAME.search(match["name"]):
                yield Actor(match["name"], match.start("name"), match.end("name"), "")
    for match in _LISTED.finditer(text):
        at = match.start("all")
        for member in match["all"].split("、"):
            name = _REST_OF_LIST.sub("", member)
            if len(name) > 1 and not _NO_NAME.search(name):
                yield Actor(name, at, at + len(name), "")
            at += len(member) + 1
