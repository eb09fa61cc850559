"""Fields of the ledger parsed leniently, as another version may have written them."""

from __future__ import annotations

import json

from yuqing.core.records import Outcome

_OUTCOMES = frozenset(Outcome)


def outcome_of(name: str) -> Outcome:
    """The outcome ``name``; one that this version does not know counts as unreadable."""
    return Outcome(name) if name in _OUTCOMES else Outcome.UNREADABLE


def versions_of(text: str) -> dict[str, str]:
    """What a run depended on, as recorded; empty if it cannot be parsed."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
