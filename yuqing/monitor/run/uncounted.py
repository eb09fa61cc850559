"""Items stored before a crash but counted by nobody: whoever finds them again counts them as what they were."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from yuqing.core.records import Outcome, PageResult
from yuqing.monitor.workspace import Workspace


def as_it_was(space: Workspace, result: PageResult) -> PageResult:
    """``result``; if it is “unchanged” and the item's write was never counted, the outcome of that write."""
    item = space.store.get(result.item_id) if result.outcome == Outcome.UNCHANGED and result.item_id else None
    if item is None:
        return result
    counted = space.ledger.last_counted(item.source_id, item.id)
    if counted and counted >= datetime.fromisoformat(item.fetched_at):
        return result
    if counted:
        return replace(result, outcome=Outcome.UPDATED)
    if not item.tags.relevant:
        return replace(result, outcome=Outcome.NOT_RELEVANT)
    reprint = item.cluster is not None and not item.cluster.lead
    return replace(result, outcome=Outcome.REPRINT if reprint else Outcome.INDEXED)
