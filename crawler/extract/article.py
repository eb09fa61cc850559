"""Extracts an article from a page."""

from __future__ import annotations

import re
from dataclasses import replace

from msgspec import structs

from crawler.decode import Decoded, decode
from crawler.extract.attachments import find_attachments
from crawler.extract.body import body_end, body_lines
from crawler.extract.byline import find_editor, find_origin
from crawler.extract.claims import letters
from crawler.extract.columns import find_columns
from crawler.extract.container import Container, find_container, find_leads, first_paragraph, is_list
from crawler.extract.error_page import ALIKE, error_sign
from crawler.extract.garbled import garbled_sign
from crawler.extract.layout import PageLayout, read_layout
from crawler.extract.metas import read_metas
from crawler.extract.official import find_document
from crawler.extract.parts import join_parts
from crawler.extract.published import Published, find_published
from crawler.extract.script_drawn import script_sign
from crawler.extract.second_opinion import SHORT, second_opinion
from crawler.extract.select import remove
from crawler.extract.title import find_title
from crawler.extract.tree import MAX_BYTES, MAX_TAGS, parse
from crawler.extract.trim import trim
from yuqing.core.records import Article, Outcome, Page, Rejected, Source

MIN_BODY = 30  # characters; shorter bodies on the saved pages are all video or picture pages without text
MAX_LINES = 20_000  # the longest saved page has 1,100
HEAD = 12  # lines above the body searched for the byline where no line shows the title
MAX_LOST = 0.02  # share of undecodable characters from which a page is not text
_BINARY = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!")
_SUMMARY = re.compile(r"^\W*(?:内容)?(?:摘要|导读|提要|核心提示|简介)\s*[】\]:：]\s*")
_MAY_BE_HIDDEN = (Outcome.TOO_SHORT, Outcome.NO_TITLE, Outcome.LIST_PAGE)  # outcomes of pages that hide their text
_MARKUP = re.compile(r"<\s*(?:html|head|body|div|p|table|meta|title|h1|span|td|br|article|ucap)\b", re.IGNORECASE)


def extract(page: Page, source: Source | None = None) -> Article | Rejected:
    """The article on ``page`` (with its further ``parts``), or why there is none.

    ``source`` supplies the site's own selectors and date pattern. An article without a day has an empty
    ``published_at``. Does no I/O and raises no exception for any input.
    """
    first = _extract_one(page, source)
    if isinstance(first, Rejected) or not page.parts:
        return first
    rest = [_extract_one(structs.replace(part, link=page.link), source) for part in page.parts]
    return join_parts([first, *(part for part in rest if isinstance(part, Article))])


def _extract_one(page: Page, source: Source | None) -> Article | Rejected:
    if len(page.body) > MAX_BYTES:
        return Rejected(url=page.url, reason=Outcome.TOO_LARGE, detail=f"{len(page.body):,} bytes")
    if page.body.startswith(_BINARY):
        return Rejected(url=page.url, reason=Outcome.NOT_HTML, detail=repr(page.body[:4]))
    decoded = decode(page.body, page.headers)
    lost = decoded.text.count("�") + decoded.text.count("\0")
    if lost > MAX_LOST * len(decoded.text):
        return Rejected(url=page.url, reason=Outcome.UNDECODABLE, detail=f"{lost} characters lost")
    tags = decoded.text.count("<")
    if tags > MAX_TAGS:
        return Rejected(url=page.url, reason=Outcome.TOO_LARGE, detail=f"{tags:,} tags")
    root = parse(decoded.text) if _MARKUP.search(decoded.text) else None
    if root is None:
        return Rejected(url=page.url, reason=Outcome.NOT_HTML, detail="no markup")
    for css in source.select.remove if source else ():
        remove(root, css)
    layout = read_layout(root)
    if len(layout.lines) > MAX_LINES:
        return Rejected(url=page.url, reason=Outcome.TOO_LARGE, detail=f"{len(layout.lines):,} lines")
    result = _read(page, source, layout, decoded)
    if layout.hidden and isinstance(result, Rejected) and result.reason in _MAY_BE_HIDDEN:
        # Some templates hide the text until their script has run.
        shown = _read(page, source, read_layout(root, hidden=True), decoded)
        result = shown if isinstance(shown, Article) else result
    if isinstance(result, Rejected) and (sign := script_sign(decoded.text, page.url)):
        return Rejected(url=page.url, reason=Outcome.SCRIPT_DRAWN, detail=sign)
    return _judged(page, layout, result)


