"""The shape of a URL: what the articles of a list have in common, and the pattern that expresses it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.dialects import DIALECTS, day_in
from yuqing.core.records import Link

MOST = 0.9  # share of a list's links that one pattern must fit
_PIECE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-Za-z]+|[^0-9A-Za-z]+")
_HEX = re.compile(r"(?=.*\d)[0-9a-f]{20,}|[0-9a-f]{8}-[0-9a-f-]{27}")
_RUNS = re.compile(r"\d+|[A-Za-z]+")
_WEAK = {"longxun", "numbered-index", "trs-number", "post"}  # these contain no day, which makes them weaker evidence


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a URL: literal text, digits, hexadecimal digits, or a word of letters and digits."""

    kind: str  # "", "d", "h" or "w"
    text: str

    @property
    def mark(self) -> str:
        """The piece without what differs between two articles."""
        return {"d": "\\d", "h": "\\h", "w": "\\w"}.get(self.kind, self.text)


@lru_cache(maxsize=20_000)
def tokens(url: str) -> tuple[Token, ...]:
    """The pieces of the path and query of ``url`` in order."""
    parts = urlsplit(url)
    found = _split(parts.path)
    if parts.query and not any(token.kind and len(token.text) >= 5 for token in found):
        found += _split(f"?{parts.query}")  # a path that numbers the article needs no query, which tracks clicks
    return tuple(found)


def tail(url: str) -> tuple[Token, ...]:
    """The pieces starting at the first folder or file name with a number: a column's own folder is not part of it."""
    found = tokens(url)
    first = next((number for number, token in enumerate(found) if token.kind), None)
    if first is None:
        return found
    while first > 0 and not found[first - 1].text.endswith("/"):
        first -= 1
    return found[max(0, first - 1) :]


@lru_cache(maxsize=20_000)
def shape(url: str) -> str:
    """The shape of the tail of ``url``: equal for the articles of one system."""
    return "".join(token.mark for token in tail(url))


def is_plain(url: str) -> bool:
    """Whether nothing in the URL varies from page to page, as with a column or a menu entry."""
    return not any(token.kind for token in tokens(url))


def common_shape(urls: Sequence[str]) -> tuple[str, float]:
    """The most common shape, and the share of ``urls`` that have it; empty if there are none."""
    if not urls:
        return "", 0.0
    name, count = Counter(map(shape, urls)).most_common(1)[0]
    return name, count / len(urls)


def article_likeness(urls: Sequence[str]) -> float:
    """How much the URLs look like articles, from 0 (menu entries) to 1 (a known form, or with a day)."""
    if not urls:
        return 0.0
    return sum(map(_likeness, urls)) / len(urls)


def article_rule(links: Sequence[Link]) -> str:
    """A dialect or regular expression that matches the URLs of ``links``; empty if they share no shape."""
    urls = [link.url for link in links]
    for weak in (False, True):
        for key, dialect in DIALECTS.items():
            if (key in _WEAK) is weak and _share(dialect.pattern, urls) >= MOST:
                return key
    name, share = common_shape(urls)
    same = [link for link in links if shape(link.url) == name]
    if share < 0.6 or not same or is_plain(same[0].url):
        return ""
    return _expression(same)


def _share(pattern: re.Pattern[str], urls: Sequence[str]) -> float:
    return sum(bool(pattern.search(url)) for url in urls) / len(urls) if urls else 0.0


@lru_cache(maxsize=20_000)
def _likeness(url: str) -> float:
    for key, dialect in DIALECTS.items():
        if dialect.pattern.search(url):
            return 0.8 if key in _WEAK else 1.0
    found = [token for token in tokens(url) if token.kind]
    if not found:
        return 0.0
    if any(token.kind in "hw" or len(token.text) >= 5 for token in found):
        return 0.85
    return 0.6 if any(len(token.text) >= 3 for token in found) or len(found) > 1 else 0.3


