"""What was stored before a crash and counted by nobody: whoever finds it again counts it as what it was."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from yuqing.core.records import Outcome, PageResult
from yuqing.monitor.workspace import Workspace


def as_it_was(space: Workspace, result: PageResult) -> PageResult:
    """``result``; where it is “unchanged” and the write of the item was never counted, what that write was."""
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
