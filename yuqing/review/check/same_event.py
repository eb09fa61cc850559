"""Stories that report one event in different words: proposals, on which a person decides.

Candidates share a place or an actor, or one of them names neither, and are at most three days apart. They are proposed
if they also share figures, names, words for what was done, or characters that few surrounding stories have (绣 in 刺绣
and 绣娘); rarer ones count more, and the less specific the places, the more must be shared. Reprints are not covered
here: reprint clusters find them by their text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from math import log

from yuqing.core.records import Item
from yuqing.review.check.story import Story, read

DAYS = 3  # between two stories of one event
# The score from which a pair is proposed, calibrated on the pairs that were read: 16 of 27 found and none wrong.
_ENOUGH = 1.4  # where they name the same place or actor, or one names the other's town
_PROVINCE = 1.6  # where they share the province and one names no more
_ALONE = 2.1  # where one of them names neither place nor actor
_NUMBER = 1.2  # what a shared figure is worth
_SMALL = 0.5  # a shared figure below ten
_APPROXIMATE = 0.8  # a figure that one story rounds (三千多 for 3100)
_NAME = 2.0  # a proper name in quotation or title marks
_COUNTY = 0.6  # the same county
_WORD = 0.7  # a content word
_VERB = 0.35  # a word for what is done: many stories share it
_HEADLINE = 0.5  # a word in both headlines
_CHAR = 0.35  # a rare character
_RARE = 0.05  # the share of the surrounding stories that may contain a rare character
_FEW = 30  # with fewer stories no character can be called rare


@dataclass(frozen=True, slots=True)
class Likeness:
    """How strongly two stories look like one event, and what they have in common, for the person who decides.

    ``enough`` is the score from which the pair is proposed.
    """

    score: float
    shared: tuple[str, ...]
    enough: float = _ENOUGH

    @property
    def same(self) -> bool:
        """Whether the pair is to be proposed."""
        return self.score >= self.enough


NONE = Likeness(0.0, ())


class Around:
    """How many of the surrounding stories contain a word or a character; members of a reprint cluster count as one."""

    def __init__(self, items: Iterable[Item]) -> None:
        stories = {item.cluster.id if item.cluster else item.id: item for item in items}
        self.count = max(len(stories), _FEW)
        self.few = len(stories) < _FEW
        self._having = Counter(chain.from_iterable(_tokens(read(item)) for item in stories.values()))

    def rarity(self, token: str) -> float:
        """1 for what only the two stories contain, 0 for what all contain."""
        return min(1.0, max(0.0, log(self.count / max(self._having[token], 2)) / log(self.count / 2)))

    def rare(self, chars: Iterable[str]) -> list[str]:
        """Those of ``chars`` that few stories contain."""
        most = max(3.0, _RARE * self.count)
        return [] if self.few else sorted(char for char in chars if self._having[char] <= most)


def _tokens(story: Story) -> frozenset[str]:
    return story.words | story.headline | story.chars


def likeness(one: Item, other: Item, around: Around) -> Likeness:
    """Whether the two report one event, and what suggests so; :data:`NONE` for pairs that are not candidates."""
    a, b = read(one), read(other)
    if a.day is None or b.day is None or abs((a.day - b.day).days) > DAYS or not _near(a, b):
        return NONE
    enough = _enough(a, b)
    if not enough:
        return NONE
    figures = a.figures & b.figures
    rounded = {x for x in a.figures - figures if any(_rounds(x, y) for y in b.figures - figures)}
    names = a.names & b.names
    words = (a.words & b.words) - {word for name in names for word in a.words if word in name}
    told = "".join((*words, *names))
    score = (
        sum(_NUMBER if figure >= 10 else _SMALL for figure in figures)
        + _APPROXIMATE * len(rounded)
        + _NAME * len(names)
        + _COUNTY * bool(a.counties & b.counties)
        + sum((_VERB if word in a.verbs else _WORD) * around.rarity(word) for word in words)
        + sum((_VERB if word in a.verbs else _HEADLINE) * around.rarity(word) for word in a.headline & b.headline)
        + sum(_CHAR * around.rarity(char) for char in around.rare((a.chars & b.chars) - frozenset(told)))
    )
    shown = sorted(words, key=lambda word: (-len(word), word))[:6]
    shared = (*sorted(names), *shown, *map(_written, sorted(figures)))
    return Likeness(round(score, 2), shared, enough)


def _near(a: Story, b: Story) -> bool:
    """Whether the days in the two allow for one event: if both name days, two of them are equal or adjacent."""
    if not a.days or not b.days:
        return True
    return any(abs((x - y).days) <= 1 for x in a.days for y in b.days)


def _enough(a: Story, b: Story) -> float:
    """The score that a pair needs, 0 if it is not a candidate: the two name different places or actors."""
    if a.counties and b.counties and not a.counties & b.counties:
        return 0.0
    other_actors = a.actors and b.actors and not a.actors & b.actors
    if a.places & b.places or (a.actors & b.actors and not (a.places and b.places)):
        return _ENOUGH
    if not other_actors and (any(name in b.text for name in a.near) or any(name in a.text for name in b.near)):
        return _ENOUGH
    both = {province for province, _ in a.places} & {province for province, _ in b.places}
    other_act = a.acts and b.acts and not a.acts & b.acts  # a province's meeting, a city's document
    if both and not other_act and not (all(city for _, city in a.places) and all(city for _, city in b.places)):
        return _PROVINCE
    return _ALONE if not (a.places or a.actors) or not (b.places or b.actors) else 0.0


def _written(figure: float) -> str:
    """A figure as people write it: 620万, 1.2亿."""
    for unit, name in ((1e8, "亿"), (1e4, "万")):
        if figure >= unit:
            return f"{figure / unit:.10g}{name}"
    return f"{figure:g}"


def _rounds(x: float, y: float) -> bool:
    """Whether one figure is the other without its last digits: 3000 for 3100, 10000 for 12000."""
    low, high = sorted((x, y))
    digits = str(int(low))
    return low >= 10 and low < high < 2 * low and not digits[1:].strip("0") and digits[0] == str(int(high))[0]


def alike(item: Item, candidates: Iterable[Item], limit: int = 3) -> tuple[tuple[Item, Likeness], ...]:
    """The stories among ``candidates`` that seem to report the event of ``item``, the most similar first."""
    others = [other for other in candidates if other.id != item.id and not _reprints(item, other)]
    around = Around((item, *others))
    ranked = sorted(
        (pair for other in others if (pair := (other, likeness(item, other, around)))[1].same),
        key=lambda pair: (-pair[1].score, pair[0].id),
    )
    return tuple(ranked[:limit])


def _reprints(one: Item, other: Item) -> bool:
    """Whether both belong to one reprint cluster and so are already together."""
    return bool(one.cluster and other.cluster and one.cluster.id == other.cluster.id)
