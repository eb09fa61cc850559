"""Stories of one event in other words: proposals for a person, who decides.

Candidates agree in a place or an actor, or one of them names neither, and lie within three days; they are proposed when
they also share figures, names or the words for what was done, more of them where no place says anything. A reprint
needs none of this: reprint clusters find it by its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from yuqing.core.records import Item
from yuqing.core.segment import tagged
from yuqing.review.check.numbers import find_numbers
from yuqing.review.draft.dates import find_days
from yuqing.review.draft.wording import tidy

_LEAD = 400  # characters of title and text that are compared
DAYS = 3  # between two stories of one event
_ENOUGH = 1.5  # the score from which a pair is proposed
_ALONE = 2.4  # where one of them names neither place nor actor
_NUMBER = 1.2  # what a shared figure is worth
_NAME = 2.0  # a proper name in quotation or title marks
_WORD = 0.6  # a word that names something
_VERB = 0.3  # a word for what is done: many stories have it in common
_HEADLINE = 0.5  # a word of both headlines
_SMALL = 0.5  # a shared figure below ten
_APPROXIMATE = 0.8  # a figure that one story rounds (三千多 for 3100)
_NAMES = re.compile(r"“([^“”]{2,20})”|《([^《》]{4,60})》")
# Words of any such story: they tell nothing of one event.
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
class Likeness:
    """How much two stories look like one event, and what they have in common, for the person who decides.

    ``enough`` is the score from which the pair is proposed.
    """

    score: float
    shared: tuple[str, ...]
    enough: float = _ENOUGH

    @property
    def same(self) -> bool:
        """Whether the pair is to be proposed."""
        return self.score >= self.enough


@dataclass(frozen=True, slots=True)
class _Story:
    places: frozenset[tuple[str, str]]
    counties: frozenset[str]
    actors: frozenset[str]
    day: date | None
    days: frozenset[date]
    figures: frozenset[float]
    names: frozenset[str]
    words: frozenset[str]
    headline: frozenset[str]
    verbs: frozenset[str]


NONE = Likeness(0.0, ())


def likeness(one: Item, other: Item) -> Likeness:
    """Whether the two tell one event, and by what; :data:`NONE` for pairs that are no candidates."""
    a, b = _read(one), _read(other)
    alone = not (a.places or a.actors) or not (b.places or b.actors)
    if a.day is None or b.day is None or abs((a.day - b.day).days) > DAYS or not _near(a, b):
        return NONE
    if not (alone or _agree(a, b)):
        return NONE
    figures = a.figures & b.figures
    rounded = {x for x in a.figures - figures if any(_rounds(x, y) for y in b.figures - figures)}
    names = a.names & b.names
    words = (a.words & b.words) - {word for name in names for word in a.words if word in name}
    headline = a.headline & b.headline
    score = (
        sum(_NUMBER if figure >= 10 else _SMALL for figure in figures)
        + _APPROXIMATE * len(rounded)
        + _NAME * len(names)
        + sum(_VERB if word in a.verbs else _WORD for word in words)
        + sum(_VERB if word in a.verbs else _HEADLINE for word in headline)
    )
    told = sorted(words, key=lambda word: (-len(word), word))[:6]
    shared = (*sorted(names), *told, *(f"{figure:g}" for figure in sorted(figures)))
    return Likeness(round(score, 2), shared, _ALONE if alone else _ENOUGH)


def _near(a: _Story, b: _Story) -> bool:
    """Whether the days that both tell of leave room for one event: where both name days, one is the same or next."""
    if not a.days or not b.days:
        return True
    return any(abs((x - y).days) <= 1 for x in a.days for y in b.days)


def _agree(a: _Story, b: _Story) -> bool:
    """Whether the stories share a place or an actor and name no other in its stead."""
    if a.actors and b.actors and not a.actors & b.actors and not a.places & b.places:
        return False
    if a.places and b.places:
        if not a.places & b.places:
            return False
        return not (a.counties and b.counties and not a.counties & b.counties)
    return bool(a.actors & b.actors)


def _rounds(x: float, y: float) -> bool:
    """Whether one figure is the other with its last digits left out: 3000 for 3100, 10000 for 12000."""
    low, high = sorted((x, y))
    digits = str(int(low))
    return low >= 10 and low < high < 2 * low and not digits[1:].strip("0") and digits[0] == str(int(high))[0]


@lru_cache(maxsize=4096)
def _by_content(item_id: str, content: str) -> list[_Story]:
    """An empty slot for what is read of an item: the item itself is no key."""
    return []


def _read(item: Item) -> _Story:
    slot = _by_content(item.id, item.content_hash or item.article.body)
    if not slot:
        slot.append(_make(item))
    return slot[0]


def _make(item: Item) -> _Story:
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
    figures = {n.value for n in counts if n.unit or not 1990 < n.value < 2050}  # a year without 年 tells nothing
    units = {unit.rstrip("省市县区州") for r in tags.regions for unit in (r.province, r.city, r.county) if unit}
    return _Story(
        places=frozenset((region.province, region.city) for region in regions),
        counties=frozenset(region.county for region in regions if region.county),
        actors=frozenset((*tags.ministries, *tags.enterprises)),
        day=day,
        days=frozenset(days),
        figures=frozenset(figures),
        names=frozenset((m[1] or m[2]) for m in _NAMES.finditer(text) if (m[1] or m[2]) != "互联网+"),
        words=frozenset(_words(bare, units)),
        headline=frozenset(_words(tidy(article.title), units)),
        verbs=frozenset(word for word, flag in tagged(bare) if flag.startswith("v")),
    )


def _words(text: str, units: set[str]) -> Iterator[str]:
    for word, flag in tagged(text):
        if len(word) < 2 or not flag.startswith(_NAMING) or word in _GENERAL or _BODY.search(word):
            continue
        if not any(unit and (unit in word or word in unit) for unit in units):
            yield word


def alike(item: Item, candidates: Iterable[Item], limit: int = 3) -> tuple[tuple[Item, Likeness], ...]:
    """The stories among ``candidates`` that seem to tell the event of ``item``, the likest first."""
    found = [
        (other, likeness(item, other)) for other in candidates if other.id != item.id and not _reprints(item, other)
    ]
    ranked = sorted((pair for pair in found if pair[1].same), key=lambda pair: (-pair[1].score, pair[0].id))
    return tuple(ranked[:limit])


def _reprints(one: Item, other: Item) -> bool:
    """Whether both are of one reprint cluster, and so together already."""
    return bool(one.cluster and other.cluster and one.cluster.id == other.cluster.id)
