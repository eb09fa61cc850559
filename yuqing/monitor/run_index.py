"""Copies the run ledger into Elasticsearch, for the dashboard 采集健康."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yuqing.monitor.ledger import Ledger
from yuqing.monitor.ledger_file import Run
from yuqing.monitor.settings import Settings

if TYPE_CHECKING:
    from indexer.kibana.runs import RunRecord

_LATEST = 10_000  # runs considered: as many as the index is queried for


def index_runs(ledger: Ledger, settings: Settings) -> int:
    """Write the runs that have ended and are not in the index yet; returns their number, 0 for the embedded store."""
    if not settings.in_elasticsearch:
        return 0
    from indexer.kibana.runs import RunIndex  # loads the client, 0.4 s

    host = ledger.machine
    index = RunIndex(settings.store_url, settings.access)
    try:
        known = index.known(host)
        new = [run for run in ledger.runs(_LATEST) if run.ended and "/" not in run.id and run.id not in known]
        return index.put(_record(ledger, run, host) for run in reversed(new))
    finally:
        index.close()


def _record(ledger: Ledger, run: Run, host: str) -> RunRecord:
    from indexer.kibana.runs import RunRecord

    return RunRecord(
        host=host,
        run=run.id,
        command=run.command,
        started=run.started,
        ended=run.ended,
        state=run.state,
        note=run.note,
        pages=ledger.by_source(run.id),
    )
