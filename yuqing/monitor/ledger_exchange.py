"""Exchanging runs with the other machines that fill the same store, so that coverage and health include all of them.

Each machine keeps its own ledger file, which needs no server and loses nothing when the server is down; finished runs
are copied through Elasticsearch. Here, a run of another machine is called MACHINE/RUN.
"""

from __future__ import annotations

import logging

from yuqing.core.errors import YuqingError
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.run_index import index_runs
from yuqing.monitor.settings import Settings

logger = logging.getLogger(__name__)


def exchange_runs(ledger: Ledger, settings: Settings) -> int:
    """Send and receive finished runs; returns how many came from other machines. Does nothing with the embedded
    store."""
    if not settings.in_elasticsearch:
        return 0
    from indexer.elastic.shared_runs import SharedRuns  # loads the client, 0.4 s

    shared = SharedRuns(settings.store_url, settings.access)
    try:
        there, here = shared.keys(), ledger.ended()
        shared.put(ledger.shared_run(run) for run in here if "/" not in run and f"{ledger.machine}/{run}" not in there)
        missing = sorted(key for key in there if key not in here and not key.startswith(f"{ledger.machine}/"))
        taken = 0
        for key in missing:
            if run := shared.get(key):
                ledger.take_over(run)
                taken += 1
        return taken
    finally:
        shared.close()


def open_ledger(settings: Settings) -> Ledger:
    """The ledger including what other machines have done so far; if they cannot be reached, a warning is logged."""
    ledger = Ledger(settings.ledger_file)
    try:
        exchange_runs(ledger, settings)
    except YuqingError as error:
        logger.warning("only the runs of this machine are known: %s", error)
    return ledger


def try_exchange(ledger: Ledger, settings: Settings) -> str:
    """Exchange runs and feed the dashboard 采集健康 where a fault must not fail the command; returns the error or "".

    What is missing follows with the next command.
    """
    try:
        exchange_runs(ledger, settings)
        index_runs(ledger, settings)
    except YuqingError as error:
        return f"the runs were not exchanged with Elasticsearch: {error}"
    return ""
