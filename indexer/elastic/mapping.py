"""The mapping of the monthly indices: every field explicit, unknown ones refused.

Uses built-in analyzers only (standard, whitespace), so that any Elasticsearch will do.
"""

from __future__ import annotations

from typing import Any

from indexer.elastic.names import SCHEMA, Names
from yuqing.core.facets import stored_fields

KEYWORD = {"type": "keyword", "ignore_above": 1024}  # a hostile page must not stop a batch
STORED = {"type": "keyword", "index": False, "doc_values": False}
DATE = {"type": "date", "format": "strict_date_optional_time"}
TEXT = {"type": "text", "analyzer": "standard"}
TOKENS = {"type": "text", "analyzer": "whitespace"}

PROPERTIES: dict[str, Any] = {
    "id": KEYWORD,
    "url": KEYWORD,
    # For searches in Kibana: one Chinese character per token; the analyzer drops the plus.
    "title": {**TEXT, "fields": {"raw": {"type": "keyword", "ignore_above": 512}}},
    "body": TEXT,
    # For searches by this program: the tokens of indexer.tokens, including the plus.
    "tokens": {"properties": {"title": TOKENS, "body": TOKENS}},
    "published": KEYWORD,  # as written, for the order of items; empty for undated ones
    "published_at": DATE,
    "day": KEYWORD,
    "date_source": KEYWORD,
    "fetched_at": DATE,
    "window": KEYWORD,
    "source": KEYWORD,
    "source_name": KEYWORD,
    "tier": KEYWORD,
    "origin": KEYWORD,
    "editor": KEYWORD,
    "content_hash": KEYWORD,
    "relevant": {"type": "boolean"},
    "score": {"type": "float"},
    "rules": KEYWORD,
    **{field.key: KEYWORD for field in stored_fields()},
    "sector_path": KEYWORD,  # group/name
    "province_code": KEYWORD,  # GB/T 2260, two digits
    "province_iso": KEYWORD,  # ISO 3166-2 in letters, as Kibana's map of China joins
    "region_code": KEYWORD,
    "family": {"properties": {"id": KEYWORD, "lead": {"type": "boolean"}}},
    "review": {
        "properties": {
            "state": KEYWORD,
            "row": TEXT,
            "sections": KEYWORD,
            "labels": {"type": "object", "enabled": False},
            "reason": KEYWORD,
            "note": TEXT,
            "by": KEYWORD,
            "at": STORED,
            "version": {"type": "integer"},
        }
    },
    # Stored, not searchable: every decision in order, and the record without title and body (evidence included).
    "decisions": {"type": "object", "enabled": False},
    "record": {"type": "object", "enabled": False},
}


# Analyzers of optional plug-ins for the sub-fields ``title.smart`` and ``body.smart``: for indexing, for searching.
ANALYZERS: dict[str, tuple[str, str]] = {"ik": ("ik_max_word", "ik_smart"), "smartcn": ("smartcn", "smartcn")}


def properties(analyzer: str = "") -> dict[str, Any]:
    """The fields; with the sub-fields of ``analyzer``, one of :data:`ANALYZERS`, if it is not empty."""
    if not analyzer:
        return PROPERTIES
    indexed, searched = ANALYZERS[analyzer]
    smart = {"smart": {"type": "text", "analyzer": indexed, "search_analyzer": searched}}
    texts = {
        name: {**PROPERTIES[name], "fields": PROPERTIES[name].get("fields", {}) | smart} for name in ("title", "body")
    }
    return PROPERTIES | texts


def template(names: Names, analyzer: str = "", *, shown: bool = True) -> dict[str, Any]:
    """The index template of the monthly indices; ``shown``: the alias includes them from the start."""
    return {
        "index_patterns": [names.pattern],
        "priority": 300,
        # Shards, replicas and the like may be set by the operator: later components take precedence.
        "composed_of": [names.defaults, names.custom],
        "ignore_missing_component_templates": [names.custom],
        "_meta": {"schema": SCHEMA},
        "template": {
            "mappings": {"dynamic": "strict", "_meta": {"schema": SCHEMA}, "properties": properties(analyzer)},
            "aliases": {names.items: {}} if shown else {},
        },
    }


def defaults() -> dict[str, Any]:
    """The settings of the monthly indices, as a component template."""
    return {"template": {"settings": {"number_of_shards": 1, "max_result_window": 10_000}}}


def edits_index() -> dict[str, Any]:
    """The index of edits, one document per version; what was written is not searchable."""
    properties = {
        "scope": KEYWORD, "part": STORED, "value": STORED, "basis": STORED, "by": KEYWORD, "at": STORED,
        "version": {"type": "integer"}, "undoes": {"type": "integer"},
    }  # fmt: skip
    return strict_index(properties)


def strict_index(properties: dict[str, Any]) -> dict[str, Any]:
    """A one-shard index next to the items that accepts only these fields."""
    return {"settings": {"number_of_shards": 1}, "mappings": {"dynamic": "strict", "properties": properties}}


def ids_index(meta: dict[str, Any]) -> dict[str, Any]:
    """The index of ids; its ``_meta`` says which version is in use (:class:`indexer.elastic.setup.InUse`)."""
    return {
        "settings": {"number_of_shards": 1, "refresh_interval": "-1"},  # read only by id, which needs no refresh
        "mappings": {"dynamic": "strict", "_meta": meta, "properties": {"month": STORED}},
    }
