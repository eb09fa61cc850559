"""The monthly report of a window from what the store holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from indexer.store import MAX_WINDOW, Query
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.records import Item, Outcome
from yuqing.core.times import now
from yuqing.monitor.gc_tuning import uncollected
from yuqing.monitor.publish.drafting import place_over_cores
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import Workspace
from yuqing.review.draft.orders import PREFACE
from yuqing.review.report.build import Place, build_report, place_all
from yuqing.review.report.coverage import SourceNote
from yuqing.review.report.form import Form
from yuqing.review.report.records import Report
from yuqing.review.report.write import FORMATS, WRITTEN, write_report

MIN_BEFORE = 20  # with fewer items the month before was hardly crawled, and a comparison would mislead
_GOOD = (Outcome.INDEXED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REPRINT, Outcome.NOT_RELEVANT)


def make_report(space: Workspace, window: str, out: Path, formats: tuple[str, ...] = WRITTEN) -> list[Path]:
    """Write the report of ``window`` into ``out`` and return the files; raises as :func:`report_of`."""
    with uncollected():
        return write_report(report_of(space, window, place=place_over_cores), out, formats)


def report_of(space: Workspace, window: str, *, accepted_only: bool = False, place: Place = place_all) -> Report:
    """The report of ``window``: of all that nobody dropped, or of what people accepted only.

    Raises YuqingError when the store has no item for it: an empty report would read as “no activity”.
    """
    windows = space.settings.review_windows
    chosen = windows.get(window)
    items = _items(space, window)
    if not items:
        raise YuqingError(
            f"There is no relevant item in window {window} ({chosen.first} to {chosen.last}); no report is written. "
            "`yuqing index status` shows which windows hold items; crawl or rebuild first."
        )
    before = _items(space, windows.before(window).name)
    return build_report(
        items,
        chosen,
        replace(_form(space), accepted_only=accepted_only),
        before=before if len(before) >= MIN_BEFORE else None,
        sources=_silent_sources(space),
        versions=space.versions(),
        place=place,
    )


def formats_of(text: str) -> tuple[str, ...]:
    """The formats named in ``text`` with commas. Raises UsageError for an unknown one."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise UsageError(f"“{', '.join(unknown) or text}” is no format; there are: {', '.join(FORMATS)}.")
    return names


def last_window(settings: Settings) -> str:
    """The window that ended last before today."""
    windows = settings.review_windows
    today = now().date()
    current = windows.get(windows.of(today))
    return current.name if current.last < today else windows.of(current.first - timedelta(days=1))


def _items(space: Workspace, window: str) -> list[Item]:
    """What a report may hold: the relevant items, and those below the threshold that a person accepted."""
    accepted = Query(window=window, relevant=False, state="accepted", size=MAX_WINDOW, facets=False)
    return [*space.store.scan(window=window, relevant=True), *(hit.item for hit in space.store.search(accepted).hits)]


def _form(space: Workspace) -> Form:
    """The report's form: orders from keywords.yaml, texts from the settings."""
    keywords, texts = space.rules.keywords, space.settings.report
    return Form(
        institute=texts.institute,
        preface=texts.preface or PREFACE,
        contacts=tuple(texts.contacts),
        ministries=tuple(ministry.name for ministry in keywords.ministries),
        provinces=tuple(keywords.provinces),
        enterprises=tuple(enterprise.name for enterprise in keywords.enterprises),
    )


def _silent_sources(space: Workspace) -> list[SourceNote]:
    """The sources that were asked and gave nothing, with the reason that the ledger has."""
    notes = []
    for name, counts in space.ledger.by_source().items():
        source = space.sources.get(name)
        if source is None or any(counts[outcome] for outcome in _GOOD):
            continue
        if counts[Outcome.REFUSED] or counts[Outcome.BACKOFF]:
            notes.append(SourceNote(name=source.name, state="refused"))
        elif counts[Outcome.LISTING]:
            notes.append(SourceNote(name=source.name, state="silent"))
        else:
            notes.append(SourceNote(name=source.name, state="failed"))
    return notes
