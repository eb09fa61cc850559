"""The texts of a few days, and finding the reprints of a given text among them.

Two items are reprints of each other if they appeared within three weeks and their texts are equal (SHA-256 of title and
body) or share at least half of their four-character shingles (exact Jaccard; MinHash bands only find the candidate
pairs).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rensa import RMinHash, RMinHashLSH

from indexer.reprint_text import core_body, core_title
from yuqing.core.records import Item, Tier

SHINGLE = 4
MIN_JACCARD = 0.5
PERMUTATIONS = 256
BANDS = 64  # of 4 rows: a pair at 0.5 is found with 98.4 %, at 0.6 with 99.99 %, an unrelated one (0.02) hardly ever
MIN_CHARS = 60  # shorter texts (captions, notices) count as reprints only if equal
MAX_GAP_DAYS = 21  # reprints follow within days; monthly bulletins of one pattern are four weeks apart
BLOCK_DAYS = 7  # placing an item needs seven blocks (49 days); blocks of 21 days would need three, which is 63 days
REACH = -(-MAX_GAP_DAYS // BLOCK_DAYS)  # blocks before and after one that may contain reprints of its texts
LAST_BLOCK = date.max.toordinal() // BLOCK_DAYS


@dataclass(frozen=True, slots=True)
class Text:
    """What is kept of a dated item. The item with the lowest ``rank`` leads a cluster."""

    id: str
    body: str
    digest: bytes
    day: date
    rank: tuple[int, str, str]

    @property
    def block(self) -> int:
        """The number of its block."""
        return block_of(self.day)

    def shingles(self) -> Iterator[str]:
        """Every sequence of four characters."""
        return (self.body[at : at + SHINGLE] for at in range(len(self.body) - SHINGLE + 1))


def text_of(item: Item, authority: Mapping[Tier, int]) -> Text | None:
    """The text of ``item``; None for an undated one, which is never a reprint."""
    day = item.article.day
    if day is None:
        return None
    body = core_body(item.article)
    digest = hashlib.sha256(f"{core_title(item.article)}\n{body}".encode()).digest()
    rank = (authority.get(item.tier, 9), item.article.published_at, item.id)
    return Text(item.id, body, digest, day, rank)


def near_blocks(block: int) -> range:
    """The blocks that may contain a reprint of a text in ``block``, including itself."""
    return range(max(0, block - REACH), min(LAST_BLOCK, block + REACH) + 1)


def block_of(day: date) -> int:
    """The number of the block that contains ``day``."""
    return day.toordinal() // BLOCK_DAYS


def days_of(block: int) -> tuple[date, date]:
    """The first and last day of a block."""
    first = block * BLOCK_DAYS
    last = min(first + BLOCK_DAYS - 1, date.max.toordinal())
    return date.fromordinal(max(first, date.min.toordinal())), date.fromordinal(last)


class Sought:
    """A text with what comparing it requires, computed once for all blocks."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.sketch: RMinHash | None = None
        if len(text.body) >= MIN_CHARS:
            self.sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
            self.sketch.update(text.shingles())  # duplicates do not change a minimum

    @cached_property
    def shingles(self) -> set[str]:
        """The set of shingles, computed on demand: only few texts have candidates to compare with."""
        return set(self.text.shingles())


class Block:
    """The texts of :data:`BLOCK_DAYS` days; about 10 KB each, two thirds of which are the bands."""

    def __init__(self) -> None:
        self.texts: dict[str, Text] = {}
        self._ids: list[str] = []  # LSH key → item id
        self._keys: dict[str, int] = {}
        self._equal: dict[bytes, set[str]] = {}
        self._lsh = RMinHashLSH(threshold=MIN_JACCARD, num_perm=PERMUTATIONS, num_bands=BANDS)

    def add(self, sought: Sought) -> None:
        """Add a text that is not in the block yet."""
        text = sought.text
        self.texts[text.id] = text
        self._equal.setdefault(text.digest, set()).add(text.id)
        if sought.sketch is not None:
            self._keys[text.id] = len(self._ids)
            self._lsh.insert(len(self._ids), sought.sketch)
            self._ids.append(text.id)

    def remove(self, text: Text) -> None:
        """Remove a text that is in the block."""
        del self.texts[text.id]
        self._equal[text.digest].discard(text.id)
        if (key := self._keys.pop(text.id, None)) is not None:
            self._lsh.remove(key)

    def reprints(self, sought: Sought) -> set[str]:
        """The ids of the texts in the block that are reprints of one that is not in it yet."""
        found = set(self._equal.get(sought.text.digest, ()))
        if sought.sketch is not None:
            found |= {self._ids[key] for key in self._lsh.query(sought.sketch)}
        return {key for key in found if _reprint(sought, self.texts[key])}


def _reprint(sought: Sought, other: Text) -> bool:
    if abs((sought.text.day - other.day).days) > MAX_GAP_DAYS:
        return False
    if sought.text.digest == other.digest:
        return True
    if sought.sketch is None:
        return False
    theirs = set(other.shingles())
    common = len(sought.shingles & theirs)
    return common >= MIN_JACCARD * (len(sought.shingles) + len(theirs) - common)
