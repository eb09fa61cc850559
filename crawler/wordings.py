"""The word lists of ``wordings.yaml``: what Chinese sites print around an article, validated and ready for patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from yuqing.core.yaml_models import Strict, Word, Words
from yuqing.core.yamlfile import check, read_yaml

FILE = Path(__file__).with_name("wordings.yaml")


class LineWords(Strict):
    """Lines that belong to the page rather than to the article."""

    roles: Words
    makers: Words
    name_roles: Words
    credits: Words
    credits_by_name: Words
    desks: Words
    reads: Words
    counted: Words
    brands: Words
    interface: Words
    pressed: Words
    anywhere: Words
    anywhere_labels: Words
    notices: Words
    boxes: Words
    others: Words
    reports: Words
    taken_from: Words
    byline: Words
    footer: Words


class NameWords(Strict):
    """Names of media and editors that follow a label."""

    next_labels: Words
    buttons: Words
    media: Words
    bodies: Words
    nobody: Words
    surnames: Word


class TitleWords(Strict):
    """What occurs next to an article's title, or in its place."""

    sites: Words
    owners: Words
    columns: Words
    media: Words


class DayWords(Strict):
    """What a day on a page refers to."""

    published: Words
    updated: Words
    other: Words
    never: Words
    adopted: Words


class ErrorWords(Strict):
    """Text on error pages with status 200."""

    things: Words
    removed: Words
    missing: Words
    gone: Words
    sites: Words
    down: Words
    moves: Words


class DocumentWords(Strict):
    """Labels of an official document's metadata."""

    number: Words
    index: Words
    issuer: Words
    written_on: Words
    published_on: Words
    topic: Words
    validity: Words
    other: Words
    explains: Words
    originals: Words


class ColumnWords(Strict):
    """Names of a site's columns."""

    news: dict[Word, int]
    never: Words
    common: Words


class PageLists(Strict):
    """The whole file."""

    lines: LineWords
    names: NameWords
    titles: TitleWords
    days: DayWords
    errors: ErrorWords
    documents: DocumentWords
    columns: ColumnWords


@lru_cache(maxsize=1)
def page_words(path: Path = FILE) -> PageLists:
    """The lists as written. Raises FileError for an invalid file."""
    file = read_yaml(path)
    return check(file, (), file.data, TypeAdapter(PageLists))


def document_labels() -> dict[str, Words]:
    """The labels of a document's metadata by the field of its record; ``other`` are labels without a field."""
    words = page_words().documents
    return {key: getattr(words, key) for key in DocumentWords.model_fields if key not in ("explains", "originals")}


def either(*lists: Iterable[str]) -> str:
    """A regex group matching the words of all ``lists``, longest first."""
    words = sorted({word for words in lists for word in words}, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, words))})"
