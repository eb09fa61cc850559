"""What people wrote in addition to the items: one document per version, so that two writers of a version collide."""

from __future__ import annotations

import hashlib

from elasticsearch import ConflictError as VersionConflictError
from elasticsearch import NotFoundError as MissingError
from msgspec.structs import replace

from indexer.elastic import mapping, setup
from indexer.elastic.names import Names
from indexer.elastic.session import Session
from indexer.merge import BATCH
from indexer.store import EditConflictError
from indexer.unreadable import or_none
from yuqing.core.jsonio import from_plain, to_plain
from yuqing.core.records import Edit


def write(session: Session, names: Names, edit: Edit, expected_version: int) -> Edit:
    """See :meth:`indexer.store.Store.set_edit`."""
    written = replace(edit, version=expected_version + 1)
    stored = _newest(session, names, edit)
    if stored == written:
        return written  # it was written, but the response was lost and the client retried
    if stored.version != expected_version:
        raise EditConflictError(stored, edit)
    setup.create(session.client, names.edits, mapping.edits_index())  # an older installation does not have this index
    try:
        session.client.create(
            index=names.edits,
            id=_key(written),
            document=to_plain(written),
            refresh=True,  # colleagues see it at once
        )
    except VersionConflictError:
        raise EditConflictError(_newest(session, names, edit), edit) from None
    return written


def history(session: Session, names: Names, scope: str) -> list[Edit]:
    """Every edit in ``scope`` in the order of writing, by the index's sequence numbers."""
    found: list[Edit] = []
    after: list[int] | None = None
    while True:
        try:
            hits = session.client.search(
                index=names.edits,
                query={"term": {"scope": scope}},
                sort=[{"_seq_no": "asc"}],
                search_after=after,
                size=BATCH,
                track_total_hits=False,
            )["hits"]["hits"]
        except MissingError:
            return found
        found += [edit for hit in hits if (edit := or_none(_edit_of, hit["_source"])) is not None]
        if len(hits) < BATCH:
            return found
        after = hits[-1]["sort"]


def scopes(session: Session, names: Names) -> list[str]:
    """The scopes that have edits."""
    try:
        answer = session.client.search(
            index=names.edits, size=0, aggs={"scopes": {"terms": {"field": "scope", "size": 10_000}}}
        )
    except MissingError:
        return []
    return sorted(bucket["key"] for bucket in answer["aggregations"]["scopes"]["buckets"])


def _edit_of(source: object) -> Edit:
    return from_plain(source, Edit)


def _newest(session: Session, names: Names, edit: Edit) -> Edit:
    mine = (one for one in reversed(history(session, names, edit.scope)) if one.part == edit.part)
    return next(mine, Edit(scope=edit.scope, part=edit.part))


def _key(edit: Edit) -> str:
    return hashlib.sha256(f"{edit.scope}\0{edit.part}\0{edit.version}".encode()).hexdigest()[:32]
