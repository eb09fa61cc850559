"""What is ready, what is missing and how to get it; what is wrong and whether it can be repaired."""

from __future__ import annotations

import os
import shutil
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from classifiers.rules import load_rules
from crawler.sources import load_sources
from indexer.open import open_store
from indexer.spool import spool_state
from yuqing.core.errors import YuqingError
from yuqing.core.times import CLOCK_AHEAD, SHANGHAI, now
from yuqing.monitor.ops.backup import backups
from yuqing.monitor.ops.doctor.data import Finding, book_findings, database_findings
from yuqing.monitor.ops.doctor.leases import lease_finding
from yuqing.monitor.schedule.scheduler import scheduler_of
from yuqing.monitor.settings import Settings, unknown_variables
from yuqing.monitor.site_proxy import ignored_proxy, opener

BACKUP_AGE = timedelta(days=3)
ANSWER_SECONDS = 15


def examine(settings: Settings, *, offline: bool = False, quick: bool = False) -> Iterator[Finding]:
    """Check everything. ``offline``: contact no site; ``quick``: do not read the archive."""
    yield from _files(settings)
    yield from _folders(settings)
    yield _disk(settings)
    if ahead := os.environ.get(CLOCK_AHEAD):
        yield Finding(
            "clock", "hint", f"the clock is set ahead by {ahead} s", f"Unset {CLOCK_AHEAD} unless this is a rehearsal."
        )
    if unknown := unknown_variables():
        text = f"no such setting: {', '.join(unknown)}"
        yield Finding("environment", "hint", text, "Misspelt? Nested names take two underscores: YUQING_ALERTS__URLS.")
    yield _contact(settings)
    yield _store(settings)
    if settings.in_elasticsearch:
        yield _spool(settings)
        yield lease_finding(settings)
    yield _program(
        "chromium", ("chromium", "chromium-browser", "google-chrome"), "used only by the tests of the review page"
    )
    yield _alerts(settings)
    yield _scheduler(settings)
    yield _backups(settings)
    if not offline and not settings.crawl.gateway:
        yield _network(settings)
    broken = list(database_findings(settings))
    yield from broken
    if not quick and settings.data.exists() and all(finding.state == "ok" for finding in broken):
        yield from book_findings(settings)


def _files(settings: Settings) -> Iterator[Finding]:
    loaders: tuple[tuple[Path, Callable[[Path], object]], ...] = (
        (settings.keywords, load_rules), (settings.sources, load_sources),
    )  # fmt: skip
    for path, load in loaders:
        try:
            load(path)
        except YuqingError as error:
            first = str(error).splitlines()[0].removeprefix(f"{path}: ")
            help_ = "Correct the file; `yuqing keywords check` lists every fault in the rules."
            yield Finding(path.name, "bad", first, "" if isinstance(error.__cause__, FileNotFoundError) else help_)
        else:
            yield Finding(path.name, "ok", "valid")


def _folders(settings: Settings) -> Iterator[Finding]:
    for name, folder in (("data", settings.data), ("out", settings.out), ("backups", settings.backups)):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            help_ = f"Grant yourself write permission, or set {name} in yuqing.toml."
            yield Finding(f"folder {name}", "bad", f"{folder}: cannot be written ({error.strerror})", help_)
        else:
            yield Finding(f"folder {name}", "ok", f"{folder} is writable")


def _disk(settings: Settings) -> Finding:
    folder = settings.data if settings.data.exists() else Path()
    free, least = shutil.disk_usage(folder).free / 1e9, settings.alerts.disk_free_gb
    if free < least:
        return Finding("disk", "bad", f"{free:.1f} GB free, less than {least:g}", "Free some space, or move data.")
    return Finding("disk", "ok", f"{free:.1f} GB free")


def _contact(settings: Settings) -> Finding:
    if settings.crawl.contact:
        return Finding("contact", "ok", f"the crawler identifies itself as {settings.agent}")
    text = "the crawler gives sites no contact address"
    return Finding("contact", "hint", text, "Set contact in [crawl] of yuqing.toml: a URL or an e-mail address.")


