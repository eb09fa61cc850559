"""Everything that an operator or an analyst may have to be alerted to now."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from classifiers.keywords import parse_keywords
from indexer.filters import query_of
from indexer.saved_searches import saved_searches
from indexer.spool import SpoolingStore
from indexer.store import Query, Store, StoreUnavailableError
from yuqing.core.errors import YuqingError
from yuqing.core.facets import FACETS, facet_texts
from yuqing.core.records import Item
from yuqing.core.urls import printed_url
from yuqing.monitor.alerts.finding import Finding
from yuqing.monitor.alerts.source_mends import probe_texts
from yuqing.monitor.alerts.source_rules import source_findings
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.schedule.job_log import JobLog
from yuqing.monitor.setting_tables import AlertSettings
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import Workspace

NEWS_DAYS = 7  # how old (days) an article may be to be reported
RUN_DAYS = 3  # how old (days) a failed run may be to be reported
SKIPS = 3  # consecutive starts skipped for a manual crawl, each after an hour of waiting: it hangs
_BAD = ("failed", "crashed", "interrupted")
_STATES = {"failed": "失败", "crashed": "异常中断", "interrupted": "中断，所在机器不再有消息"}


def findings(space: Workspace, log: JobLog, when: datetime) -> list[Finding]:
    """All findings, those about the machine first. A check that fails becomes a finding itself and hides no other.

    Raises sqlite3.DatabaseError for a damaged ledger: without it there is no telling what was sent before.
    """
    settings, ledger = space.settings, space.ledger
    parts: dict[str, Callable[[], Iterable[Finding]]] = {
        "磁盘": lambda: _disk(settings),
        settings.keywords.name: lambda: _rules(settings, ledger, when),
        "条目库": lambda: _spool(settings, space.store),
        "任务": lambda: _jobs(settings, ledger, log, when),
        settings.sources.name: lambda: source_findings(
            space.sources, ledger, when, settings.alerts.silent_days, probe_texts(settings, when)
        ),
        "关注": lambda: _news(settings, space.store, when),
    }
    return [finding for name, part in parts.items() for finding in _looked(name, part)]


def _looked(name: str, part: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """What ``part`` finds, or a finding that it failed."""
    try:
        return list(part())
    except sqlite3.DatabaseError:
        raise
    except Exception as error:  # whatever is broken, report the rest
        said = str(error) if isinstance(error, YuqingError) else f"程序出错 {type(error).__name__}: {error}"
        first, *more = said.splitlines() or [""]
        text = f"{name} 无法检查：{first}" + (f"（另有 {len(more)} 处）" if more else "")
        return [Finding(f"broken:{name}", ("broken",), text)]


def _rules(settings: Settings, ledger: Ledger, when: datetime) -> Iterator[Finding]:
    """The rules of the present keywords.yaml that the crawls had to switch off. Raises the file's fault if invalid."""
    file, _ = parse_keywords(settings.keywords)
    for rule, url in ledger.rules_off(when - timedelta(days=RUN_DAYS), file.version).items():
        text = f"规则 /{rule}/ 太慢，采集时已停用，相应标签会缺失，请改写（遇到的文章：{url}）"
        yield Finding(f"rule:{rule}", ("slow",), text)


def _disk(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.data).free / 1e9
    if free < settings.alerts.disk_free_gb:
        yield Finding("disk", ("full",), f"磁盘空间不足：剩余 {free:.1f} GB（{settings.data}）")


def _spool(settings: Settings, store: Store) -> Iterator[Finding]:
    """What still waits for Elasticsearch although delivery was just attempted, and what Elasticsearch refused."""
    if not isinstance(store, SpoolingStore):
        return
    waiting, refused = store.deliver(now=True), len(store.refused())
    size = settings.spool_file.stat().st_size / 1e6
    if waiting:
        yield Finding("spool", ("waiting",), f"Elasticsearch 无法写入：{waiting} 次写入在本机等待（{size:.0f} MB）")
    if refused:
        text = f"Elasticsearch 拒收 {refused} 条，保留在 {settings.spool_file}；处理办法见 yuqing doctor"
        yield Finding("spool:refused", ("refused",), text)


