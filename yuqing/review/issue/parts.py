"""Which parts of an issue can be edited, and the edits of a window by part.

A part is named by its kind and, for rows, by the entry: ``summary``, ``lead.province``, ``text.province-0a1b…``.
docs/editing.md explains what the value of each part means.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yuqing.core.records import Edit

SCOPE = "issue:"  # prefix of the window's name
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
    """The newest edit of each part; a reverted one counts as none."""

    by_part: Mapping[str, Edit] = field(default_factory=dict)

    def value(self, part: str) -> str:
        """What a person wrote for ``part``, "" if nobody did."""
        edit = self.by_part.get(part)
        return edit.value if edit else ""

    def of(self, kind: str) -> dict[str, str]:
        """All edits of a kind, name → value."""
        start = f"{kind}."
        return {part[len(start) :]: e.value for part, e in self.by_part.items() if part.startswith(start) and e.value}

    def listed(self, part: str) -> tuple[str, ...]:
        """The names in a custom order; empty if nobody set one."""
        return tuple(json.loads(self.value(part) or "[]"))

    @property
    def any(self) -> bool:
        """Whether anything is currently edited."""
        return any(edit.value for edit in self.by_part.values())


NO_EDITS = IssueEdits()


def scope_of(window: str) -> str:
    """The scope of a window's edits."""
    return SCOPE + window


def mark_of(facts: Iterable[object]) -> str:
    """A short mark that changes with ``facts``."""
    return hashlib.sha256(repr(list(facts)).encode()).hexdigest()[:_MARK]


def basis_of(mark: str, draft: str) -> str:
    """What an edit is based on: the mark of the facts, and the draft as displayed."""
    return f"{mark}\n{draft}"


def in_order(names: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """``names`` ordered as in ``wanted``; one that is missing there stays behind its predecessor."""
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
