"""The doctor's check of the leases: which machines are crawling now, and which died and left sources leased."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from yuqing.core.errors import YuqingError
from yuqing.core.times import now
from yuqing.monitor.ops.doctor.data import Finding
from yuqing.monitor.settings import Settings

if TYPE_CHECKING:
    from indexer.elastic.leases import Lease

STUCK = timedelta(minutes=5)  # beyond the lease itself: allows for clocks that differ between machines


def lease_finding(settings: Settings) -> Finding:
    """Who holds leases in Elasticsearch, and which of them have not been renewed for too long."""
    from indexer.elastic.leases import Leases  # loads the client, 0.4 s

    try:
        with closing(Leases(settings.store_url, settings.access)) as leases:
            held = [lease for lease in leases.all() if lease.holder]
    except YuqingError as error:
        return Finding("leases", "hint", f"unknown: {error}")
    when = now()
    stuck = [lease for lease in held if when - datetime.fromisoformat(lease.renewed) > STUCK + _length(lease)]
    if stuck:
        first = min(stuck, key=lambda lease: lease.renewed)
        text = f"{len(stuck)} sources are held by {_machines(stuck)}, which no longer renews them"
        text += f": {first.source} since {first.renewed}"
        help_ = (
            "It died during a crawl: the next crawl on any machine takes the sources over; "
            "its own next crawl counts what it had fetched."
        )
        return Finding("leases", "hint", text, help_)
    if held:
        return Finding("leases", "ok", f"{_machines(held)} crawling {len(held)} sources now")
    return Finding("leases", "ok", "no source is being crawled")


def _length(lease: Lease) -> timedelta:
    return timedelta(seconds=lease.seconds)


def _machines(leases: Sequence[Lease]) -> str:
    return ", ".join(sorted({lease.machine for lease in leases}))
