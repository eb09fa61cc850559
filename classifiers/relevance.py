"""Is the text news of 互联网+? Points with reasons, against the threshold of keywords.yaml."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from classifiers.phrases import Found
from classifiers.rules import Rules, Weighed
from classifiers.scan import Scan
from yuqing.core.records import Evidence

MOST_REPEATS = 4  # a text that says it five times is about it


class Score(Struct, frozen=True):
    """The points, their reasons in Chinese, and the evidence of each reason."""

    points: float
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def score(scan: Scan, rules: Rules, found: Found, weighed: Iterable[Weighed], built_in: dict[str, float]) -> Score:
    """The points of a text: each signal up to its limit, ``built_in`` (name and points) as given."""
    setting = rules.keywords.relevance
    points = 0.0
    reasons: list[str] = []
    evidence: list[Evidence] = []

    def add(name: str, weight: float, span: tuple[int, int] | None, words: str) -> None:
        nonlocal points
        points += weight
        reasons.append(f"{name} {weight:+g}：{words}" if words else f"{name} {weight:+g}")
        if span:
            evidence.append(scan.evidence("relevant", f"relevance:{name}", *span))

    early = [phrase for phrase in found.phrases if phrase.start < scan.lead_to]
    if early:
        add("互联网+短语", setting.phrase, (early[0].start, early[0].end), early[0].text)
    elif found.bare and found.bare[0][0] < scan.lead_to:
        add("单独的“互联网+”", setting.bare, found.bare[0], "")
    elif found.phrases or found.bare:
        spots = sorted([*found.bare, *((phrase.start, phrase.end) for phrase in found.phrases)])
        again = min(len(spots) - 1, MOST_REPEATS)
        add("正文中的“互联网+”", setting.passing + again * setting.repeated, spots[0], f"{len(spots)}处")
    if any(scan.in_title(spot.start) for spot in found.phrases) or any(scan.in_title(start) for start, _ in found.bare):
        add("标题有“互联网+”", setting.title, None, "")
    for name, weight in built_in.items():
        add(name, weight, None, "")
    by_signal: dict[str, tuple[Weighed, dict[str, tuple[int, int]]]] = {}
    for use in weighed:
        _, words = by_signal.setdefault(use.signal.name, (use, {}))
        for start, end in use.matcher.find(scan):
            words.setdefault(scan.text[start:end], (start, end))
    for name, (use, words) in by_signal.items():
        if words:
            counted = list(words)[: use.signal.limit]
            add(name, use.signal.weight * len(counted), words[counted[0]], "、".join(counted))
    return Score(round(points, 2), tuple(reasons), tuple(evidence))
