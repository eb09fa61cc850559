"""The program as read: what the processes of `tests.forked` need not read again.

jieba's dictionary is read too, and the rules and sources of most folders; a command with others reads those.
"""

from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from classifiers.rules import load_rules
from crawler.sources import load_sources
from tests.few_rules import few_rules

ROOT = Path(__file__).resolve().parents[1]

for name in (
    "crawler.gateway",
    "crawler.pipelines.archive",
    "rich.progress",
    "tests.crawl.drive",
    "tests.forked",
    "yuqing.monitor.alerts.run",
    "yuqing.monitor.cli",
    "yuqing.monitor.ops.doctor.repair",
    "yuqing.monitor.ops.metrics",
    "yuqing.monitor.ops.restore",
    "yuqing.monitor.run.crawl",
    "yuqing.monitor.run.recovery",
):
    import_module(name)
load_rules(ROOT / "keywords.yaml")
with TemporaryDirectory() as folder:
    few = Path(folder, "keywords.yaml")
    few.write_text(few_rules(ROOT), "utf-8")
    load_rules(few)
load_sources(ROOT / "sources.yaml")
