"""Recovering at the next start from what a crash left open: no page is fetched twice, none is lost, the sums are right.

A page goes through archive, store, ledger and URL memory in this order. A crash can come between any two, so each
archived page of a run that was never closed is taken through the missing steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime

from msgspec.structs import replace

from crawler.archive import read_pages, run_files, run_spans
from crawler.archive.gzip_members import cut_tail
from crawler.pipelines.seen import is_done
from crawler.state import UrlState
from yuqing.core.records import Item, Outcome, Page, PageResult
from yuqing.core.urls import printable
from yuqing.core.yamlfile import file_version
from yuqing.monitor.ledger_exchange import try_exchange
from yuqing.monitor.ledger_file import Run
from yuqing.monitor.lock import crawl_lock
from yuqing.monitor.logs import say
from yuqing.monitor.run.item_writer import open_writer, settle_shared
from yuqing.monitor.run.pipeline import RunSink
from yuqing.monitor.run.uncounted import as_it_was
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import Workspace, workspace


@contextmanager
def locked(settings: Settings) -> Iterator[Workspace]:
    """A workspace with exclusive write access, with crashed runs closed. Raises BusyError if it is in use."""
    with workspace(settings) as space, crawl_lock(settings.data, settings.lock_wait):
        keep_rules(settings)
        for sentence in recover(space):
            say(sentence)
        failed = True
        try:
            yield space
            failed = False
        finally:
            sentence = try_exchange(space.ledger, settings)
            if sentence and not failed:  # otherwise the command's own message says enough
                say(sentence)


def keep_rules(settings: Settings) -> None:
    """Keep each version of the rules that a run uses, under the version name that tags carry."""
    settings.rules_dir.mkdir(exist_ok=True)
    for file in (settings.keywords, settings.sources):
        copy = settings.rules_dir / f"{file.stem}-{file_version(file)}.yaml"
        if not copy.exists():
            copy.write_bytes(file.read_bytes())


def recover(space: Workspace) -> list[str]:
    """Close every run that crashed or failed; returns a sentence for each. The caller holds the lock."""
    return [_close(space, run) for run in space.ledger.unclosed()]


def _close(space: Workspace, run: Run) -> str:
    ledger = space.ledger
    folder = space.settings.archive_dir
    cut = sum(cut_tail(file) for file in run_files(folder, run.id))
    bad: list[str] = []
    # An older ledger, restored from a backup, may have a run open whose files have been packed since.
    stretches = run_spans(folder, run.id)
    pages = (page for span in stretches for page in read_pages(span.path, bad.append, span.start, span.end))
    made, gone = _catch_up(space, run, pages)
    crashed = run.state == "running"
    note = "ended unexpectedly" if crashed else run.note
    if made:
        note += f"; {made} archived pages were counted afterwards"
    if cut:
        note += f"; a half-written record of {cut} bytes was removed: its page will be fetched again"
    if gone:
        note += (
            f"; {len(gone)} counted pages never reached the disk of the archive: they will be fetched again if a list "
        )
        note += f"still links to them (first: {min(gone)})"
    note = "; ".join([note, *bad])
    ledger.finish(run.id, "crashed" if crashed else "failed", note)
    return f"run {run.id}: {note}"


def _catch_up(space: Workspace, run: Run, pages: Iterator[Page]) -> tuple[int, set[str]]:
    """Take each page of ``run`` through the missing steps; returns how many the ledger lacked, and which the archive
    lacked.

    The archive lacks pages after a power failure, which takes the last seconds of a file that was not synced yet.
    """
    settings, made = space.settings, 0
    left = space.ledger.counted(run.id)
    gone = space.ledger.answered(run.id)[0] if run.command.startswith("crawl") else set()
    sink = RunSink(open_writer(space), space.ledger, run.id, lambda result: None)
    with closing(UrlState(settings.state_file, settings.crawl.recheck_days)) as state:
        for page in pages:
            gone -= {page.url, *(part.url for part in page.parts)}
            if left[printable(page.url)]:
                left[printable(page.url)] -= 1
            else:
                processed = sink.item_writer.processor.process(page)
                if processed.item and _is_newer(space, processed.item):
                    result = replace(processed.result, outcome=Outcome.UNCHANGED)
                else:
                    (result,) = sink.item_writer.write([processed])
                sink.count(*processed.parts, _as_it_was(space, page, result))
                made += 1
            if is_done(page) and not state.remembers(page):
                state.fetched(page)
        state.forget(gone)
    items = space.store.get_many(space.ledger.answered(run.id)[1]) if settings.in_elasticsearch else {}
    settle_shared(space, {day for item in items.values() if (day := item.article.day)})
    return made, gone


def _is_newer(space: Workspace, item: Item) -> bool:
    """Whether another machine, which took over the source, has fetched and stored the page of ``item`` since."""
    there = space.store.get(item.id)
    return there is not None and datetime.fromisoformat(there.fetched_at) > datetime.fromisoformat(item.fetched_at)


def _as_it_was(space: Workspace, page: Page, result: PageResult) -> PageResult:
    """The result that the crash kept from the ledger: an item that this very fetch wrote is not “unchanged”."""
    item = space.store.get(result.item_id) if result.outcome == Outcome.UNCHANGED and result.item_id else None
    if item is None or item.fetched_at != page.fetched_at.isoformat():
        return result
    return as_it_was(space, result)
