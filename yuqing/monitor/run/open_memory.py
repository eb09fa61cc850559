"""The URL memory of a crawl: this folder's own, or that of all machines that crawl into one Elasticsearch."""

from __future__ import annotations

import logging

from crawler.state import UrlState
from crawler.working_copy import WorkingCopy
from indexer.store import StoreUnavailableError
from yuqing.core.errors import YuqingError
from yuqing.monitor.workspace import Workspace

logger = logging.getLogger(__name__)


def open_memory(space: Workspace, *, fixed: bool) -> UrlState:
    """The memory that ``space`` names. ``fixed``: the sources are this machine's alone, and need no lease.

    A machine that never met another crawls without leases while the server is away; one that has raises YuqingError.
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
        )
    except StoreUnavailableError as error:
        if space.ledger.others():
            raise YuqingError(
                f"{error} Without it nobody knows which machine may ask which site; `--shard 1/1` crawls all the same."
            ) from error
        logger.warning("crawling without leases: %s", error)
        return WorkingCopy(file, recheck)
