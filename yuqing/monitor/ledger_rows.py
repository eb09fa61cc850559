"""Fields of the ledger read again, whoever wrote them."""

from __future__ import annotations

import json

from yuqing.core.records import Outcome

_OUTCOMES = frozenset(Outcome)


def outcome_of(name: str) -> Outcome:
    """The outcome ``name``; what this program does not know (another version's) was not read by it."""
    return Outcome(name) if name in _OUTCOMES else Outcome.UNREADABLE


def versions_of(text: str) -> dict[str, str]:
    """What a run depended on, as it was written; nothing where that cannot be read."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
