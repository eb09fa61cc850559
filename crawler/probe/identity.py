"""Whose a site is: its name, tier and province, as far as the page says so itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from crawler.extract.select import text_of
from crawler.sources import PROVINCES
from yuqing.core.records import Tier

_META = re.compile(r"<meta\b[^<>]*\bname=[\"']SiteName[\"'][^<>]*\bcontent=[\"']([^\"'<>]{2,40})[\"']", re.IGNORECASE)
_HOST_UNIT = re.compile(r"(?:主办单位|主办|版权所有)\s*[:：©]?\s*([\u4e00-\u9fff（）]{3,30})")
_BODY = re.compile(r"网$|网站|政府|委员会|委$|局$|厅$|部$|日报|新闻|集团|中心$|在线$")
_PARTS = re.compile(r"\s*[_|｜\-–—>»]+\s*")
_CODE = re.compile(r"网站标识码\s*[:：]?\s*(bm|\d{2})\d{6,8}", re.IGNORECASE)
_ICP = re.compile(r"([京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新])\s?ICP\s?备")
_OF_ICP = {
    "津": "12", "冀": "13", "晋": "14", "蒙": "15", "辽": "21", "吉": "22", "黑": "23", "沪": "31", "苏": "32",
    "浙": "33", "皖": "34", "闽": "35", "赣": "36", "鲁": "37", "豫": "41", "鄂": "42", "湘": "43", "粤": "44",
    "桂": "45", "琼": "46", "渝": "50", "川": "51", "蜀": "51", "贵": "52", "黔": "52", "云": "53", "滇": "53",
    "藏": "54", "陕": "61", "秦": "61", "甘": "62", "陇": "62", "青": "63", "宁": "64", "新": "65",
}  # fmt: skip
"""Provinces by the sign of their ICP numbers; Beijing's says nothing, for central bodies and companies have it too."""
_OF_HOST = {
    "bj": "11", "tj": "12", "hebei": "13", "shanxi": "14", "nmg": "15", "ln": "21", "jl": "22", "hlj": "23", "sh": "31",
    "jiangsu": "32", "js": "32", "zj": "33", "ah": "34", "fujian": "35", "fj": "35", "jiangxi": "36", "jx": "36",
    "shandong": "37", "sd": "37", "henan": "41", "hubei": "42", "hunan": "43", "gd": "44", "gxzf": "45", "gx": "45",
    "hainan": "46", "hi": "46", "cq": "50", "sc": "51", "guizhou": "52", "gz": "52", "yn": "53", "xizang": "54",
    "xz": "54", "shaanxi": "61", "gansu": "62", "gs": "62", "qinghai": "63", "nx": "64", "xinjiang": "65",
}  # fmt: skip
"""Provinces by the label before gov.cn."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The name of a site, its tier, and its province (a code; empty where the page does not tell)."""

    name: str
    tier: Tier
    province: str = ""


def identity(html: str, root: etree._Element, host: str) -> Identity:
    """Who stands behind the page."""
    name = _name(html, root, host)
    code = _CODE.search(html)
    is_government = host.endswith(".gov.cn") or host == "gov.cn"
    if is_government and code and code[1].lower() == "bm":
        return Identity(name, "ministry")
    province = _province(html, host, name, code[1] if code else "")
    if is_government:
        return Identity(name, "province-gov", province)
    return Identity(name, "province-media" if province else "commercial", province)


def source_id(host: str, taken: set[str]) -> str:
    """An id for the source of ``host`` that is not among ``taken``."""
    bare = re.sub(r"^(?:www|portal|news)\.", "", host)
    label = re.sub(r"\.(?:gov\.cn|com\.cn|org\.cn|net\.cn|edu\.cn|com|cn|net|org)$", "", bare)
    base = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-") or "source"
    made = f"gov-{base}" if host.endswith(".gov.cn") else base
    names = (made, *(f"{made}-{number}" for number in range(2, 1000)))
    return next(each for each in names if each not in taken)


def title_parts(root: etree._Element) -> list[str]:
    """The page's own title, cut where its parts are set apart."""
    titles = [text_of(each) for each in root.iter("title")]
    return [part for part in _PARTS.split(titles[0]) if part] if titles else []


def _name(html: str, root: etree._Element, host: str) -> str:
    if meta := _META.search(html):
        return meta[1].strip()
    parts = title_parts(root)
    if named := [part for part in parts if _BODY.search(part)]:
        return named[-1]
    if unit := _HOST_UNIT.search(html):
        return unit[1]
    return parts[-1] if parts else host


def _province(html: str, host: str, name: str, code: str) -> str:
    if code in PROVINCES:
        return code
    labels = host.removesuffix(".gov.cn").split(".") if host.endswith(".gov.cn") else []
    for label in reversed(labels):
        if label in _OF_HOST:
            return _OF_HOST[label]
    if found := next((key for key, province in PROVINCES.items() if name.startswith(province)), ""):
        return found
    icp = _ICP.search(html)
    return _OF_ICP.get(icp[1], "") if icp else ""
