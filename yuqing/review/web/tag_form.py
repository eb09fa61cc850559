"""The tags of an item as a form: what can be ticked, and what the ticks mean.

The field of a facet holds one value per tag: its name; for a place its path (四川省/成都市), with ``~`` before one that
is only mentioned. A value may come from a checkbox or from the field for adding another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from yuqing.core.decided import decided_tags
from yuqing.core.errors import UsageError
from yuqing.core.facets import Facet, correctable, labelled, labels_of, make_labels
from yuqing.core.records import Item, Labels, RegionTag, SectorTag
from yuqing.review.report.text import clean
from yuqing.review.web.tag_names import TagNames

MENTIONED = "~"
FIELD = "tag."  # prefix of the facet in a form field's name: plain “action” is the button's
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """A checkbox: ``mark`` is “规则” for a tag that only the rules give, “人工” for one that only a person gave."""

    value: str
    text: str
    ticked: bool
    mark: str


def facet_names() -> dict[str, str]:
    """The facets in the form with their Chinese names."""
    return {facet.key: facet.label for facet in correctable()}


def tags_before(item: Item) -> Labels:
    """The effective tags: a person's, or else the rules'."""
    return labels_of(decided_tags(item.tags, item.review))


def choices(item: Item, ticked: Labels) -> dict[str, list[Choice]]:
    """The checkboxes of each facet: the tags in the form, the effective ones, and those that the rules give now."""
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
    """The tags ticked in the form. Raises UsageError for an unknown name."""
    given = {
        facet.key: [clean(v).strip() for name, v in fields if name == FIELD + facet.key] for facet in correctable()
    }
    old, new = tags_before(item), labels_of(item.tags)
    chosen = {
        facet.key: _chosen(
            given[facet.key],
            (labelled(old, facet) or (), labelled(new, facet) or ()),
            _VALUES.get(facet.key, str),
            names[facet.key],
            facet,
        )
        for facet in correctable()
    }
    primary = {region_value(region) for region in chosen["region"] if region.primary}
    # A place that was only mentioned and is now added becomes a place of the news.
    chosen["region"] = tuple(
        r for r in chosen["region"] if r.primary or region_value(r).removeprefix(MENTIONED) not in primary
    )
    return make_labels(chosen)


def sector_value(tag: SectorTag) -> str:
    """The form value of a sector."""
    return tag.name or tag.phrase


def region_value(tag: RegionTag) -> str:
    """The form value of a place; "" for one that could not be resolved."""
    path = "/".join(filter(None, (tag.province, tag.city, tag.county)))
    return path if tag.primary or not path else MENTIONED + path


def labels_text(labels: Labels) -> str:
    """The tags as display text."""
    names = facet_names()
    parts = ((names[facet], "、".join(texts.values())) for facet, texts in _values(labels).items())
    return "；".join(f"{name} {texts}" for name, texts in parts if texts) or "没有标签"


def changes_text(before: Labels, after: Labels) -> str:
    """What was added and removed between two sets of tags, as display text; "" if nothing was."""
    old, new, names = _values(before), _values(after), facet_names()
    added = [f"{name} {text}" for facet, name in names.items() for v, text in new[facet].items() if v not in old[facet]]
    gone = [f"{name} {text}" for facet, name in names.items() for v, text in old[facet].items() if v not in new[facet]]
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
    } | {
        facet.key: {name: name for name in labelled(labels, facet) or ()}
        for facet in correctable()
        if facet.key not in _VALUES
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
    facet: Facet,
) -> tuple[T, ...]:
    """The tags of the values ``given``: effective ones first, in their order, then the rules', then new ones."""
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
                f"没有叫“{value}”的{facet.label}，请从提示的名单里选；名单在“关键词”页（keywords.yaml），地区用全称。"
            )
        found.append(known[value])
    return tuple(found)


_VALUES: dict[str, Callable[[Any], str]] = {"sector": sector_value, "region": region_value}
