"""A panel's request as Lens sends it, and the rows that come back."""

from __future__ import annotations

from typing import Any

from indexer.kibana.objects import Dashboard, Days, Metric, Panel
from tests.kibana.kql import to_query

Json = dict[str, Any]
Row = tuple[Any, ...]
ZONE = "Asia/Shanghai"  # Lens sends the browser's


def request(panel: Panel, dashboard: Dashboard, *filters: Json) -> Json:
    """The search body of ``panel``, narrowed by ``filters`` as a control would."""
    metrics = {f"m{n}": _metric(metric, dashboard) for n, metric in enumerate(panel.metrics)}
    aggregations: Json = metrics
    for bucket in reversed(panel.buckets):
        if isinstance(bucket, Days):
            one: Json = {
                "date_histogram": {
                    "field": bucket.field,
                    "calendar_interval": "1d",
                    "time_zone": ZONE,
                    "min_doc_count": 1,
                }
            }
        else:
            by = "_key" if bucket.newest else _order(panel.metrics[0])
            one = {"terms": {"field": bucket.field, "size": bucket.size, "order": {by: "desc"}}}
        aggregations = {"bucket": {**one, "aggs": {**metrics, **aggregations}}}
    query = {"bool": {"filter": [to_query(dashboard.only), to_query(panel.only), *filters]}}
    return {"size": 0, "query": query, "aggs": aggregations, "track_total_hits": True}


def rows(panel: Panel, answer: Json) -> list[Row]:
    """(bucket keys…, metric values…) of each innermost bucket."""
    top = {**answer.get("aggregations", {}), "doc_count": answer["hits"]["total"]["value"]}
    return list(_rows(panel, top, len(panel.buckets)))


def _rows(panel: Panel, found: Json, depth: int) -> Any:
    if depth == 0:
        yield tuple(_read(metric, found, f"m{n}") for n, metric in enumerate(panel.metrics))
        return
    for bucket in found["bucket"]["buckets"]:
        key = bucket.get("key_as_string", "")[:10] if "key_as_string" in bucket else bucket["key"]
        for row in _rows(panel, bucket, depth - 1):
            yield (key, *row)


def _order(metric: Metric) -> str:
    if metric.operation == "count":
        return "_count"
    return "m0>value" if metric.only else "m0"


def _metric(metric: Metric, dashboard: Dashboard) -> Json:
    kinds = {"unique_count": "cardinality", "sum": "sum", "max": "max"}
    if metric.operation == "count":
        inner: Json = {"value_count": {"field": "_index"}}
    elif metric.operation == "last_value":
        newest = [{dashboard.view.time_field: "desc"}]
        inner = {"top_hits": {"size": 1, "sort": newest, "_source": False, "docvalue_fields": [metric.field]}}
    else:
        inner = {kinds[metric.operation]: {"field": metric.field}}
    return {"filter": to_query(metric.only), "aggs": {"value": inner}} if metric.only else inner


def _read(metric: Metric, found: Json, name: str) -> Any:
    value = found[name]["value"] if metric.only else found[name]
    if metric.operation == "last_value":
        hits = value["hits"]["hits"]
        return hits[0]["fields"][metric.field][0] if hits and metric.field in hits[0].get("fields", {}) else None
    if "value_as_string" in value:
        return value["value_as_string"]
    return None if value["value"] is None else round(value["value"])
