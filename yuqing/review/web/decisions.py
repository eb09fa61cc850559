"""A person's decisions from the form to the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from msgspec.structs import replace

from indexer.store import Store
from yuqing.core.decided import decided
from yuqing.core.errors import UsageError
from yuqing.core.facets import labels_of
from yuqing.core.names import Names
from yuqing.core.records import Item, Labels, Review, ReviewState, Section
from yuqing.core.times import now
from yuqing.review.report.text import clean
from yuqing.review.web.item_view import MAX_TEXT, drafts_of
from yuqing.review.web.labels import REASONS, SECTIONS
from yuqing.review.web.tag_form import changes_text, read_labels, tags_before
from yuqing.review.web.tag_names import TagNames
from yuqing.review.web.written import too_long

# Tags recomputed since the form was shown have not been seen, so accepting must not confirm them.
_OUTDATED = "这条刚按新的规则重新标注过，表单里还是原来的标签；请核对标签和栏目后再点一次。"
ACTIONS: dict[str, ReviewState | None] = {"accept": "accepted", "drop": "dropped", "pending": "pending", "save": None}


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision that was not stored, and why; ``review`` keeps the contents of the form."""

    review: Review
    reason: str


def read_decision(
    fields: Sequence[tuple[str, str]], item: Item, by: str, names: TagNames, *, reasons: bool = False
) -> tuple[Review, int] | Refused:
    """The review in the form, and the version it is based on. Raises UsageError for a malformed form.

    An item is accepted together with its tags: they are stored as shown in the form. ``reasons``: a change of sections
    or tags requires a reason.
    """
    form = dict(fields)
    action, version = form.get("action", ""), form.get("version", "")
    reason = next((name for name in REASONS if name == form.get("reason", "")), None)
    whole = action in ACTIONS and "rules" in form and version.isascii() and version.isdigit()
    if reason is None or not whole:
        raise UsageError("表单不完整，请刷新页面后再试。")
    outdated = form["rules"] != item.tags.rules
    state = ACTIONS[action] or item.review.state
    chosen = {value for name, value in fields if name == "sections"}
    sections = cast("tuple[Section, ...]", tuple(section for section in SECTIONS if section in chosen))
    review = Review(
        state=state,
        row=clean(form.get("row", "")).strip(),
        sections=sections,
        labels=_labels(state, _ticked(fields, item, names, outdated=outdated), item),
        reason=reason if state == "dropped" else "",
        note=clean(form.get("note", "")).strip(),
        by=by,
        at=now().isoformat(),
    )
    lacking = too_long(review.row, MAX_TEXT, "入报文字") or too_long(review.note, MAX_TEXT, "备注")
    lacking = lacking or (_OUTDATED if outdated and state != "dropped" else _missing(review, item, reasons=reasons))
    return Refused(review, lacking) if lacking else (review, int(version))


def restored(store: Store, item_id: str, version: int, by: str) -> Review:
    """The review in ``version`` of the history (0: none yet), as a new decision of ``by``."""
    if version == 0:
        return Review(by=by, at=now().isoformat())
    for entry in store.history(item_id):
        if entry.version == version:
            return replace(entry, by=by, at=now().isoformat())
    raise UsageError(f"没有第 {version} 版的审核记录。")


def _labels(state: ReviewState, ticked: Labels, item: Item) -> Labels | None:
    """The tags to store: those that the person confirms by accepting, has changed now, or gave before."""
    if state == "accepted" or ticked != labels_of(item.tags) or item.review.labels:
        return ticked
    return None


def _ticked(fields: Sequence[tuple[str, str]], item: Item, names: TagNames, *, outdated: bool) -> Labels:
    """The tags in the form; the current ones if the form is ``outdated`` and names one that no longer exists."""
    try:
        return read_labels(fields, item, names)
    except UsageError:
        if not outdated:
            raise
        return tags_before(item)


def accepted_as_drafted(item: Item, by: str, names: Names) -> Review | str:
    """The decision that accepts ``item`` with its first draft, or what prevents that, in Chinese."""
    stands = decided(item)
    drafts = drafts_of(stands, names)
    review = replace(
        item.review,
        state="accepted",
        row=item.review.row or (drafts[0].text if drafts else ""),
        sections=stands.tags.sections,
        labels=tags_before(item),
        reason="",
        by=by,
        at=now().isoformat(),
    )
    return _missing(review, item) or review


def _missing(review: Review, item: Item, *, reasons: bool = False) -> str:
    """What the form lacks, in Chinese; a drop requires nothing."""
    if review.state == "dropped":
        return ""
    before = set(item.review.sections or item.tags.sections)
    if review.state == "accepted" and not item.window:
        return "这条没有发布日期，无法归入任何一期报告，不能采纳。"
    if not review.sections and before:
        return "请至少保留一个栏目；不用这条请点“剔除”。"
    if not review.sections and review.state == "accepted":
        return "这条没有归入栏目，采纳了也不会印出来；请先选栏目（按 s 再按数字）。"
    if reasons and set(review.sections) != before and not review.note:
        return "改动了栏目，请在“备注/理由”里写明理由。"
    if reasons and review.labels and not review.note and (changes := changes_text(tags_before(item), review.labels)):
        return f"改动了标签（{changes}），请在“备注/理由”里写明理由。"
    if review.state == "accepted" and not review.row:
        return "入报文字是空的，请选一条草稿或写一句。"
    return ""
