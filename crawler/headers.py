"""HTTP headers as plain strings."""

from __future__ import annotations

from scrapy.http import Response


def plain_headers(response: Response) -> dict[str, str]:
    """The headers of ``response``; values of a repeated header are joined with commas."""
    return {
        name.decode("latin-1"): ", ".join(value.decode("latin-1") for value in values)
        for name, values in response.headers.items()
    }
