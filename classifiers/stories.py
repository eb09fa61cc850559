"""Splits a digest into its stories: one page of short news (国内快讯), each item of which is independent."""

from __future__ import annotations

import re
from typing import NamedTuple

from classifiers.normalize import fold
from classifiers.wordings import either, word_lists, wordings
from yuqing.core.records import Article

_FEWEST = 3  # items at least make a digest
_LONGEST_TITLE = 18  # characters; a longer title announces a story of its own
_SIGN = "[·▲●■◆★▪○◎※►▶]"
_MARK = re.compile(rf"\s*(?:【[^】]{{2,}}】|〔[^〕]+〕|[(]?\d{{1,2}}[.、)](?!\d)|{_SIGN})")
# A numbered item within a line; ①西安 is folded to 1西安.
_NUMBER = re.compile(r"(?:^|(?<=[。!?;]))\s*[(]?(\d{1,2})(?![\d年月日%])[.、)]?")
_HEADLINE = re.compile(r"【[^】]{8,}】")
# How every line of a digest may begin: with a bullet, or with a heading of its own.
_BULLET = re.compile(rf"\s*{_SIGN}")
_HEADS = (re.compile(r"\s*【[^】\n]{2,}】"), re.compile(r"[^,，。;；:：\n]{2,14}[:：]"))
_SPEAKER = re.compile(f"(?:{either(word_lists().actors.guests)}|记者|[问答])[:：]")
_STOP = re.compile(r"[。!?;][”’」』)]?")
_ENDS = "。!?;:,…"
_LONGEST_HEADLINE = 36
_WHO = re.compile(r"[^,。;:]{2,14}:")
_MOST = 0.7
_SHORT_LINE = 70


class Story(NamedTuple):
    """The span of a story in the body."""

    start: int
    end: int


def stories(article: Article) -> list[Story]:
    """The stories of a digest, in order; none for a page with a single story."""
    title = article.title
    told = len(title) <= _LONGEST_TITLE and wordings().digests.search(title) is not None
    told = told or _every_line_begins_anew(article.body)
    if not told and article.body.count("【") < _FEWEST:
        return []
    body = fold(article.body)
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]*\S[^\n]*", body)]
    marks = [start for start, end in lines if (_MARK if told else _HEADLINE).match(body, start, end)]
    starts = marks if len(marks) >= _FEWEST else (_headlines(body, lines) if told else [])
    if len(starts) < _FEWEST and told:
        starts = _numbered(body)
    if len(starts) < _FEWEST and told and _each_a_story(body, lines):
        starts = [start for start, _ in lines]
    if len(starts) < _FEWEST and told and len(lines) == 1:
        starts = [0, *(match.end() for match in _STOP.finditer(body) if match.end() < len(body))]
    if len(starts) < _FEWEST:
        return []
    return [Story(start, end) for start, end in zip(starts, [*starts[1:], len(body)], strict=True)]


def _numbered(body: str) -> list[int]:
    """Where items numbered from one begin within a line."""
    starts: list[int] = []
    for match in _NUMBER.finditer(body):
        if int(match[1]) == len(starts) + 1:
            starts.append(match.start())
    return starts if starts[:1] == [0] else []


def _every_line_begins_anew(body: str) -> bool:
    """Whether nearly every line, beginning with the first, has a bullet or a heading that no other line has, which is
    not who speaks in an interview."""
    first = body.lstrip()[:20]
    if _BULLET.match(first) is None and all(head.match(first) is None for head in _HEADS):
        return False
    lines = [line for line in body.split("\n") if line.strip()]
    fewest = max(_FEWEST, _MOST * len(lines))
    if sum(_BULLET.match(line) is not None for line in lines) >= fewest:
        return True
    headings = ({match[0] for line in lines if (match := head.match(line))} for head in _HEADS)
    return any(len(found) >= fewest for found in headings) and _SPEAKER.search(body) is None


def _each_a_story(body: str, lines: list[tuple[int, int]]) -> bool:
    """Whether every line is independent: it first names whom it is about (甘肃省:…), or is short."""
    named = sum(_WHO.match(body, start, end) is not None for start, end in lines)
    return named >= _MOST * len(lines) or all(end - start <= _SHORT_LINE for start, end in lines)


def _headlines(body: str, lines: list[tuple[int, int]]) -> list[int]:
    """Where stories begin: at lines that do not end like sentences, and after lines that do."""
    found: list[int] = []
    for start, end in lines:
        line = body[start:end].rstrip()
        if line.rstrip("”")[-1:] not in _ENDS:
            stops = list(_STOP.finditer(line))
            at = stops[-1].end() if stops else 0
            if len(line) - at <= _LONGEST_HEADLINE:
                found.append(start + at)
    return found
