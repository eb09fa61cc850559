"""CSS selectors of the source records, compiled once each."""

from __future__ import annotations

from functools import lru_cache

from cssselect import HTMLTranslator, SelectorError
from lxml import etree


@lru_cache(maxsize=4096)
def _compiled(css: str) -> etree.XPath:
    try:
        return etree.XPath(HTMLTranslator().css_to_xpath(css))
    except SelectorError as error:
        raise ValueError(f"“{css}” is not a CSS selector: {error}") from error


def select(root: etree._Element, css: str) -> list[etree._Element]:
    """The elements that match ``css``, in document order. Raises ValueError for a malformed selector."""
    found: object = _compiled(css)(root)
    assert isinstance(found, list)  # a translated selector always yields nodes
    return [element for element in found if isinstance(element, etree._Element)]


def remove(root: etree._Element, css: str) -> None:
    """Remove the elements that match ``css`` from the tree; the text after each stays."""
    for element in select(root, css):
        parent = element.getparent()
        if parent is None:
            continue
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + (element.tail or "")
        else:
            parent.text = (parent.text or "") + (element.tail or "")
        parent.remove(element)


def text_of(element: etree._Element) -> str:
    """The text of an element with white space collapsed."""
    text: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return " ".join(text.split())
