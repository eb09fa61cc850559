"""The description of data views, saved searches and dashboards, free of any version of Kibana.

Queries are KQL. Titles and labels are what analysts see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Chart = Literal["metric", "bar", "bar_stacked", "bar_horizontal", "donut", "table", "tag_cloud", "map"]
Operation = Literal["count", "unique_count", "sum", "max", "last_value"]

GRID_COLUMNS = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """An index or alias as Kibana reads it: ``suffix`` follows the prefix of the store's indices.

    ``labels`` names fields in Chinese; ``values`` shows stored values of a field in Chinese.
    """

    suffix: str
    name: str
    time_field: str
    properties: Mapping[str, object]
    labels: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One bucket for each of the ``size`` values that lead in the first metric, or (``newest``) come last by name."""

    field: str
    label: str
    size: int
    newest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """One bucket a day of a date field."""

    field: str
    label: str


Bucket = Terms | Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A number (or with ``last_value`` the value of the latest document), over those that match ``only``."""

    operation: Operation
    label: str
    field: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One chart at column ``x``, row ``y`` of a dashboard, over the documents that match ``only``.

    Bars take one bucket (the axis), stacked ones a second (the colours); a metric takes none.
    """

    id: str
    title: str
    chart: Chart
    x: int
    y: int
    w: int
    h: int
    metrics: tuple[Metric, ...]
    buckets: tuple[Bucket, ...] = ()
    only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A list of a field's values above the dashboard; ``single`` allows one at a time, latest first."""

    field: str
    label: str
    single: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """A page of panels. ``since`` is where the time picker starts, as Kibana writes it (now-3M/d)."""

    id: str
    title: str
    description: str
    view: DataView
    since: str
    panels: tuple[Panel, ...]
    controls: tuple[Control, ...] = ()
    only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A saved search, newest first; without ``since`` it keeps the time range that is set in Kibana."""

    id: str
    title: str
    description: str
    view: DataView
    columns: tuple[str, ...]
    only: str
    since: str = ""
