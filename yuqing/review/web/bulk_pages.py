"""One decision on all entries that match a filter, and undoing it."""

from __future__ import annotations

import secrets
from collections import Counter, OrderedDict
from dataclasses import dataclass, replace

from msgspec import structs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from indexer.store import ConflictError
from yuqing.core.errors import UsageError
from yuqing.core.records import Review
from yuqing.core.times import now
from yuqing.review.web.base import app_state, field, person, to_name
from yuqing.review.web.decisions import accepted_as_drafted, restored
from yuqing.review.web.queue_pages import Notice, read_filters, show_work, view_of

MOST = 500  # entries at once; nobody reads more, and a mistake would be hard to notice
_KEPT = 20  # batches that can be undone as one; each item's own history has them all


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of decisions: for each item the version stored and the one before."""

    window: str
    done: tuple[tuple[str, int, int], ...]


def decide_all(request: Request) -> Response:
    """Accept or drop every pending entry of the filter; entries that cannot be accepted stay pending, with the reasons
    counted."""
    here = app_state(request)
    name = person(request)
    if not name:
        return to_name(request)
    action, count = field(request, "action"), field(request, "count")
    if action not in ("accept", "drop") or not (count.isascii() and count.isdigit()):
        raise UsageError("表单不完整，请刷新页面后再试。")
    filters = replace(read_filters(request), item="")
    entries = [entry for entry in view_of(request, filters).entries if entry.state == "pending"]
    if len(entries) > MOST:
        raise UsageError(f"一次最多 {MOST} 条，这里有 {len(entries)} 条；请先用筛选缩小范围。")
    if len(entries) > int(count):  # what has come in since has not been seen
        raise UsageError(f"刚有新条目，这里现在是 {len(entries)} 条，不是 {count} 条；没有动，请刷新看过再点。")
    store = here.services.store
    items = store.get_many(entry.head.id for entry in entries)
    done: list[tuple[str, int, int]] = []
    left: Counter[str] = Counter()
    for item in items.values():
        if item.review.state != "pending":
            left["别人刚审过"] += 1
            continue
        review = (
            accepted_as_drafted(item, name, here.services.listed())
            if action == "accept"
            else structs.replace(item.review, state="dropped", by=name, at=now().isoformat())
        )
        if not isinstance(review, Review):
            left[review] += 1
            continue
        try:
            stored = store.set_review(item.id, review, item.review.version)
        except ConflictError:
            left["别人刚审过"] += 1
            continue
        here.queue_cache.note(item.id, stored)
        done.append((item.id, stored.version, item.review.version))
    token = secrets.token_urlsafe(12)
    batches = _batches(request)
    batches[token] = Batch(filters.window, tuple(done))
    while len(batches) > _KEPT:
        batches.popitem(last=False)
    said = f"已{'采纳' if action == 'accept' else '剔除'} {len(done)} 条"
    said += "".join(f"；{count} 条没有动：{why}" for why, count in left.items())
    return show_work(request, filters, view_of(request, filters), notice=Notice(said, batch=token if done else ""))


def undo_all(request: Request) -> Response:
    """Undo a batch; entries changed by somebody since are left as they are."""
    here = app_state(request)
    name = person(request)
    if not name:
        return to_name(request)
    batch = _batches(request).pop(field(request, "batch"), None)
    if batch is None:
        raise UsageError("这一批已经撤销过，或服务重启过；请在各条的审核记录里撤销。")
    back, changed = 0, 0
    for item_id, version, before in batch.done:
        try:
            stored = here.services.store.set_review(
                item_id, restored(here.services.store, item_id, before, name), version
            )
        except ConflictError:
            changed += 1
            continue
        here.queue_cache.note(item_id, stored)
        back += 1
    filters = replace(read_filters(request), item="")
    said = f"已撤销 {back} 条" + (f"；{changed} 条后来又有人改过，保留现状" if changed else "")
    return show_work(request, filters, view_of(request, filters), notice=Notice(said))


def _batches(request: Request) -> OrderedDict[str, Batch]:
    found: OrderedDict[str, Batch] = request.app.state.batches
    return found


ROUTES = [
    Route("/bulk", decide_all, methods=["POST"]),
    Route("/bulk/undo", undo_all, methods=["POST"]),
]