def _split(text: str) -> list[Token]:
    return [token for piece in _PIECE.findall(text) for token in _pieces(piece)]


def _pieces(piece: str) -> list[Token]:
    if _HEX.fullmatch(piece):
        return [Token("h", piece)]
    if not piece[0].isalnum() or not any(map(str.isdigit, piece)):
        return [Token("", piece)]
    runs = _RUNS.findall(piece)
    letters = sum(map(str.isalpha, piece))
    if (len(runs) > 3 and len(piece) >= 8) or (len(piece) >= 12 and letters >= 4):
        return [Token("w", piece)]
    return [Token("d" if run[0].isdigit() else "", run) for run in runs]


def _expression(links: Sequence[Link]) -> str:
    """The regular expression for links of one shape, with groups for the day if the URLs contain it."""
    columns = list(zip(*(tail(link.url) for link in links), strict=True))
    dated = _day_columns(columns, links)
    parts: list[str] = []
    for number, column in enumerate(columns):
        if number in dated:
            parts.append(dated[number])
        elif column[0].kind == "":
            parts.append(re.escape(column[0].text))
        else:
            parts.append(_class_of(column))
    body = "".join(parts)
    if not dated and sum(token.kind != "" for token in tail(links[0].url)) < 2:
        body = re.escape(_common_folder([link.url for link in links])) + body.removeprefix("/")
    return body + ("" if "\\?" in body else "(?=$|[?#])")


def _class_of(column: Sequence[Token]) -> str:
    sizes = {len(token.text) for token in column}
    least, most = min(sizes), max(sizes)
    kind = {"d": "\\d", "h": "[0-9a-f-]", "w": "[0-9A-Za-z]"}[column[0].kind]
    if column[0].kind == "d":
        return f"{kind}{{{max(1, least - 1)},}}" if most > 4 else f"{kind}+"
    return f"{kind}{{{least}}}" if least == most else f"{kind}{{{least},{most}}}"


_YEAR, _MONTH, _DAY = r"(?P<y>20\d{2})", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
_FORMS: tuple[tuple[tuple[int, ...], tuple[str, ...]], ...] = (
    ((8,), (r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})",)),
    ((6, 2), (r"(?P<y>20\d{2})(?P<m>\d{2})", r"(?P<d>\d{2})")),
    ((4, 4), (_YEAR, r"(?P<m>\d{2})(?P<d>\d{2})")),
    ((4, 2, 2), (_YEAR, _MONTH, _DAY)),
)


def _day_columns(columns: Sequence[Sequence[Token]], links: Sequence[Link]) -> dict[int, str]:
    """The groups of the day by column number, if the days printed next to the links confirm it."""
    numbers = [number for number, column in enumerate(columns) if column[0].kind == "d"]
    listed = [link.day for link in links]
    if not any(listed):
        return {}
    for sizes, groups in _FORMS:
        for start in range(len(numbers) - len(sizes) + 1):
            places = numbers[start : start + len(sizes)]
            found = [_day([columns[place][row].text for place in places], groups) for row in range(len(links))]
            pairs = [(day, said) for day, said in zip(found, listed, strict=True) if said]
            if all(found) and sum(day == said for day, said in pairs) >= MOST * len(pairs):
                return dict(zip(places, groups, strict=True))
    return {}


def _day(texts: Sequence[str], groups: Sequence[str]) -> date | None:
    match = re.fullmatch("/".join(groups), "/".join(texts))
    return day_in(match) if match else None


def _common_folder(urls: Sequence[str]) -> str:
    """The folders before the tail shared by all URLs, with a slash at both ends."""
    folders = []
    for url in urls:
        path = urlsplit(url).path
        folders.append(path[: path.rfind("/") + 1].split("/")[1:-1])
    shared: list[str] = []
    for names in zip(*folders, strict=False):
        if len(set(names)) > 1:
            break
        shared.append(names[0])
    return "/" + "".join(f"{name}/" for name in shared)
