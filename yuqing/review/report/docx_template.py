"""An institute's own template: a .docx whose placeholders are filled by docxtpl."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import jinja2
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from yuqing.core.errors import YuqingError
from yuqing.review.report import docx_xml as ml
from yuqing.review.report.records import Report
from yuqing.review.report.text import clean, xml

CONTENTS = "contents"
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
        raise YuqingError(f"{path}: 不是可读的 Word 模板（.docx）：{error}") from error
    return template


def fill_template(
    template: DocxTemplate,
    path: Path | None,
    report: Report,
    body: Sequence[str],
    headings: Sequence[tuple[str, int, int]],
) -> None:
    """Fill the template with the report. Raises YuqingError for a placeholder that is unknown or would lose text."""
    cover = report.cover
    shown = [found for found in headings if found[1] <= 2]
    context: dict[str, Any] = {
        **{name: xml(clean(getattr(cover, name))) for name in ("title", "subtitle", "issue", "period", "institute")},
        "window": report.window,
        "preface": xml(clean(report.preface)),
        CONTENTS: _Markup(ml.contents(shown)),
        BODY: _Markup("".join(body)),
    }
    for text in _paragraphs(template):
        if why := _fault(text):
            raise YuqingError(f"{path}: “{text.strip()[:60]}”：{why}。")
    environment = SandboxedEnvironment(undefined=jinja2.StrictUndefined)
    try:
        names = template.get_undeclared_template_variables(environment)
        if BODY not in names:
            raise YuqingError(f"{path}: 模板里没有 {{{{p {BODY} }}}}，报告正文会丢失，请加上。")
        template.render(context, environment)
    except jinja2.TemplateError as error:
        known = "、".join(context)
        raise YuqingError(f"{path}: {error}；可用的占位符：{known}（contents 和 body 写成 {{{{p … }}}}）。") from error


def _paragraphs(template: DocxTemplate) -> Iterator[str]:
    """The text of each paragraph of the body, headers and footers."""
    book = template.get_docx()
    roots = [book.element.body]
    for section in book.sections:
        parts = (section.header, section.footer, section.first_page_header, section.first_page_footer)
        roots.extend(part._element for part in parts if not part.is_linked_to_previous)
    for root in roots:
        for paragraph in root.iter(qn("w:p")):
            yield "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


_ALONE = re.compile(r"\s*\{\{p\s+\w+\s*\}\}\s*")
_WHOLE = re.compile(rf"\{{\{{\s*(?:{BODY}|{CONTENTS})\b")


def _fault(text: str) -> str:
    """Why a paragraph of the template would silently lose text, in Chinese, "" if it would not."""
    if any(text.count(opened) != text.count(closed) for opened, closed in (("{{", "}}"), ("{%", "%}"))):
        return "占位符没有在同一段里写完"
    if _WHOLE.search(text):
        return f"请写成 {{{{p {BODY} }}}}、{{{{p {CONTENTS} }}}}，带 p"
    if "{{p" in text and not _ALONE.fullmatch(text):
        return "同一段的其他文字会丢失，请让占位符单独成段"
    return ""
