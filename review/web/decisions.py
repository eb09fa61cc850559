"""A person's decisions from the form to the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from core.errors import UsageError
from core.records import Item, Review, ReviewState, Section
from core.times import now
from indexer.store import Store
from review.text import clean
from review.web.labels import SECTIONS

MAX_TEXT = 4000  # characters of a row or a note; the longest paragraph of a published issue has about 550
ACTIONS: dict[str, ReviewState | None] = {"accept": "accepted", "drop": "dropped", "pending": "pending", "save": None}


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision that was not written, and why; ``review`` keeps what the form said."""

    review: Review
    reason: str


def read_decision(fields: Sequence[tuple[str, str]], item: Item, by: str) -> tuple[Review, int] | Refused:
    """The review that the form asks for, on top of which version. Raises UsageError for a form that is not ours."""
    form = dict(fields)
    action, version = form.get("action", ""), form.get("version", "")
    if action not in ACTIONS or not (version.isascii() and version.isdigit()):
        raise UsageError("表单不完整，请刷新页面后再试。")
    chosen = {value for name, value in fields if name == "sections"}
    sections = cast("tuple[Section, ...]", tuple(section for section in SECTIONS if section in chosen))
    review = Review(
        state=ACTIONS[action] or item.review.state,
        row=clean(form.get("row", "")).strip()[:MAX_TEXT],
        sections=sections,
        note=clean(form.get("note", "")).strip()[:MAX_TEXT],
        by=by,
        at=now().isoformat(),
    )
    reason = _missing(review, item)
    return Refused(review, reason) if reason else (review, int(version))


def restored(store: Store, item_id: str, version: int, by: str) -> Review:
    """The review that ``version`` of the history held (0: none yet), as a new decision of ``by``."""
    if version == 0:
        return Review(by=by, at=now().isoformat())
    for entry in store.history(item_id):
        if entry.version == version:
            return replace(entry, by=by, at=now().isoformat())
    raise UsageError(f"没有第 {version} 版的审核记录。")


def _missing(review: Review, item: Item) -> str:
    """What the form lacks, in Chinese; nothing is asked of a drop."""
    if review.state == "dropped":
        return ""
    before = set(item.review.sections or item.tags.sections)
    if not review.sections and before:
        return "请至少保留一个栏目；不用这条请点“剔除”。"
    if set(review.sections) != before and not review.note:
        return "改动了栏目，请在“备注/理由”里写明理由。"
    if review.state == "accepted" and not review.row:
        return "入报文字是空的，请选一条草稿或写一句。"
    return ""
