"""Exchanging runs with the other machines that fill the same store, so that coverage and health include all of them.

Each machine keeps its own ledger file, which needs no server and loses nothing when the server is down; its runs are
copied through Elasticsearch, a crawl while it is running too (yuqing/monitor/run/telling.py). Here, a run of another
machine is called MACHINE/RUN.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from yuqing.core.errors import YuqingError
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.run_index import index_runs
from yuqing.monitor.settings import Settings

if TYPE_CHECKING:
    from indexer.elastic.shared_runs import SharedRuns

logger = logging.getLogger(__name__)


def exchange_runs(ledger: Ledger, settings: Settings) -> int:
    """Receive the runs of other machines and send the finished ones; returns how many finished ones were received.

    Does nothing with the embedded store.
    """
    if not settings.in_elasticsearch:
        return 0
    from indexer.elastic.shared_runs import SharedRuns  # loads the client, 0.4 s

    shared = SharedRuns(settings.store_url, settings.access)
    try:
        there, here = shared.keys(), ledger.ended()
        taken = 0
        for key in sorted(there - here):
            if not key.startswith(f"{ledger.machine}/") and (run := shared.get(key)):
                ledger.take_over(run)
                taken += 1
        _take_open(ledger, shared, there)
        ours = {run for run in here | {run.id for run in ledger.unclosed()} if "/" not in run}
        alone = [run for run in sorted(ours) if f"{ledger.machine}/{run}" not in there]
        for name in alone:
            ledger.count_once(name)
        shared.put(ledger.shared_run(name) for name in alone if name in here)
        return taken
    finally:
        shared.close()


def _take_open(ledger: Ledger, shared: SharedRuns, whole: set[str]) -> None:
    """Import what is known of the open runs of other machines; one that is no longer updated is interrupted."""
    for head in shared.open_heads():
        run = head.run
        if run.machine == ledger.machine or run.key in whole:
            continue
        if ledger.watched(run.key) == head.version:
            ledger.interrupt(run.key, run.seconds)
        elif told := shared.get_open(head):
            ledger.take_over(told, head.version)


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
