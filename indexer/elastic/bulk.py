"""Many small writes in few requests, with bounded memory and patience when the server is busy."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from indexer.elastic.faults import BlockedError, refusal
from indexer.store import BulkError, StoreUnavailableError

CHUNK_ITEMS = 500
CHUNK_BYTES = 15 * 1024 * 1024  # Elastic advises 5 to 15 MB a request
ANSWER = "items.*._id,items.*.status,items.*.result,items.*.error"  # a third of what the server would say
BUSY_RETRIES = 6
FIRST_WAIT = 0.5  # seconds after the first 429; doubled up to LONGEST_WAIT: half a minute in all
LONGEST_WAIT = 15.0


class Answer(NamedTuple):
    """What the server said to one write."""

    id: str
    status: int
    result: str  # created, updated, noop, deleted, or the type of the error


def bulk(
    client: Elasticsearch, location: str, actions: Iterable[dict[str, Any]], expected: Collection[int] = ()
) -> dict[str, Answer]:
    """Send ``actions`` (each id once); the answers by id.

    Error statuses in ``expected`` are answers; any other raises BulkError after all actions were tried, or
    StoreUnavailableError when the server stays busy, or BlockedError.
    """
    answers: dict[str, Answer] = {}
    faults: list[tuple[str, int, Any]] = []
    for ok, entry in streaming_bulk(
        client,
        actions,
        chunk_size=CHUNK_ITEMS,
        max_chunk_bytes=CHUNK_BYTES,
        raise_on_error=False,
        max_retries=BUSY_RETRIES,
        initial_backoff=FIRST_WAIT,
        max_backoff=LONGEST_WAIT,
        filter_path=ANSWER,
    ):
        ((_, told),) = entry.items()
        error = told.get("error")
        kind = error["type"] if isinstance(error, dict) else told.get("result", "")
        answers[told["_id"]] = Answer(told["_id"], told["status"], kind)
        if not ok and told["status"] not in expected:
            faults.append((told["_id"], told["status"], {"error": error}))
    if faults:
        first = refusal(location, faults[0][1], faults[0][2])
        if isinstance(first, (StoreUnavailableError, BlockedError)):
            raise first
        raise BulkError([(key, str(refusal(location, status, body))) for key, status, body in faults])
    return answers
