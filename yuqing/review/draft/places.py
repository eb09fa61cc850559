"""The province (and city) at the head of a province's row."""

from __future__ import annotations

import re
from functools import lru_cache

from yuqing.core.records import RegionTag

_SUFFIX = re.compile(r"(?:壮族|回族|维吾尔)?(?:自治区|特别行政区|省|市)$")
_LOCAL = re.compile(r"^(省|市|区|县|州|全省|全市|全区|全县|我省|我市|我区|我县|本市|本省)(?=[\u4e00-\u9fff])")
# 我省 and 本市 are places; 基本市场 and 自我区分 are not, and a document's title stays as it is.
_INSTITUTIONS = "大学|学院|理工|师范|银行|航空|日报|晚报|铁路局"  # named after a city, not of its government
_MARKED = re.compile(r"《[^》]*》|“[^”]*”")
_CLAUSE_END = re.compile(r"[，。；]")
_OURS = re.compile(r"(《[^》]*》|“[^”]*”)|(?:(?<!自)我|(?<![基根资日成样文])本)(省|市|区|县|州)(?![场容区域分长])")


def short_province(province: str) -> str:
    """山东 for 山东省, 内蒙古 for 内蒙古自治区."""
    return _SUFFIX.sub("", province)


def main_region(regions: tuple[RegionTag, ...]) -> RegionTag | None:
    """The region an article is about: the first primary one, else the first."""
    return next((region for region in regions if region.primary), regions[0] if regions else None)


def _names(region: RegionTag) -> dict[str, str]:
    """What 省, 市, 县 and 区 mean in an article about ``region``."""
    municipal = region.province.endswith("市")
    names = {"省": region.province, "市": region.province if municipal else region.city, "州": region.city}
    if region.province.endswith("自治区") and not region.county:
        names["区"] = region.province
    if region.county:
        names["区"] = names["县"] = region.county
    return {key: name for key, name in names.items() if name}


def _outward(region: RegionTag, name: str) -> str:
    """``name`` with the units above it in front: 山东省德州市."""
    units = [unit for unit in (region.province, region.city, region.county) if unit]
    units = list(dict.fromkeys(units))
    return "".join(units[: units.index(name) + 1]) if name in units else name


def lead_with_place(text: str, region: RegionTag) -> str:
    """``text`` (a clause without its date) with the full province and city before the local actor.

    省人社厅 → 山东省人社厅, 青岛市人社局 → 山东省青岛市人社局, 山东青岛市 → 山东省青岛市; a sentence that names
    its province already, or whose actor is not of the place, stays as it is. A province's short name alone
    stays too: it may be half of a name (四川广播电视台).
    """
    names = _names(region)
    local = _LOCAL.match(text)
    if local and (name := names.get(local[1][-1])):
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


@lru_cache(maxsize=4096)
def _head_place(region: RegionTag) -> re.Pattern[str]:
    """The names of the region's units where they open a sentence, each full or bare."""

    def unit(name: str, key: str) -> str:
        bare = name[:-1] if len(name) > 2 and name[-1] in "市县区" else name
        # 青岛市民 names Qingdao, not a 青岛市 and a 民; 武汉大学 names no place at all.
        options = rf"{re.escape(name)}(?![民场容区域])|{re.escape(bare)}(?!{_INSTITUTIONS})" if name else "(?!)"
        return f"(?P<{key}>{options})?"

    short = re.escape(short_province(region.province))
    city = "" if region.city == region.province else region.city
    return re.compile(
        rf"(?:由|在)?(?P<province>(?:{re.escape(region.province)}|{short}省?)?)"
        + unit(city, "city")
        + unit(region.county, "county")
    )
