"""The names that keywords.yaml lists: bodies, provinces and companies, in the order of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ahocorasick_rs import AhoCorasick


@dataclass(frozen=True, eq=False)
class Names:
    """Canonical names in order; ``ministries`` and ``enterprises`` map each name to its other spellings.

    ``holdings`` are subsidiaries and products of the companies, ``sections`` the titles of the report's sections.
    """

    ministries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    provinces: tuple[str, ...] = ()
    enterprises: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    holdings: tuple[str, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def owners(self) -> dict[str, str]:
        """Every spelling (two characters or more) of a body or company, with the name it is listed under."""
        spelled = {
            word: name
            for listed in (self.ministries, self.enterprises)
            for name, others in listed.items()
            for word in (name, *others)
        }
        return {word: name for word, name in (spelled | {one: one for one in self.holdings}).items() if len(word) > 1}

    @property
    def mainland(self) -> tuple[str, ...]:
        """The provinces without 香港, 澳门 and 台湾, which are not covered by the sources."""
        return tuple(name for name in self.provinces if not name.endswith("特别行政区") and name != "台湾省")

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling of a body, province or company."""
        spelled = [*self.provinces]
        for listed in (self.ministries, self.enterprises):
            for name, others in listed.items():
                spelled += (name, *others)
        return tuple(dict.fromkeys(spelled))

    def found_in(self, text: str) -> list[str]:
        """The spellings that occur in ``text``, without duplicates, including those inside another."""
        hits = self._finder.find_matches_as_indexes(text, overlapping=True)
        return list(dict.fromkeys(self.spellings[index] for index, _, _ in hits))

    @cached_property
    def _finder(self) -> AhoCorasick:
        return AhoCorasick(list(self.spellings))


NO_NAMES = Names()
