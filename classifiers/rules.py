"""Prepares keywords.yaml: checked, numbered and compiled into one automaton."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from classifiers.document import Document
from classifiers.grammar import Grammar, build_grammar
from classifiers.keywords import parse_keywords
from classifiers.normalize import normalize
from classifiers.regions.gazetteer import gazetteer
from classifiers.regions.scan import Hits, place_names
from classifiers.regions.short import bare_names
from classifiers.scan import Scan, find_news
from classifiers.schema import Enterprise, Keywords, Ministry, Signal, Term, Topic
from classifiers.stamp import stamp
from classifiers.terms import Matcher, Vocabulary, compile_term
from yuqing.core.patterns import switched_off
from yuqing.core.segment import warm
from yuqing.core.yamlfile import read_once

PLUS = "互联网+"
NET = "互联网"


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of a body or company; ``weak`` names (products) count only as the subject of an act, ``common`` ones (also
    ordinary words) in addition if a company's title follows, ``bare`` ones (the name of a company by itself, or of a
    product) only as words.
    """

    owner: str
    matcher: Matcher
    weak: bool = False
    branch: bool = False
    common: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """A term of a relevance signal or of a sector."""

    signal: Signal
    matcher: Matcher


@dataclass(frozen=True, slots=True)
class TopicTerm:
    """A term of a special topic."""

    topic: Topic
    matcher: Matcher


Use = Alias | Weighed | TopicTerm


@dataclass(slots=True)
class Rules:
    """All rules of one version of keywords.yaml; built by :func:`load_rules`, not modified afterwards.

    ``version`` is that of keywords.yaml, ``stamp`` that of everything that determines tags (Tags.rules). ``automaton``
    finds ``words`` and, numbered after them, the names of places and the bare names of counties.
    """

    path: Path
    version: str
    stamp: str
    keywords: Keywords
    automaton: AhoCorasick
    words: tuple[str, ...]
    uses: dict[int, tuple[Use, ...]]
    always: tuple[Use, ...]
    plus: int
    net: int
    event_words: dict[int, tuple[str, bool]]
    sector_of: dict[str, tuple[str, str]]
    sector_names: frozenset[str]
    ministries: dict[str, Ministry]
    enterprises: dict[str, Enterprise]
    longest_sector: int
    grammar: Grammar
    places: frozenset[str]
    order: dict[str, int]
    topic_sections: frozenset[str]

    def scan(self, document: Document) -> Scan:
        """One pass over the document's title and body, for the rules' words and all names of places alike."""
        title, body = document.title.text, document.body.text
        text = f"{title}\n{body}"
        at, words = len(title) + 1, len(self.words)
        bare = words + len(place_names())
        hits: dict[int, list[int]] = {}
        in_title, in_body = Hits([], []), Hits([], [])
        for number, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            if number >= words:
                found, origin = (in_title, 0) if start < at else (in_body, at)
                if number < bare:
                    found.names.append((start - origin, origin - end, number - words))
                else:
                    found.bare.append((start - origin, origin - end, number - bare))
            elif number in hits:
                hits[number].append(start)
            else:
                hits[number] = [start]
        lead = at + self.keywords.settings.lead_chars
        return Scan(document, text, at, lead, find_news(text, at, lead), hits, (in_title, in_body))

    def active(self, scan: Scan) -> Iterable[Use]:
        """The rules with at least one word found, each once, in the order of those words in the text."""
        found: dict[int, Use] = {}
        uses = self.uses
        for number in scan.hits:
            for use in uses.get(number, ()):
                found[id(use)] = use
        for use in self.always:
            found[id(use)] = use
        return found.values()

    def ministry_on(self, name: str, day: date | None) -> str:
        """The body that ``name`` meant on ``day``: its successor if it had been dissolved by then."""
        ministry = self.ministries[name]
        seen = {name}
        while day and ministry.until and ministry.successor and day >= ministry.until:
            if (day - ministry.until).days < GRACE_DAYS or ministry.successor in seen:
                break
            seen.add(ministry.successor)
            ministry = self.ministries[ministry.successor]
        return ministry.name


def _owners(keywords: Keywords) -> Iterable[str]:
    yield from (ministry.name for ministry in keywords.ministries)
    yield from (company.name for company in keywords.enterprises)


GRACE_DAYS = 120  # new bodies took over signs and seals gradually: in 2018 from 17 March into summer


