"""Builds an Elasticsearch search body from a query."""

from __future__ import annotations

from typing import Any

from indexer.facets import counted_fields, ranked
from indexer.store import Query
from indexer.tokens import phrases

TITLE_WEIGHT = 4.0  # as in the embedded store
_FACET_SIZE = 10_000  # values of one facet; more than there are counties, days in 27 years or sources

SORT: dict[str, list[dict[str, str]]] = {
    "relevance": [{"_score": "desc"}, {"published": "desc"}, {"id": "asc"}],
    "newest": [{"published": "desc"}, {"id": "asc"}],
}


def search_query(query: Query) -> dict[str, Any]:
    """The ``query`` part that matches all hits of ``query``."""
    filters: list[dict[str, Any]] = []
    for field, value in (
        ("window", query.window),
        ("source", query.source),
        ("tier", query.tier),
        ("review.state", query.state),
        ("family.id", query.cluster),
    ):
        if value:
            filters.append({"term": {field: value}})
    if query.relevant is not None:
        filters.append({"term": {"relevant": query.relevant}})
    for fields, value in query.tag_fields:
        filters.append(_any_of(value, *fields))
    days = {"gte": query.since, "lte": query.until}
    if limits := {name: day.isoformat() for name, day in days.items() if day}:
        filters.append({"range": {"day": limits}})
    if query.cluster_leads_only:
        filters.append({"bool": {"must_not": {"term": {"family.lead": False}}}})
    if not query.text.strip():
        return {"constant_score": {"filter": {"bool": {"filter": filters}}, "boost": 0.0}}
    wanted = phrases(query.text)
    if not wanted:
        return {"match_none": {}}
    return {"bool": {"filter": filters, "must": [_phrase(" ".join(words)) for words in wanted]}}


def facet_aggregations() -> dict[str, Any]:
    """Counts of every facet over all hits."""
    return {
        name: {
            "terms": {
                "field": "review.state" if name == "state" else name,
                "size": _FACET_SIZE,
                "shard_size": _FACET_SIZE,
            }
        }
        for name in counted_fields()
    }


def facets_of(answer: dict[str, Any]) -> dict[str, list[tuple[str, int]]]:
    """The facets of a response, in the order of the contract."""
    facets = {}
    for name in counted_fields():
        counts = [(bucket["key"], bucket["doc_count"]) for bucket in answer[name]["buckets"]]
        facets[name] = sorted(counts) if name == "day" else ranked(counts)
    return facets


def _any_of(value: str, *fields: str) -> dict[str, Any]:
    return {"bool": {"should": [{"term": {field: value}} for field in fields], "minimum_should_match": 1}}


def _phrase(text: str) -> dict[str, Any]:
    return {
        "bool": {
            "should": [
                {"match_phrase": {"tokens.title": {"query": text, "boost": TITLE_WEIGHT}}},
                {"match_phrase": {"tokens.body": {"query": text}}},
            ],
            "minimum_should_match": 1,
        }
    }
