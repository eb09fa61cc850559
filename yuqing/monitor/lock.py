"""One crawl at a time per data folder: the command line and the scheduler share a file lock."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from yuqing.core.errors import BusyError, YuqingError

logger = logging.getLogger(__name__)
POLL = 0.2  # seconds between two attempts at a lock that is waited for


@contextmanager
def crawl_lock(data: Path, wait: float = 0) -> Iterator[None]:
    """Hold the lock of ``data``, after waiting up to ``wait`` seconds for it.

    Raises BusyError if another crawl still holds it, YuqingError if the folder is read-only.
    """
    lock = FileLock(data / "crawl.lock")
    try:
        data.mkdir(parents=True, exist_ok=True)
        _acquire(lock, data, wait)
    except Timeout:
        raise BusyError(
            f"Another crawl or rebuild is working on {data}. Wait for it to end; `yuqing runs` shows it."
        ) from None
    except OSError as error:
        raise YuqingError(f"{data}: the data folder cannot be written ({error.strerror}).") from error
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: FileLock, data: Path, wait: float) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if not wait:
            raise
        logger.warning("another crawl is working on %s; waiting for up to %g s", data, wait)
        lock.acquire(timeout=wait, poll_interval=POLL)