def _judged(page: Page, layout: PageLayout, result: Article | Rejected) -> Article | Rejected:
    """``result``, or why what was read is not an article: garbled text, or an error page served with status 200."""
    is_article = isinstance(result, Article)
    read = (
        f"{result.title}\n{result.body}"
        if isinstance(result, Article)
        else "\n".join(line.text for line in layout.lines)
    )
    if sign := garbled_sign(read):
        return Rejected(url=page.url, reason=Outcome.GARBLED, detail=sign)
    if is_article and page.note == ALIKE:
        return Rejected(url=page.url, reason=Outcome.ERROR_PAGE, detail=ALIKE)
    if sign := error_sign(page, layout, isinstance(result, Article) and result.date_source == "label"):
        return Rejected(url=page.url, reason=Outcome.ERROR_PAGE, detail=sign)
    return result


def _read(page: Page, source: Source | None, layout: PageLayout, decoded: Decoded) -> Article | Rejected:
    selectors = source.select.body if source else ()
    box = find_container(layout, selectors)
    if box is None:
        return _nothing(page, layout, 0)
    metas = read_metas(layout.root, decoded.text)
    title = find_title(layout, source, metas, page.link, first_paragraph(layout, box))
    if box.start < title.start and layout.good_in(box.start, title.start) > layout.good_in(title.end, box.end):
        title = replace(title, start=0, end=0)  # repeated below the text, as share boxes do
    if title.end > box.start:
        box = find_container(layout, selectors, title.end) or box
    box = trim(layout, box, title.end if title.start <= box.end else 0)
    below = box.end
    box = replace(box, end=body_end(layout, box))
    if is_list(layout, box):
        return Rejected(url=page.url, reason=Outcome.LIST_PAGE, detail="the text is part of a list")
    leads = find_leads(layout, title.end, box.start) if box.method != "source" else []
    texts = body_lines(layout, box, title.text)
    whole = letters("".join(texts)) if leads else ""
    body = "\n".join((*(lead for lead in leads if letters(_SUMMARY.sub("", lead)) not in whole), *texts))
    if len(body) < MIN_BODY:
        return _nothing(page, layout, len(body))
    if not title.text:
        return Rejected(url=page.url, reason=Outcome.NO_TITLE)
    head = (title.start if title.end else max(0, box.start - HEAD), box.start)
    lines = (box.start, box.end)
    published = find_published(page, source, layout, metas, head, lines)
    document = find_document(layout, page.url, title.text, box.start, box.end)
    if document and document.published_on and published.source in ("", "library"):
        published = Published(document.published_on, "label")
    return Article(
        url=page.url,
        title=title.text,
        body=body,
        published_at=published.iso,
        date_source=published.source,
        date_agrees=published.agrees,
        origin=find_origin(layout, source, metas, head, lines),
        editor=find_editor(layout, source, metas, lines),
        columns=find_columns(layout, metas, title.text, box.start),
        attachments=find_attachments(layout, page.url, box.start, below),
        document=document,
        encoding=decoded.encoding,
        method=_method(box, body, decoded.text),
    )


def _method(box: Container, body: str, html: str) -> str:
    """How the body was found and, in doubtful cases, whether trafilatura agrees."""
    if box.method not in ("density", "run") or len(body) >= SHORT:
        return box.method
    opinion = second_opinion(html, body)
    return f"{box.method}, trafilatura {opinion}" if opinion else box.method


def _nothing(page: Page, layout: PageLayout, body: int) -> Rejected:
    """Why there is no article: a page of links, or too little text."""
    linked = layout.linked_in(0, len(layout.lines))
    total = sum(len(line.text) for line in layout.lines)
    if len(layout.lines) > 9 and linked * 5 > total * 2:
        return Rejected(url=page.url, reason=Outcome.LIST_PAGE, detail=f"{linked} of {total} characters linked")
    return Rejected(url=page.url, reason=Outcome.TOO_SHORT, detail=f"{body} characters of text")
