"""How a site answers to an address that cannot exist: some say 200 and show a page like any other.

Asked only when an article page shows nothing of the title that its list gave, and at most once a source and week.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from urllib.parse import urljoin

from crawler.extract.error_page import fingerprint
from yuqing.core.records import Page

ASKED_AGAIN = timedelta(days=7)


def impossible_url(url: str) -> str:
    """An address in the folder of ``url`` that no page has."""
    name = hashlib.sha256(url.encode()).hexdigest()[:16]
    ending = ".shtml" if url.endswith(".shtml") else ".html"
    return urljoin(url, f"no-such-page-{name}{ending}")


def said_to_missing(page: Page) -> tuple[str, ...]:
    """The fingerprint of the answer to an impossible address; () where the site says honestly that there is none."""
    return fingerprint(page) if page.status == 200 else ()
