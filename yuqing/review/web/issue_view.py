"""The view model of the issue: every part with what is needed to edit it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from yuqing.core.records import Edit
from yuqing.review.issue.finish import Issue, Part
from yuqing.review.issue.parts import ALSO
from yuqing.review.issue.signoff import SignOff
from yuqing.review.report.records import Entry, Segment
from yuqing.review.web.labels import SECTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """What the page shows of an issue. ``last`` is what “撤销” would undo; ``notice`` is what was just done; ``focus``
    is the part to scroll to."""

    issue: Issue
    signed: SignOff | None = None
    last: Edit | None = None
    notice: str = ""
    fault: str = ""
    focus: str = ""
    editable: bool = True
    by_item: Mapping[str, str] = field(default_factory=dict)

    def part(self, key: str) -> Part:
        """A text of the issue."""
        return self.issue.parts[key]

    def sources(self, key: str) -> list[Segment]:
        """The names and numbers in a paragraph that are based on rows, without duplicates."""
        report = self.issue.report
        leads = {f"lead.{section.key}": section.lead for section in report.sections}
        found = report.summary if key == "summary" else leads.get(key, ())
        return list({segment.text: segment for segment in found if segment.refs}.values())

    def row_of(self, key: str) -> str:
        """The text of the row, printed or not, whose part ``key`` is; "" if there is none."""
        entry = key.partition(".")[2]
        hidden = (*self.issue.arranged.left_out, *chain.from_iterable(self.issue.arranged.merged.values()))
        found = self.issue.parts.get(f"text.{entry}")
        return found.text if found else next((one.entry.text for one in hidden if one.entry.id == entry), "")

    @property
    def corrections(self) -> Sequence[Edit]:
        """The corrections made since the sign-off."""
        return self.signed.corrections if self.signed else ()

    def version(self, key: str) -> int:
        """The version that an edit of ``key`` is based on; a part stored under an older name starts from 0."""
        edit = self.issue.arranged.edits.by_part.get(key)
        return edit.version if edit and edit.part == key else 0

    def vals(self, key: str, value: str) -> dict[str, str]:
        """The fields of a button that sets ``key`` to ``value``."""
        return {"part": key, "value": value, "version": str(self.version(key))}

    def sections_without(self, entry: Entry) -> dict[str, dict[str, str]]:
        """The sections that do not list the item of ``entry``: name → the form fields that add it there."""
        item = entry.id.partition("-")[2].partition("~")[0]
        here = {key.partition("-")[0] for key in self.by_item if key.partition("-")[2] == item}
        base = f"{entry.id.partition('-')[0]}-{item}"
        also = self.issue.arranged.edits.value(f"{ALSO}.{base}")
        listed = [name for name in also.split(",") if name]
        return {
            name: self.vals(f"{ALSO}.{base}", ",".join([*listed, section]))
            for section, name in SECTIONS.items()
            if section not in here
        }


def view_of(issue: Issue, signed: SignOff | None, last: Edit | None, *, may_edit: bool, **more: str) -> IssueView:
    """The view of ``issue``; a signed one cannot be edited, nor any by those who only read."""
    ids = {entry.id: "" for entry in issue.report.entries()}
    ids |= {one.entry.id: "" for one in issue.arranged.left_out}
    editable = may_edit and signed is None
    return IssueView(issue=issue, signed=signed, last=last, by_item=ids, editable=editable, **more)


def anchor(key: str) -> str:
    """The id of a part's element."""
    return "part-" + hashlib.sha256(key.encode()).hexdigest()[:10]


def above(entries: Sequence[Entry], index: int) -> str:
    """The preceding entry, into which a row may be merged; "" for the first."""
    return entries[index - 1].id if index else ""
