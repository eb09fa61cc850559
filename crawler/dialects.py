"""How content management systems form article URLs, and the day they contain.

Seen on the sites between 2017 and 2026. The groups ``y``, ``m`` and ``d`` are the day; a dialect without ``d`` gives
the month at best, and the day must come from the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from yuqing.core.records import Source


@dataclass(frozen=True, slots=True)
class Dialect:
    """One URL form: whose it is, the pattern (searched in the URL), and an example path."""

    system: str
    pattern: re.Pattern[str]
    example: str


_YMD8 = r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})"
_YM6 = r"(?P<y>20\d{2})(?P<m>\d{2})"
_END = r"\.s?html?(?=$|[?#])"

DIALECTS: dict[str, Dialect] = {
    key: Dialect(system, re.compile(pattern), example)
    for key, system, pattern, example in (
        ("trs", "TRS WCM", rf"/\d{{6}}/t{_YMD8}_\d+(?:_\w+)?{_END}", "/xw/201803/t20180313_1634426.htm"),
        (
            "trs-hash",
            "TRS，哈希编号",
            rf"/\d{{6}}/t{_YMD8}_s?[0-9a-f]{{24}}{_END}",
            "/202401/t20240105_s6597ab12e4b0c3d4e5f60718.shtml",
        ),
        (
            "jcms",
            "大汉 JCMS",
            r"/art/(?P<y>20\d{2})/(?P<m>\d{1,2})/(?P<d>\d{1,2})/art_\d+_\d+\.html?",
            "/art/2018/3/12/art_60096_7512345.html",
        ),
        ("jpaas", "大汉 jpaas", r"/art/(?P<y>20\d{2})/art_[0-9a-f]{32}\.html?", "/art/2024/art_<32位>.html"),
        (
            "founder",
            "方正翔宇、旧新华网",
            rf"/(?P<y>20\d{{2}})-(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/(?:content|c)_\d+(?:_\d+)*{_END}",
            "/2018-03/12/content_27872642.htm",
        ),
        ("gov-cn", "开普云（中国政府网）", rf"/{_YM6}/content_\d+\.html?", "/yaowen/202401/content_6925123.htm"),
        ("xinhua", "新华网发布系统", rf"/{_YMD8}/[0-9a-f]{{32}}/c\.html", "/20240105/<32位>/c.html"),
        (
            "people",
            "人民网",
            r"/n[12]/(?P<y>20\d{2})/(?P<m>\d{2})(?P<d>\d{2})/c\d+-\d+(?:-\d+)?\.html",
            "/n2/2018/0215/c375366-31262160.html",
        ),
        ("dated-index", "辽宁型", rf"/{_YMD8}\d{{4,}}/(?:index|content)\.s?html?", "/2024010516301234567/index.shtml"),
        ("numbered-index", "编号目录", r"/\d{7,20}/index\.html?", "/113469/5123456/index.html"),
        ("ucap", "开普云，32 位编号", rf"/{_YM6}/[0-9a-f]{{32}}\.s?html?", "/202401/<32位>.shtml"),
        ("ucap-c", "开普云，c 编号", rf"/c\d+/{_YM6}/(?:c00_)?\d+\.s?html?", "/c107855/202401/c00_31700123.shtml"),
        (
            "ucap-day",
            "开普云（四川）",
            r"/(?P<y>20\d{2})/(?P<m>\d{1,2})/(?P<d>\d{1,2})/[0-9a-f]{32}\.s?html?",
            "/2024/1/5/<32位>.shtml",
        ),
        ("n-c-tree", "n/c 内容树", r"/n\d+/(?:n\d+/)*c\d+/content\.html?", "/n2588025/n2588119/c8765432/content.html"),
        (
            "dated-dir",
            "日期目录",
            r"/(?P<y>20\d{2})-(?P<m>\d{2})-(?P<d>\d{2})/\d+\.s?html?",
            "/2024-01-05/12345.html",
        ),
        ("safe", "外汇局", r"/safe/(?P<y>20\d{2})/(?P<m>\d{2})(?P<d>\d{2})/\d+\.html?", "/safe/2024/0105/23456.html"),
        ("day-dir", "八位日期目录", rf"/{_YMD8}/\d+\.s?html?", "/20180307/4413982.shtml"),
        (
            "hebei",
            "河北 uuid",
            r"/columns/[0-9a-f-]{36}/(?P<y>20\d{2})(?P<m>\d{2})/(?P<d>\d{2})/[0-9a-f-]{36}\.html?",
            "/columns/<36位>/202401/05/<36位>.html",
        ),
        ("shanghai", "上海", rf"/nw\d+/{_YMD8}/[0-9a-f]{{32}}\.html?", "/nw4411/20240105/<32位>.html"),
        (
            "system",
            "/system/ 新闻系统",
            r"/system/(?P<y>20\d{2})/?(?P<m>\d{1,2})/?(?P<d>\d{1,2})/\d+\.s?html?",
            "/system/2018/03/10/035167316.shtml",
        ),
        ("post", "广东集约化平台", r"/content/post_\d+\.html?", "/gdywdt/gdyw/content/post_4321098.html"),
        ("trs-number", "TRS（广西）", r"/t\d{5,}\.s?html?", "/gxyw/t17654321.shtml"),
        (
            "month-day",
            "河南、中新网",
            r"/(?P<y>20\d{2})/(?P<m>\d{2})-(?P<d>\d{2})/\d+\.s?html?",
            "/2024/01-05/2879123.html",
        ),
        (
            "longxun",
            "龙讯（安徽）",
            r"/(?:zwyw|zmhd|zwgk|szf|zfsj)/(?:[a-z0-9]+/)*\d{6,}\.html?|/public/\d+/\d+\.html?",
            "/zwyw/jryw/565123456.html",
        ),
    )
}
"""The dialects by the key that ``article_urls`` and ``url_date`` of sources.yaml may use."""

SYSTEMS: dict[str, tuple[str, ...]] = {
    "trs": ("trs", "trs-hash"),
    "jcms": ("jcms", "jpaas"),
    "jpaas": ("jpaas", "jcms"),
    "ucap": ("ucap", "ucap-c", "ucap-day", "gov-cn"),
    "people": ("people",),
    "xinhua": ("xinhua", "founder"),
    "founder": ("founder",),
    "system": ("system",),
    "longxun": ("longxun",),
    "gd": ("post",),
    "n-c-tree": ("n-c-tree",),
}
"""The dialects that each content system (``cms`` of sources.yaml) uses for its articles."""


def day_in(match: re.Match[str]) -> date | None:
    """The day in the groups y, m and d; None if one is missing or they are not a valid day. Two-digit years are
    20xx."""
    groups = match.groupdict()
    try:
        year, month, day = (int(groups[name] or "") for name in "ymd")
        return date(year if year > 99 else 2000 + year, month, day)
    except (KeyError, ValueError):
        return None


def url_day(url: str, source: Source | None) -> date | None:
    """The day in ``url`` according to the ``url_date`` of ``source``, else its article patterns; None if there is
    none."""
    dated = (pattern_of(source.url_date),) if source and source.url_date else article_patterns(source)
    return next((day for p in dated if (match := p.search(url)) and (day := day_in(match))), None)


def article_patterns(source: Source | None) -> tuple[re.Pattern[str], ...]:
    """The URL patterns of the articles of ``source``: ``article_urls``, else the dialects of its CMS, else all that
    contain a day (also for a page without a source)."""
    return _compiled((source.article_urls or SYSTEMS.get(source.cms, ())) if source else ())


@lru_cache(maxsize=1024)
def pattern_of(rule: str) -> re.Pattern[str]:
    """A dialect key or a regular expression as a pattern. Raises re.error."""
    return DIALECTS[rule].pattern if rule in DIALECTS else re.compile(rule)


@lru_cache(maxsize=1024)
def _compiled(rules: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    if rules:
        return tuple(pattern_of(rule) for rule in rules)
    return tuple(dialect.pattern for dialect in DIALECTS.values() if "d" in dialect.pattern.groupindex)
