"""The monthly report of a window, made from the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from classifiers.names import names_of
from indexer.store import MAX_WINDOW, Query
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.records import Item, Outcome
from yuqing.core.times import now
from yuqing.monitor.gc_tuning import uncollected
from yuqing.monitor.publish.drafting import place_over_cores
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import Workspace
from yuqing.review.issue.parts import ACCEPTED, ENTRIES, IssueEdits, scope_of
from yuqing.review.issue.signoff import sign_off
from yuqing.review.report.build import build_report
from yuqing.review.report.coverage import SourceNote
from yuqing.review.report.form import PREFACE, Form
from yuqing.review.report.house import House
from yuqing.review.report.placing import Place, place_all
from yuqing.review.report.records import Report, Shown
from yuqing.review.report.write import FORMATS, WRITTEN, write_report

MIN_BEFORE = 20  # with fewer items the previous month was hardly crawled, and a comparison would mislead
_GOOD = (Outcome.INDEXED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REPRINT, Outcome.NOT_RELEVANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a report is to contain. ``accepted_only``: None means as set on the review page; ``appendix``: a working
    copy."""

    accepted_only: bool | None = None
    appendix: bool = False


def make_report(
    space: Workspace, window: str, out: Path, formats: tuple[str, ...] = WRITTEN, wanted: Wanted | None = None
) -> list[Path]:
    """Write the report of ``window`` into ``out`` and return the files; raises the same errors as :func:`report_of`."""
    with uncollected():
        report = report_of(space, window, wanted, place=place_over_cores)
        return write_report(report, out, formats, house_of(space.settings))


def report_of(space: Workspace, window: str, wanted: Wanted | None = None, *, place: Place = place_all) -> Report:
    """The report of ``window`` as people edited it on the review page; once signed off, the signed version.

    Raises YuqingError if the store has no item for it: an empty report would read as “no activity”.
    """
    wanted = wanted or Wanted()
    chosen = space.settings.review_windows.get(window)
    if signed := sign_off(space.store, window):
        report = signed.printed
    else:
        items = _items(space, window)
        if not items:
            raise YuqingError(
                f"Window {window} ({chosen.first} to {chosen.last}) has no relevant item; no report is "
                "written. `yuqing index status` shows which windows have items; crawl or rebuild first."
            )
        edits = IssueEdits(space.store.edits(scope_of(window)))
        only = accepted_only(edits) if wanted.accepted_only is None else wanted.accepted_only
        before = items_before(space, window)
        report = build_report(
            items,
            chosen,
            replace(report_form(space), accepted_only=only),
            before=before,
            sources=silent_sources(space),
            versions=space.versions(),
            place=place,
            edits=edits,
        )
    return replace(report, shown=replace(report.shown, appendix=True, versions=True)) if wanted.appendix else report


def house_of(settings: Settings) -> House:
    """The institute's house style."""
    texts = settings.report
    return House(template=texts.template, header=texts.header, footer=texts.footer)


def accepted_only(edits: IssueEdits) -> bool:
    """Whether the issue holds accepted items only: as chosen on the page, or because somebody is editing it there."""
    chosen = edits.value(ENTRIES)
    return chosen == ACCEPTED if chosen else edits.any


def items_before(space: Workspace, window: str) -> list[Item] | None:
    """The items of the previous window, or None if it was hardly crawled."""
    before = _items(space, space.settings.review_windows.before(window).name)
    return before if len(before) >= MIN_BEFORE else None


def formats_of(text: str) -> tuple[str, ...]:
    """The formats listed in ``text``, comma-separated. Raises UsageError for an unknown one."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise UsageError(f"“{', '.join(unknown) or text}” is not a format; available: {', '.join(FORMATS)}.")
    return names


def last_window(settings: Settings) -> str:
    """The last window that ended before today."""
    windows = settings.review_windows
    today = now().date()
    current = windows.get(windows.of(today))
    return current.name if current.last < today else windows.of(current.first - timedelta(days=1))


def _items(space: Workspace, window: str) -> list[Item]:
    """What a report may contain: the relevant items, and those below the threshold that a person accepted."""
    accepted = Query(window=window, relevant=False, state="accepted", size=MAX_WINDOW, facets=False)
    return [*space.store.scan(window=window, relevant=True), *(hit.item for hit in space.store.search(accepted).hits)]


def report_form(space: Workspace) -> Form:
    """The report's form: ordering from keywords.yaml, texts from the settings."""
    texts = space.settings.report
    return Form(
        institute=texts.institute,
        preface=texts.preface or PREFACE,
        contacts=tuple(texts.contacts),
        shown=Shown(charts=texts.charts, appendix=texts.appendix, versions=texts.versions),
        names=names_of(space.rules.keywords),
    )


def silent_sources(space: Workspace) -> list[SourceNote]:
    """The sources that were crawled and yielded nothing, with the reason recorded in the ledger."""
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
