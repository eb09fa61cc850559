"""Writes the report's files, each all or nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, get_args

from yuqing.core.errors import UsageError, YuqingError
from yuqing.review.report.charts import report_charts
from yuqing.review.report.house import House
from yuqing.review.report.records import Report
from yuqing.review.report.render_json import render_json
from yuqing.review.report.render_md import render_md

Format = Literal["docx", "html", "md", "json", "xlsx", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)
WRITTEN: tuple[Format, ...] = ("docx", "html", "md", "json")  # the default; tables only on request


def write_report(
    report: Report, out_dir: Path, formats: Sequence[str] = WRITTEN, house: House | None = None
) -> list[Path]:
    """Writes ``report-{window}.{format}`` for each format and returns the paths in the order of ``formats``.

    Raises UsageError for an unknown format (before anything is written) and YuqingError if the folder cannot be
    written; in that case an existing file is left unchanged.
    """
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"“{name}” is not a report format; write one or more of {', '.join(FORMATS)}.")
    contents = render(report, formats, house)
    paths: list[Path] = []
    for name, content in contents.items():
        path = out_dir / f"report-{report.window}.{name}"
        _replace(path, content)
        paths.append(path)
    return paths


def render(report: Report, formats: Sequence[str], house: House | None = None) -> dict[str, bytes]:
    """The files' bytes by format."""
    from yuqing.review.report.render_docx import (
        render_docx,  # python-docx, openpyxl and Jinja2 are loaded only if needed
    )
    from yuqing.review.report.render_html import render_html
    from yuqing.review.report.render_sheet import render_csv, render_xlsx

    charts = report_charts(report) if report.shown.charts else []
    makers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: render_docx(report, charts, house),
        "html": lambda: render_html(report, charts),
        "md": lambda: render_md(report),
        "json": lambda: render_json(report),
        "xlsx": lambda: render_xlsx(report),
        "csv": lambda: render_csv(report),
    }
    return {name: makers[name]() for name in formats}


def _replace(path: Path, content: bytes) -> None:
    """Writes a temporary file and renames it, so that neither a reader nor a full disk ever leaves half a file."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise YuqingError(
            f"{path}: cannot be written ({error.strerror}); choose another folder with --out or free some space."
        ) from error
