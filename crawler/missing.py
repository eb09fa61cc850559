"""How a site responds to a URL that cannot exist: some return 200 and an ordinary-looking page.

Requested only if an article page does not contain the title shown on its list, and at most once per source and week.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from urllib.parse import urljoin

from crawler.extract.error_page import fingerprint
from yuqing.core.records import Page

ASKED_AGAIN = timedelta(days=7)


def impossible_url(url: str) -> str:
    """A URL in the folder of ``url`` that no page has."""
    name = hashlib.sha256(url.encode()).hexdigest()[:16]
    ending = ".shtml" if url.endswith(".shtml") else ".html"
    return urljoin(url, f"no-such-page-{name}{ending}")


def said_to_missing(page: Page) -> tuple[str, ...]:
    """The fingerprint of the response to an impossible URL; () if the site correctly reports that it does not exist."""
    return fingerprint(page) if page.status == 200 else ()
