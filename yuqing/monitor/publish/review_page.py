"""``yuqing review``: connects the review page with store, ledger, archive and rules, and serves it."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import date, timedelta
from functools import partial
from ipaddress import ip_address
from pathlib import Path

from classifiers.regions.scan import place_hits
from crawler.archive import archive_files, find_pages
from crawler.archive.gzip_members import VanishedError
from crawler.by_hand import HandArticle, HandFile, hand_files
from crawler.decode import decode
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.records import Article, Item, Outcome, Page, PageResult, Source
from yuqing.core.segment import warm
from yuqing.core.times import SHANGHAI, now
from yuqing.core.urls import item_id
from yuqing.monitor.alerts.source_mends import probe_text
from yuqing.monitor.gc_tuning import collect_seldom
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.ledger_exchange import open_ledger
from yuqing.monitor.ledger_file import Run
from yuqing.monitor.ops.health import source_health
from yuqing.monitor.ops.new_source import keep_source, propose_apart
from yuqing.monitor.probe_book import ProbeBook
from yuqing.monitor.publish.http_server import Server
from yuqing.monitor.publish.issue import IssueMaker
from yuqing.monitor.publish.report import Wanted, house_of, last_window, report_of
from yuqing.monitor.run.add import Looked, keep, look, look_at_hand
from yuqing.monitor.run.page_processor import read_article
from yuqing.monitor.run.recovery import locked
from yuqing.monitor.run.retag import Retagged, run_retag
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import Workspace, workspace
from yuqing.review.accounts import Accounts
from yuqing.review.issue.parts import ENTRIES, EVERY, NO_EDITS, IssueEdits, scope_of
from yuqing.review.report.records import Report
from yuqing.review.web.app import create_app
from yuqing.review.web.login import Door, Proxy
from yuqing.review.web.services import (
    Adding,
    ArchivedPage,
    FaultLine,
    NewSources,
    ProbeLine,
    Services,
    SourceHealth,
    Typed,
)
from yuqing.review.web.tag_names import NameBook

MIN_TOKEN = 16  # characters; a shorter one could be guessed
RUNS = 50  # runs listed


def serve(settings: Settings, host: str, port: int, window: str) -> None:
    """Serve the page until Ctrl-C. Raises UsageError for an unusable address, or if it needs a token and has none."""
    token = settings.review_token.get_secret_value()
    asked = settings.review
    proxy = Proxy(asked.proxy_header, tuple(asked.proxy_addresses), asked.proxy_role)
    door = Door(Accounts(settings.users_file), proxy)
    if not is_loopback(host) and len(token) < MIN_TOKEN and not door.closed:
        raise UsageError(
            f"{host} can be reached from other machines: give people accounts with `yuqing users add`, or set "
            f"YUQING_REVIEW_TOKEN to a secret of {MIN_TOKEN} or more characters, which the page will ask for, and put "
            "TLS in front of it; or leave --host out."
        )
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(
            f"{host}:{port} cannot be opened ({error.strerror}); the page may already be running there. "
            "Choose another with --port."
        ) from error
    with listener, workspace(settings) as space:
        port = listener.getsockname()[1]
        services = make_services(space, window or first_window(space))
        collect_seldom()
        app = create_app(services, hosts=host_headers(host, port), token=token, door=door)
        app.state.shared.queue_cache.read(services.window)  # 2 s for 20,000 items, now rather than at the first click
        threading.Thread(target=partial(_warm, services), daemon=True).start()
        shown = "127.0.0.1" if ip_or_none(host) and ip_address(host).is_unspecified else host
        print(f"Review page: http://{f'[{shown}]' if ':' in shown else shown}:{port}/ (Ctrl-C to stop)", flush=True)  # noqa: T201
        Server(app).run(sockets=[listener])


def _warm(services: Services) -> None:
    """Preload what the first view of an item and of the issue needs, while the person reads the queue."""
    warm()
    place_hits("北京")  # the gazetteer, 0.3 s
    with suppress(YuqingError):  # the page itself will report the fault
        services.issue(services.window, [], NO_EDITS, accepted_only=True)


def make_services(space: Workspace, window: str) -> Services:
    """The services of the page. The ledger is opened afresh for each use, because pages run in threads."""
    settings = space.settings

    def report(name: str, accepted_only: bool | None) -> Report:
        with workspace(settings) as own:
            edits = IssueEdits(own.store.edits(scope_of(name)))
            only = edits.value(ENTRIES) != EVERY if accepted_only is None else accepted_only
            return report_of(own, name, Wanted(accepted_only=only))

    def dry_run(rules: Path, name: str) -> Retagged:
        with workspace(settings.model_copy(update={"keywords": rules})) as own:
            return run_retag(own, name, apply=False)

    def retag(name: str) -> Retagged:
        with locked(settings) as own:
            return run_retag(own, name, apply=True)

    def opened() -> closing[Ledger]:
        return closing(Ledger(settings.ledger_file))

    def runs() -> list[Run]:
        with closing(open_ledger(settings)) as ledger:  # called first by the tab: this imports the others' runs
            return ledger.runs(RUNS)

    def run(name: str) -> tuple[Run, dict[str, Counter[str]]]:
        with opened() as ledger:
            return ledger.run(name), ledger.by_source(name)

    def crawl_days(since: date) -> dict[str, Counter[str]]:
        with opened() as ledger:
            return ledger.crawl_days(since)

    def faults(since: date, outcomes: Sequence[Outcome]) -> list[FaultLine]:
        with opened() as ledger:
            return [FaultLine(*line) for line in ledger.crawl_examples(since, outcomes)]

    def probes() -> dict[str, ProbeLine]:
        if not settings.probe_file.exists():
            return {}
        with closing(ProbeBook(settings.probe_file)) as book:
            found = book.probes()
        return {name: ProbeLine(each.verdict, each.at[:10], probe_text(each)) for name, each in found.items()}

    def health() -> Sequence[SourceHealth]:
        with opened() as ledger:
            return source_health(space.sources, ledger, now(), settings.alerts.silent_days)

    book = NameBook(settings.keywords)
    return Services(
        store=space.store,
        windows=settings.review_windows,
        window=window,
        sources={source.id: source.name for source in space.sources.values()},
        keywords=settings.keywords,
        kept_rules=settings.rules_dir,
        report=report,
        issue=IssueMaker(settings).make,
        adding=_adding(settings),
        new_sources=NewSources(look=partial(propose_apart, settings), keep=partial(keep_source, settings)),
        archived=lambda item: archived_page(settings.archive_dir, item, space.sources.get(item.source_id)),
        dry_run=dry_run,
        retag=retag,
        runs=runs,
        run=run,
        crawl_days=crawl_days,
        faults=faults,
        health=health,
        probes=probes,
        names=book.get,
        listed=book.listed,
        reasons=settings.review.reasons,
        house=house_of(settings),
    )


def _adding(settings: Settings) -> Adding:
    def look_at(url: str, by: str) -> Looked:
        with workspace(settings) as own:
            return look(own, url, by)

    def look_at_typed(given: Typed, by: str) -> Looked:
        files = tuple(HandFile(*file) for file in given.files)
        article = HandArticle(
            title=given.title, text=given.text, day=given.day, source=given.source, url=given.url, files=files
        )
        with workspace(settings) as own:
            return look_at_hand(own, article, by)

    def keep_page(page: Page) -> tuple[Item, PageResult]:
        with workspace(settings) as own:
            return keep(own, page)

    return Adding(look=look_at, look_at_typed=look_at_typed, keep=keep_page)


def first_window(space: Workspace) -> str:
    """The last window that ended or, if that is empty, the fullest of the newest three that have items."""
    last = last_window(space.settings)
    filled = dict(sorted((name, count) for name, count in space.store.status().windows if name and count)[-3:])
    return last if last in filled or not filled else max(filled, key=lambda name: filled[name])


def archived_page(folder: Path, item: Item, source: Source | None = None) -> ArchivedPage | None:
    """The page that ``item`` was made from, as an article and as text, or None if it is not in the archive."""
    page = _find_page(folder, item)
    if page is None:
        return None
    article = read_article(page, source)
    read = article if isinstance(article, Article) else None
    if read is not None and (files := hand_files(page)):  # whose contents are not extracted
        return ArchivedPage(page, read.body, "utf-8", read, tuple((file.name, file.content) for file in files))
    decoded = decode(page.body, page.headers)
    return ArchivedPage(page, decoded.text, decoded.encoding, read)


def _find_page(folder: Path, item: Item) -> Page | None:
    """Searches the archive files of the day on which the item was fetched.

    A file is named after the day it was opened, and a crawl may run past midnight: the previous day is searched too.
    """
    fetched = item.fetched_at[:10].replace("-", "")
    before = f"{now().strptime(fetched, '%Y%m%d') - timedelta(days=1):%Y%m%d}" if fetched else ""
    looked: list[Path] = []
    while True:
        files = [path for path in archive_files(folder) if path.name[:8] in (fetched, before)]
        try:
            page = _page_in(files, item)
        except VanishedError:
            if files == looked:
                raise
            page = None
        if page or files == looked:
            return page
        looked = files  # a tidy may be packing files: what is missing in two identical listings does not exist


def _page_in(files: Sequence[Path], item: Item) -> Page | None:
    """The page of this very fetch, or else the article's last one."""
    found = None
    for path in files:
        for page in find_pages(path, lambda url: item_id(url) == item.id):
            if page.kind == "article" and page.status == 200:
                found = page
                if page.fetched_at.astimezone(SHANGHAI).isoformat() == item.fetched_at:
                    return page
    return found


def host_headers(host: str, port: int) -> frozenset[str] | None:
    """The Host headers that a browser may send; None (any) for a wildcard address.

    On loopback only loopback's own names are accepted, which blocks foreign names that resolve to it (DNS rebinding).
    """
    address = ip_or_none(host)
    if address and ip_address(address).is_unspecified:
        return None
    names = {"127.0.0.1", "localhost", "[::1]"} if is_loopback(host) else {f"[{host}]" if ":" in host else host}
    return frozenset({f"{name}:{port}" for name in names} | (names if port == 80 else set()))


def is_loopback(host: str) -> bool:
    """Whether ``host`` can be reached from this machine only."""
    address = ip_or_none(host)
    return host == "localhost" or bool(address and ip_address(address).is_loopback)


def ip_or_none(host: str) -> str | None:
    """``host`` if it is an IP address."""
    try:
        return str(ip_address(host))
    except ValueError:
        return None