def _store(settings: Settings) -> Finding:
    if not settings.in_elasticsearch:
        return Finding("store", "ok", "the embedded store; Elasticsearch and Java are not needed")
    try:
        with closing(open_store(settings.store_url, settings.access)) as store:
            status = store.status()
    except YuqingError as error:
        java = "" if shutil.which("java") else " Java is not installed; Elasticsearch's own packages include it."
        return Finding("store", "bad", str(error), f"Start Elasticsearch, or remove store from yuqing.toml.{java}")
    return Finding("store", "ok", f"Elasticsearch at {status.location}: {status.items} items")


def _spool(settings: Settings) -> Finding:
    state = spool_state(settings.spool_file)
    if state.refused:
        key, why = state.refused[0]
        text = f"Elasticsearch refuses {len(state.refused)} items, kept in {settings.spool_file}; first {key}: {why}"
        help_ = "Run `yuqing index reindex --force`, which renews the mapping, then `yuqing index retry`."
        return Finding("spool", "bad", text, help_)
    if state.waiting:
        text = f"{state.waiting} writes wait in {settings.spool_file}"
        return Finding("spool", "hint", text, "The next crawl delivers them; `yuqing index status` does so now.")
    return Finding("spool", "ok", "nothing is waiting for Elasticsearch")


def _program(name: str, commands: tuple[str, ...], why: str) -> Finding:
    path = next((found for command in commands if (found := shutil.which(command))), None)
    return Finding(name, "ok", path or f"not installed; {why}")


def _alerts(settings: Settings) -> Finding:
    if not settings.alerts.urls.get_secret_value():
        return Finding("alerts", "hint", "nobody is notified when something is wrong", "Set YUQING_ALERTS__URLS.")
    return Finding("alerts", "ok", "a channel is set; `yuqing alerts test` tries it")


def _scheduler(settings: Settings) -> Finding:
    running = scheduler_of(settings.data)
    if running and running.hangs:
        text = f"process {running.pid} has not responded for {running.silent:.0f} s"
        return Finding("scheduler", "bad", text, "Restart it.")
    if running:
        return Finding("scheduler", "ok", f"running as process {running.pid}")
    return Finding(
        "scheduler", "hint", "none is running", "`yuqing schedule run` starts it; deploy/ has a systemd unit."
    )


def _backups(settings: Settings) -> Finding:
    newest = next(iter(backups(settings)), None)
    if newest is None:
        return Finding("backup", "hint", "there is none", "`yuqing backup` makes one; the scheduler every night.")
    try:  # by its name: a copy may have a different file time
        age = now() - datetime.strptime(newest.name, "yuqing-%Y%m%d-%H%M%S.tar.gz").replace(tzinfo=SHANGHAI)
    except ValueError:
        age = now() - datetime.fromtimestamp(newest.stat().st_mtime, SHANGHAI)
    if age > BACKUP_AGE:
        return Finding("backup", "bad", f"the latest, {newest}, is {age.days} days old", "Run `yuqing backup`.")
    return Finding("backup", "ok", str(newest))


def _network(settings: Settings) -> Finding:
    try:
        sources = load_sources(settings.sources)
        sample = next(s for s in sources.values() if s.deprecated is None and s.confidence == "high")
    except (YuqingError, StopIteration):
        return Finding("network", "hint", "no source to try")
    url = sample.open_lists[0].url if sample.open_lists else f"http://{sample.hosts[0]}/"
    request = urllib.request.Request(url, headers={"User-Agent": settings.agent})
    try:
        with opener(settings).open(request, timeout=ANSWER_SECONDS) as answer:
            return Finding("network", "ok", f"{sample.id} answers with {answer.status}")
    except urllib.error.HTTPError as error:
        return Finding("network", "ok", f"{sample.id} answers with {error.code}")
    except OSError as error:
        reason = getattr(error, "reason", error)
        help_ = ignored_proxy(settings) or "Check DNS, internet access and proxy."
        return Finding("network", "hint", f"{url} does not answer ({reason})", help_)
