"""The facets: the kinds of tags by which items are searched, counted, displayed and corrected. One record each.

To add a facet, add a record to :data:`FACETS`. Everything else is derived from it: the fields of both stores, the
filters and counts of a search, the options of ``yuqing search``, the columns of exports, the fields, controls and
panels in Kibana, the filters, tag form and trends of the review page, the lines of ``keywords try``, ``keywords
stats``, ``retag --dry-run`` and ``evaluate``, and what docs/fields.md must cover.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from yuqing.core.errors import UsageError
from yuqing.core.labels import KINDS, SECTIONS
from yuqing.core.records import Labels, Tags

Place = Literal["search", "queue", "control", "ranking", "trend", "narrow"]
"""``search``: an option of `yuqing search`, with counts in its output; ``queue``: a filter of the review page;
``control``, ``ranking``: a drop-down list and a panel on the dashboard 月度监测; ``trend``, ``narrow``: counted by
month on the page 月度对照, and a filter there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetField:
    """One value of a tag as both stores keep it: ``key`` is the field's name there, ``label`` its Chinese name.

    ``value`` extracts it from a tag; "" or None if the tag has none. ``queue`` is the filter of the review page that
    counts it: its own key, the key of another field, or "" for none. ``counted``: a search counts items per value.
    """

    key: str
    label: str
    value: Callable[[Any], str | None] = str
    queue: str = ""
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Facet:
    """A kind of tag.

    ``key``: its name in queries, in URLs, as an option, and in evidence (``key:name``). ``attribute``: the field of
    Tags that holds the tags, a tuple. ``fields``: what the stores keep of a tag, by default one field named like the
    facet; a query matches any of them. ``listed``: the part of keywords.yaml that lists all values. ``correctable``:
    people may tick its tags on the review page. ``columns``: what an export row holds for a tag, by column; by
    default one column named like the attribute. ``help``: the value of the option, in English. ``values``: Chinese
    names of stored values. ``shown``: see :data:`Place`.
    """

    key: str
    label: str
    attribute: str
    fields: tuple[FacetField, ...] = ()
    listed: str = ""
    correctable: bool = False
    help: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Callable[[Any], str | None]] = field(default_factory=dict)
    shown: frozenset[Place] = frozenset()

    def __post_init__(self) -> None:
        if not self.fields:
            only = FacetField(key=self.key, label=self.label, queue=self.key if "queue" in self.shown else "")
            object.__setattr__(self, "fields", (only,))
        if not self.columns:
            object.__setattr__(self, "columns", {self.attribute: self.fields[0].value})

    @property
    def plain(self) -> bool:
        """Whether its tags are plain names."""
        return all(field.value is str for field in self.fields)


FACETS: tuple[Facet, ...] = (
    Facet(
        key="sector", label="领域", attribute="sectors", listed="sectors", correctable=True, help="Canonical sector",
        shown=frozenset({"search", "queue", "control", "trend", "narrow"}),
        fields=(
            FacetField(key="sector", label="领域", value=lambda tag: tag.name, queue="sector"),
            FacetField(
                key="phrase", label="新“互联网+”词", value=lambda tag: "" if tag.name else tag.phrase, queue="sector"
            ),
        ),
        columns={"sectors": lambda tag: tag.name, "phrases": lambda tag: tag.phrase},
    ),
    Facet(
        key="region", label="地区", attribute="regions", correctable=True,
        help="Full name of a province, city or county",
        shown=frozenset({"search", "queue", "control", "trend", "narrow"}),
        fields=(
            FacetField(key="province", label="省份", value=lambda tag: tag.province, queue="province"),
            FacetField(key="city", label="市", value=lambda tag: tag.city, counted=False),
            FacetField(key="county", label="县区", value=lambda tag: tag.county, counted=False),
        ),
        columns={
            "provinces": lambda tag: tag.province, "cities": lambda tag: tag.city, "counties": lambda tag: tag.county,
            "region_codes": lambda tag: tag.code,
        },
    ),
    Facet(
        key="ministry", label="部委", attribute="ministries", listed="ministries", correctable=True,
        help="Canonical name of a ministry", shown=frozenset({"search", "queue", "ranking", "trend", "narrow"}),
    ),
    Facet(
        key="enterprise", label="企业", attribute="enterprises", listed="enterprises", correctable=True,
        help="Canonical name of an enterprise", shown=frozenset({"search", "queue", "ranking"}),
    ),
    Facet(
        key="section", label="栏目", attribute="sections", help=", ".join(SECTIONS), values=SECTIONS,
        shown=frozenset({"search"}),
    ),
    Facet(
        key="event", label="活动", attribute="events",
        fields=(FacetField(key="event", label="活动", value=lambda tag: tag.name),),
    ),
    Facet(key="topic", label="专题", attribute="topics", listed="topics"),
    Facet(
        key="action", label="行为类型", attribute="actions", listed="actions", correctable=True,
        help="Kind of action: 出台文件, 签署合作 …",
        shown=frozenset({"search", "queue", "control", "ranking", "trend"}),
    ),
)  # fmt: skip


