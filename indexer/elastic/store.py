"""The store in Elasticsearch: an index for each review window, one alias over all of them.

What differs from the embedded store:

- What one process has written, it finds at once; others find it when it closes the store, or after
  Elasticsearch's refresh interval (1 s).
- A batch is not one transaction, and an item that does not fit the mapping is refused; the others are written.
- Scores differ, so items that match about equally well may stand in another order.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from elasticsearch import ConflictError as VersionConflictError

from core.errors import YuqingError
from core.jsonio import from_plain
from core.records import Family, Item, Review
from indexer.access import Access
from indexer.elastic import reader, setup
from indexer.elastic.bulk import REFUSED, Answer, bulk
from indexer.elastic.client import connect, parse
from indexer.elastic.documents import (
    SOURCE_FIELDS,
    crawled,
    family_value,
    item_of,
    new_document,
    reviewed,
    tagged,
)
from indexer.elastic.faults import BlockedError, faults
from indexer.elastic.names import SCHEMA, UNDATED, Names
from indexer.elastic.overlap import CHUNK, distinct, overlapped
from indexer.elastic.query import SORT, facet_aggregations, facets_of, search_query
from indexer.highlight import highlight, snippet
from indexer.merge import BATCH, batches, merged
from indexer.store import (
    ConflictError,
    Found,
    Hit,
    NotFoundError,
    PutResult,
    Query,
    StoreStatus,
    StoreUnavailableError,
    TagChange,
    Written,
)
from indexer.tokens import phrases

logger = logging.getLogger(__name__)
ATTEMPTS = 10  # rounds of read, compare and write before others are said to be in the way


class ElasticStore:
    """A :class:`indexer.store.Store` at ``url`` (see :func:`indexer.elastic.client.parse`).

    Raises YuqingError when the indices are not set up; ``init`` does that, with the sub-fields of ``analyzer``
    (:data:`indexer.elastic.mapping.ANALYZERS`). A reindex that goes on meanwhile is seen at the next write.
    """

    def __init__(self, url: str, access: Access, *, init: bool = False, analyzer: str = "") -> None:
        address = parse(url)
        self.location = address.server
        self._indices: set[str] = set()
        self._unseen = False  # writes that a search would not find yet
        self._client = connect(address.server, access)
        try:
            with faults(self.location):
                if init:
                    found = setup.init(self._client, self.location, address.prefix, analyzer)
                else:
                    found = setup.check(self._client, self.location, address.prefix)
                self._names = Names(address.prefix, found.version)
        except BaseException:
            self._client.close()
            raise

    def put(self, items: Iterable[Item]) -> list[PutResult]:
        results: list[PutResult] = []
        for some in overlapped(self._put_chunk, distinct(items, CHUNK)):
            results += some
        return results

    def _put_chunk(self, items: list[Item]) -> list[PutResult]:
        with self._faults():
            results = self._put(items)
        return [results[item.id] for item in items]

    def _put(self, items: list[Item]) -> dict[str, PutResult]:
        """Write items with different ids."""
        seen, new = self._claim(items)
        written: dict[str, Written] = {}
        results: dict[str, PutResult] = {}
        left = {item.id: item for item in items}
        for turn in range(ATTEMPTS):
            # What was claimed just now is not there yet, save after a crash; then its creation is refused.
            known = {key: seen[key] for key in left if turn or key not in new}
            stored = reader.documents(self._client, self._names, known)
            actions = []
            for key, item in list(left.items()):
                index = self._names.month(seen[key])
                if key not in stored:
                    self._ensure(index)
                    actions.append(_action("create", index, key, _source=new_document(item)))
                    written[key] = "created"
                elif (version := merged(item_of(stored[key].source), item)) is None:
                    results[key] = PutResult(key, "unchanged")
                    del left[key]
                else:
                    doc = crawled(version) | ({"family": family_value(item.family)} if item.family else {})
                    actions.append(_action("update", index, key, doc=doc, **_unchanged(stored[key])))
                    written[key] = "updated"
            answers = self._bulk(actions, expected=(REFUSED, 404, 409))
            results |= {key: _result(answers[key], written[key]) for key in left}
            left = {key: item for key, item in left.items() if answers[key].status in (404, 409)}
            if not left:
                return results
        raise self._in_the_way(left)

    def _claim(self, items: list[Item]) -> tuple[dict[str, str], set[str]]:
        """The month of each item, that of its first sight; and the ids for which that is now."""
        seen = reader.months(self._client, self._names, [item.id for item in items])
        first = {item.id: item.window or UNDATED for item in items if item.id not in seen}
        answers = self._bulk(
            (_action("create", self._names.ids, key, _source={"month": month}) for key, month in first.items()),
            expected=(409,),
        )
        # Another process may have been quicker with some of them: the index of ids decides.
        lost = {key for key, answer in answers.items() if answer.status == 409}
        return seen | first | reader.months(self._client, self._names, lost), first.keys() - lost

    def _ensure(self, index: str) -> None:
        if index not in self._indices:
            setup.create(self._client, index, {})
            self._indices.add(index)

    def get(self, item_id: str) -> Item | None:
        with self._faults():
            document = self._documents([item_id]).get(item_id)
        return item_of(document.source) if document else None

    def delete(self, ids: Iterable[str]) -> int:
        gone = 0
        for batch in batches(dict.fromkeys(ids)):
            with self._faults():
                seen = reader.months(self._client, self._names, batch)
                answers = self._bulk(
                    (_action("delete", self._names.month(month), key) for key, month in seen.items()), expected=(404,)
                )
                gone += sum(answer.result == "deleted" for answer in answers.values())
                self._bulk((_action("delete", self._names.ids, key) for key in seen), expected=(404,))
        return gone

    def search(self, query: Query) -> Found:
        with self._faults():
            self._refresh()
            answer = self._client.search(
                index=self._names.items,
                query=search_query(query),
                sort=SORT[query.sort],
                size=query.size,
                from_=query.offset,
                track_total_hits=True,
                track_scores=True,
                source_includes=SOURCE_FIELDS,
                aggs=facet_aggregations() if query.facets else None,
            ).body
        wanted = phrases(query.text)
        return Found(
            answer["hits"]["total"]["value"],
            [_hit(item_of(hit["_source"]), hit["_score"] or 0.0, wanted) for hit in answer["hits"]["hits"]],
            facets_of(answer["aggregations"]) if query.facets else {},
        )

    def count(self, query: Query) -> int:
        with self._faults():
            self._refresh()
            return int(self._client.count(index=self._names.items, query=search_query(query))["count"])

    def scan(self, window: str | None = None, relevant: bool | None = None) -> Iterator[Item]:
        filters: list[dict[str, Any]] = []
        if window is not None:
            filters.append({"term": {"window": window}})
        if relevant is not None:
            filters.append({"term": {"relevant": relevant}})
        after: list[str] | None = None
        while True:
            with self._faults():
                self._refresh()
                hits = self._client.search(
                    index=self._names.items,
                    query={"bool": {"filter": filters}},
                    sort=[{"published": "asc"}, {"id": "asc"}],
                    search_after=after,
                    size=BATCH,
                    track_total_hits=False,
                    source_includes=SOURCE_FIELDS,
                )["hits"]["hits"]
            for hit in hits:
                yield item_of(hit["_source"])
            if len(hits) < BATCH:
                return
            after = hits[-1]["sort"]

    def set_tags(self, changes: Iterable[TagChange]) -> list[PutResult]:
        results: list[PutResult] = []
        for batch in batches(changes):
            with self._faults():
                written = self._set_tags({change.id: change for change in batch})
            results += [written[change.id] for change in batch]
        return results

    def _set_tags(self, left: dict[str, TagChange]) -> dict[str, PutResult]:
        results: dict[str, PutResult] = {}
        for _ in range(ATTEMPTS):
            stored = self._documents(left)
            actions = []
            for key, change in left.items():
                document = stored.get(key)
                outcome = _tag_outcome(item_of(document.source) if document else None, change)
                results[key] = PutResult(key, outcome)
                if document and outcome == "updated":
                    new = replace(item_of(document.source), tags=change.tags)
                    actions.append(_action("update", document.index, key, doc=tagged(new), **_unchanged(document)))
            answers = self._bulk(actions, expected=(REFUSED, 404, 409))
            results |= {key: _result(answer, "updated") for key, answer in answers.items()}
            left = {key: left[key] for key, answer in answers.items() if answer.status in (404, 409)}
            if not left:
                return results
        raise self._in_the_way(left)

    def set_families(self, changes: Mapping[str, Family | None]) -> int:
        changed = 0
        for batch in batches(changes):
            with self._faults():
                seen = reader.months(self._client, self._names, batch)
                answers = self._bulk(
                    (
                        _action(
                            "update",
                            self._names.month(month),
                            key,
                            doc={"family": family_value(changes[key])},
                            retry_on_conflict=3,
                        )
                        for key, month in seen.items()
                    ),
                    expected=(404,),
                )
            changed += sum(answer.result == "updated" for answer in answers.values())
        return changed

    def set_review(self, item_id: str, review: Review, expected_version: int) -> Review:
        written = replace(review, version=expected_version + 1)
        for _ in range(ATTEMPTS):
            with self._faults():
                document = self._documents([item_id]).get(item_id)
                if document is None:
                    raise NotFoundError(item_id)
                stored = from_plain(document.source["review"], Review)
                if stored.version != expected_version:
                    raise ConflictError(item_id, stored, review)
                decisions = from_plain(document.source["decisions"], list[Review])
                try:
                    self._client.update(
                        index=document.index,
                        id=item_id,
                        doc=reviewed(replace(item_of(document.source), review=written), [*decisions, written]),
                        if_seq_no=document.seq_no,
                        if_primary_term=document.primary_term,
                    )
                except VersionConflictError:
                    continue  # the crawler wrote its part, or somebody decided: look again
                self._unseen = True
                return written
        raise self._in_the_way([item_id])

    def history(self, item_id: str) -> list[Review]:
        with self._faults():
            document = self._documents([item_id]).get(item_id)
        return from_plain(document.source["decisions"], list[Review]) if document else []

    def status(self) -> StoreStatus:
        with self._faults():
            self._refresh()
            answer = self._client.search(
                index=self._names.items,
                size=0,
                track_total_hits=True,
                aggs={
                    "windows": {"terms": {"field": "window", "size": 10_000, "order": {"_key": "asc"}}},
                    "relevant": {"filter": {"term": {"relevant": True}}},
                },
            )
            stats = self._client.indices.stats(index=[self._names.items, self._names.ids], metric="store")
        found = answer["aggregations"]
        return StoreStatus(
            kind="elasticsearch",
            location=self.location,
            schema=SCHEMA,
            items=answer["hits"]["total"]["value"],
            relevant=found["relevant"]["doc_count"],
            windows=[(bucket["key"], bucket["doc_count"]) for bucket in found["windows"]["buckets"]],
            bytes=stats["_all"]["total"]["store"]["size_in_bytes"],
        )

    def close(self) -> None:
        try:
            with self._faults():
                self._refresh()  # so that the next command finds what this one wrote
        except YuqingError as error:
            logger.warning("%s", error)
        finally:
            self._client.close()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Errors as sentences; a write that a reindex has blocked may be tried again, on the new indices."""
        with faults(self.location):
            try:
                with faults(self.location):
                    yield
            except BlockedError as error:
                found = setup.check(self._client, self.location, self._names.prefix)
                if not found.moving and found.version == self._names.version:
                    raise
                self._names = Names(self._names.prefix, found.version)
                raise StoreUnavailableError(
                    f"{self.location}: the indices are being rebuilt (`yuqing index reindex`); try again in a minute."
                ) from error

    def _documents(self, ids: Iterable[str]) -> dict[str, reader.Document]:
        seen = reader.months(self._client, self._names, ids)
        return reader.documents(self._client, self._names, seen)

    def _bulk(self, actions: Iterable[dict[str, Any]], expected: tuple[int, ...]) -> dict[str, Answer]:
        self._unseen = True
        return bulk(self._client, self.location, actions, expected)

    def _refresh(self) -> None:
        if self._unseen:
            self._unseen = False
            self._client.indices.refresh(index=self._names.items)

    def _in_the_way(self, ids: Iterable[str]) -> YuqingError:
        return StoreUnavailableError(
            f"{self.location}: other processes keep writing the same items ({', '.join(sorted(ids)[:3])}); try again."
        )


def _action(kind: str, index: str, key: str, **more: Any) -> dict[str, Any]:
    return {"_op_type": kind, "_index": index, "_id": key, **more}


def _unchanged(document: reader.Document) -> dict[str, int]:
    """The condition that nobody wrote ``document`` meanwhile: what is counted rests on tags and review together."""
    return {"if_seq_no": document.seq_no, "if_primary_term": document.primary_term}


def _result(answer: Answer, written: Written) -> PutResult:
    if answer.status == REFUSED:
        return PutResult(answer.id, "refused", answer.result)
    return PutResult(answer.id, written)


def _tag_outcome(item: Item | None, change: TagChange) -> Written:
    if item is None:
        return "missing"
    if item.content_hash != change.content_hash:
        return "stale"
    return "unchanged" if item.tags == change.tags else "updated"


def _hit(item: Item, score: float, wanted: list[list[str]]) -> Hit:
    article = item.article
    return Hit(item, score, highlight(article.title, wanted), snippet(article.body, wanted))
