"""The URL memory of a crawl: this folder's own, or that of all machines that crawl into one Elasticsearch."""

from __future__ import annotations

from crawler.state import UrlState
from crawler.working_copy import WorkingCopy
from indexer.store import StoreUnavailableError
from yuqing.core.errors import YuqingError
from yuqing.monitor.run.telling import Telling
from yuqing.monitor.workspace import Workspace


def open_memory(space: Workspace, telling: Telling, *, fixed: bool, sources: int) -> UrlState:
    """The URL memory configured for ``space``. ``fixed``: the sources belong to this machine alone, and need no lease.

    Raises YuqingError while Elasticsearch is down: without leases none of the ``sources`` may be accessed.
    """
    settings = space.settings
    file, recheck = settings.state_file, settings.crawl.recheck_days
    if not settings.in_elasticsearch:
        return UrlState(file, recheck)
    if fixed:
        return WorkingCopy(file, recheck)
    from indexer.elastic.leases import Leases  # loads the client, 0.4 s
    from indexer.elastic.shared_urls import SharedUrls
    from yuqing.monitor.run.shared_memory import SharedUrlMemory

    try:
        return SharedUrlMemory(
            file,
            recheck,
            Leases(settings.store_url, settings.access),
            SharedUrls(settings.store_url, settings.access),
            machine=space.ledger.machine,
            seconds=settings.crawl.lease,
            most=settings.crawl.concurrency,
            telling=telling,
        )
    except StoreUnavailableError as error:
        raise YuqingError(
            f"{error} Without it, it is unknown which machine may access which site: none of the {sources} sources "
            "was started. If this machine is the only one, `--shard 1/1` crawls regardless."
        ) from error
