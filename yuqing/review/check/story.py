"""What two stories are compared by: place, actor and time, and their figures, names, words and characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from yuqing.core.records import Item
from yuqing.core.segment import tagged
from yuqing.review.check.numbers import find_numbers, han_value
from yuqing.review.draft.dates import find_days
from yuqing.review.draft.wording import tidy

_LEAD = 400  # characters of title and text that are compared
_NAMES = re.compile(r"“([^“”]{2,20})”|《([^《》]{4,60})》")
_LEVELS = re.compile(r"(?<=[一-鿿]{2})(?:特别行政区|自治区|自治州|自治县|省|市|县|区|州)$")
_ABOUT = re.compile(
    r"(?P<figure>[一二三四五六七八九十百千万两]+)[多余](?![年天日月])"
)  # 两万多册, with any measure word
_CHAR = re.compile(r"[一-鿿]")
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两")
# Words of any such story: they say nothing about a particular event.
_GENERAL = frozenset((
    "平台", "系统", "服务", "上线", "启用", "首批", "全国", "全省", "全市", "记者", "建设", "工作", "项目",
    "中心", "部门", "有关", "相关", "群众", "市民", "企业", "发展", "方案", "意见", "会议", "活动", "互联网",
    "今年", "时间", "单位", "人员", "数据", "信息", "管理", "合作", "协议", "开通", "试点", "城市", "地区",
    "政府", "人民", "问题", "情况", "方面", "手机", "网络", "办公室", "负责人", "昨天", "今天", "公司", "集团",
    "昨日", "近日", "日前", "正式", "推出", "发布", "举行", "召开", "启动", "签署", "签约", "印发", "提出",
    "明确", "要求", "表示", "介绍", "实现", "开展", "推进", "进行", "通过", "可以", "成为", "目前", "已经",
    "计划", "年内", "预计", "公布", "宣布", "通报", "公告", "消息", "报告", "名单", "结果",
))  # fmt: skip
_BODY = re.compile(r"[部委局厅省市县区州]$|政府|公司")
_NAMING = ("n", "v", "j", "l", "x", "b")


@dataclass(frozen=True, slots=True)
class Story:
    """An item as compared; ``places`` are (province, city), ``near`` the bare names of its cities and counties,
    ``acts`` its kinds of action.

    ``chars`` are its characters except those of its places and of numerals.
    """

    text: str
    places: frozenset[tuple[str, str]]
    counties: frozenset[str]
    near: frozenset[str]
    actors: frozenset[str]
    acts: frozenset[str]
    day: date | None
    days: frozenset[date]
    figures: frozenset[float]
    names: frozenset[str]
    words: frozenset[str]
    headline: frozenset[str]
    verbs: frozenset[str]
    chars: frozenset[str]


@lru_cache(maxsize=4096)
def _by_content(item_id: str, content: str) -> list[Story]:
    """An empty slot for the story of an item: the item itself cannot be a key."""
    return []


def read(item: Item) -> Story:
    """The story of an item; built once per content."""
    slot = _by_content(item.id, item.content_hash or item.article.body)
    if not slot:
        slot.append(_make(item))
    return slot[0]


def _make(item: Item) -> Story:
    article, tags = item.article, item.tags
    day = article.day
    text = tidy(f"{article.title}。{article.body}"[:_LEAD])
    regions = [region for region in tags.regions if region.primary] or list(tags.regions[:1])
    bare = text
    days: set[date] = set()
    if day:
        for mention in reversed(find_days(text, day)):
            if mention.role == "event" and mention.first and abs((mention.first - day).days) <= 10:
                days.add(mention.first)
            if mention.first:
                bare = bare[: mention.start] + "，" + bare[mention.end :]
    numbers = find_numbers(bare, day.year if day else 2000)
    counts = [n for n in numbers if n.kind in ("plain", "percent") and n.value >= 5]
    figures = {n.value for n in counts if n.unit or not 1990 < n.value < 2050}  # a year without 年 says nothing
    figures |= {value for match in _ABOUT.finditer(bare) if (value := han_value(match["figure"])) >= 5}
    names = {unit for r in tags.regions for unit in (r.province, r.city, r.county) if unit}
    units = {unit.rstrip("省市县区州") for unit in names}
    cut = tagged(bare)
    return Story(
        text=text,
        places=frozenset((region.province, region.city) for region in regions),
        counties=frozenset(region.county for region in regions if region.county),
        near=frozenset(_LEVELS.sub("", unit) for r in tags.regions for unit in (r.city, r.county) if len(unit) > 1),
        actors=frozenset((*tags.ministries, *tags.enterprises)),
        acts=frozenset(tags.actions),
        day=day,
        days=frozenset(days),
        figures=frozenset(figures),
        names=frozenset((m[1] or m[2]) for m in _NAMES.finditer(text) if (m[1] or m[2]) != "互联网+"),
        words=frozenset(_words(cut, units)),
        headline=frozenset(_words(tagged(tidy(article.title)), units)),
        verbs=frozenset(word for word, flag in cut if flag.startswith("v")),
        chars=frozenset(_CHAR.findall(bare)) - _NUMERALS - frozenset("".join(names)),
    )


def _words(cut: Iterable[tuple[str, str]], units: set[str]) -> Iterator[str]:
    places = "|".join(filter(None, units))
    place = re.compile(places or r"(?!)")
    for word, flag in cut:
        if len(word) < 2 or not flag.startswith(_NAMING) or word in _GENERAL or word in places:
            continue
        if not (place.search(word) or _BODY.search(word)):
            yield word
