"""One crawl at a time a data folder: the command line and the scheduler share a file lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from core.errors import BusyError, YuqingError

POLL = 0.2  # seconds between two looks at a lock that is waited for


@contextmanager
def crawl_lock(data: Path, wait: float = 0) -> Iterator[None]:
    """Hold the lock of ``data``, after waiting up to ``wait`` seconds for it.

    Raises BusyError when another crawl still holds it, YuqingError when the folder is read-only.
    """
    path = data / "crawl.lock"
    try:
        data.mkdir(parents=True, exist_ok=True)
        with FileLock(path, timeout=wait, poll_interval=POLL):
            yield
    except Timeout:
        raise BusyError(f"Another crawl or rebuild works on {data} now. Wait for it; `yuqing runs` shows it.") from None
    except OSError as error:
        raise YuqingError(f"{data}: the data folder cannot be written ({error.strerror}).") from error
