"""Ordinary news for the sites of the demo web, assembled from the sentences of ``content/filler.yaml``.

The same seed gives the same web. Two articles on a topic share at most two of their four sentences, so that none looks
like a reprint of another.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from pydantic import TypeAdapter

from yuqing.core.yamlfile import check, read_yaml
from yuqing.demo.articles import CONTENT, DemoArticle, Site

SEED = 2018
_FRESH = (datetime(2018, 2, 3, 8), 50)  # from this day, this many days
_OLD = (datetime(2017, 10, 9, 8), 110)
_SENTENCES, _SHARED = 4, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A kind of ordinary news: headlines and sentences with placeholders."""

    name: str
    titles: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The content of ``filler.yaml``."""

    places: tuple[str, ...]
    surnames: tuple[str, ...]
    origins: tuple[str, ...]
    editors: tuple[str, ...]
    topics: tuple[Topic, ...]


def ordinary_news(sites: Mapping[str, Site]) -> list[DemoArticle]:
    """The ordinary news of every site, none of it relevant. Raises FileError."""
    file = read_yaml(CONTENT / "filler.yaml")
    pool = check(file, (), file.data, TypeAdapter(Pool))
    chance = random.Random(SEED)
    texts = _texts(pool, chance)
    numbers = iter(range(31_250_107, 99_999_999, 37))
    found = []
    for source, site in sites.items():
        days = [*_moments(chance, *_FRESH, site.filler), *_moments(chance, *_OLD, site.archive)]
        for moment in days:
            place = site.region or chance.choice(pool.places)
            title, text = _filled(next(texts), place, pool, chance)
            found.append(
                DemoArticle(
                    source=source,
                    url=_url(site.urls, moment, next(numbers), chance),
                    title=title,
                    published=moment,
                    text=text,
                    origin=chance.choice(pool.origins),
                    editor=chance.choice(pool.editors),
                    relevant=False,
                )
            )
    return found


def _texts(pool: Pool, chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Headlines and sentences, cycling through the topics, with new combinations of sentences each time."""
    chosen: dict[str, list[frozenset[int]]] = {}
    orders = {t.name: list(combinations(range(len(t.sentences)), _SENTENCES)) for t in pool.topics}
    for order in orders.values():
        chance.shuffle(order)
    round_ = 0
    while True:
        for topic in pool.topics:
            taken = chosen.setdefault(topic.name, [])
            fresh = next(c for c in orders[topic.name] if all(len(old.intersection(c)) <= _SHARED for old in taken))
            taken.append(frozenset(fresh))
            yield topic.titles[round_ % len(topic.titles)], [topic.sentences[i] for i in fresh]
        round_ += 1


def _filled(parts: tuple[str, list[str]], place: str, pool: Pool, chance: random.Random) -> tuple[str, str]:
    title, sentences = parts
    lines = [
        line.format(place=place, n=chance.randint(2, 9), m=chance.randint(3, 38), who=chance.choice(pool.surnames))
        for line in (title, *sentences)
    ]
    return lines[0], "\n".join(lines[1:])


def _moments(chance: random.Random, first: datetime, days: int, count: int) -> list[datetime]:
    """``count`` times spread over ``days`` from ``first``, on full minutes."""
    return [
        first + timedelta(days=days * (index + chance.random()) / count // 1, minutes=chance.randint(0, 720))
        for index in range(count)
    ]


def _url(form: str, moment: datetime, number: int, chance: random.Random) -> str:
    return form.format(
        t=moment,
        month=moment.month,
        day=moment.day,
        id=number,
        hex=f"{chance.getrandbits(128):032x}",
        hex24=f"{chance.getrandbits(96):024x}",
        code=f"{number:X}".rjust(14, "0"),
    )
