"""Parses a page's text into an element tree, within limits."""

from __future__ import annotations

import re

from lxml import etree

MAX_BYTES = 5_000_000  # the largest saved page has 0.5 MB
MAX_TAGS = 120_000  # the largest saved page has 16,000; this many parse in 0.1 s
MAX_TAG = 3_000  # bytes; libxml2 takes quadratic time for the attributes of one tag
_HUGE_TAG = re.compile(rb"<[A-Za-z/!][^<>]{%d,}>?" % MAX_TAG)
_LONG = re.compile(rb"<[^<]{%d}" % (MAX_TAG + 1))  # a huge tag or, on half of all pages, a script
_CLOSING = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")


def parse(text: str) -> etree._Element | None:
    """The root element of an HTML page, or None where it contains no markup.

    ``</html>`` and ``</body>`` are removed first: gov.cn templates close both after their header, and libxml2 then
    attaches the article outside the tree that selectors see. Nesting beyond libxml2's own limit (2,048) ends the tree
    there.
    """
    markup = _CLOSING.sub(b"", text.encode("utf-8", "replace").translate(None, _CONTROLS))
    if any(b">" not in long[0] for long in _LONG.finditer(markup)):
        markup = _HUGE_TAG.sub(b"", markup)
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        root = etree.fromstring(markup, parser)
    except etree.XMLSyntaxError:
        return None
    return root if root is not None and root.tag == "html" else None
