"""The index of crawl runs, ``<prefix>-runs``, for the dashboard 采集健康.

It holds one document for each run (kind ``run``) and one for each source and outcome of a run (kind ``pages``).
Only runs that have ended are written, so that a document never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from indexer.access import Access
from indexer.elastic.bulk import bulk
from indexer.elastic.client import connect, parse
from indexer.elastic.faults import faults
from indexer.elastic.mapping import DATE, KEYWORD
from indexer.elastic.names import Names
from indexer.elastic.setup import check, create
from yuqing.core.records import Outcome

RUN_PROPERTIES: dict[str, Any] = {
    "kind": KEYWORD,
    "host": KEYWORD,
    "run": KEYWORD,
    "command": KEYWORD,
    "started": DATE,
    "ended": DATE,
    "seconds": {"type": "integer"},
    "state": KEYWORD,
    "note": KEYWORD,
    "source": KEYWORD,
    "outcome": KEYWORD,
    "group": KEYWORD,
    "pages": {"type": "integer"},
}
RUNS_SCHEMA = 1
KNOWN_RUNS = 10_000  # the latest runs that are compared; more than a year's at 20 runs a day
NOTE_CHARS = 500  # the ledger has the full error

GROUPS: dict[str, str] = {
    Outcome.INDEXED: "article",
    Outcome.UPDATED: "article",
    Outcome.UNCHANGED: "article",
    Outcome.REPRINT: "article",
    Outcome.NOT_RELEVANT: "article",
    Outcome.UNDATED: "unusable",
    Outcome.NOT_STORED: "failed",
    Outcome.TOO_SHORT: "unusable",
    Outcome.SCRIPT_DRAWN: "unusable",
    Outcome.NO_TITLE: "unusable",
    Outcome.LIST_PAGE: "unusable",
    Outcome.NOT_HTML: "unusable",
    Outcome.UNDECODABLE: "unusable",
    Outcome.GARBLED: "unusable",
    Outcome.ERROR_PAGE: "unusable",
    Outcome.PART: "listing",
    Outcome.LISTING: "listing",
    Outcome.LISTING_EMPTY: "unusable",
    Outcome.CONTROL: "listing",
    Outcome.REFUSED: "refused",
    Outcome.BACKOFF: "refused",
    Outcome.ROBOTS: "refused",
    Outcome.OFF_SITE: "unusable",
    Outcome.REDIRECT_LOOP: "unusable",
    Outcome.HTTP_ERROR: "unreached",
    Outcome.TOO_LARGE: "unusable",
    Outcome.TIMEOUT: "unreached",
    Outcome.NETWORK: "unreached",
    Outcome.BAD_ADDRESS: "unusable",
    Outcome.UNREADABLE: "unusable",
    Outcome.FAILED: "failed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """A finished run. ``pages`` counts by source and outcome; ``host`` distinguishes the runs of several machines."""

    host: str
    run: str
    command: str
    started: str
    ended: str
    state: str
    note: str
    pages: Mapping[str, Mapping[str, int]]

    @property
    def key(self) -> str:
        """The document id of the run."""
        return f"{self.host}/{self.run}"


class RunIndex:
    """The index of runs alongside the items of the store at ``url`` (elasticsearch://…); created if missing.

    Raises YuqingError if the store itself is not set up.
    """

    def __init__(self, url: str, access: Access) -> None:
        address = parse(url)
        self._location = address.server
        names = Names(address.prefix)
        self.name = f"{names.prefix}-runs"
        self._client = connect(address, access)
        body = {
            "settings": {"number_of_shards": 1},
            "mappings": {"dynamic": "strict", "_meta": {"schema": RUNS_SCHEMA}, "properties": RUN_PROPERTIES},
        }
        try:
            with faults(self._location):
                check(self._client, self._location, address.prefix)
                create(self._client, self.name, body)
        except BaseException:
            self._client.close()
            raise

    def known(self, host: str) -> set[str]:
        """The runs of ``host`` that are in the index, among the latest :data:`KNOWN_RUNS`."""
        with faults(self._location):
            self._client.indices.refresh(index=self.name)
            answer = self._client.search(
                index=self.name,
                query={"bool": {"filter": [{"term": {"kind": "run"}}, {"term": {"host": host}}]}},
                sort=[{"started": "desc"}],
                size=KNOWN_RUNS,
                source_includes=["run"],
            )
        return {hit["_source"]["run"] for hit in answer["hits"]["hits"]}

    def put(self, records: Iterable[RunRecord]) -> int:
        """Write runs with their pages; returns the number of runs. The run itself is written last, so that it counts as
        known only once complete."""
        runs = list(records)
        with faults(self._location):
            bulk(self._client, self._location, self._actions(doc for run in runs for doc in _pages(run)))
            bulk(self._client, self._location, self._actions(_run(run) for run in runs))
        return len(runs)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _actions(self, documents: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
        for key, source in documents:
            yield {"_op_type": "index", "_index": self.name, "_id": key, "_source": source}


def _run(record: RunRecord) -> tuple[str, dict[str, Any]]:
    took = datetime.fromisoformat(record.ended) - datetime.fromisoformat(record.started)
    total = sum(count for counts in record.pages.values() for count in counts.values())
    return record.key, {
        **_head(record, "run"),
        "ended": record.ended,
        "seconds": int(took.total_seconds()),
        "state": record.state,
        "note": record.note[:NOTE_CHARS],
        "pages": total,
    }


def _pages(record: RunRecord) -> Iterator[tuple[str, dict[str, Any]]]:
    for source, counts in record.pages.items():
        for outcome, count in counts.items():
            yield (
                f"{record.key}/{source}/{outcome}",
                {
                    **_head(record, "pages"),
                    "source": source,
                    "outcome": outcome,
                    "group": GROUPS[outcome],
                    "pages": count,
                },
            )


def _head(record: RunRecord, kind: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "host": record.host,
        "run": record.run,
        "command": record.command,
        "started": record.started,
    }
