"""Converting Scrapy's responses to plain strings and to pages."""

from __future__ import annotations

from typing import Any

from scrapy.http import Response

from crawler.refusals import REFRESH_TO
from yuqing.core.records import Page, Source
from yuqing.core.times import now


def plain_headers(response: Response) -> dict[str, str]:
    """The headers of ``response``; values of repeated headers are joined with commas."""
    return {
        name.decode("latin-1"): ", ".join(value.decode("latin-1") for value in values)
        for name, values in response.headers.items()
    }


def page_of(response: Response, source: Source, kind: Any) -> Page:
    """The page in ``response``, fetched now; its note holds what the middlewares recorded on the way."""
    target = response.meta.get("refresh_to")
    return Page(
        url=response.url,
        body=response.body,
        source_id=source.id,
        fetched_at=now(),
        status=response.status,
        headers=plain_headers(response),
        kind=kind,
        note=f"{REFRESH_TO}{target}" if target else response.meta.get("redirect_note", ""),
    )
