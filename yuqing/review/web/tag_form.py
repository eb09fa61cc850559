"""The tags of an item as a form: what may be ticked, and what the ticks mean.

The field of a facet holds one value a tag: its name; for a place its path (四川省/成都市), with ``~`` before one that
is only mentioned. A value may come from a tick or from the field for one more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from yuqing.core.decided import labels_of
from yuqing.core.errors import UsageError
from yuqing.core.records import Item, Labels, RegionTag, SectorTag
from yuqing.review.report.text import clean
from yuqing.review.web.tag_names import TagNames

FACETS = {"sector": "领域", "region": "地区", "ministry": "部委", "enterprise": "企业"}
MENTIONED = "~"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """A tick: ``mark`` is “规则” for a tag that only the rules give, “人工” for one that only a person gave."""

    value: str
    text: str
    ticked: bool
    mark: str


def tags_before(item: Item) -> Labels:
    """The tags that stand: a person's, else those of the rules."""
    return item.review.labels or labels_of(item.tags)


def choices(item: Item, ticked: Labels) -> dict[str, list[Choice]]:
    """The ticks of each facet: the tags in the form, those that stand, and those that the rules give now."""
    rules = _values(labels_of(item.tags))
    standing = _values(tags_before(item))
    shown: dict[str, list[Choice]] = {}
    for facet, texts in _values(ticked).items():
        every = standing[facet] | rules[facet] | texts
        shown[facet] = [
            Choice(value, text, value in texts, _mark(value, standing[facet], rules[facet]))
            for value, text in every.items()
        ]
    return shown


def _mark(value: str, standing: Mapping[str, str], rules: Mapping[str, str]) -> str:
    if value not in rules:
        return "人工"
    return "" if value in standing else "规则"


def read_labels(fields: Sequence[tuple[str, str]], item: Item, names: TagNames) -> Labels:
    """The tags that the form ticks. Raises UsageError for a name that is not known."""
    given = {facet: [clean(v).strip() for name, v in fields if name == facet] for facet in FACETS}
    old, new = tags_before(item), labels_of(item.tags)
    regions = _chosen(given["region"], (old.regions, new.regions), region_value, names.places, "region")
    primary = {region_value(region) for region in regions if region.primary}
    ministries = {name: name for name in names.ministries}
    enterprises = {name: name for name in names.enterprises}
    return Labels(
        sectors=_chosen(given["sector"], (old.sectors, new.sectors), sector_value, names.sectors, "sector"),
        # A place that was mentioned and is added becomes the place of the news.
        regions=tuple(r for r in regions if r.primary or region_value(r).removeprefix(MENTIONED) not in primary),
        ministries=_chosen(given["ministry"], (old.ministries, new.ministries), str, ministries, "ministry"),
        enterprises=_chosen(given["enterprise"], (old.enterprises, new.enterprises), str, enterprises, "enterprise"),
    )


def sector_value(tag: SectorTag) -> str:
    """What stands for a sector in the form."""
    return tag.name or tag.phrase


def region_value(tag: RegionTag) -> str:
    """What stands for a place in the form; "" for one that could not be resolved."""
    path = "/".join(filter(None, (tag.province, tag.city, tag.county)))
    return path if tag.primary or not path else MENTIONED + path


def labels_text(labels: Labels) -> str:
    """The tags in words."""
    parts = ((FACETS[facet], "、".join(texts.values())) for facet, texts in _values(labels).items())
    return "；".join(f"{name} {texts}" for name, texts in parts if texts) or "没有标签"


def changes_text(before: Labels, after: Labels) -> str:
    """What came and went between two sets of tags, in words; "" where nothing did."""
    old, new = _values(before), _values(after)
    added = [f"{FACETS[facet]} {text}" for facet in FACETS for v, text in new[facet].items() if v not in old[facet]]
    gone = [f"{FACETS[facet]} {text}" for facet in FACETS for v, text in old[facet].items() if v not in new[facet]]
    parts = (("加上 ", added), ("去掉 ", gone))
    return "；".join(name + "、".join(texts) for name, texts in parts if texts)


def _values(labels: Labels) -> dict[str, dict[str, str]]:
    """Facet → value → text."""
    sectors: dict[str, list[str]] = {}
    for tag in labels.sectors:
        sectors.setdefault(sector_value(tag), []).append(tag.phrase.removeprefix("互联网+"))
    return {
        "sector": {value: _sector_text(value, phrases) for value, phrases in sectors.items()},
        "region": {value: _region_text(value) for tag in labels.regions if (value := region_value(tag))},
        "ministry": {name: name for name in labels.ministries},
        "enterprise": {name: name for name in labels.enterprises},
    }


def _sector_text(value: str, phrases: list[str]) -> str:
    others = [phrase for phrase in dict.fromkeys(phrases) if phrase != value.removeprefix("互联网+")]
    return clean(f"{value}（{'、'.join(others)}）" if others else value)


def _region_text(value: str) -> str:
    return f"{value.removeprefix(MENTIONED)}（仅提及）" if value.startswith(MENTIONED) else value


def _chosen(
    given: Iterable[str],
    present: tuple[tuple[T, ...], tuple[T, ...]],
    value_of: Callable[[T], str],
    known: Mapping[str, T],
    facet: str,
) -> tuple[T, ...]:
    """The tags of the values ``given``: those that stand, in their order, then the rules', then new ones."""
    wanted = dict.fromkeys(value for value in given if value)
    standing, rules = present
    there = {value_of(tag) for tag in standing}
    found = [tag for tag in standing if value_of(tag) in wanted or not value_of(tag)]
    found += [tag for tag in rules if value_of(tag) in wanted and value_of(tag) not in there]
    there |= {value_of(tag) for tag in rules}
    for value in wanted:
        if value in there:
            continue
        if value not in known:
            raise UsageError(
                f"没有叫“{value}”的{FACETS[facet]}，请从提示的名单里选；名单在“关键词”页（keywords.yaml），地区用全称。"
            )
        found.append(known[value])
    return tuple(found)
