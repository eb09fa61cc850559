"""The identity of a site: its name, tier and province, as far as the page states them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from crawler.extract.select import text_of
from yuqing.core.provinces import mainland, province_of
from yuqing.core.records import Tier

_META = re.compile(r"<meta\b[^<>]*\bname=[\"']SiteName[\"'][^<>]*\bcontent=[\"']([^\"'<>]{2,40})[\"']", re.IGNORECASE)
_HOST_UNIT = re.compile(r"(?:(?:主办单位|版权所有)\s*[:：©]?|主办(?:\s*[:：©]|\s))\s*([\u4e00-\u9fff（）]{3,30})")
_BODY = re.compile(r"网$|网站|政府|委员会|委$|局$|厅$|部$|日报|新闻|集团|中心$|在线$")
_PARTS = re.compile(r"\s*[_|｜\-–—>»]+\s*")
_CODE = re.compile(r"网站标识码\s*[:：]?\s*(bm|\d{2})\d{6,8}", re.IGNORECASE)
_ICP = re.compile(r"([\u4e00-\u9fff])\s?ICP\s?备")
_ANYBODY = "京"  # the province sign that central bodies and companies use too: not conclusive


@dataclass(frozen=True, slots=True)
class Identity:
    """The name of a site, its tier, and its province (a code; empty if the page does not say)."""

    name: str
    tier: Tier
    province: str = ""


def identity(html: str, root: etree._Element, host: str) -> Identity:
    """The identity of the operator of the page's site."""
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
    """An id for the source of ``host`` that is not in ``taken``."""
    bare = re.sub(r"^(?:www|portal|news)\.", "", host)
    label = re.sub(r"\.(?:gov\.cn|com\.cn|org\.cn|net\.cn|edu\.cn|com|cn|net|org)$", "", bare)
    base = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-") or "source"
    made = f"gov-{base}" if host.endswith(".gov.cn") else base
    names = (made, *(f"{made}-{number}" for number in range(2, 1000)))
    return next(each for each in names if each not in taken)


def title_parts(root: etree._Element) -> list[str]:
    """The page's own title, split at its separators."""
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
    known = mainland()
    if code in known:
        return code
    labels = host.removesuffix(".gov.cn").split(".") if host.endswith(".gov.cn") else []
    for label in reversed(labels):
        if found := next((key for key, province in known.items() if label in province.hosts), ""):
            return found
    if found := next((key for key, province in known.items() if name.startswith(province.short)), ""):
        return found
    icp = _ICP.search(html)
    province = province_of(icp[1]) if icp and icp[1] != _ANYBODY else None
    return province.code[:2] if province else ""
