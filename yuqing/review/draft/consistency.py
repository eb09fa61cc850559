"""Whether a row says only what its article says: every number, name and date in it is checked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from yuqing.core.names import NO_NAMES, Names
from yuqing.core.records import Article
from yuqing.review.draft.dates import find_days
from yuqing.review.draft.places import short_province
from yuqing.review.draft.sentences import written_day
from yuqing.review.draft.wording import tidy

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*[%‰]?|第?[一二三四五六七八九十百千万亿两]{2,}|第[一二三四五六七八九十]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_QUOTE = re.compile(r"“([^“”]+)”")
_BREAK = re.compile(r"[，。；：！？、,;:!?（）()《》〈〉<>“”‘’\"'…—\-–·\n\s　]+")
_GLUE = frozenset("的了在于与和将并等对为是由以及到至其该也已日月年")


def _fold(text: str) -> str:
    """``text`` in the row's spelling without punctuation and spaces; clauses are separated by a bar."""
    return _BREAK.sub("|", tidy(text))


def _dates(text: str, published: date | None) -> tuple[set[tuple[date, date]], str]:
    """The days named in ``text``, and the text without them."""
    if published is None:
        return set(), text
    days: set[tuple[date, date]] = set()
    rest: list[str] = []
    at = 0
    for mention in find_days(text, published):
        if mention.first and mention.last and mention.start >= at:
            days.add((mention.first, mention.last))
            rest.append(text[at : mention.start])
            at = mention.end
    return days, "|".join([*rest, text[at:]])


def _uncovered(clause: str, folded: str) -> list[str]:
    """The stretches of ``clause`` that are not made of fragments (two characters or more) of the article."""
    if clause in folded:
        return []
    missing: list[str] = []
    at = 0
    while at < len(clause):
        size = 0
        while at + size < len(clause) and clause[at : at + size + 1] in folded:
            size += 1
        if size >= 2 or (size == 1 and (clause[at] in _GLUE or len(clause) == 1)):
            at += size
            continue
        if clause[at] not in _GLUE:
            missing.append(clause[at])
        at += 1
    return missing


def unsupported(row: str, article: Article, allowed: Iterable[str] = (), names: Names = NO_NAMES) -> list[str]:
    """What ``row`` says but ``article`` does not: dates, numbers, titles, quotes, names, words; [] if it is all
    supported.

    ``allowed`` are the names that tags add to the text: the province and city of a place that the article names. The
    day of publication is always allowed. ``names`` are those of keywords.yaml: each one used in the row must occur in
    the article with the same spelling.
    """
    return _unsupported(row, article, article.body, allowed, names)


def stands(row: str, article: Article, evidence: str, allowed: Iterable[str] = (), names: Names = NO_NAMES) -> bool:
    """Whether all of ``row`` is supported by ``article``; ``evidence``, a part of its text, is tried first.

    What a part supports the whole supports, and a sentence is read some twenty times faster than an article.
    """
    allowed = tuple(allowed)
    return any(not _unsupported(row, article, body, allowed, names) for body in (evidence, article.body))


def _unsupported(row: str, article: Article, body: str, allowed: Iterable[str], names: Names) -> list[str]:
    """Like :func:`unsupported`, with ``body`` instead of the article's own."""
    number = article.document.number if article.document else ""
    source = f"{article.title}\n{body}\n{article.origin}\n{number}"
    published = article.day
    for name in sorted(set(allowed), key=len, reverse=True):
        if name not in source:  # a name that occurs in the text is checked like any other
            row = row.replace(name, "")
    said, row_rest = _dates(tidy(row), published)
    found: list[str] = []
    if published and said - {(published, published)}:
        missing = sorted(said - _known_days(source, body, published))
        found += [f"{first:%Y-%m-%d}" + (f"…{last:%Y-%m-%d}" if last != first else "") for first, last in missing]
    text = tidy(source)
    folded = _BREAK.sub("|", text)
    bare = folded.replace("|", "")
    for pattern in (_NUMBER, _LATIN):
        absent = _not_among(pattern.findall(row_rest), pattern.findall(text))
        if absent:  # next to a day: APP3月5日
            absent = _not_among(absent, pattern.findall(tidy(_dates(source, published)[1])))
        found += absent
    for pattern in (_TITLE, _QUOTE):
        found += [match[0] for match in pattern.finditer(row_rest) if _bare(match[1]) not in bare]
    clauses = _fold(row_rest.replace("消息，", "", 1)).split("|")
    for clause in clauses:
        found += [f"“{text}”" for text in _uncovered(clause, folded)]
    found += [name for name in names.found_in(row) if not _named(name, bare, names)]
    return list(dict.fromkeys(found))


def _known_days(source: str, body: str, published: date) -> set[tuple[date, date]]:
    """The days and spans named in ``source``, the ends of the spans, and the day of publication."""
    known = {(published, published), *_dates(source, published)[0]}
    written = written_day(body, published)
    if written != published:  # 今天 in a reprint means the day of its dateline
        known |= _dates(source, written)[0]
    return known | {(day, day) for span in known for day in span}


def _not_among(said: list[str], known: list[str]) -> list[str]:
    words = {word.lower() for word in known} if said else set()
    return [word for word in said if word.lower() not in words]


def _bare(text: str) -> str:
    return _fold(text).replace("|", "")


def _named(name: str, bare: str, names: Names) -> bool:
    """Whether the article names ``name``; for a province its short name is enough."""
    return name in bare or (name in names.provinces and short_province(name) in bare)
