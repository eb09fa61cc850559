"""Which machine may crawl a source, where several machines crawl into one Elasticsearch: one document per source.

A lease is written only over the version that was read (optimistic concurrency: sequence number and primary term), so
that of several takers one succeeds. Its holder rewrites it regularly; a machine that sees the same version for longer
than the lease lasts, by its own clock, may take it. The clocks of two machines are never compared. Reasons:
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

ANSWER_SECONDS = 10.0  # a machine that waits longer has no use for the lease
MOST_SOURCES = 10_000  # shown at most
_CONFLICT = 409
_NUMBER = {"type": "long"}
_PROPERTIES: dict[str, Any] = {
    "source": KEYWORD, "turn": _NUMBER, "holder": KEYWORD, "beat": _NUMBER, "seconds": {"type": "float"},
    "renewed": DATE, "ended": _NUMBER, "work": STORED, "notes": {"type": "object", "enabled": False},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The lease of ``source``. ``turn`` counts how often it was taken, ``beat`` how often it was written.

    ``holder`` is the machine and its process, MACHINE/PROCESS, or empty if the lease is free. It lasts ``seconds``;
    ``renewed`` (ISO) is for people. The last turn that was completed is ``ended``; ``work`` says what was to be crawled
    in it.
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
    """The index ``<prefix>-leases`` in the store at ``url``; created when missing.

    Raises YuqingError when the store is not set up, StoreUnavailableError while it cannot be reached.
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
        """The current leases of ``sources``; none for a source that was never taken."""
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
        """Write each over the version that it carries; returns, by source, those whose version was still current."""
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
        # A write whose response was lost is retried by the client and then conflicts with itself.
        again = self.look(conflicts)
        return written | {key: lease for key, lease in again.items() if _source(lease) == _source(wanted[key])}

    def close(self) -> None:
        """Close the connection."""
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
