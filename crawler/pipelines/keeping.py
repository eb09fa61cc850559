"""Marks what must not fail: a page that cannot be kept ends the crawl, while a user's own pipeline may fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from yuqing.core.errors import YuqingError


@contextmanager
def keeping() -> Iterator[None]:
    """Raise YuqingError for any error inside; it ends the crawl."""
    try:
        yield
    except YuqingError:
        raise
    except Exception as error:
        raise YuqingError(f"{type(error).__name__}: {error}") from error
