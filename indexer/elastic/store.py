"""The store in Elasticsearch: one index per review window, one alias over all of them.

Differences from the embedded store:

- A process finds at once what it has written itself; others find it when the first closes the store, or after
Elasticsearch's refresh interval (1 s). Decisions of people are visible to all at once.
- A batch is not a single transaction: an item that does not fit the mapping is refused; the others are written.
- Scores differ, so items that match about equally well may appear in another order.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from elasticsearch import ConflictError as VersionConflictError
from msgspec.structs import replace

from indexer.access import Access
from indexer.elastic import edits, reader, setup
from indexer.elastic.bulk import REFUSED
from indexer.elastic.client import connect, parse
from indexer.elastic.documents import SOURCE_FIELDS, cluster_value, decisions_of, item_or_none, reviewed, tagged
from indexer.elastic.faults import faults
from indexer.elastic.names import SCHEMA, Names
from indexer.elastic.overlap import CHUNK, distinct, overlapped
from indexer.elastic.put import put_items, result_of
from indexer.elastic.query import SORT, facet_aggregations, facets_of, search_query
from indexer.elastic.session import ATTEMPTS, Session, action, if_unchanged
from indexer.highlight import highlight, snippet
from indexer.merge import BATCH, batches
from indexer.store import (
    ConflictError,
    Found,
    Hit,
    NotFoundError,
    Place,
    PutResult,
    Query,
    StoreStatus,
    TagChange,
    Written,
)
from indexer.tokens import phrases
from yuqing.core.errors import YuqingError
from yuqing.core.records import Edit, Item, ReprintCluster, Review

logger = logging.getLogger(__name__)


class ElasticStore:
    """A :class:`indexer.store.Store` at ``url`` (see :func:`indexer.elastic.client.parse`).

    Raises YuqingError when the indices are not set up; ``init`` does that, with the sub-fields of ``analyzer``
    (:data:`indexer.elastic.mapping.ANALYZERS`). After a reindex it continues with the new indices.
    """

    def __init__(self, url: str, access: Access, *, init: bool = False, analyzer: str = "") -> None:
        address = parse(url)
        self.location = address.server
        client = connect(address, access)
        try:
            with faults(self.location):
                if init:
                    found = setup.init(client, self.location, address.prefix, analyzer)
                else:
                    found = setup.check(client, self.location, address.prefix)
        except BaseException:
            client.close()
            raise
        self._client = client
        self._session = Session(client, self.location, Names(address.prefix, found.version))

    def put(self, items: Iterable[Item]) -> list[PutResult]:
        results: list[PutResult] = []
        for some in overlapped(self._put_chunk, distinct(items, CHUNK)):
            results += some
        return results

    def _put_chunk(self, items: list[Item]) -> list[PutResult]:
        results = self._session.writing(self._put, items)
        return [results[item.id] for item in items]

    def _put(self, names: Names, items: list[Item]) -> dict[str, PutResult]:
        return put_items(self._session, names, items)

    def get(self, item_id: str) -> Item | None:
        document = self._document(item_id)
        return item_or_none(document.source) if document else None

    def get_many(self, ids: Iterable[str]) -> dict[str, Item]:
        found: dict[str, Item] = {}
        for batch in batches(dict.fromkeys(ids)):
            with self._session.reading() as names:
                documents = self._session.documents(names, batch)
            items = ((key, item_or_none(document.source)) for key, document in documents.items())
            found.update((key, item) for key, item in items if item is not None)
        return found

    def delete(self, ids: Iterable[str]) -> int:
        return sum(self._session.writing(self._delete, batch) for batch in batches(dict.fromkeys(ids)))

    def _delete(self, names: Names, ids: list[str]) -> int:
        seen = reader.months(self._client, names, ids)
        gone = self._session.bulk(
            (action("delete", names.month(month), key) for key, month in seen.items()), expected=(404,)
        )
        self._session.bulk((action("delete", names.ids, key) for key in seen), expected=(404,))
        return sum(answer.result == "deleted" for answer in gone.values())

    def search(self, query: Query) -> Found:
        with self._session.reading() as names:
            self._session.refresh()
            answer = self._client.search(
                index=names.items,
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
        found = ((item_or_none(hit["_source"]), hit["_score"] or 0.0) for hit in answer["hits"]["hits"])
        return Found(
            answer["hits"]["total"]["value"],
            [_hit(item, score, wanted) for item, score in found if item is not None],
            facets_of(answer["aggregations"]) if query.facets else {},
        )

    def count(self, query: Query) -> int:
        with self._session.reading() as names:
            self._session.refresh()
            return int(self._client.count(index=names.items, query=search_query(query))["count"])

    def scan(
        self,
        window: str | None = None,
        relevant: bool | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> Iterator[Item]:
        filters: list[dict[str, Any]] = []
        if window is not None:
            filters.append({"term": {"window": window}})
        if relevant is not None:
            filters.append({"term": {"relevant": relevant}})
        days = {"gte": first, "lte": last}
        if limits := {name: day.isoformat() for name, day in days.items() if day}:
            filters.append({"range": {"day": limits}})
        after: list[str] | None = None
        while True:
            with self._session.reading() as names:
                self._session.refresh()
                hits = self._client.search(
                    index=names.items,
                    query={"bool": {"filter": filters}},
                    sort=[{"published": "asc"}, {"id": "asc"}],
                    search_after=after,
                    size=BATCH,
                    track_total_hits=False,
                    source_includes=SOURCE_FIELDS,
                )["hits"]["hits"]
            yield from (item for hit in hits if (item := item_or_none(hit["_source"])) is not None)
            if len(hits) < BATCH:
                return
            after = hits[-1]["sort"]

    def stream(self, query: Query, after: Place | None = None, batch: int = BATCH) -> Iterator[Item]:
        found = {"bool": {"filter": [search_query(query)]}}
        behind: list[str] | None = list(after) if after else None
        while True:
            with self._session.reading() as names:
                self._session.refresh()
                hits = self._client.search(
                    index=names.items,
                    query=found,
                    sort=SORT["newest"],
                    search_after=behind,
                    size=batch,
                    track_total_hits=False,
                    source_includes=SOURCE_FIELDS,
                )["hits"]["hits"]
            yield from (item for hit in hits if (item := item_or_none(hit["_source"])) is not None)
            if len(hits) < batch:
                return
            behind = hits[-1]["sort"]

    def set_tags(self, changes: Iterable[TagChange]) -> list[PutResult]:
        results: list[PutResult] = []
        for batch in batches(changes):
            written = self._session.writing(self._set_tags, {change.id: change for change in batch})
            results += [written[change.id] for change in batch]
        return results

    def _set_tags(self, names: Names, left: dict[str, TagChange]) -> dict[str, PutResult]:
        results: dict[str, PutResult] = {}
        for _ in range(ATTEMPTS):
            stored = self._session.documents(names, left)
            actions = []
            for key, change in left.items():
                document = stored.get(key)
                item = item_or_none(document.source) if document else None
                outcome = _tag_outcome(item, change)
                results[key] = PutResult(key, outcome)
                if document and item and outcome == "updated":
                    new = replace(item, tags=change.tags)
                    actions.append(action("update", document.index, key, doc=tagged(new), **if_unchanged(document)))
            answers = self._session.bulk(actions, expected=(REFUSED, 404, 409))
            results |= {key: result_of(answer, "updated") for key, answer in answers.items()}
            left = {key: left[key] for key, answer in answers.items() if answer.status in (404, 409)}
            if not left:
                return results
        raise self._session.in_the_way(left)

    def set_clusters(self, changes: Mapping[str, ReprintCluster | None]) -> int:
        return sum(self._session.writing(self._set_clusters, dict(batch)) for batch in batches(changes.items()))

    def _set_clusters(self, names: Names, changes: dict[str, ReprintCluster | None]) -> int:
        seen = reader.months(self._client, names, changes)
        values = {key: {"family": cluster_value(changes[key])} for key in seen}
        answers = self._session.bulk(
            (
                action("update", names.month(month), key, doc=values[key], retry_on_conflict=3)
                for key, month in seen.items()
            ),
            expected=(404,),
        )
        return sum(answer.result == "updated" for answer in answers.values())

    def set_review(self, item_id: str, review: Review, expected_version: int) -> Review:
        return self._session.writing(self._set_review, item_id, review, expected_version)

    def _set_review(self, names: Names, item_id: str, review: Review, expected_version: int) -> Review:
        written = replace(review, version=expected_version + 1)
        for turn in range(ATTEMPTS):
            document = self._session.documents(names, [item_id]).get(item_id)
            item = item_or_none(document.source) if document else None
            if document is None or item is None:
                raise NotFoundError(item_id)
            stored = item.review
            if turn and stored == written:
                return written  # it was written, but the response was lost and the client retried
            if stored.version != expected_version:
                raise ConflictError(item_id, stored, review)
            decisions = decisions_of(document.source)
            try:
                self._client.update(
                    index=document.index,
                    id=item_id,
                    doc=reviewed(replace(item, review=written), [*decisions, written]),
                    if_seq_no=document.seq_no,
                    if_primary_term=document.primary_term,
                    refresh=True,  # people see at once what was decided, in whatever process
                )
            except VersionConflictError:
                continue  # the crawler wrote its part, or somebody decided: read again
            return written
        raise self._session.in_the_way([item_id])

    def history(self, item_id: str) -> list[Review]:
        document = self._document(item_id)
        return decisions_of(document.source) if document else []

    def set_edit(self, edit: Edit, expected_version: int) -> Edit:
        with self._session.reading() as names:
            return edits.write(self._session, names, edit, expected_version)

    def edits(self, scope: str) -> dict[str, Edit]:
        return {edit.part: edit for edit in self.edit_history(scope)}

    def edit_history(self, scope: str) -> list[Edit]:
        with self._session.reading() as names:
            return edits.history(self._session, names, scope)

    def edit_scopes(self) -> list[str]:
        with self._session.reading() as names:
            return edits.scopes(self._session, names)

    def _document(self, item_id: str) -> reader.Document | None:
        with self._session.reading() as names:
            return self._session.documents(names, [item_id]).get(item_id)

    def refresh(self) -> None:
        with self._session.reading():
            self._session.refresh(all_writers=True)

    def status(self) -> StoreStatus:
        with self._session.reading() as names:
            self._session.refresh()
            answer = self._client.search(
                index=names.items,
                size=0,
                track_total_hits=True,
                aggs={
                    "windows": {"terms": {"field": "window", "size": 10_000, "order": {"_key": "asc"}}},
                    "relevant": {"filter": {"term": {"relevant": True}}},
                },
            )
            stats = self._client.indices.stats(index=[names.items, names.ids], metric="store")
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
            with self._session.reading():
                self._session.refresh()  # so that the next command finds what this one wrote
        except YuqingError as error:
            logger.warning("%s", error)
        finally:
            self._client.close()


def _tag_outcome(item: Item | None, change: TagChange) -> Written:
    if item is None:
        return "missing"
    if item.content_hash != change.content_hash:
        return "stale"
    return "unchanged" if item.tags == change.tags else "updated"


def _hit(item: Item, score: float, wanted: list[list[str]]) -> Hit:
    article = item.article
    return Hit(item, score, highlight(article.title, wanted), snippet(article.body, wanted))
