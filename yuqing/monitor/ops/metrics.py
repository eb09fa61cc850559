"""Metrics for Prometheus: pages, runs, jobs and sources, read from the ledger at each request."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from indexer.spool import spool_state
from yuqing.core.errors import YuqingError
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.schedule.job_log import JobLog
from yuqing.monitor.settings import Settings


class _Ledgers(Collector):
    """The metrics of a data folder."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def collect(self) -> Iterator[Metric]:
        """Read everything afresh."""
        settings = self._settings
        with closing(Ledger(settings.ledger_file)) as ledger:
            pages = CounterMetricFamily("yuqing_pages", "Pages by source and outcome", labels=["source", "outcome"])
            for source, counts in ledger.by_source().items():
                for outcome, count in counts.items():
                    pages.add_metric([source, outcome], count)
            yield pages
            seen = GaugeMetricFamily(
                "yuqing_source_last_success_seconds",
                "When a source last yielded an article or a list",
                labels=["source"],
            )
            for source, at in ledger.last_success().items():
                seen.add_metric([source], _seconds(at))
            yield seen
            runs = CounterMetricFamily("yuqing_runs", "Runs by state", labels=["state"])
            for state, count in ledger.states().items():
                runs.add_metric([state], count)
            yield runs
        yield from _jobs(JobLog(settings.ledger_file))
        if settings.in_elasticsearch:
            spool = spool_state(settings.spool_file)
            spooled = GaugeMetricFamily(
                "yuqing_spool_writes", "Writes waiting for Elasticsearch, and items that it refuses", labels=["state"]
            )
            spooled.add_metric(["waiting"], spool.waiting)
            spooled.add_metric(["refused"], len(spool.refused))
            yield spooled
        free = GaugeMetricFamily("yuqing_disk_free_bytes", "Free space on the disk of the data folder")
        free.add_metric([], shutil.disk_usage(settings.data).free)
        yield free


def _jobs(log: JobLog) -> Iterator[Metric]:
    began = GaugeMetricFamily("yuqing_job_last_start_seconds", "When a job last started", labels=["job"])
    good = GaugeMetricFamily("yuqing_job_last_good", "1 if the last start of a job did not fail", labels=["job"])
    for name, result in log.last().items():
        began.add_metric([name], _seconds(result.started))
        good.add_metric([name], float(result.state not in ("failed", "crashed")))
    yield began
    yield good


def metrics_text(settings: Settings) -> str:
    """The metrics in Prometheus text format."""
    return generate_latest(_registry(settings)).decode()


def serve_metrics(settings: Settings, port: int) -> None:
    """Serve /metrics on ``port`` of loopback from a thread of this process."""
    try:
        start_http_server(port, "127.0.0.1", registry=_registry(settings))
    except OSError as error:
        raise YuqingError(f"Loopback port {port} cannot be used for the metrics ({error.strerror}).") from error


def _registry(settings: Settings) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Ledgers(settings))
    return registry


def _seconds(stamp: str) -> float:
    return datetime.fromisoformat(stamp).timestamp()
