"""The title of an article: as its heading says, in the spelling of its metas, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.records import Link, Source
from crawler.extract.flow import Flow
from crawler.extract.select import select, text_of

_METAS = ("articletitle", "og:title", "ld:headline", "ld:title", "twitter:title", "title", "headline", "name")
_SPLIT = re.compile(r"\s*(?:_{1,2}|\s[-–—|]+\s|[|｜]|—{1,2}|-{1,3}|>>|\s»\s)\s*")
_SITE = re.compile(
    r"(?:网|网站|门户|频道|中心|新闻|客户端|在线|日报|晚报|早报|人民政府|委员会|部|厅|局|办公室|大学|公司|平台|新闻网|资讯|财经|首页"
    r"|\.(?:com|cn|net|gov)\S*)$"
)
_NOT_A_TITLE = re.compile(
    r"^.{0,24}(?:人民政府|政府网|门户网站|网站|委员会|管理局|发展和改革委|新闻网|信息网|教育部|官网)(?:网站|门户网站|网)?$"
    r"|^(?:首页|正文|详情|详细页|文章详情|新闻详情|内容页?|无标题文档|untitled.*|document|新建网页.*|信息公开|.{0,6}频道)$",
    re.IGNORECASE,
)
_TITLE_NAMES = re.compile(r"title|tit\b|biaoti|headline|^bt$|_bt\b|h-?tit|\btm\d?\b", re.IGNORECASE)
_LETTERS = re.compile(r"[\W_]+")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
MIN_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Title:
    """The title, and the half-open range of lines that shows it (empty where no line does)."""

    text: str
    start: int = 0
    end: int = 0


def letters(text: str) -> str:
    """Letters and digits only: what two spellings of one title share."""
    return _LETTERS.sub("", text)


def find_title(flow: Flow, source: Source | None, metas: Mapping[str, str], link: Link | None, body: int) -> Title:
    """The title of the page; its text is empty where nothing on the page is one.

    ``body`` is the first line of the body. A text that both the head (metas, ``<title>``) and the page
    show is the title for certain; otherwise the record's selector, the heading nearest above the body, and
    the metas are asked in that order.
    """
    claims = _claims(flow, metas, link)
    shown = _shown(flow, body)
    for css in source.select.title if source else ():
        for element in select(flow.root, css):
            text = clean_title(text_of(element))
            if _is_title(text):
                return _spelt(_located(flow, text, body), claims)
    for claim in claims:
        located = _located(flow, claim, body)
        if located.end and _is_title(claim):
            return located
    for start, end, text in shown:
        key = letters(text)
        if _is_title(text) and any(_alike(key, letters(claim)) for claim in claims):
            return Title(text, start, end)
    heading = next(((start, end, text) for start, end, text in shown if _is_title(text)), None)
    good_claims = [claim for claim in claims if _is_title(claim)]
    if heading and not good_claims:
        return Title(heading[2], heading[0], heading[1])
    if good_claims:
        return Title(good_claims[0])
    return Title("")


def clean_title(text: str) -> str:
    """One line, without the brackets of a site's name at its end."""
    return " ".join(text.split()).strip(" \u3000-_|")


def _claims(flow: Flow, metas: Mapping[str, str], link: Link | None) -> list[str]:
    """What the head and the list page call the article, whole and without what follows a separator."""
    raw = [metas[name] for name in _METAS[:1] if name in metas]
    if link and link.title:
        raw.append(link.title)
    raw.append(next((text_of(element) for element in flow.root.iter("title")), ""))
    raw += [metas[name] for name in _METAS[1:] if name in metas]
    claims: list[str] = []
    for text in map(clean_title, raw):
        claims += _prefixes(text)
    return list(dict.fromkeys(claim for claim in claims if len(letters(claim)) >= MIN_LETTERS))


def _prefixes(text: str) -> list[str]:
    """``text`` itself and every beginning of it that ends at a separator, the longest first."""
    cuts = [match.start() for match in _SPLIT.finditer(text) if match.start()]
    tails = [match.end() for match in _SPLIT.finditer(text)]
    whole = [text] if not cuts or not _SITE.search(text) else []
    prefixes = [text[:cut].strip() for cut in reversed(cuts)]
    if tails and prefixes and _NOT_A_TITLE.match(prefixes[-1]):
        prefixes.append(text[tails[0] :].strip())
    return [*whole, *prefixes] or [text]


def _shown(flow: Flow, body: int) -> list[tuple[int, int, str]]:
    """The headings of the page, the likeliest first: h1 before named elements before h2…, nearest above the body."""
    found: list[tuple[int, int, int, str]] = []
    for span in flow.spans:
        if span.end - span.start > 3 or span.start > body + 3:
            continue
        tag = str(span.element.tag)
        named = _TITLE_NAMES.search(f"{span.element.get('id', '')} {span.element.get('class', '')}")
        if tag not in _HEADINGS and not named:
            continue
        lines = flow.lines[span.start : span.end]
        text = clean_title(" ".join(line.text for line in lines))
        linked = sum(line.linked for line in lines)
        if linked * 2 > len(text) or not 4 <= len(letters(text)) <= 150:
            continue
        rank = 0 if tag == "h1" else 1 if named else 2
        found.append((rank, abs(body - span.start), span.start, text))
    return [(start, start + 1, text) for _, _, start, text in sorted(found)]


def _located(flow: Flow, title: str, body: int) -> Title:
    """``title`` with the lines that show it: the last such lines above the body, else the first below."""
    key = letters(title)
    if not key:
        return Title(title)
    for start in (*range(min(body, len(flow.lines) - 1), -1, -1), *range(body + 1, min(body + 8, len(flow.lines)))):
        line = flow.lines[start]
        if line.linked * 2 > len(line.text):
            continue
        text = letters(line.text)
        end = start + 1
        while text and len(text) < len(key) and key.startswith(text) and end < min(start + 4, len(flow.lines)):
            text += letters(flow.lines[end].text)
            end += 1
        if text == key:
            return Title(title, start, end)
    return Title(title)


def _spelt(title: Title, claims: list[str]) -> Title:
    key = letters(title.text)
    return next((Title(claim, title.start, title.end) for claim in claims if letters(claim) == key), title)


def _alike(one: str, other: str) -> bool:
    """Whether one is the beginning of the other (a cut title) and not much shorter."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 6 and long.startswith(short) and len(short) * 2 >= len(long)


def _is_title(text: str) -> bool:
    return len(letters(text)) >= MIN_LETTERS and not _NOT_A_TITLE.match(text)
