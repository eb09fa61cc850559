"""Parsing the XML of feeds and sitemaps without entities or network access, whatever encoding it declares."""

from __future__ import annotations

import re

from lxml import etree

from crawler.lists.base import ListError
from crawler.lists.links import page_text
from yuqing.core.records import Page

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # not allowed in XML, but feeds contain them
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def xml_root(page: Page, *names: str) -> etree._Element:
    """The root of the page's XML. Raises ListError if it is not XML or its root is not one of ``names``."""
    text = _DECLARATION.sub("", page_text(page).lstrip("\ufeff"))
    parser = etree.XMLParser(encoding="utf-8", recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(_CONTROL.sub("", text).encode(errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ListError(f"the response is not XML ({error.msg}).") from error
    if root is None or local(root) not in names:
        raise ListError(f"<{names[0]}> expected, the answer begins “{text.strip()[:40]}”.")
    return root


def local(element: etree._Element) -> str:
    """The name of ``element`` without its namespace, in lower case; empty for comments."""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def descendants(root: etree._Element, *names: str) -> list[etree._Element]:
    """All elements below ``root`` with one of ``names``, in document order."""
    return [element for element in root.iter() if local(element) in names]


def text_of(element: etree._Element, *names: str) -> str:
    """The text of the first matching element below ``element``, using the first of ``names`` that has any text."""
    for name in names:
        for child in descendants(element, name):
            if text := "".join(map(str, child.itertext())).strip():
                return text
    return ""
