"""The word lists of ``wordings.yaml``, checked and compiled: how a statement is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from classifiers.normalize import alternatives, normalize
from yuqing.core.yaml_models import Strict, Words
from yuqing.core.yamlfile import check, read_yaml

FILE = Path(__file__).with_name("wordings.yaml")


class PlaceWords(Strict):
    """Words around the name of a place."""

    school_subjects: Words
    schools: Words
    banks: Words
    no_bank: Words
    no_airline: Words
    no_road: Words
    no_street: Words
    bank_branches: Words
    media_subjects: Words
    papers: Words
    stations: Words
    firms: Words
    firm_verbs: Words
    services: Words
    carriers: Words
    no_carrier: Words
    exchanges: Words
    experts: Words
    says: Words
    people: Words
    helpers: Words
    surnames: Words
    businesses: Words
    owners: Words
    hosted: Words
    remotely: Words
    police: Words
    bodies: Words
    act_adverbs: Words
    acts: Words
    units: Words
    partner_units: Words
    signing_bodies: Words
    listed_in: Words
    arrives: Words
    settles: Words
    learns: Words
    goes: Words
    was: Words
    in_use: Words
    comes_from: Words
    went: Words
    supposed: Words
    markets: Words
    senders: Words
    addresses: Words
    examples: Words
    compared: Words
    pretends: Words
    asks: Words
    delegates: Words
    links: Words
    far_ends: Words
    joins: Words
    trips: Words
    happens: Words
    sure_bodies: Words
    swindle: Words
    signing: Words
    events: Words
    remote: Words
    long_ago: Words
    now: Words
    days: Words
    stories: Words
    invests: Words
    investing: Words
    ranks: Words
    ranked: Words
    together: Words
    reaches: Words
    speaks: Words
    branches: Words
    national: Words
    of_the_nation: Words
    of_china: Words


class ActorWords(Strict):
    """Words around the name of a body or company."""

    no_branch: Words
    credits: Words
    earlier: Words
    often: Words
    institutes: Words
    ongoing: Words
    investors: Words
    visits: Words
    subject_ahead: Words
    staff: Words
    issues: Words
    patrons: Words
    contracts: Words
    rumours: Words
    parts: Words
    channels: Words
    announces: Words
    systems: Words
    links: Words
    backs: Words
    invests: Words
    guests: Words
    attends: Words
    results: Words
    spoken_of: Words
    rulings: Words
    documents: Words
    offices: Words
    joins: Words
    company: Words
    no_company: Words
    carries: Words
    alongside: Words
    hosts: Words
    departments: Words
    societies: Words
    launches: Words
    company_acts: Words
    company_signs: Words


class DeedWords(Strict):
    """Who does what in a place."""

    local_bodies: Words
    local_offices: Words
    province_offices: Words
    in_names: Words
    no_city: Words
    no_district: Words
    opened: Words
    opens: Words
    interviews: Words
    spreads: Words
    gives: Words
    runs: Words
    on_subject: Words
    adopted: Words
    tells: Words
    numerals: Words


class ActionVerbs(Strict):
    """Words that make a verb not an action."""

    items: Words
    holds: Words
    occasions: Words
    together: Words
    no_words: Words
    tells: Words
    results: Words
    stores: Words
    ahead: Words
    puts_out: Words
    nouns: Words


class EventWords(Strict):
    """Words around the name of an event."""

    boundaries: Words
    generic: Words
    held: Words
    hosted: Words
    at_it: Words
    around_it: Words
    begins: Words
    parts: Words
    scopes: Words
    ready: Words
    officers: Words
    ends: Words
    off: Words
    works: Words
    same: Words
    proper: Words


class Lists(Strict):
    """The keys of the file; each is explained there."""

    denied: Words
    planned: Words
    no_plan: Words
    asked: Words
    background: Words
    earlier: Words
    speech: Words
    units: Words
    digests: Words
    no_deeds: Words
    short_deeds: Words
    no_carrier: Words
    areas: Words
    everyday: Words
    parties: Words
    there: Words
    feigned: Words
    slogans: Words
    societies: Words
    ranks: Words
    offices: Words
    talk: Words
    about: Words
    fields: Words
    merging: Words
    renamed: Words
    enumerates: Words
    converts: Words
    stocks: Words
    foreign: Words
    places: PlaceWords
    actors: ActorWords
    deeds: DeedWords
    actions: ActionVerbs
    events: EventWords


@dataclass(frozen=True, slots=True)
class Wordings:
    """The lists in the form in which they are used."""

    modal: re.Pattern[str]  # a first check for any of the next three
    denied: re.Pattern[str]
    planned: re.Pattern[str]  # in the group plan; a match without it is another word (供应, 虚拟)
    asked: re.Pattern[str]  # what follows it in the sentence is demanded
    background: re.Pattern[str]
    earlier: re.Pattern[str]  # opens a sentence about something earlier, up to the verb
    speech: frozenset[str]
    units: re.Pattern[str]
    digests: re.Pattern[str]  # begins or ends a title
    no_deeds: frozenset[str]
    short_deeds: frozenset[str]
    no_branch: tuple[str, ...]
    areas: frozenset[str]
    everyday: frozenset[str]


@lru_cache(maxsize=1)
def word_lists(path: Path = FILE) -> Lists:
    """The lists as written. Raises FileError for an invalid file."""
    file = read_yaml(path)
    return check(file, (), file.data, TypeAdapter(Lists))


def either(words: Iterable[str]) -> str:
    """A regex group of ``words``."""
    return f"(?:{alternatives(words)})"


def each(words: Iterable[str], behind: str = "") -> str:
    """Alternatives of ``words`` with ``behind`` after each, without a group."""
    return "|".join(re.escape(normalize(word).text) + behind for word in words)


def rest_of(words: Iterable[str]) -> str:
    """A regex group of ``words`` behind their first characters."""
    return f"(?:{'|'.join(f'(?<={word[0]}){word[1:]}' for word in words)})"


@lru_cache(maxsize=1)
def wordings() -> Wordings:
    """The lists in the form used to read statements."""
    lists = word_lists()
    return Wordings(
        modal=re.compile(alternatives((*lists.denied, *lists.planned, *lists.background, "将", "应"))),
        denied=re.compile(f"(?:{alternatives(lists.denied)})[^,。;]{{0,8}}$"),
        planned=re.compile(f"{alternatives(lists.no_plan)}|(?P<plan>{alternatives(lists.planned)}|(?<!即)将|应)"),
        asked=re.compile(alternatives(lists.asked)),
        background=re.compile(f"(?<![从自])(?:{alternatives(lists.background)})[^。;]{{0,24}}$"),
        earlier=re.compile(
            rf"\s*(?:{alternatives(lists.earlier)})[^,。;]{{0,10}},(?:(?!\d日|{alternatives(lists.places.now)})[^,。;])*$"
        ),
        speech=frozenset(lists.speech),
        units=re.compile(alternatives(lists.units)),
        digests=re.compile(rf"^一周|(?:{alternatives(lists.digests)})(?:[(（][^)）]*[)）]|[\d年月日期第至·—\s-])*$"),
        no_deeds=frozenset(lists.no_deeds),
        short_deeds=frozenset(lists.short_deeds),
        no_branch=(*lists.no_carrier, *lists.actors.no_branch),
        areas=frozenset(lists.areas),
        everyday=frozenset(lists.everyday),
    )
