"""The runs of all machines that fill one Elasticsearch, whole, so that each can tell what all of them did.

The index ``<prefix>-ledger`` has one document a part of a run: its pages, packed, as the ledger of a machine has them.
Only runs that have ended are written, the first part last, so that a run is either wholly there or not at all.
"""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from indexer.access import Access
from indexer.elastic.bulk import bulk
from indexer.elastic.client import connect, parse
from indexer.elastic.faults import faults
from indexer.elastic.mapping import DATE, KEYWORD
from indexer.elastic.names import Names
from indexer.elastic.setup import open_beside
from indexer.shared_run import SharedRun
from indexer.unreadable import or_none

PART_ROWS = 5_000  # about 150 KB packed
KNOWN_RUNS = 10_000  # that are compared, the latest; at 20 runs a day more than a year
_PROPERTIES: dict[str, Any] = {
    "machine": KEYWORD, "run": KEYWORD, "part": {"type": "integer"}, "parts": {"type": "integer"}, "ended": DATE,
    "head": {"type": "object", "enabled": False}, "rows": {"type": "binary"},
}  # fmt: skip


class SharedRuns:
    """The index in the store at ``url``; made when it is absent. Raises YuqingError when the store is not set up."""

    def __init__(self, url: str, access: Access) -> None:
        address = parse(url)
        self._location = address.server
        self._index = Names(address.prefix).ledger
        self._client = connect(address, access)
        open_beside(self._client, address, self._index, _PROPERTIES)

    def keys(self) -> set[str]:
        """The latest runs of all machines."""
        with faults(self._location):
            self._client.indices.refresh(index=self._index)
            answer = self._client.search(
                index=self._index,
                query={"term": {"part": 0}},
                sort=[{"ended": "desc"}],
                size=KNOWN_RUNS,
                source=False,
            )
        return {hit["_id"].rpartition("/")[0] for hit in answer["hits"]["hits"]}

    def get(self, key: str) -> SharedRun | None:
        """A whole run by its key; None for one that cannot be read."""
        with faults(self._location):
            first = self._client.get(index=self._index, id=f"{key}/0")["_source"]
            ids = [f"{key}/{part}" for part in range(1, int(first.get("parts") or 1))]
            more = self._client.mget(index=self._index, ids=ids)["docs"] if ids else []
        return or_none(_unpacked, [first, *(entry.get("_source", {}) for entry in more)])

    def put(self, runs: Iterable[SharedRun]) -> None:
        """Write runs."""
        with faults(self._location):
            for run in runs:
                first, *rest = self._documents(run)
                bulk(self._client, self._location, rest)
                bulk(self._client, self._location, [first])

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def _documents(self, run: SharedRun) -> Iterator[dict[str, Any]]:
        head = {name: value for name, value in msgspec.to_builtins(run).items() if name != "rows"}
        stretches = [run.rows[at : at + PART_ROWS] for at in range(0, len(run.rows), PART_ROWS)] or [()]
        for part, rows in enumerate(stretches):
            packed = gzip.compress(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass"), mtime=0)
            source = {
                "machine": run.machine, "run": run.run, "part": part, "parts": len(stretches), "ended": run.ended,
                "head": head, "rows": base64.b64encode(packed).decode(),
            }  # fmt: skip
            yield {"_op_type": "index", "_index": self._index, "_id": f"{run.key}/{part}", "_source": source}


def _unpacked(parts: list[dict[str, Any]]) -> SharedRun:
    rows: list[object] = []
    for part in parts:
        try:
            text = gzip.decompress(base64.b64decode(part["rows"]))
        except (EOFError, OSError, zlib.error) as error:
            raise ValueError(f"packed rows: {error}") from error
        rows += json.loads(text)
    return msgspec.convert({**parts[0]["head"], "rows": rows}, SharedRun)
