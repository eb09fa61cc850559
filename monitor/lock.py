"""One crawl at a time a data folder: the command line and the scheduler share a file lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from core.errors import YuqingError


@contextmanager
def crawl_lock(data: Path) -> Iterator[None]:
    """Hold the lock of ``data``. Raises YuqingError when another crawl holds it or the folder is read-only."""
    path = data / "crawl.lock"
    try:
        data.mkdir(parents=True, exist_ok=True)
        with FileLock(path, timeout=0):
            yield
    except Timeout:
        raise YuqingError(
            f"Another crawl or rebuild works on {data} now. Wait for it; `yuqing runs` shows it."
        ) from None
    except OSError as error:
        raise YuqingError(f"{data}: the data folder cannot be written ({error.strerror}).") from error
