"""What the last probe of a failing source found, for the alert that reports the source."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta

from crawler.probe.records import Probe
from yuqing.monitor.probe_book import ProbeBook
from yuqing.monitor.settings import Settings

RECENT = timedelta(days=3)  # an older probe says nothing about today's fault


def probe_texts(settings: Settings, when: datetime) -> dict[str, str]:
    """By source id, what a recent probe found and proposes, in Chinese."""
    if not settings.probe_file.exists():
        return {}
    with closing(ProbeBook(settings.probe_file)) as book:
        probes = book.probes()
    since = (when - RECENT).isoformat(timespec="seconds")
    return {name: probe_text(probe) for name, probe in probes.items() if probe.at >= since}


def probe_text(probe: Probe) -> str:
    """The verdict with the first proposed fix and the command that applies it."""
    command = f"yuqing sources probe {probe.source_id}"
    for each in sorted(probe.proposals, key=lambda proposal: not proposal.sure):
        if each.kind == "host":
            return (
                f"探测：{probe.verdict}，主机迁往 {each.hosts[0]}，确认后运行 {command} --host {each.hosts[0]} --apply"
            )
        if each.new:
            take = f"{command} --last --apply" + ("" if each.sure else " --unsure")
            told = "可直接应用" if each.sure else "待确认"
            return f"探测：{probe.verdict}，建议改用 {each.new.url}（{each.why}，{told}）：{take}"
    return f"探测：{probe.verdict}" + ("" if probe.verdict == "可用" else "，没有找到替代的列表")
