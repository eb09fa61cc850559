"""Text of a page to an element tree, within bounds."""

from __future__ import annotations

import re

from lxml import etree

MAX_BYTES = 5_000_000  # the largest saved page has 0.5 MB
MAX_TAGS = 120_000  # the largest saved page has 16,000; this many parse in 0.1 s
_HUGE_TAG = re.compile(r"<[A-Za-z/!][^<>]{3000,}>?")  # libxml2 takes attributes in quadratic time
_CLOSING = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")


def parse(text: str) -> etree._Element | None:
    """The root element of an HTML page, or None where nothing in it is markup.

    ``</html>`` and ``</body>`` are taken out first: gov.cn templates close both after their header, and
    libxml2 then hangs the article outside the tree that selectors see. Nesting beyond libxml2's own bound
    (2,048) ends the tree there.
    """
    cleaned = _HUGE_TAG.sub("", _CLOSING.sub("", _CONTROL.sub("", text)))
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(cleaned.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return root if root is not None and root.tag == "html" else None
