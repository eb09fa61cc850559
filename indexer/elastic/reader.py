"""Reads documents by id, immediately and not only after a refresh."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from indexer.elastic.documents import SOURCE_FIELDS
from indexer.elastic.names import Names


@dataclass(frozen=True, slots=True)
class Document:
    """A stored document; the numbers identify its version (for an optimistic write)."""

    index: str
    seq_no: int
    primary_term: int
    source: dict[str, Any]


def months(client: Elasticsearch, names: Names, ids: Iterable[str]) -> dict[str, str]:
    """The month in which each id was first seen, for those that have been."""
    wanted = list(ids)
    if not wanted:
        return {}
    answer = client.mget(index=names.ids, ids=wanted)
    found = {entry["_id"]: entry["_source"].get("month") for entry in answer["docs"] if entry.get("found")}
    return {key: month for key, month in found.items() if isinstance(month, str)}


def documents(client: Elasticsearch, names: Names, seen: Mapping[str, str]) -> dict[str, Document]:
    """The documents of ids with their months; missing ones are left out."""
    if not seen:
        return {}
    answer = client.mget(
        docs=[{"_index": names.month(month), "_id": key} for key, month in seen.items()],
        source_includes=[*SOURCE_FIELDS, "decisions"],
    )
    return {
        entry["_id"]: Document(entry["_index"], entry["_seq_no"], entry["_primary_term"], entry["_source"])
        for entry in answer["docs"]
        if entry.get("found")
    }