def _jobs(settings: Settings, ledger: Ledger, log: JobLog, when: datetime) -> Iterator[Finding]:
    """Jobs whose last start failed, and manually started runs whose last attempt did."""
    last = log.last()
    for job in settings.schedule:
        result = last.get(job.name)
        if result and result.state in _BAD:
            yield Finding(f"job:{job.name}", (result.state,), f"任务 {job.name} {_STATES[result.state]}：{result.note}")
        elif result and result.state == "skipped" and result.in_a_row >= SKIPS:
            text = f"任务 {job.name} 连续 {result.in_a_row} 次未能开始：{result.note}"
            yield Finding(f"job:{job.name}", ("skipped",), text)
    scheduled = {" ".join(job.command) for job in settings.schedule}
    latest = {(run.machine, run.command): run for run in reversed(ledger.runs(200))}
    oldest = (when - timedelta(days=RUN_DAYS)).isoformat()
    for (machine, command), run in latest.items():
        if (
            run.state in _BAD
            and run.started >= oldest
            and not (not machine and any(line.startswith(_shown(command)) for line in scheduled))
        ):
            key = f"run:{machine}/{command}" if machine else f"run:{command}"
            note = f"：{run.note}" if run.note else ""
            yield Finding(key, (run.state,), f"{command}（{run.id}）{_STATES[run.state]}{note}")


def _shown(command: str) -> str:
    """The beginning of a run's command; of many sources the ledger shows the first."""
    return command.partition(" and ")[0]


def _news(settings: Settings, store: Store, when: datetime) -> list[Finding]:
    """The articles to report, or a finding that the store is unavailable."""
    try:
        return list(_articles(settings.alerts, store, when))
    except StoreUnavailableError as error:
        return [Finding("store", ("away",), f"条目库无法连接：{error}")]


def _articles(settings: AlertSettings, store: Store, when: datetime) -> Iterator[Finding]:
    """Articles that many sources carry, that have a watched tag, or that a saved search finds; a cluster by its
    lead."""
    since = when.date() - timedelta(days=NEWS_DAYS)
    searched = _searched(store, since)
    found = {item.id: item for item in store.stream(Query(since=since, cluster_leads_only=True))}
    found |= {item.id: item for item, _ in searched.values()}
    for item in found.values():
        reasons = {}
        if item.cluster:
            carried = store.search(Query(cluster=item.cluster.id, relevant=None, size=0)).facets["source"]
            if len(carried) >= settings.heat:
                reasons["heat"] = f"{len(carried)} 家来源刊载"
        if watched := sorted(watched_names(item) & set(settings.watch)):
            reasons["watch"] = "关注：" + "、".join(watched)
        if item.id in searched:
            reasons["search"] = "符合检索：" + "、".join(searched[item.id][1])
        if reasons:
            why = "；".join(reasons.values())
            text = f"《{item.article.title}》{item.source_name} {why} {printed_url(item.article.url)}".rstrip()
            yield Finding(f"item:{item.id}", tuple(sorted(reasons)), text, news=True)


def _searched(store: Store, since: date) -> dict[str, tuple[Item, list[str]]]:
    """The items since that day found by saved searches with an alert, by id, with the names of these searches."""
    found: dict[str, tuple[Item, list[str]]] = {}
    for search in saved_searches(store).values():
        if not search.alert:
            continue
        query = query_of(search.filters)
        first = max(since, query.since or since)
        for item in store.stream(replace(query, since=first, cluster_leads_only=True)):
            found.setdefault(item.id, (item, []))[1].append(search.name)
    return found


def watched_names(item: Item) -> set[str]:
    """The names in an item that an operator may watch for."""
    return {text for facet in FACETS if facet.key != "section" for text in facet_texts(facet, item.tags)}
