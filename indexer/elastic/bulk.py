"""Many small writes in few requests, with bounded memory and retries while the server is busy."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from http import HTTPStatus
from typing import Any, NamedTuple

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from indexer.elastic.faults import reason, refusal
from indexer.store import BulkError

CHUNK_ITEMS = 500
CHUNK_BYTES = 15 * 1024 * 1024  # Elastic advises 5 to 15 MB a request
ANSWER = "items.*._id,items.*.status,items.*.result,items.*.error"  # a third of the full response
BUSY_RETRIES = 6
REFUSED = HTTPStatus.BAD_REQUEST.value  # a write that does not fit the mapping, or is faulty in another way
FIRST_WAIT = 0.5  # seconds after the first 429; doubled up to LONGEST_WAIT: half a minute in total
LONGEST_WAIT = 15.0


class Answer(NamedTuple):
    """The server's response to one write."""

    id: str
    status: int
    result: str  # created, updated, noop, deleted, or the reason for the failure


def bulk(
    client: Elasticsearch, location: str, actions: Iterable[dict[str, Any]], expected: Collection[int] = ()
) -> dict[str, Answer]:
    """Send ``actions`` (each id once); returns the responses by id.

    Error statuses in ``expected`` are returned; :data:`REFUSED` otherwise raises BulkError after all actions were
    tried. Errors that are not due to a single write raise what :func:`indexer.elastic.faults.refusal` returns for them.
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
        result = told.get("result", "") if ok else reason(told)
        answers[told["_id"]] = Answer(told["_id"], told["status"], result)
        if not ok and told["status"] not in expected:
            faults.append((told["_id"], told["status"], told))
    for _, status, body in faults:
        if status != REFUSED:
            raise refusal(location, status, body)
    if faults:
        raise BulkError([(key, reason(body)) for key, _, body in faults])
    return answers
