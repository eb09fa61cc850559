"""Building the issue of a window for the review page, fast enough for every click.

What a command would read for a single report is cached here: the form, the versions, and the previous window.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from yuqing.core.records import Item
from yuqing.monitor.publish.report import items_before, report_form, silent_sources
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace
from yuqing.review.issue.finish import Issue
from yuqing.review.issue.parts import YES, IssueEdits
from yuqing.review.report.build import build_issue
from yuqing.review.report.compare import Earlier, earlier
from yuqing.review.report.coverage import SourceNote
from yuqing.review.report.form import Form

BEFORE_SECONDS = 600.0  # how old the data on the previous window may be: it is closed, apart from a late decision


class IssueMaker:
    """Builds issues from items already read. Thread-safe."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._form: tuple[tuple[int, ...], Form, dict[str, str]] | None = None
        self._before: dict[str, tuple[float, Earlier | None]] = {}

    def make(self, window: str, items: Sequence[Item], edits: IssueEdits, *, accepted_only: bool) -> Issue:
        """The issue of ``window`` with the ``edits`` applied."""
        form, versions = self._formed()
        appendix = edits.value("show.appendix")
        shown = appendix == YES if appendix else form.shown.appendix
        return build_issue(
            items,
            self._settings.review_windows.get(window),
            replace(form, accepted_only=accepted_only),
            before=self.before(window),
            sources=self._sources() if shown else (),
            versions=versions,
            edits=edits,
        )

    def before(self, window: str) -> Earlier | None:
        """What the comparison needs from the previous window; takes 2 s for 20,000 items, then cached."""
        with self._lock:
            known = self._before.get(window)
            if known is None or time.monotonic() - known[0] > BEFORE_SECONDS:
                with workspace(self._settings) as space:
                    items = items_before(space, window)
                    found = earlier(items, report_form(space)) if items is not None else None
                known = self._before[window] = (time.monotonic(), found)
            return known[1]

    def _formed(self) -> tuple[Form, dict[str, str]]:
        """The form and the versions; files are only reread if they have changed."""
        stamp = _stamp(self._settings.keywords, self._settings.sources)
        with self._lock:
            if self._form is None or self._form[0] != stamp:
                with workspace(self._settings) as space:
                    self._form = (stamp, report_form(space), space.versions())
            return self._form[1], self._form[2]

    def _sources(self) -> Sequence[SourceNote]:
        with workspace(self._settings) as space:
            return silent_sources(space)


def _stamp(*files: Path) -> tuple[int, ...]:
    return tuple(number for file in files for number in (file.stat().st_mtime_ns, file.stat().st_size))
