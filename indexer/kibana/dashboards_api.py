"""The dashboards as bodies of ``PUT /api/dashboards/{id}`` (Kibana 9.5 and later).

The schema there is strict and public, so only documented properties are written. Data views and saved searches have no
such format; they are written as saved objects.
"""

from __future__ import annotations

from typing import Any

from indexer.elastic.names import Names
from indexer.kibana.lens import EMS_FIELD, EMS_LAYER
from indexer.kibana.objects import Bucket, Control, Dashboard, Days, Metric, Panel
from indexer.kibana.saved_objects import DASHBOARDS, object_id, view_id

Json = dict[str, Any]


def dashboard_bodies(names: Names) -> dict[str, Json]:
    """The body of each dashboard by its id."""
    return {object_id(names, f"dashboard-{each.id}"): _body(names, each) for each in DASHBOARDS}


def _body(names: Names, dashboard: Dashboard) -> Json:
    view = view_id(names, dashboard.view)
    body: Json = {
        "title": dashboard.title,
        "description": dashboard.description,
        "time_range": {"from": dashboard.since, "to": "now"},
        "pinned_panels": [_control(control, view) for control in dashboard.controls],
        "panels": [
            {
                "type": "vis",
                "grid": {"x": panel.x, "y": panel.y, "w": panel.w, "h": panel.h},
                "config": _config(panel, dashboard, view),
            }
            for panel in dashboard.panels
        ],
    }
    return body | ({"query": _kql(dashboard.only)} if dashboard.only else {})


def _control(control: Control, view: str) -> Json:
    by = "_key" if control.single else "_count"
    return {
        "type": "options_list_control",
        "width": "medium",
        "grow": True,
        "config": {
            "title": control.label,
            "values_source": "field",
            "data_view_id": view,
            "field_name": control.field,
            "single_select": control.single,
            "sort": {"by": by, "direction": "desc"},
        },
    }


def _config(panel: Panel, dashboard: Dashboard, view: str) -> Json:
    source = {"data_source": {"type": "data_view_reference", "ref_id": view}}
    head: Json = {"title": panel.title} | ({"query": _kql(panel.only)} if panel.only else {})
    buckets = [_bucket(bucket) for bucket in panel.buckets]
    metrics = [_metric(metric, dashboard) for metric in panel.metrics]
    match panel.chart:
        case "metric":
            return {"type": "metric", **head, **source, "metrics": [{"type": "primary", **metrics[0]}]}
        case "table":
            return {"type": "data_table", **head, **source, "rows": buckets, "metrics": metrics}
        case "donut":
            return {"type": "pie", **head, **source, "group_by": buckets, "metrics": metrics}
        case "tag_cloud":
            return {"type": "tag_cloud", **head, **source, "tag_by": buckets[0], "metric": metrics[0]}
        case "map":
            region = {**buckets[0], "ems": {"boundaries": EMS_LAYER, "join": EMS_FIELD}}
            return {"type": "region_map", **head, **source, "region": region, "metric": metrics[0]}
        case "bar" | "bar_stacked" | "bar_horizontal":
            split = {"breakdown_by": buckets[1]} if len(buckets) > 1 else {}
            layer = {"type": panel.chart, **source, "x": buckets[0], "y": metrics, **split}
            return {"type": "xy", **head, "layers": [layer]}


def _bucket(bucket: Bucket) -> Json:
    if isinstance(bucket, Days):
        return {
            "operation": "date_histogram",
            "label": bucket.label,
            "field": bucket.field,
            "suggested_interval": "1d",
            "include_empty_rows": True,
        }
    rank = {"type": "alphabetical"} if bucket.newest else {"type": "metric", "metric_index": 0}
    return {
        "operation": "terms",
        "label": bucket.label,
        "fields": [bucket.field],
        "limit": bucket.size,
        "rank_by": {**rank, "direction": "desc"},
    }


def _metric(metric: Metric, dashboard: Dashboard) -> Json:
    body: Json = {"operation": metric.operation, "label": metric.label}
    if metric.field:
        body["field"] = metric.field
    if metric.operation == "last_value":
        body["time_field"] = dashboard.view.time_field
    if metric.only:
        body["filter"] = _kql(metric.only)
    return body


def _kql(text: str) -> dict[str, str]:
    return {"expression": text, "language": "kql"}
