"""Builds the next version of the indices from the one in use and switches to it, while people can search.

Needed for a new mapping: a new schema of this program, or other sub-fields. Documents are rebuilt from the items, with
clusters, reviews and all decisions. First everything is copied while writes continue; then writes are blocked, what was
changed meanwhile is copied, the alias is switched and the new version is recorded as the one in use. Blocked writers
check again (:class:`indexer.elastic.store.ElasticStore`); a crawl's writes wait in its spool. After an interruption at
any point it can be started again. The old version stays, read-only, until it is dropped: a process that knows only that
one must still find it, and must not find a gap. An unreadable document stays behind in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from elasticsearch import Elasticsearch

from indexer.access import Access
from indexer.elastic import mapping, setup
from indexer.elastic.bulk import bulk
from indexer.elastic.client import connect, parse
from indexer.elastic.documents import SOURCE_FIELDS, decisions_of, item_or_none, new_document, reviewed
from indexer.elastic.faults import faults
from indexer.elastic.names import SCHEMA, Names
from indexer.elastic.setup import InUse
from indexer.merge import BATCH
from yuqing.core.errors import YuqingError

MIN_LEFT = 100  # documents changed during a copy round; fewer are copied while writes are blocked
MAX_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """``version`` is in use now, with ``items`` items; ``blocked`` of them were copied while writes were blocked."""

    version: int
    items: int
    blocked: int


def reindex(
    url: str, access: Access, analyzer: str, on_batch: Callable[[int], None], *, force: bool = False
) -> Rebuilt | None:
    """Bring the indices at ``url`` to this program's schema and to ``analyzer``; None if they are already.

    ``force`` rebuilds them anyway; ``on_batch`` is called with the number of documents copied so far.
    """
    address = parse(url)
    client = connect(address, access)
    try:
        with faults(address.server):
            found = setup.in_use(client, address.prefix)
            if found is None or found.schema > SCHEMA:
                setup.check(client, address.server, address.prefix)
            assert found is not None
            if (found.schema, found.analyzer, found.moving) == (SCHEMA, analyzer, False) and not force:
                return None
            return _Move(client, address.server, address.prefix, found, analyzer, on_batch).run()
    finally:
        client.close()


def drop_old(url: str, access: Access) -> list[str]:
    """Remove the indices and templates of versions older than the one in use; returns their names."""
    address = parse(url)
    client = connect(address, access)
    try:
        with faults(address.server):
            version = setup.check(client, address.server, address.prefix).version
            gone: list[str] = []
            for names in (Names(address.prefix, older) for older in range(1, version)):
                old = sorted(client.indices.get(index=names.pattern))
                for index in old:
                    client.indices.delete(index=index)
                client.options(ignore_status=404).indices.delete_index_template(name=names.template)
                gone += old
            return gone
    finally:
        client.close()


class _Move:
    """One move from the version in use to the next."""

    def __init__(
        self,
        client: Elasticsearch,
        location: str,
        prefix: str,
        found: InUse,
        analyzer: str,
        on_batch: Callable[[int], None],
    ) -> None:
        self._client = client
        self._location = location
        self._found = found
        self._analyzer = analyzer
        self._old, self._new = Names(prefix, found.version), Names(prefix, found.version + 1)
        self._on_batch = on_batch
        self._copied = 0
        self._unreadable: set[str] = set()  # ids
        self._reached: dict[str, int] = {}  # old index → all writes up to this sequence number are copied

    def run(self) -> Rebuilt:
        """Copy, block, copy the rest, switch."""
        indices = self._client.indices
        self._client.cluster.put_component_template(name=self._new.defaults, **mapping.defaults())
        indices.put_index_template(name=self._new.template, **mapping.template(self._new, self._analyzer, shown=False))
        for _ in range(MAX_ROUNDS):
            if self._round() < MIN_LEFT:
                break
        self._say(replace(self._found, moving=True))
        self._block()
        blocked = self._round()
        items = self._compare()
        self._switch()
        indices.put_index_template(name=self._new.template, **mapping.template(self._new, self._analyzer))
        self._say(InUse(SCHEMA, self._new.version, self._analyzer))
        return Rebuilt(self._new.version, items, blocked)

    def _block(self) -> None:
        """Block writes to the old version, including months of it that a writer creates from now on."""
        closed = mapping.template(self._old, self._found.analyzer, shown=False)
        closed["template"]["settings"] = {"index.blocks.write": True}
        self._client.indices.put_index_template(name=self._old.template, **closed)
        for index in self._months(self._old):  # one by one: a URL with a hundred months would be too long
            self._client.indices.add_block(index=index, block="write")

    def _round(self) -> int:
        """Copy what was written since the last round; returns the number of documents."""
        before, complete = self._copied, self._complete()
        self._client.indices.refresh(index=self._old.pattern)
        for index in self._months(self._old):
            month = index.removeprefix(self._old.month(""))
            setup.create(self._client, self._new.month(month), {})
            for hits in self._written_since(index):
                actions = (action for hit in hits if (action := self._action(month, hit)))
                bulk(self._client, self._location, actions)
                self._copied += len(hits)
                self._on_batch(self._copied)
            self._reached[index] = complete.get(index, -1)
        return self._copied - before

    def _complete(self) -> dict[str, int]:
        """Old index → the sequence number up to which all writes are complete; others may overtake pending ones."""
        stats = self._client.indices.stats(index=self._old.pattern, metric="docs", level="shards")["indices"]
        return {
            index: copy["seq_no"]["local_checkpoint"]
            for index, entry in stats.items()
            for copies in entry["shards"].values()
            for copy in copies
            if copy["routing"]["primary"]
        }

    def _written_since(self, index: str) -> Iterator[list[dict[str, Any]]]:
        after = self._reached.get(index, -1)
        while True:
            hits = self._client.search(
                index=index,
                query={"range": {"_seq_no": {"gt": after}}},
                sort=[{"_seq_no": "asc"}],
                size=BATCH,
                track_total_hits=False,
                source_includes=[*SOURCE_FIELDS, "decisions"],
            )["hits"]["hits"]
            if hits:
                yield hits
                after = hits[-1]["sort"][0]
            if len(hits) < BATCH:
                return

    def _action(self, month: str, hit: dict[str, Any]) -> dict[str, Any] | None:
        item = item_or_none(hit["_source"])
        if item is None:
            self._unreadable.add(hit["_id"])
            return None
        self._unreadable.discard(hit["_id"])
        return {
            "_op_type": "index",
            "_index": self._new.month(month),
            "_id": item.id,
            "_source": {**new_document(item), **reviewed(item, decisions_of(hit["_source"]))},
        }

    def _compare(self) -> int:
        """Remove what was deleted meanwhile; returns the number of items, which must equal that of the old version."""
        indices = self._client.indices
        indices.refresh(index=self._new.pattern)
        ours, theirs = self._count(self._new), self._count(self._old) - len(self._unreadable)
        if ours > theirs:
            self._remove_deleted()
            indices.refresh(index=self._new.pattern)
            ours = self._count(self._new)
        if ours != theirs:
            raise YuqingError(
                f"{self._location}: the new indices hold {ours} items, the old ones {theirs}; "
                "the old version stays in use. Run `yuqing index reindex` again."
            )
        return ours

    def _remove_deleted(self) -> None:
        after: list[str] | None = None
        while True:
            hits = self._client.search(
                index=self._new.pattern, sort=[{"id": "asc"}], size=BATCH, search_after=after, source=False
            )["hits"]["hits"]
            if not hits:
                return
            there = self._client.mget(
                docs=[
                    {"_index": self._old.month(hit["_index"].removeprefix(self._new.month(""))), "_id": hit["_id"]}
                    for hit in hits
                ],
                source=False,
            )["docs"]
            gone = [hit for hit, entry in zip(hits, there, strict=True) if not entry.get("found")]
            bulk(
                self._client,
                self._location,
                ({"_op_type": "delete", "_index": hit["_index"], "_id": hit["_id"]} for hit in gone),
                expected=(404,),
            )
            after = hits[-1]["sort"]

    def _months(self, names: Names) -> list[str]:
        return sorted(self._client.indices.get(index=names.pattern))

    def _count(self, names: Names) -> int:
        return int(self._client.count(index=names.pattern)["count"])

    def _switch(self) -> None:
        """Switch both in one step, so that no search sees an item twice or not at all."""
        alias = self._new.items
        shown = set(self._client.options(ignore_status=404).indices.get_alias(name=alias).body)
        old = [index for index in shown if index.startswith(self._old.month(""))]
        actions: list[dict[str, Any]] = [{"remove": {"index": index, "alias": alias}} for index in sorted(old)]
        actions.append({"add": {"index": self._new.pattern, "alias": alias}})
        self._client.indices.update_aliases(actions=actions)

    def _say(self, state: InUse) -> None:
        self._client.indices.put_mapping(index=self._new.ids, meta=state.meta)
