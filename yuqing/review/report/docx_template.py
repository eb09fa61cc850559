"""An institute's own template: a .docx whose placeholders are filled by docxtpl."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import jinja2
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate

from yuqing.core.errors import YuqingError
from yuqing.review.report import docx_xml as ml
from yuqing.review.report.records import Report
from yuqing.review.report.text import clean, xml

BODY = "body"  # the placeholder without which a template would lose the report
__all__ = ["DocxTemplate", "fill_template", "open_template"]


class _Markup:
    """Paragraphs and tables that replace the placeholder's own paragraph."""

    def __init__(self, markup: str) -> None:
        self._markup = markup

    def __str__(self) -> str:
        return self._markup


def open_template(path: Path) -> DocxTemplate:
    """The template. Raises YuqingError if it does not exist or is not a Word file."""
    try:
        template = DocxTemplate(path)
        template.init_docx()
    except (OSError, PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise YuqingError(f"{path}: this is not a readable Word template (.docx) ({error}).") from error
    return template


def fill_template(
    template: DocxTemplate,
    path: Path | None,
    report: Report,
    body: Sequence[str],
    headings: Sequence[tuple[str, int, int]],
) -> None:
    """Fill the template with the report. Raises YuqingError for an unknown placeholder."""
    cover = report.cover
    shown = [found for found in headings if found[1] <= 2]
    context: dict[str, Any] = {
        **{name: xml(clean(getattr(cover, name))) for name in ("title", "subtitle", "issue", "period", "institute")},
        "window": report.window,
        "preface": xml(clean(report.preface)),
        "contents": _Markup(ml.contents(shown)),
        BODY: _Markup("".join(body)),
    }
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    try:
        names = template.get_undeclared_template_variables(environment)
        if BODY not in names:
            raise YuqingError(f"{path}: the template has no {{{{p {BODY} }}}}, so the report would be lost; add it.")
        template.render(context, environment)
    except jinja2.TemplateError as error:
        known = ", ".join(context)
        raise YuqingError(
            f"{path}: {error}; the placeholders are {known} (contents and body with {{{{p … }}}})."
        ) from error
