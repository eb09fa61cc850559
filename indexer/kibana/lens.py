"""A panel as the state of a Lens visualization of Kibana 8.9, embedded by value in a dashboard.

The format follows what Kibana 8.x exports: one layer of the form-based data source, whose columns the visualization
refers to by id. Later versions of Kibana migrate it on import.
"""

from __future__ import annotations

from typing import Any

from indexer.kibana.objects import Bucket, Chart, Dashboard, Days, Metric, Panel, Terms

EMS_LAYER, EMS_FIELD = "china_provinces", "iso_3166_2"  # letters, CN-BJ; the layer's older codes, CN-11, do not join
VISUALIZATIONS: dict[Chart, str] = {
    "metric": "lnsMetric",
    "bar": "lnsXY",
    "bar_stacked": "lnsXY",
    "bar_horizontal": "lnsXY",
    "donut": "lnsPie",
    "table": "lnsDatatable",
    "tag_cloud": "lnsTagcloud",
    "map": "lnsChoropleth",
}


def layer_id(panel: Panel) -> str:
    """The id of the panel's only layer."""
    return f"{panel.id}-layer"


def reference(panel: Panel, view_id: str) -> dict[str, str]:
    """The reference by which the layer finds its data view."""
    return {"type": "index-pattern", "id": view_id, "name": f"indexpattern-datasource-layer-{layer_id(panel)}"}


def attributes(panel: Panel, dashboard: Dashboard, view_id: str) -> dict[str, Any]:
    """The attributes of the visualization."""
    buckets = {f"{panel.id}-bucket-{n}": bucket for n, bucket in enumerate(panel.buckets)}
    metrics = {f"{panel.id}-metric-{n}": metric for n, metric in enumerate(panel.metrics)}
    first = next(iter(metrics))
    columns = {key: _bucket(bucket, first) for key, bucket in buckets.items()}
    columns |= {key: _metric(metric, dashboard) for key, metric in metrics.items()}
    layer = {"columns": columns, "columnOrder": list(columns), "incompleteColumns": {}}
    return {
        "title": panel.title,
        "type": "lens",
        "visualizationType": VISUALIZATIONS[panel.chart],
        "references": [reference(panel, view_id)],
        "state": {
            "datasourceStates": {"formBased": {"layers": {layer_id(panel): layer}}},
            "visualization": _visualization(panel, list(buckets), list(metrics)),
            "query": kuery(panel.only),
            "filters": [],
            "internalReferences": [],
            "adHocDataViews": {},
        },
    }


def kuery(text: str) -> dict[str, str]:
    """A KQL query in the form used by saved objects."""
    return {"query": text, "language": "kuery"}


def _bucket(bucket: Bucket, first_metric: str) -> dict[str, Any]:
    shared = {"label": bucket.label, "customLabel": True, "sourceField": bucket.field, "isBucketed": True}
    if isinstance(bucket, Days):
        return {
            **shared,
            "operationType": "date_histogram",
            "dataType": "date",
            "scale": "interval",
            "params": {"interval": "1d", "includeEmptyRows": True, "dropPartials": False},
        }
    return {
        **shared,
        "operationType": "terms",
        "dataType": "string",
        "scale": "ordinal",
        "params": {"size": bucket.size, **_order(bucket, first_metric), "otherBucket": False, "missingBucket": False},
    }


def _order(bucket: Terms, first_metric: str) -> dict[str, Any]:
    by = {"type": "alphabetical"} if bucket.newest else {"type": "column", "columnId": first_metric}
    return {"orderBy": by, "orderDirection": "desc", "parentFormat": {"id": "terms"}}


def _metric(metric: Metric, dashboard: Dashboard) -> dict[str, Any]:
    column: dict[str, Any] = {
        "label": metric.label,
        "customLabel": True,
        "operationType": metric.operation,
        "sourceField": metric.field or "___records___",
        "isBucketed": False,
        "dataType": "number",
        "scale": "ratio",
    }
    if metric.operation == "last_value":
        column |= {"dataType": "string", "scale": "ordinal", "params": {"sortField": dashboard.view.time_field}}
    elif metric.operation == "max":
        if metric.field == dashboard.view.time_field:
            column["dataType"] = "date"
    else:
        column["params"] = {"emptyAsNull": False}
    if metric.only:
        column["filter"] = kuery(metric.only)
    return column


def _visualization(panel: Panel, buckets: list[str], metrics: list[str]) -> dict[str, Any]:
    layer = {"layerId": layer_id(panel), "layerType": "data"}
    match panel.chart:
        case "metric":
            return {**layer, "metricAccessor": metrics[0]}
        case "table":
            return {**layer, "columns": [{"columnId": key, "isTransposed": False} for key in (*buckets, *metrics)]}
        case "tag_cloud":
            return {
                **layer,
                "tagAccessor": buckets[0],
                "valueAccessor": metrics[0],
                "minFontSize": 14,
                "maxFontSize": 48,
                "orientation": "single",
                "showLabel": False,
            }
        case "map":
            return {
                **layer,
                "emsLayerId": EMS_LAYER,
                "emsField": EMS_FIELD,
                "regionAccessor": buckets[0],
                "valueAccessor": metrics[0],
            }
        case "donut":
            shown = {"numberDisplay": "value", "categoryDisplay": "default", "legendDisplay": "default"}
            groups = {"primaryGroups": buckets, "metrics": metrics}
            return {"shape": "donut", "layers": [{**layer, **groups, **shown, "nestedLegend": False}]}
        case "bar" | "bar_stacked" | "bar_horizontal":
            axes = {"xAccessor": buckets[0], "accessors": metrics, "seriesType": panel.chart}
            split = {"splitAccessor": buckets[1]} if len(buckets) > 1 else {}
            return {
                "layers": [{**layer, **axes, **split}],
                "preferredSeriesType": panel.chart,
                "legend": {"isVisible": bool(split), "position": "right"},
                "valueLabels": "show" if panel.chart == "bar_horizontal" else "hide",
            }
