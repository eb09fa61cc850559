"""The description of data views, saved searches and dashboards, independent of any Kibana version.

Queries are KQL. Titles and labels are shown to analysts.
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
    """An index or alias as a Kibana data view: ``suffix`` follows the prefix of the store's indices.

    ``labels`` are Chinese names of fields; ``values`` are Chinese names of a field's stored values.
    """

    suffix: str
    name: str
    time_field: str
    properties: Mapping[str, object]
    labels: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One bucket for each of the top ``size`` values by the first metric, or (``newest``) of the last ones by name."""

    field: str
    label: str
    size: int
    newest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """One bucket per day of a date field."""

    field: str
    label: str


Bucket = Terms | Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A number (or with ``last_value`` the value in the latest document), over the documents that match ``only``."""

    operation: Operation
    label: str
    field: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A chart at column ``x``, row ``y`` of a dashboard, over the documents that match ``only``.

    Bars take one bucket (the axis), stacked bars a second one (the colours); a metric takes none.
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
    """A drop-down of a field's values above the dashboard; ``single`` allows one at a time, latest first."""

    field: str
    label: str
    single: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """A page of panels. ``since`` is the start of the time range in Kibana's notation (now-3M/d)."""

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
    """A saved search, newest first; without ``since`` it keeps the time range set in Kibana."""

    id: str
    title: str
    description: str
    view: DataView
    columns: tuple[str, ...]
    only: str
    since: str = ""
