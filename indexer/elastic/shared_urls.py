"""The URL memory of all machines that crawl into one Elasticsearch: one document per URL, under its hash.

Each row carries the turn of its source in which it was written (indexer/elastic/leases.py), also as the document's
version: a machine that has lost the turn cannot overwrite what the next one wrote, and a machine that takes a turn
reads the rows of the turns that it has not seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from indexer.access import Access
from indexer.elastic.bulk import bulk
from indexer.elastic.client import connect, parse
from indexer.elastic.faults import faults
from indexer.elastic.mapping import KEYWORD, STORED
from indexer.elastic.names import Names
from indexer.elastic.setup import open_beside
from yuqing.core.url_rows import UrlRow

PAGE_ROWS = 5_000  # read per request
_CONFLICT = 409
_PROPERTIES: dict[str, Any] = {
    "id": KEYWORD, "source_id": KEYWORD, "turn": {"type": "long"}, "url": STORED, "fetched_at": STORED,
    "fetches": {"type": "integer", "index": False}, "due_at": STORED, "etag": STORED, "last_modified": STORED,
    "link": {"type": "keyword", "index": False, "doc_values": False}, "named_at": STORED,
}  # fmt: skip


class SharedUrls:
    """The index ``<prefix>-urls`` in the store at ``url``; created when missing."""

    def __init__(self, url: str, access: Access) -> None:
        address = parse(url)
        self._location = address.server
        self._index = Names(address.prefix).urls
        self._client = connect(address, access)
        open_beside(self._client, address, self._index, _PROPERTIES)

    def put(self, rows: Sequence[tuple[UrlRow, int]]) -> None:
        """Write rows, each with the turn in which it was learnt; a row of a later turn is not overwritten."""
        with faults(self._location):
            bulk(self._client, self._location, [self._action(row, turn) for row, turn in rows], expected={_CONFLICT})

    def since(self, source_id: str, turn: int) -> Iterator[list[UrlRow]]:
        """The rows of the source written in turns after ``turn``, a few thousand at a time."""
        after: list[Any] = []
        with faults(self._location):
            self._client.indices.refresh(index=self._index)
            while True:
                hits = self._client.search(
                    index=self._index,
                    query={"bool": {"filter": [{"term": {"source_id": source_id}}, {"range": {"turn": {"gt": turn}}}]}},
                    sort=["id"],
                    size=PAGE_ROWS,
                    search_after=after or None,
                    source_excludes=["turn"],
                )["hits"]["hits"]
                if not hits:
                    return
                yield [msgspec.convert(hit["_source"], UrlRow) for hit in hits]
                after = hits[-1]["sort"]

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _action(self, row: UrlRow, turn: int) -> dict[str, Any]:
        source = {**msgspec.to_builtins(row), "turn": turn}
        return {
            "_op_type": "index", "_index": self._index, "_id": row.id, "_source": source,
            "version": turn, "version_type": "external_gte",
        }  # fmt: skip
