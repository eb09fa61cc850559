"""Whose turn a source is, where several machines crawl into one Elasticsearch: a document a source.

A lease is written only over the version that was read (optimistic concurrency: sequence number and primary term), so
of several takers one succeeds. Its holder writes it again and again; who sees the same version for longer than the
lease lasts, by a clock of his own, may take it. No two machines' clocks are compared. Why so:
docs/decisions/scale/sources-are-leased-in-elasticsearch.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from elasticsearch import Elasticsearch

from indexer.access import Access
from indexer.elastic.client import RETRIES, connect, parse
from indexer.elastic.faults import faults, refusal
from indexer.elastic.mapping import DATE, KEYWORD, STORED
from indexer.elastic.names import Names
from indexer.elastic.setup import open_beside
from yuqing.core.url_rows import SourceNotes

ANSWER_SECONDS = 10.0  # a lease is of no use to who waits longer
MOST_SOURCES = 10_000  # that are shown
_CONFLICT = 409
_NUMBER = {"type": "long"}
_PROPERTIES: dict[str, Any] = {
    "source": KEYWORD, "turn": _NUMBER, "holder": KEYWORD, "beat": _NUMBER, "seconds": {"type": "float"},
    "renewed": DATE, "ended": _NUMBER, "work": STORED, "notes": {"type": "object", "enabled": False},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The lease of ``source``. ``turn`` counts the times it was taken, ``beat`` those it was written.

    ``holder`` is the machine and its process, MACHINE/PROCESS, or empty: then it is free. It lasts ``seconds``;
    ``renewed`` (ISO) is for people. The last turn that came to its end was ``ended``, with what was asked in ``work``.
    """

    source: str
    turn: int = 0
    holder: str = ""
    beat: int = 0
    seconds: float = 0.0
    renewed: str = ""
    ended: int = 0
    work: str = ""
    notes: SourceNotes = field(default_factory=SourceNotes)
    version: tuple[int, int] | None = None

    @property
    def machine(self) -> str:
        """The name of the holder's data folder."""
        return self.holder.partition("/")[0]


class Leases:
    """The index ``<prefix>-leases`` in the store at ``url``; made when it is absent.

    Raises YuqingError when the store is not set up, StoreUnavailableError while it is away.
    """

    def __init__(self, url: str, access: Access) -> None:
        address = parse(url)
        self._location = address.server
        self._index = Names(address.prefix).leases
        connected = connect(address, access)
        retries = len(address.servers) - 1 if len(address.servers) > 1 else 0
        self._client: Elasticsearch = connected.options(
            request_timeout=ANSWER_SECONDS, max_retries=min(retries, RETRIES)
        )
        open_beside(self._client, address, self._index, _PROPERTIES)

    def look(self, sources: Sequence[str]) -> dict[str, Lease]:
        """The leases of ``sources`` as they are now; none where a source was never taken."""
        if not sources:
            return {}
        with faults(self._location):
            found = self._client.mget(index=self._index, ids=list(sources))["docs"]
        return {entry["_id"]: _lease(entry) for entry in found if entry.get("found")}

    def all(self) -> list[Lease]:
        """All leases, by source."""
        with faults(self._location):
            self._client.indices.refresh(index=self._index)
            hits = self._client.search(index=self._index, size=MOST_SOURCES, sort=["source"], seq_no_primary_term=True)[
                "hits"
            ]["hits"]
        return [_lease(hit) for hit in hits]

    def write(self, leases: Iterable[Lease]) -> dict[str, Lease]:
        """Write each over the version that it carries; by source those that nobody had written meanwhile."""
        wanted = {lease.source: replace(lease, beat=lease.beat + 1) for lease in leases}
        if not wanted:
            return {}
        operations: list[dict[str, Any]] = []
        for key, lease in wanted.items():
            operations += [_over(key, lease.version), _source(lease)]
        with faults(self._location):
            answer = self._client.bulk(index=self._index, operations=operations)
        written, conflicts = {}, []
        for entry in answer["items"]:
            ((_, told),) = entry.items()
            if told["status"] == _CONFLICT:
                conflicts.append(told["_id"])
            elif "error" in told:
                raise refusal(self._location, told["status"], told)
            else:
                written[told["_id"]] = replace(wanted[told["_id"]], version=(told["_seq_no"], told["_primary_term"]))
        # A write whose answer was lost on the way is tried again by the client, and is then in its own way.
        again = self.look(conflicts)
        return written | {key: lease for key, lease in again.items() if _source(lease) == _source(wanted[key])}

    def close(self) -> None:
        """End the connection."""
        self._client.close()


def _over(key: str, version: tuple[int, int] | None) -> dict[str, Any]:
    if version is None:
        return {"create": {"_id": key}}
    return {"index": {"_id": key, "if_seq_no": version[0], "if_primary_term": version[1]}}


def _source(lease: Lease) -> dict[str, Any]:
    return {
        "source": lease.source, "turn": lease.turn, "holder": lease.holder, "beat": lease.beat,
        "seconds": lease.seconds, "renewed": lease.renewed, "ended": lease.ended, "work": lease.work,
        "notes": msgspec.to_builtins(lease.notes),
    }  # fmt: skip


def _lease(entry: dict[str, Any]) -> Lease:
    source = dict(entry["_source"])
    notes = msgspec.convert(source.pop("notes"), SourceNotes)
    return Lease(**source, notes=notes, version=(entry["_seq_no"], entry["_primary_term"]))
