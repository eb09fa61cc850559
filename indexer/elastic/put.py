"""Writes the crawler's part of items: each id in one month only, each item as new, changed or unchanged."""

from __future__ import annotations

from indexer.elastic import reader
from indexer.elastic.bulk import REFUSED, Answer
from indexer.elastic.documents import cluster_value, crawled, item_or_none, new_document, written_over
from indexer.elastic.names import UNDATED, Names
from indexer.elastic.session import ATTEMPTS, Session, action, if_unchanged
from indexer.merge import merged
from indexer.store import PutResult, Written
from yuqing.core.jsonio import to_json
from yuqing.core.records import Item

_AGAIN = (404, 409)  # somebody deleted or wrote the item meanwhile: read it again


def put_items(session: Session, names: Names, items: list[Item]) -> dict[str, PutResult]:
    """Write items with different ids; returns the outcome of each."""
    seen, new = _claim(session, names, items)
    results: dict[str, PutResult] = {}
    left = {item.id: item for item in items}
    for turn in range(ATTEMPTS):
        # What was claimed just now does not exist yet, except after a crash; then creating it is refused.
        stored = reader.documents(session.client, names, {key: seen[key] for key in left if turn or key not in new})
        written: dict[str, Written] = {}
        actions = []
        for key, item in left.items():
            index = names.month(seen[key])
            if key not in stored:
                session.ensure(index)
                actions.append(action("create", index, key, _source=to_json(new_document(item))))
                written[key] = "created"
            elif (old := item_or_none(stored[key].source)) is None:
                over = written_over(stored[key].source, item)
                actions.append(action("index", index, key, _source=over, **if_unchanged(stored[key])))
                written[key] = "updated"
            elif version := merged(old, item):
                doc = crawled(version) | ({"family": cluster_value(item.cluster)} if item.cluster else {})
                actions.append(action("update", index, key, doc=doc, **if_unchanged(stored[key])))
                written[key] = "updated"
            else:
                results[key] = PutResult(key, "unchanged")
        answers = session.bulk(actions, expected=(REFUSED, *_AGAIN))
        results |= {key: result_of(answer, written[key]) for key, answer in answers.items()}
        left = {key: left[key] for key, answer in answers.items() if answer.status in _AGAIN}
        if not left:
            return results
    raise session.in_the_way(left)


def _claim(session: Session, names: Names, items: list[Item]) -> tuple[dict[str, str], set[str]]:
    """The month of each item (the one in which it was first seen), and the ids that were claimed by this call.

    Creating before reading takes a third less time for new items, and another process may always be faster anyway.
    """
    claimed = {item.id: item.window or UNDATED for item in items}
    answers = session.bulk(
        (action("create", names.ids, key, _source={"month": month}) for key, month in claimed.items()), expected=(409,)
    )
    known = {key for key, answer in answers.items() if answer.status == 409}
    theirs = reader.months(session.client, names, known)
    unreadable = known - theirs.keys()
    session.bulk((action("index", names.ids, key, _source={"month": claimed[key]}) for key in unreadable), expected=())
    return claimed | theirs, claimed.keys() - known


def result_of(answer: Answer, written: Written) -> PutResult:
    """The outcome of a write that was to be ``written``."""
    if answer.status == REFUSED:
        return PutResult(answer.id, "refused", answer.result)
    return PutResult(answer.id, written)
