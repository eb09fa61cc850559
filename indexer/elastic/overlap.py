"""Processes several chunks of items at once: while the server writes one, the documents of the next are built.

Chunks of 250 instead of 500 cost the server a fifth more time. On two cores shared with the server, a third worker cost
a tenth more (1.24 ms of CPU per item, two 1.10, one 1.12) and saved no time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from yuqing.core.records import Item

R = TypeVar("R")
CHUNK = 500
WORKERS = 2


def distinct(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """``items`` in order, in lists of at most ``size`` that contain no id twice."""
    chunk: dict[str, Item] = {}
    for item in items:
        if len(chunk) == size or item.id in chunk:
            yield list(chunk.values())
            chunk = {}
        chunk[item.id] = item
    if chunk:
        yield list(chunk.values())


def overlapped(work: Callable[[list[Item]], R], chunks: Iterable[list[Item]]) -> Iterator[R]:
    """Call ``work`` on each of ``chunks``, :data:`WORKERS` at a time; the results come in the order of the chunks.

    Chunks with an id in common are processed one after the other. An error of ``work`` is raised once those already
    started have ended.
    """
    flight: deque[tuple[set[str], Future[R]]] = deque()
    with ThreadPoolExecutor(WORKERS, "elastic-put") as pool:
        for chunk in chunks:
            ids = {item.id for item in chunk}
            while len(flight) == WORKERS or any(ids & others for others, _ in flight):
                yield flight.popleft()[1].result()
            flight.append((ids, pool.submit(work, chunk)))
        while flight:
            yield flight.popleft()[1].result()
