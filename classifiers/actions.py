"""What kind of thing is done: a document issued, a platform opened, an agreement signed …"""

from __future__ import annotations

import re
from typing import NamedTuple

from classifiers.rules import Rules
from classifiers.scan import Scan
from classifiers.statements import Mode, clauses, mode

_PAIR_REACH = 40  # characters between a verb and its object in one clause


class Action(NamedTuple):
    """A kind of action with the words that tell of it in ``scan.text``."""

    kind: str
    start: int
    end: int


_PHRASE = re.compile(r"互联网\+[一-鿿]{2,12}(?=[”’」\"'])")


def find_actions(scan: Scan, rules: Rules) -> dict[str, Action]:
    """Each kind that title and lead tell of as done or happening, with the first words that say so."""
    found: dict[str, Action] = {}
    end = min(scan.lead_to, len(scan.text))
    # The X of “互联网+护理服务” names a sector; a service that is opened stands beside it.
    text = _PHRASE.sub(lambda match: "※" * len(match[0]), scan.text[:end])
    for clause in clauses(scan, 0, end):
        for kind, verbs, objects in rules.grammar.actions:
            if kind in found:
                continue
            for verb in verbs.finditer(text, clause.start, clause.end):
                if mode(scan, clause.start, verb.start()) is not Mode.DONE:
                    continue
                span = _with_object(text, verb, objects, clause.start, clause.end)
                if span is not None:
                    found[kind] = Action(kind, *span)
                    break
    return found


def _with_object(
    text: str, verb: re.Match[str], objects: re.Pattern[str], left: int, right: int
) -> tuple[int, int] | None:
    """From the verb to its object behind it, or from the object before the verb to the verb."""
    behind = objects.search(text, verb.end(), min(right, verb.end() + _PAIR_REACH))
    if behind is not None:
        return verb.start(), behind.end()
    ahead = objects.search(text, max(left, verb.start() - _PAIR_REACH), verb.start())
    return (ahead.start(), verb.end()) if ahead is not None else None
