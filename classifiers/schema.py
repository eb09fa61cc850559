"""The schema of keywords.yaml. The meaning of the keys for analysts is explained at the top of the file itself."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from yuqing.core.records import Section
from yuqing.core.yaml_models import Strict, Word, Words, quoted

Scope = Literal["title", "lead", "body"]


class Term(Strict):
    """A condition on the text; a plain word is short for ``{any: [word]}``."""

    any: Words = ()
    all: Words = ()
    not_: Words = Field(default=(), alias="not")
    near: Words = ()
    within: Annotated[int, Field(ge=1, le=200)] = 12
    word: bool = False
    scope: tuple[Scope, ...] = ()
    regex: str = ""

    @model_validator(mode="after")
    def _one_anchor(self) -> Term:
        if bool(self.any) == bool(self.regex):
            raise ValueError("any 与 regex 必须且只能写一个")
        return self


def _expand(value: object) -> object:
    return {"any": [value]} if isinstance(value, str) else quoted(value)


Terms = tuple[Annotated[Term, BeforeValidator(_expand)], ...]


class Settings(Strict):
    """An article is relevant with at least ``threshold`` points for its subject and ``act`` points for an act;
    ``near_miss``: subject points from which an article that is not relevant is counted as a near miss."""

    threshold: float
    act: float
    near_miss: float
    lead_chars: Annotated[int, Field(ge=20)] = 200


class Signal(Strict):
    """Points for (or, if negative, against) the subject or, with ``act``, the act; each different word counts once, up
    to ``limit``.

    ``scope`` restricts all terms: a long text is about what its title and lead say, not about every word in it.
    """

    name: Word
    weight: float
    limit: Annotated[int, Field(ge=1)] = 1
    act: bool = False
    scope: tuple[Scope, ...] = ()
    terms: Terms = ()


class Relevance(Strict):
    """Points for the subject: ``phrase``, ``bare``: a 互联网+X phrase or 互联网+ alone that the text is about;
    ``passing``: a mention in passing, ``repeated``: each further one; ``other``: 移动互联网+ …; ``subject``: a word
    from a sector's ``terms``.

    Points for the act, of which the highest counts: ``actor``: a tracked body or company acts, ``local``: a body of a
    place or the place itself, ``unit``: a hospital, school, company … of a place, ``event``: a summit is held.
    ``not_before_plus``: 移动, 工业 …, which make it another word.
    """

    phrase: float
    bare: float
    passing: float
    repeated: float
    other: float
    subject: float
    title: float
    event_subject: float
    actor: float
    local: float
    unit: float
    event: float
    first_person: float
    not_before_plus: Words
    signals: tuple[Signal, ...]


class Sector(Strict):
    """``synonyms``: other X of 互联网+X; ``terms``: words on the topic that occur without 互联网+."""

    name: Word
    group: Word
    synonyms: Words = ()
    terms: Terms = ()


class Phrases(Strict):
    """Where an open 互联网+X phrase begins and ends."""

    stop: Words
    not_sectors: Words
    lead_in: Words
    verbs: Words
    tails: Words
    joins: Words


class Ministry(Strict):
    """A central body; valid from ``from`` until the day before ``until``, then its tasks went to ``successor``."""

    name: Word
    kind: Word
    aliases: Terms = ()
    from_: date | None = Field(default=None, alias="from")
    until: date | None = None
    successor: str = ""


class Enterprise(Strict):
    """A company; ``products`` count only as the subject of an act, ``branches`` after a place name; ``common``: its
    short name is also an ordinary word (浪潮), which counts only as the subject of an act or together with another
    company.
    """

    name: Word
    flagged: bool = False
    common: bool = False
    aliases: Terms = ()
    subsidiaries: Terms = ()
    products: Terms = ()
    branches: Words = ()


class EventKind(Strict):
    """``terms`` end an event's own name; ``section``: whether such an event is listed among the summits."""

    name: Word
    terms: Words
    section: bool = True


class Events(Strict):
    """Kinds of events, names that end like an event but are none, and words that put an event on the subject."""

    subjects: Words = ()
    kinds: tuple[EventKind, ...]
    not_: Words = Field(default=(), alias="not")


class Topic(Strict):
    """A special topic; ``windows`` are review months (``2018-03``, or ``03`` for every year); none means always."""

    name: Word
    windows: tuple[Annotated[str, Field(pattern=r"^(\d{4}-)?(0[1-9]|1[0-2])$", strict=True)], ...] = ()
    terms: Terms
    section: bool = True


class Action(Strict):
    """A kind of action: one of ``verbs`` and one of ``objects`` in a clause that reports something done.

    A verb that is also listed in ``objects`` (签约) needs no object. ``counted``: it is a result, so a number must
    precede the object, and the text must report no other action.
    """

    name: Word
    verbs: Words
    objects: Words
    counted: bool = False


class SectionRule(Strict):
    """A section of the report, in its order."""

    name: Section
    title: Word


class Acts(Strict):
    """The words that distinguish an actor from a mention."""

    verbs: Words
    cited_before: Words
    joined_before: Words
    present_only: Words


class Keywords(Strict):
    """The whole file."""

    settings: Settings
    relevance: Relevance
    sectors: tuple[Sector, ...]
    phrases: Phrases
    acts: Acts
    ministries: tuple[Ministry, ...]
    enterprises: tuple[Enterprise, ...]
    events: Events
    topics: tuple[Topic, ...] = ()
    actions: tuple[Action, ...] = ()
    sections: tuple[SectionRule, ...]
    provinces: Words
