"""The province (and city) at the start of a province's row."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from yuqing.core.provinces import PEOPLES, province_of
from yuqing.core.records import RegionTag

_LOCAL = re.compile(
    r"^(省里?|市里?|区里?|县里?|州里?|全省|全市|全区|全县|我省|我市|我区|我县|本市|本省)"
    r"(?=[\u4e00-\u9fff“])"
)
_AUTONOMOUS = re.compile(rf"(?P<name>.+?)(?:(?:{'|'.join(PEOPLES)})族)+自治(?P<kind>[州县旗])$")
_NAMELESS = re.compile(
    r"^(?:首[个家批条]|(?!该|此|这|以|用|将|由|在|从|通过|推|借|打|围|与|和|为|把|全国)[一-鿿]{0,4}“互联网\+)"
)
_LONG = 4  # characters; a prefecture with a longer name is omitted before its county
# 我省 and 本市 are places; 基本市场 and 自我区分 are not, and a document's title is left alone.
_INSTITUTIONS = "大学|学院|理工|师范|银行|航空|日报|晚报|铁路局"  # named after a city, not run by its government
_MARKED = re.compile(r"《[^》]*》|“[^”]*”")
_CLAUSE_END = re.compile(r"[，。；]")
_OURS = re.compile(r"(《[^》]*》|“[^”]*”)|(?:(?<!自)我|(?<![基根资日成样文])本)(省|市|区|县|州)(?![场容区域分长])")


def short_province(province: str) -> str:
    """山东 for 山东省, 内蒙古 for 内蒙古自治区."""
    found = province_of(province)
    return found.short if found else province


def main_region(regions: tuple[RegionTag, ...]) -> RegionTag | None:
    """The region an article is about: the first primary one, else the first."""
    return next((region for region in regions if region.primary), regions[0] if regions else None)


def place_of(text: str, regions: tuple[RegionTag, ...]) -> RegionTag | None:
    """The region that ``text``, a sentence of an article tagged with ``regions``, is about.

    The one whose unit it names first; if it names none, what all of them have in common.
    """
    primary = [region for region in regions if region.primary] or list(regions)
    if not primary:
        return None
    named = [
        (found.start(), rank) for rank, region in enumerate(primary) if (found := _first_unit(region).search(text))
    ]
    if named:
        return primary[min(named)[1]]
    first = primary[0]
    if any(region.province != first.province for region in primary):
        return None
    if any(region.city != first.city for region in primary):
        return RegionTag(province=first.province, primary=first.primary)
    same = all(region.county == first.county for region in primary)
    return first if same else replace(first, county="")


def _names(region: RegionTag) -> dict[str, str]:
    """What 省, 市, 县 and 区 mean in an article about ``region``."""
    municipal = region.province.endswith("市")
    names = {"省": region.province if region.province.endswith("省") else ""}
    names["市"] = region.province if municipal else region.city if region.city.endswith("市") else ""
    names["州"] = region.city if region.city.endswith("州") else ""
    if region.province.endswith("自治区") and not region.county:
        names["区"] = region.province
    if region.county:
        names["区" if region.county.endswith("区") else "县"] = region.county
    return {key: name for key, name in names.items() if name}


def _outward(region: RegionTag, name: str) -> str:
    """``name`` preceded by the units above it: 山东省德州市."""
    units = [unit for unit in (region.province, region.city, region.county) if unit]
    units = list(dict.fromkeys(units))
    return "".join(units[: units.index(name) + 1]) if name in units else name


def lead_with_place(text: str, region: RegionTag) -> str:
    """``text`` (a clause without its date) with the full province and city before the local actor.

    省人社厅 → 山东省人社厅, 青岛市人社局 → 山东省青岛市人社局, 山东青岛市 → 山东省青岛市; a sentence that already names
    its province, or whose actor does not belong to the place, is unchanged. So is one with only the short name of a
    province: it may be part of a name (四川广播电视台).
    """
    if text.startswith("当地") and not text.startswith("当地时间"):
        return region.province + text  # which of its places is meant the sentences above say
    names = _names(region)
    local = _LOCAL.match(text)
    if local and (name := names.get(local[1].rstrip("里")[-1])):
        # 省人社厅 → 安徽省人社厅, but 省长 → 安徽省省长 and 全省 → 安徽省全省.
        rest = text if local[1][0] == "全" or text.startswith("长", 1) else text[local.end() :]
        return _outward(region, name) + rest
    text = _OURS.sub(lambda match: match[0] if match[1] else names.get(match[2], match[0]), text)
    head = _head_place(region).match(text)
    clause = text[: stop.start()] if (stop := _CLAUSE_END.search(text)) else text
    if not head or not (head["city"] or head["county"]) or region.province in _MARKED.sub("", clause):
        return text
    between = region.city if not head["city"] and region.city != region.province else ""
    start = head.start("city") if head["city"] else head.start("county")
    return text[: head.start("province")] + region.province + between + text[start:]


def with_province(text: str, region: RegionTag) -> str:
    """``text`` with the province before the first unit of ``region`` that it names, if it names no province.

    在兰考县启用 → 在河南省兰考县启用. A row that names no place and begins with a name gets the province there, one
    that begins with 首个 the whole place; any other is unchanged: its actor may be from elsewhere.
    """
    bare = _MARKED.sub(lambda match: "※" * len(match[0]), text)
    short = short_province(region.province)
    found = _first_unit(region).search(bare)
    # A province that only a later sentence names does not help the reader of the first.
    if short in bare.partition("。")[0] or (found and short in bare[: found.start()]):
        return text
    if found:
        county = found["county"] is not None
        between = region.city if county and region.city != region.province and 0 < len(region.city) <= _LONG else ""
        return text[: found.start()] + region.province + between + text[found.start() :]
    if short in bare or not _NAMELESS.match(text):
        return text
    # What is first is so in the smallest unit: a district's 首批 is not its province's.
    return _outward(region, (text[0] == "首" and (region.county or region.city)) or region.province) + text


def _spellings(name: str) -> list[str]:
    """How a unit is written: in full, and 黔西南州 for 黔西南布依族苗族自治州."""
    short = _AUTONOMOUS.match(name)
    return [re.escape(name), re.escape(short["name"] + short["kind"])] if short else [re.escape(name)]


@lru_cache(maxsize=4096)
def _first_unit(region: RegionTag) -> re.Pattern[str]:
    """A unit of ``region`` in a sentence: its full name anywhere, its bare name only if used as a place."""
    options: list[str] = []
    for key, name in (("county", region.county), ("city", region.city)):
        if not name or name == region.province:
            options.append(f"(?P<{key}>(?!))")
            continue
        spelled = [f"{spelling}(?![民场容])" for spelling in _spellings(name)]
        if len(name) > 2:
            spelled.append(rf"(?:(?<=[在于赴，、])|^){re.escape(name[:-1])}(?!{_INSTITUTIONS})")
        options.append(f"(?P<{key}>{'|'.join(spelled)})")
    return re.compile("|".join(options))


@lru_cache(maxsize=4096)
def _head_place(region: RegionTag) -> re.Pattern[str]:
    """The names of the region's units at the start of a sentence, each full or bare."""

    def unit(name: str, key: str) -> str:
        bare = name[:-1] if len(name) > 2 and name[-1] in "市县区" else name
        # 青岛市民 names Qingdao, not a 青岛市 and a 民; 武汉大学 does not name a place.
        options = rf"{re.escape(name)}(?![民场容区域])|{re.escape(bare)}(?!{_INSTITUTIONS})" if name else "(?!)"
        return f"(?P<{key}>{options})?"

    short = re.escape(short_province(region.province))
    city = "" if region.city == region.province else region.city
    return re.compile(
        rf"(?:由|在)?(?P<province>(?:{re.escape(region.province)}|{short}省?)?)"
        + unit(city, "city")
        + unit(region.county, "county")
    )