def load_rules(path: Path) -> Rules:
    """Read, check and compile ``path``. Raises FileError with every fault and its position, in Chinese.

    Where a rule was switched off for its slowness the same content is read again, and the rule gets another chance.
    """
    return _compiled(path) if switched_off else replace(_compiled_once(path), path=path)


def _compiled(path: Path) -> Rules:
    file, keywords = parse_keywords(path)
    vocabulary = Vocabulary()
    plus = vocabulary.number(PLUS)
    net = vocabulary.number(NET)
    pairs = list(_uses(keywords, vocabulary))
    event_words: dict[int, tuple[str, bool]] = {}
    for kind in keywords.events.kinds:
        for word in kind.terms:
            event_words[vocabulary.number(word)] = (kind.name, kind.section)
    sector_of: dict[str, tuple[str, str]] = {}
    for sector in keywords.sectors:
        for name in (sector.name, *sector.synonyms):
            sector_of.setdefault(normalize(name).text, (sector.name, sector.group))
    by_word: dict[int, list[Use]] = {}
    always: list[Use] = []
    for use in pairs:
        matcher = use.matcher
        needed = dict.fromkeys([n for n, _ in matcher.anchors] or matcher.all[:1] or matcher.begins)
        if not needed:
            always.append(use)
        for number in needed:
            by_word.setdefault(number, []).append(use)
    words = vocabulary.words()
    warm()
    return Rules(
        path=path,
        version=file.version,
        stamp=stamp(file.version),
        keywords=keywords,
        automaton=AhoCorasick(
            [*words, *(name.text for name in (*place_names(), *bare_names()))],
            matchkind=MatchKind.Standard,
            # Tables of 1 MB instead of 15 (DFA), which is faster in isolation but is evicted from the cache for every
            # text: classify() takes 305 µs instead of 348.
            implementation=Implementation.ContiguousNFA,
        ),
        words=tuple(words),
        uses={number: tuple(uses) for number, uses in by_word.items()},
        always=tuple(always),
        plus=plus,
        net=net,
        event_words=event_words,
        sector_of=sector_of,
        sector_names=frozenset(normalize(s.name).text for s in keywords.sectors),
        ministries={m.name: m for m in keywords.ministries},
        enterprises={e.name: e for e in keywords.enterprises},
        longest_sector=max(map(len, sector_of), default=0),
        grammar=build_grammar(keywords),
        places=frozenset(name for name, place in gazetteer().names.items() if place.kind == "name"),
        order={name: n for n, name in enumerate(_owners(keywords))},
        topic_sections=frozenset(topic.name for topic in keywords.topics if topic.section),
    )


_compiled_once = read_once(_compiled)


def _uses(keywords: Keywords, vocabulary: Vocabulary) -> Iterable[Use]:
    for ministry in keywords.ministries:
        yield from _names(ministry.name, (*_own_name(ministry.name, ministry.aliases),), vocabulary)
    for company in keywords.enterprises:
        strong = (*_own_name(company.name, company.aliases), *company.subsidiaries)
        for alias in _names(company.name, strong, vocabulary):
            bare = alias.matcher.label == company.name
            yield replace(alias, common=company.common and bare and alias.matcher.plain, bare=bare)
        for term in company.products:
            yield Alias(company.name, compile_term(term, vocabulary), weak=True, bare=True)
        for word in company.branches:
            yield Alias(company.name, compile_term(Term(any=(word,)), vocabulary), branch=True)
    for signal in keywords.relevance.signals:
        for term in signal.terms:
            yield Weighed(signal, compile_term(_scoped(term, signal), vocabulary))
    for sector in keywords.sectors:
        signal = Signal(name=f"主题词·{sector.name}", weight=keywords.relevance.subject, scope=("title", "lead"))
        for term in sector.terms:
            yield Weighed(signal, compile_term(_scoped(term, signal), vocabulary))
    for topic in keywords.topics:
        for term in topic.terms:
            yield TopicTerm(topic, compile_term(term, vocabulary))


def _scoped(term: Term, signal: Signal) -> Term:
    return term.model_copy(update={"scope": signal.scope}) if signal.scope and not term.scope else term


def _names(owner: str, terms: Iterable[Term], vocabulary: Vocabulary) -> Iterable[Alias]:
    for term in terms:
        yield Alias(owner, compile_term(term, vocabulary))


def _own_name(name: str, aliases: tuple[Term, ...]) -> tuple[Term, ...]:
    """The name counts as it is, unless an alias sets conditions for it."""
    return aliases if any(name in term.any for term in aliases) else (Term(any=(name,)), *aliases)
