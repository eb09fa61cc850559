"""What of an issue can be edited, and the edits of one window by part.

A part is named by its kind and, for rows, by the entry: ``summary``, ``lead.province``, ``text.province-0a1b…``. What
a part's value means stands in docs/editing.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yuqing.core.records import Edit

SCOPE = "issue:"  # before the window's name
MERGE, SPLIT, HIDE, ALSO, LABEL, TEXT, HEADING, ORDER = (
    "merge", "split", "hide", "also", "label", "text", "heading", "order",
)  # fmt: skip
OF_ENTRY = (MERGE, SPLIT, HIDE, ALSO, LABEL, TEXT, HEADING)  # their names end with an entry's id
COVER = ("title", "subtitle", "issue", "period", "institute")
SWITCHES = {"charts": "图表", "appendix": "附录（与上期比较、覆盖说明）", "versions": "版本"}
YES, NO = "yes", "no"
ENTRIES, ACCEPTED, EVERY = "entries", "accepted", "all"  # which entries the issue holds
_MARK = 12  # hex digits


@dataclass(frozen=True, slots=True)
class IssueEdits:
    """The newest edit of each part; one that was taken back counts as none."""

    by_part: Mapping[str, Edit] = field(default_factory=dict)

    def value(self, part: str) -> str:
        """What a person wrote for ``part``, "" where nobody did."""
        edit = self.by_part.get(part)
        return edit.value if edit else ""

    def of(self, kind: str) -> dict[str, str]:
        """Name → value of all edits of a kind."""
        start = f"{kind}."
        return {part[len(start) :]: e.value for part, e in self.by_part.items() if part.startswith(start) and e.value}

    def listed(self, part: str) -> tuple[str, ...]:
        """The names in an order; none where nobody set one."""
        return tuple(json.loads(self.value(part) or "[]"))

    @property
    def any(self) -> bool:
        """Whether something is edited at present."""
        return any(edit.value for edit in self.by_part.values())


NO_EDITS = IssueEdits()


def scope_of(window: str) -> str:
    """The scope of a window's edits."""
    return SCOPE + window


def mark_of(facts: Iterable[object]) -> str:
    """A short mark that changes with ``facts``."""
    return hashlib.sha256(repr(list(facts)).encode()).hexdigest()[:_MARK]


def basis_of(mark: str, draft: str) -> str:
    """What an edit rests on: the mark of the facts, and the draft as it was shown."""
    return f"{mark}\n{draft}"


def in_order(names: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """``names`` as ``wanted`` has them; one that it does not name keeps its place behind the one before it."""
    present = list(names)
    ordered = [name for name in dict.fromkeys(wanted) if name in set(present)]
    if not ordered:
        return present
    before = ""
    for name in present:
        if name not in ordered:
            ordered.insert(ordered.index(before) + 1 if before else 0, name)
        before = name
    return ordered
