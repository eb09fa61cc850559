"""The files an article links to."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler.extract.layout import PageLayout
from crawler.extract.select import text_of
from yuqing.core.records import Attachment

_FILE = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|pptx?|dps|zip|rar|7z|csv)$", re.IGNORECASE)
_HINT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|pptx?|dps|zip|rar|7z|csv)(?:[?&#]|\s*$)")
_NAMED_FILE = re.compile(
    r"\?(?:[^#]*&)?file_?(?:name|path)?=[^&#]+\.(?:pdf|docx?|wps|xlsx?|et|ofd|pptx?|zip|rar|7z)(?:[&#]|$)",
    re.IGNORECASE,
)
_BOX = re.compile(r"fujian|attach|appendix|annex|accessor|\bfj", re.IGNORECASE)
MAX_FILES = 200  # a page with more linked files is a download page; they are not attachments
AFTER = 12  # lines below the body searched for a list of attachments


def find_attachments(layout: PageLayout, url: str, start: int, end: int) -> tuple[Attachment, ...]:
    """Links to pdf, doc, xls, ofd, zip … in the lines ``start:end`` or in an attachment list just below them."""
    found: dict[str, Attachment] = {}
    links = [link for link in layout.root.iter("a") if _HINT.search(link.get("href", "").lower())][:MAX_FILES]
    if not links:
        return ()
    spans = [span for span in layout.spans if span.start < end + AFTER and span.end > start]
    below = {span.element for span in spans if _BOX.search(span.names)}
    inside = {span.element for span in spans if span.start >= start and span.end <= end}
    for link in links:
        href = link.get("href", "").strip()
        if not _leads_to_file(href):
            continue
        owners = {link, *link.iterancestors()}
        text = text_of(link)
        if not (owners & inside or owners & below or text.startswith("附件")):
            continue
        try:
            absolute = urljoin(url, href)
        except ValueError:
            continue
        name = text or link.get("title", "").strip() or _path(absolute).rpartition("/")[2]
        found.setdefault(absolute, Attachment(name=name, url=absolute))
    return tuple(found.values())


def links_to_file(element: etree._Element) -> bool:
    """Whether a link inside ``element`` leads to a file."""
    return any(_leads_to_file(link.get("href", "")) for link in element.iter("a"))


def _leads_to_file(href: str) -> bool:
    """Whether the path or a query parameter names a file (JCMS: ``downfile.jsp?classid=0&filename=1903.pdf``)."""
    return bool(_FILE.search(_path(href)) or _NAMED_FILE.search(href))


def _path(href: str) -> str:
    try:
        return urlsplit(href).path
    except ValueError:
        return ""