def facet(key: str) -> Facet:
    """The facet with this ``key``. Raises UsageError if there is none."""
    found = next((one for one in FACETS if one.key == key), None)
    if found is None:
        raise UsageError(f"“{key}” is not a facet; available: {', '.join(one.key for one in FACETS)}.")
    return found


def stored_fields() -> tuple[FacetField, ...]:
    """The fields of the stores that are derived from tags, in order."""
    return tuple(field for facet in FACETS for field in facet.fields)


def queue_filters() -> dict[str, str]:
    """The filters of the review page that are derived from tags, with their Chinese names."""
    return {field.key: field.label for field in stored_fields() if field.key == field.queue}


def correctable() -> tuple[Facet, ...]:
    """The facets whose tags people may correct."""
    return tuple(facet for facet in FACETS if facet.correctable)


def tag_values(tags: Tags) -> dict[str, list[str]]:
    """The values by which an item is searched and counted, by field, without duplicates, in order.

    ``sector`` holds canonical names only; a phrase that keywords.yaml does not list goes under ``phrase``.
    """
    return {
        field.key: list(dict.fromkeys(value for tag in getattr(tags, facet.attribute) if (value := field.value(tag))))
        for facet in FACETS
        for field in facet.fields
    }


def tag_columns(tags: Tags) -> dict[str, tuple[str, ...]]:
    """The tag columns of an export row: column to values, without duplicates, in order."""
    return {
        column: tuple(dict.fromkeys(said for tag in getattr(tags, facet.attribute) if (said := value(tag))))
        for facet in FACETS
        for column, value in facet.columns.items()
    }


def facet_texts(facet: Facet, tags: Tags) -> list[str]:
    """The tags of ``facet`` as display text, without duplicates."""
    found = (field.value(tag) for tag in getattr(tags, facet.attribute) for field in facet.fields)
    return list(dict.fromkeys(facet.values.get(text, text) for text in found if text))


def label_of(kind: str) -> str:
    """The Chinese name of ``kind`` as evidence and changes use it: the key of a facet or of one of its fields."""
    names = {field.key: field.label for field in stored_fields()} | {facet.key: facet.label for facet in FACETS}
    return names.get(kind, KINDS.get(kind, kind))


def tag_text(label: str) -> str:
    """A tag ``kind:name``, or a change of one (``kind:A → B``), as display text."""
    kind, colon, name = label.partition(":")
    if kind == "relevance" or not colon:
        return label_of(kind)
    if kind == "section":
        name = " → ".join(SECTIONS.get(one, one) for one in name.split(" → "))
    return f"{label_of(kind)} {name}"


def labels_of(tags: Tags) -> Labels:
    """The rules' tags in the form in which a person confirms them."""
    further = {one.key: tuple(getattr(tags, one.attribute)) for one in correctable() if one.attribute not in _LABELS}
    return Labels(**{name: getattr(tags, name) for name in _LABELS}, further=further)


def labelled(labels: Labels, facet: Facet) -> tuple[Any, ...] | None:
    """The tags of ``facet`` in ``labels``; None if the facet did not exist yet when the person confirmed them."""
    if facet.attribute in _LABELS:
        found: tuple[Any, ...] = getattr(labels, facet.attribute)
        return found
    return labels.further.get(facet.key)


def make_labels(tags: Mapping[str, tuple[Any, ...]]) -> Labels:
    """Labels from tags by facet key."""
    named = {facet(key).attribute: values for key, values in tags.items() if facet(key).attribute in _LABELS}
    return Labels(**named, further={key: v for key, v in tags.items() if facet(key).attribute not in _LABELS})


_LABELS = tuple(name for name in Labels.__struct_fields__ if name != "further")
