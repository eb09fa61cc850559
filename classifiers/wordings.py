"""The word lists of ``wordings.yaml``, checked and compiled: how a statement is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from classifiers.normalize import alternatives
from classifiers.schema import Strict, Words
from yuqing.core.yamlfile import check, read_yaml

FILE = Path(__file__).with_name("wordings.yaml")


class Lists(Strict):
    """The keys of the file; each is told there."""

    denied: Words
    planned: Words
    background: Words
    speech: Words
    units: Words
    digests: Words
    no_deeds: Words
    short_deeds: Words
    no_branch: Words
    areas: Words
    everyday: Words


@dataclass(frozen=True, slots=True)
class Wordings:
    """The lists as they are used."""

    modal: re.Pattern[str]  # a first look for any of the next three
    denied: re.Pattern[str]
    planned: re.Pattern[str]
    background: re.Pattern[str]
    speech: frozenset[str]
    units: re.Pattern[str]
    digests: re.Pattern[str]
    no_deeds: frozenset[str]
    short_deeds: frozenset[str]
    no_branch: tuple[str, ...]
    areas: frozenset[str]
    everyday: frozenset[str]


@lru_cache(maxsize=1)
def wordings() -> Wordings:
    """The compiled lists. Raises FileError for a file that does not hold them."""
    file = read_yaml(FILE)
    lists = check(file, (), file.data, TypeAdapter(Lists))
    return Wordings(
        modal=re.compile(alternatives((*lists.denied, *lists.planned, *lists.background, "将", "应"))),
        denied=re.compile(f"(?:{alternatives(lists.denied)})[^,。;]{{0,8}}$"),
        planned=re.compile(f"(?:{alternatives(lists.planned)}|(?<!即)将|应(?!急|用|对|邀))[^。;]{{0,24}}$"),
        background=re.compile(f"(?:{alternatives(lists.background)})[^。;]{{0,24}}$"),
        speech=frozenset(lists.speech),
        units=re.compile(alternatives(lists.units)),
        digests=re.compile(alternatives(lists.digests)),
        no_deeds=frozenset(lists.no_deeds),
        short_deeds=frozenset(lists.short_deeds),
        no_branch=lists.no_branch,
        areas=frozenset(lists.areas),
        everyday=frozenset(lists.everyday),
    )
