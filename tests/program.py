"""The program as read: what the processes of `tests.forked` need not read again.

jieba's dictionary is read too; what the settings, rules and sources say is not.
"""

from importlib import import_module

from yuqing.core.segment import warm

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
warm()
