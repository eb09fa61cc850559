"""Pages written for these tests in the markup of the real systems."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from yuqing.core.records import Page
from yuqing.core.times import SHANGHAI

PAGES = Path(__file__).parent / "pages"
FETCHED = datetime(2024, 5, 6, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture(scope="session")
def page() -> Callable[..., Page]:
    """Makes a Page from a file of pages/ or from given HTML."""

    def make(source: str | bytes, url: str = "http://www.example.gov.cn/xw/a.html", **more: Any) -> Page:
        if isinstance(source, bytes):
            body = source
        elif source.endswith(".html"):
            body = (PAGES / source).read_bytes()
        else:
            body = source.encode()
        return Page(url=url, body=body, source_id="test", **{"fetched_at": FETCHED, **more})

    return make
