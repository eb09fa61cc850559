"""Reprint families: which items are one text on several sites, and which of them leads.

Two items are reprints of each other when their texts are equal (SHA-256 of body and title), or when at least
half of their four-character shingles are common (exact Jaccard; MinHash bands only propose the pairs) and they
appeared within three weeks. A family is a connected group of such pairs, so it does not depend on the order
in which the items arrive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rensa import RMinHash, RMinHashLSH

from core.records import Family, Item, Tier
from indexer.reprint_text import core_body, core_title

SHINGLE = 4
MIN_JACCARD = 0.5
PERMUTATIONS = 256
BANDS = 64  # of 4 rows: a pair at 0.5 is proposed with 98.4 %, at 0.6 with 99.99 %, an unrelated one (0.02) hardly ever
MIN_CHARS = 60  # shorter texts (captions, notices) are reprints only when they are equal
MAX_GAP_DAYS = 21  # reprints follow within days; monthly bulletins on one pattern are four weeks apart

AUTHORITY: Mapping[Tier, int] = {"ministry": 0, "province-gov": 0, "central-gov": 1, "central-media": 2}
"""Which tier leads a family: the lower number; tiers that are not named come last."""


@dataclass(frozen=True)
class _Text:
    """What the index keeps of an item."""

    id: str
    key: int
    body: str
    digest: bytes
    published: str
    rank: tuple[int, str, str]

    @property
    def shingles(self) -> set[str]:
        return {self.body[at : at + SHINGLE] for at in range(len(self.body) - SHINGLE + 1)}

    @cached_property
    def day(self) -> date | None:
        return date.fromisoformat(self.published[:10]) if self.published else None


class FamilyGraph:
    """The pairs among the items added so far, and the families that follow from them.

    It keeps the texts in memory (about 5 KB an item).
    """

    def __init__(self, authority: Mapping[Tier, int] = AUTHORITY) -> None:
        self._authority = authority
        self._texts: dict[str, _Text] = {}
        self._ids: list[str] = []  # LSH key → item id
        self._equal: dict[bytes, set[str]] = {}
        self._lsh = RMinHashLSH(threshold=MIN_JACCARD, num_perm=PERMUTATIONS, num_bands=BANDS)
        self._near: dict[str, set[str]] = {}
        self._known: dict[str, Family | None] = {}  # as the store has it
        self._now: dict[str, Family | None] = {}
        self._touched: set[str] = set()

    def add(self, item: Item) -> Family | None:
        """Take in a new item, or a new version of a known one; its family, or None when it stands alone."""
        text = self._text(item)
        known = self._texts.get(item.id)
        if known is not None:
            if (known.digest, known.published, known.rank) == (text.digest, text.published, text.rank):
                return self._now[item.id]
            self._remove(known)
        else:
            self._known[item.id] = item.family
        self._insert(text)
        self._settle(item.id)
        return self._now[item.id]

    def take_changes(self) -> dict[str, Family | None]:
        """The families that differ from what the items brought along or from the last call, for ``set_families``."""
        changes = {i: self._now[i] for i in sorted(self._touched) if self._now[i] != self._known[i]}
        self._known.update(changes)
        self._touched.clear()
        return changes

    def family(self, item_id: str) -> Family | None:
        """The family of an item that was added."""
        return self._now[item_id]

    def families(self) -> dict[str, Family]:
        """Every item that is in a family."""
        return {item_id: family for item_id, family in self._now.items() if family}

    def _text(self, item: Item) -> _Text:
        body, published = core_body(item.article), item.article.published_at
        digest = hashlib.sha256(f"{core_title(item.article)}\n{body}".encode()).digest()
        rank = (self._authority.get(item.tier, 9), published or "9999", item.id)
        return _Text(item.id, len(self._ids), body, digest, published, rank)

    def _insert(self, text: _Text) -> None:
        self._ids.append(text.id)
        near = set(self._equal.setdefault(text.digest, set()))
        if len(text.body) >= MIN_CHARS:
            shingles = text.shingles
            sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
            sketch.update(shingles)
            candidates = (self._texts[self._ids[key]] for key in self._lsh.query(sketch))
            near |= {other.id for other in candidates if _reprint(text, shingles, other)}
            self._lsh.insert(text.key, sketch)
        self._equal[text.digest].add(text.id)
        self._texts[text.id] = text
        self._near[text.id] = near
        for other_id in near:
            self._near[other_id].add(text.id)

    def _remove(self, text: _Text) -> None:
        self._lsh.remove(text.key)
        self._equal[text.digest].discard(text.id)
        del self._texts[text.id]
        neighbours = self._near.pop(text.id)
        for other_id in neighbours:
            self._near[other_id].discard(text.id)
        for other_id in neighbours:
            self._settle(other_id)

    def _settle(self, item_id: str) -> None:
        """Work out the family that holds ``item_id`` anew."""
        members, queue = {item_id}, [item_id]
        while queue:
            for other_id in self._near[queue.pop()] - members:
                members.add(other_id)
                queue.append(other_id)
        lead = min(members, key=lambda member: self._texts[member].rank)
        for member in members:
            self._now[member] = Family(id=lead, lead=member == lead) if len(members) > 1 else None
        self._touched |= members


def _reprint(text: _Text, shingles: set[str], other: _Text) -> bool:
    if text.day and other.day and abs((text.day - other.day).days) > MAX_GAP_DAYS:
        return False
    theirs = other.shingles
    common = len(shingles & theirs)
    return common >= MIN_JACCARD * (len(shingles) + len(theirs) - common)
