"""Sources whose daily runs fail more than in their own past: probed automatically, at most once a day."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta

from yuqing.core.records import Source
from yuqing.monitor.alerts.source_rules import source_faults
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.probe_book import ProbeBook
from yuqing.monitor.settings import Settings

ONCE = timedelta(hours=20)  # a daily job does not start at the same second every day
MENDABLE = {
    "list",
    "body",
    "date",
    "unreached",
    "silent",
}  # faults that a probe can tell more about; a site that refuses is left alone


def ill_sources(settings: Settings, sources: Sequence[Source], when: datetime) -> list[Source]:
    """Those of ``sources`` that the ledger calls failing in a way that a probe may fix, and that were not probed
    today."""
    with closing(Ledger(settings.ledger_file)) as ledger:
        faults = source_faults({source.id: source for source in sources}, ledger, when, settings.alerts.silent_days)
    with closing(ProbeBook(settings.probe_file)) as book:
        probed = book.probes()
    since = (when - ONCE).isoformat(timespec="seconds")
    return [
        source
        for source in sources
        if MENDABLE & set(faults.get(source.id, ())) and not (source.id in probed and probed[source.id].at > since)
    ]
