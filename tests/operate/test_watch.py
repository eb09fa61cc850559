"""What machines read: JSON logs and Prometheus metrics."""

from __future__ import annotations

import json
import re
import signal
import urllib.request

from prometheus_client.parser import text_string_to_metric_families

from tests.operate.conftest import Home, until


def samples(text: str) -> dict[tuple[str, str], float]:
    """Values by name and labels (in the order of their names)."""
    return {
        (sample.name, ",".join(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_json_logs_carry_run_and_source(home: Home) -> None:
    home.articles(2)
    home.start("crawl", YUQING_LOG_FORMAT="json", YUQING_LOG_LEVEL="INFO").wait(60)
    lines = [json.loads(line) for line in home.log.splitlines()]
    pages = [line for line in lines if "/a/" in line["message"]]
    assert len(pages) == 2
    assert {line["source"] for line in pages} == {"gov-example"}
    (run,) = {line["run"] for line in lines if "run" in line}
    assert run in home.run("runs")


def test_metrics_add_up_to_the_ledger(crawled: Home) -> None:
    found = samples(crawled.run("metrics"))
    assert found["yuqing_pages_total", "listing,gov-example"] == 1
    assert found["yuqing_pages_total", "indexed,gov-example"] == 8
    assert found["yuqing_runs_total", "done"] == 1
    assert found["yuqing_source_last_success_seconds", "gov-example"] > 1.5e9
    assert found["yuqing_disk_free_bytes", ""] > 0


def test_the_scheduler_serves_metrics(crawled: Home) -> None:
    crawled.settings("schedule = []\n")
    port = 20_000 + hash(str(crawled.path)) % 20_000
    scheduler = crawled.start("schedule", "run", "--metrics-port", str(port))
    until(lambda: "0 jobs" in crawled.log, "the start")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        assert re.search(rb"yuqing_pages_total\{.*indexed.*\} 8\.0", answer.read())
    scheduler.send_signal(signal.SIGTERM)
    assert scheduler.wait(20) == 0
