"""The runs of all machines that write to one Elasticsearch, so that each machine can report on all of them.

The index ``<prefix>-ledger`` has one document per part of a run: its pages, packed, as in a machine's ledger. A
completed run is written with its first part last, so that it is there either completely or not at all. An open run is
reported in pieces as it proceeds: its head, which is rewritten each time, is part -1, its pieces are -2 and so on; they
are removed once the whole run is there.
"""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import msgspec

from indexer.access import Access
from indexer.elastic.bulk import bulk
from indexer.elastic.client import connect, parse
from indexer.elastic.faults import faults
from indexer.elastic.mapping import DATE, KEYWORD
from indexer.elastic.names import Names
from indexer.elastic.setup import open_beside
from indexer.shared_run import Row, SharedRun
from indexer.unreadable import or_none

PART_ROWS = 5_000  # about 150 KB packed
_HEAD = -1  # the part number
_MISSING = 404
KNOWN_RUNS = 10_000  # compared at most, the latest first; at 20 runs a day more than a year
_PROPERTIES: dict[str, Any] = {
    "machine": KEYWORD, "run": KEYWORD, "part": {"type": "integer"}, "parts": {"type": "integer"}, "ended": DATE,
    "head": {"type": "object", "enabled": False}, "rows": {"type": "binary"},
}  # fmt: skip


class OpenHead(NamedTuple):
    """An open run without its pages: how many pieces hold these, and the version of the head."""

    run: SharedRun
    pieces: int
    version: str


class SharedRuns:
    """The index in the store at ``url``; created when missing. Raises YuqingError when the store is not set up."""

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
        """A whole run by its key; None for an unreadable one."""
        with faults(self._location):
            first = self._client.get(index=self._index, id=f"{key}/0")["_source"]
            ids = [f"{key}/{part}" for part in range(1, int(first.get("parts") or 1))]
            more = self._client.mget(index=self._index, ids=ids)["docs"] if ids else []
        return or_none(partial(_unpacked, first["head"]), [first, *(entry.get("_source", {}) for entry in more)])

    def put(self, runs: Iterable[SharedRun]) -> None:
        """Write completed runs; what was reported of them before is removed."""
        with faults(self._location):
            for run in runs:
                first, *rest = self._documents(run)
                bulk(self._client, self._location, rest)
                bulk(self._client, self._location, [first])
                self._forget(run)

    def tell(self, head: SharedRun, pieces: int, rows: Sequence[Row] = ()) -> None:
        """Write the head of an open run of so many ``pieces``, and the current version of the last one, if given."""
        last = [self._part(head, -1 - pieces, {"rows": _packed(rows)})] if rows else []
        with faults(self._location):
            plain = _head(head) | {"pieces": pieces}
            bulk(self._client, self._location, [*last, self._part(head, _HEAD, {"head": plain})])

    def open_heads(self) -> list[OpenHead]:
        """The readable open runs of all machines."""
        with faults(self._location):
            self._client.indices.refresh(index=self._index)
            hits = self._client.search(
                index=self._index, query={"term": {"part": _HEAD}}, size=KNOWN_RUNS, seq_no_primary_term=True
            )["hits"]["hits"]
        read = (or_none(_open_head, hit) for hit in hits)
        return [head for head in read if head is not None]

    def get_open(self, head: OpenHead) -> SharedRun | None:
        """An open run with the pages reported so far; None for one that is unreadable or has ended since."""
        ids = [f"{head.run.key}/{-2 - number}" for number in range(head.pieces)]
        with faults(self._location):
            found = self._client.mget(index=self._index, ids=ids)["docs"] if ids else []
        return or_none(partial(_unpacked, _head(head.run)), [entry.get("_source", {}) for entry in found])

    def _forget(self, run: SharedRun) -> None:
        self._client.indices.refresh(index=self._index)
        hits = self._client.search(
            index=self._index,
            query={"bool": {"filter": [
                {"term": {"machine": run.machine}}, {"term": {"run": run.run}}, {"range": {"part": {"lt": 0}}}
            ]}},
            size=KNOWN_RUNS,
            source=False,
        )["hits"]["hits"]  # fmt: skip
        gone = ({"_op_type": "delete", "_index": self._index, "_id": hit["_id"]} for hit in hits)
        bulk(self._client, self._location, gone, expected={_MISSING})

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _documents(self, run: SharedRun) -> Iterator[dict[str, Any]]:
        stretches = [run.rows[at : at + PART_ROWS] for at in range(0, len(run.rows), PART_ROWS)] or [()]
        for part, rows in enumerate(stretches):
            more = {"parts": len(stretches), "ended": run.ended, "head": _head(run), "rows": _packed(rows)}
            yield self._part(run, part, more)

    def _part(self, run: SharedRun, part: int, more: dict[str, Any]) -> dict[str, Any]:
        source = {"machine": run.machine, "run": run.run, "part": part, **more}
        return {"_op_type": "index", "_index": self._index, "_id": f"{run.key}/{part}", "_source": source}


def _head(run: SharedRun) -> dict[str, Any]:
    return {name: value for name, value in msgspec.to_builtins(run).items() if name != "rows"}


def _open_head(hit: dict[str, Any]) -> OpenHead:
    plain = hit["_source"]["head"]
    return OpenHead(msgspec.convert(plain, SharedRun), int(plain["pieces"]), f"{hit['_seq_no']} {hit['_primary_term']}")


def _packed(rows: Sequence[Row]) -> str:
    packed = gzip.compress(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass"), mtime=0)
    return base64.b64encode(packed).decode()


def _unpacked(head: dict[str, Any], parts: list[dict[str, Any]]) -> SharedRun:
    rows: list[object] = []
    for part in parts:
        try:
            text = gzip.decompress(base64.b64decode(part["rows"]))
        except (EOFError, OSError, zlib.error) as error:
            raise ValueError(f"packed rows: {error}") from error
        rows += json.loads(text)
    return msgspec.convert({**head, "rows": rows}, SharedRun)
