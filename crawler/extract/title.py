"""The title of an article: what the page's head and the page itself agree on, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree

from crawler.extract.boilerplate import is_boilerplate, is_byline, starts_tail
from crawler.extract.claims import (
    MARK,
    MIN_LETTERS,
    MIN_SEGMENT,
    SITE,
    claim_pieces,
    claim_tails,
    clean_title,
    find_claims,
    is_title,
    letters,
    owners,
    undated,
    without_site,
)
from crawler.extract.error_page import SHOWN, page_text, title_share
from crawler.extract.layout import Line, PageLayout
from crawler.extract.page_furniture import PERSON
from crawler.extract.select import select, text_of
from crawler.wordings import either, page_words
from yuqing.core.records import Link, Source

_TITLE_NAMES = re.compile(
    r"title|tit\d?\b|biaoti|zhuti|headline|heading|\btt\b|_tt\b|-tt\b|\bbt\b|_bt\b|\btm\d?\b", re.IGNORECASE
)
# At the end of a heading: a part number, and a byline after a blank.
_PART = re.compile(
    r"\s*(?:[(（\[【]\s*第?\s*(?:[2-9]|[1-3]\d)\s*页?\s*[)）\]】]|[(（\[【]\s*\d{1,2}\s*/\s*\d{1,2}\s*[)）\]】]"
    r"|[(（\[【]?\s*第\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*页\s*[)）\]】]?|[_-](?:[2-9]|[12]\d))$"
)
_CUT = ("…", "...")
_PAPER = re.compile(
    r".{2,}(?:报|网|社|刊|电视台|客户端|数字报|电子版|电子报|多媒体数字版|数字报刊(?:平台)?)(?:[·\s].{0,8})?"
)
_HEADINGS = {"h1": 0, "h2": 1, "h3": 1, "h4": 1, "h5": 1}
_ISSUE = re.compile(r"[\s\-—_(（]*(?:19|20)\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?.*$")
_BOLD = frozenset(("b", "strong", "font", "center", "big"))
_APART = re.compile(r"text-align\s*:\s*center|font-size|font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
NEAR = 10  # lines above the text searched for a title without a heading
MAX_LINE = 160  # characters of such a line
MAX_ABOVE = 60  # letters of a title recognised by its place only
MAX_MARK = 8  # letters of a mark within a heading
MAX_PAPER = 16  # letters of a paper's name
MAX_SITE = 24  # letters of a site and its column in the head of a page
_STAMP = re.compile(r"\W*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\s\d:]*\W*")
_WRAPPED = re.compile(r"【[^【】]{8,}】")
_DASHES = ("—", "-")
_REPORTERS = re.compile(
    rf"\W*(?:[\u4e00-\u9fa5]{{0,12}}\s?{either(page_words().lines.credits_by_name)}\s*[:：]?\s*{PERSON}(?:[\s、，]+{PERSON})*\s*)+\W*"
)
_NOTE = re.compile(r"[\[(（]?(?:\d{1,2}|[①-⑳*※])[\])）]?")
_SMALL = frozenset(("small", "sup", "sub", "time", "button"))
# Not a title: a numbered heading within a text, a label, a URL, a table row.
_NO_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}|[(（][一二三四五六七八九十]{1,3}[)）])[、，\s]|[:：]$|^(?:https?:|www\.)\S+$|\s\|\s",
    re.IGNORECASE,
)
BELOW = 8  # lines from the first line of the body on that may still show the title


@dataclass(frozen=True, slots=True)
class Title:
    """The title, and the half-open range of lines that show it (``end`` is 0 where no line does)."""

    text: str
    start: int = 0
    end: int = 0


def find_title(
    layout: PageLayout, source: Source | None, metas: Mapping[str, str], link: Link | None, body: int
) -> Title:
    """The title of the page without its part number; its text is empty where nothing on the page is a title."""
    title = _find(layout, source, metas, link, body)
    whole = _PART.sub("", title.text).strip()
    whole = whole[1:-1] if _WRAPPED.fullmatch(whole) else whole
    return replace(title, text=whole) if is_title(whole) else title


def _find(layout: PageLayout, source: Source | None, metas: Mapping[str, str], link: Link | None, body: int) -> Title:
    """What the page is called.

    ``body`` is the first line of the body. A text that the head (metas, ``<title>``, the list page) claims and the page
    shows is certainly the title. Otherwise the source's selector, a heading that begins like a claim, the likeliest
    heading and the claims themselves are tried in that order.
    """
    named = _by_selector(layout, source)
    whole = find_claims(layout, metas, link)
    claims = [piece for text in whole for piece in claim_pieces(text)]
    tails = {letters(piece) for text in whole for piece in claim_tails(text)}
    shown = _shown(layout, body, tails, {letters(claim) for claim in claims})
    names = owners(layout, [*claims, *(text for _, _, text in shown)])
    shown = [heading for heading in shown if letters(heading[2]) not in names]
    whole = [text for text in whole if letters(text) not in names]
    claims = [text for text in claims if letters(text) not in names]
    tails |= names
    key = letters(named)
    places = _places(layout, shown, whole, {key, *map(letters, claims)}, body)
    if named:
        start, end = places.get(key, (0, 0))
        return Title(next((claim for claim in claims if letters(claim) == key), named), start, end)
    located = [claim for claim in claims if is_title(claim) and letters(claim) in places]
    if located:
        official = metas.get("articletitle", "")
        best = max(located, key=lambda claim: (claim == official, len(letters(claim))))
        return _with_issuer(shown, best) or Title(best, *places[letters(best)])
    for start, end, text in shown:
        if alike := [claim for claim in claims if _alike(letters(text), letters(claim))]:
            official = metas.get("articletitle", "")
            longer = is_title(official) and letters(official).startswith(letters(text))
            if text.endswith(_CUT):
                text = min((claim for claim in alike if not claim.endswith(_CUT)), key=len, default=text)
            return Title(official if longer else text, start, end)
    if shown and any(_ends_claim(letters(shown[0][2]), letters(claim)) for claim in whole):
        start, end, text = shown[0]
        return Title(text, start, end)
    if title := _cut_claim(layout, claims, body) or _end_of_claim(layout, claims, tails, body):
        return title
    if link and not _stands(link.title, layout):
        whole = [text for text in find_claims(layout, metas, None) if letters(text) not in names]
    plain = [text for text in map(without_site, whole) if is_title(text) and letters(text) not in names]
    if shown:  # a name that the head gives to every page and that no line shows: a paper's, a site's
        plain = [text for text in plain if not _is_paper(text) and not SITE.search(text)]
    if shown and (not plain or _strong(layout, shown[0])):
        start, end, text = shown[0]
        return Title(text, start, end)
    plain = [text for text in plain if not _is_paper(text)] or plain
    claimed = plain[0] if plain else ""
    # A long claim may be shown as a picture.
    sure = len(letters(claimed)) >= MIN_SEGMENT and not _is_paper(claimed) and not SITE.search(claimed)
    return _above_text(layout, body, tails, sure=sure) or Title(claimed)


def _ends_claim(heading: str, claim: str) -> bool:
    """Whether a claim is the site's name, possibly with the day of the issue, and the likeliest heading."""
    return claim.endswith(heading) and SITE.search(_ISSUE.sub("", claim[: -len(heading)])) is not None


def _is_paper(text: str) -> bool:
    """Whether a claim is the name of a paper, the day of its issue or both, and not of an article."""
    name = _ISSUE.sub("", text).strip()
    return not name or (bool(_PAPER.fullmatch(name)) and len(letters(name)) <= MAX_PAPER)


def _with_issuer(shown: list[tuple[int, int, str]], title: str) -> Title | None:
    """The heading over several lines that ends with ``title`` and begins with its issuer."""
    for start, end, text in shown:
        if end - start > 1 and text.endswith(f" {title}") and SITE.search(text[: -len(title) - 1]):
            return Title(text, start, end)
    return None


def _cut_claim(layout: PageLayout, claims: list[str], body: int) -> Title | None:
    """The whole line near the text of which the head has the beginning and an ellipsis."""
    keys = [letters(claim) for claim in claims if claim.endswith(_CUT) and len(letters(claim)) >= MIN_SEGMENT]
    for number in range(max(0, body - NEAR), min(body + 2, len(layout.lines))) if keys else ():
        text = layout.lines[number].text
        if len(text) <= MAX_LINE and any(letters(text).startswith(key) for key in keys):
            return Title(clean_title(text), number, number + 1)
    return None


def _end_of_claim(layout: PageLayout, claims: list[str], site: set[str], body: int) -> Title | None:
    """The longest line near the text that a claim begins or ends with, however it is separated from the site's name."""
    keys = [letters(claim) for claim in claims]
    found: list[tuple[int, int, int]] = []
    for number in range(max(0, body - NEAR), min(body + 1, len(layout.lines))):
        line = layout.lines[number]
        key = letters(line.text)
        if not MIN_LETTERS <= len(key) <= MAX_ABOVE or line.linked * 2 > len(line.text) or key in site:
            continue
        if len(key) < MIN_SEGMENT and not any(_ends_claim(key, one) for one in keys):
            continue
        if not is_title(line.text) or SITE.search(line.text) or is_byline(line.text):
            continue
        end = number + 1
        while end < min(number + 4, len(layout.lines)) and _goes_on(keys, key, letters(layout.lines[end].text)):
            key += letters(layout.lines[end].text)
            end += 1
        if any((one.startswith(key) or one.endswith(key)) and len(one) <= len(key) + MAX_SITE for one in keys):
            found.append((len(key), -number, end))
    if not found:
        return None
    _, start, end = max(found)
    shown = "".join(line.text for line in layout.lines[-start:end])
    text = clean_title(next((claim for claim in claims if letters(claim) == letters(shown)), shown))
    # A title broken over lines is a document's own, inside its text: the byline or index is above, not below it.
    return Title(text, -start, end) if end + start == 1 else Title(text)


def _goes_on(keys: list[str], key: str, below: str) -> bool:
    """Whether the title that a line begins is broken and continues on the line below."""
    return len(below) >= MIN_LETTERS and any(f"{key}{below}" in one for one in keys)


def _above_text(layout: PageLayout, body: int, site: set[str], *, sure: bool) -> Title | None:
    """The line above the text's byline, or (unless ``sure``) an emphasised one: old pages mark no heading."""
    lines = layout.lines
    dated = False
    for number in range(min(body, len(lines) - 1), max(-1, body - NEAR), -1):
        line = lines[number]
        text = clean_title(line.text)
        if is_byline(line.text) or _REPORTERS.fullmatch(line.text):
            dated = True
            continue
        if dated and text.startswith(_DASHES):  # a subtitle
            continue
        short = MIN_SEGMENT <= len(letters(text)) <= MAX_ABOVE and not text.endswith(("。", "；", "，", "！"))
        if not short or line.linked or is_boilerplate(line.text) or text.startswith(_DASHES) or letters(text) in site:
            dated = False
            continue
        if is_title(text) and (dated or (not sure and _emphasised(line.element))):
            return Title(text, number, number + 1)
    return None


def _emphasised(element: etree._Element) -> bool:
    """Whether a block is emphasised: centred, bold or large, by itself or by what it holds or belongs to."""
    holder = element.getparent()
    return any(
        part is not None
        and (part.tag in _BOLD or part.get("align") == "center" or _APART.search(part.get("style", "")))
        for part in (element, holder, *element.iterdescendants())
    )


def _by_selector(layout: PageLayout, source: Source | None) -> str:
    for css in source.select.title if source else ():
        for element in select(layout.root, css):
            text = clean_title(text_of(element))
            if is_title(text) and len(text) <= 200:
                return text
    return ""


def _stands(listed: str, layout: PageLayout) -> bool:
    """Whether the page itself shows the title given by its list: an error page gets no title from a list."""
    text = page_text(layout)
    share = title_share(listed, text)
    return share >= SHOWN if share is not None else letters(listed) in letters(text)


def _core(element: etree._Element, claims: set[str]) -> str:
    """The text of a heading without small text next to its words (a day, an origin, a mark); "" if there is none.

    Small text that is not a byline is left out only where the rest is what the page's head calls the article.
    """
    small = [(part, text_of(part)) for part in element.iterdescendants(*_SMALL, "a", "span", "em", "i", "p")]
    bylines = [part for part, text in small if _is_beside(part, text)]
    marks = [part for part, text in small if part.tag in _SMALL or len(text) <= MAX_MARK]
    for left_out in (bylines, marks):
        if not left_out or (left_out is marks and bylines):
            continue
        skipped = {node for part in left_out for node in part.iter()}
        pieces = [element.text or ""]
        for node in element.iterdescendants():
            if node not in skipped:
                pieces.append(node.text or "")
            if node not in skipped or node in left_out:
                pieces.append(node.tail or "")
        text = " ".join("".join(pieces).split())
        if left_out is bylines or letters(text) in claims:
            return text
    return ""


def _is_beside(part: etree._Element, text: str) -> bool:
    """Whether a part of a heading, with this text, is a byline, a day or the mark of a note."""
    return is_byline(text) or _STAMP.fullmatch(text) is not None or (part.tag == "sup" and bool(_NOTE.fullmatch(text)))


def _shown(layout: PageLayout, body: int, site: set[str], claims: set[str]) -> list[tuple[int, int, str]]:
    """The headings of the page, the likeliest first: h1, elements named like a title, h2 …; near the body."""
    found: list[tuple[int, int, int, int, str]] = []
    for span in layout.spans:
        if span.end - span.start > 3 or span.start > body + BELOW:
            continue
        tag = str(span.element.tag)
        if tag not in _HEADINGS and not _names_title(span.names):
            continue
        lines = layout.lines[span.start : span.end]
        while len(lines) > 1 and _is_no_heading(lines[-1].text):
            lines.pop()  # the byline, in the same box
        cut = len(lines) < span.end - span.start
        core = "" if cut else _core(span.element, claims)
        text = clean_title(core or " ".join(line.text for line in lines))
        bare = MARK.sub("", text)
        text = bare if letters(bare) in claims else text
        linked = sum(line.linked for line in lines)
        if linked * 2 > len(text) or len(text) > 160 or not is_title(text) or letters(text) in site:
            continue
        if letters(text) not in claims and _is_no_heading(text):
            continue
        found.append((_HEADINGS.get(tag, 1), abs(body - span.start), span.start, span.start + len(lines), text))
    return [(start, end, text) for _, _, start, end, text in sorted(found)]


def _is_no_heading(text: str) -> bool:
    """Whether a heading that the head does not name is a byline, a button, or that of a part or of another block."""
    beside = is_byline(text) or is_boilerplate(text) or _REPORTERS.fullmatch(text)
    return bool(beside or starts_tail(text) or _NO_HEADING.search(text))


@lru_cache(maxsize=8192)
def _names_title(names: str) -> bool:
    return _TITLE_NAMES.search(names) is not None


def _places(
    layout: PageLayout, shown: list[tuple[int, int, str]], claims: list[str], keys: set[str], body: int
) -> dict[str, tuple[int, int]]:
    """Where the texts with these ``keys`` are: whole lines, claims over several lines, headings; nearest above the
    body. Only lines that begin as one of them does are read."""
    lines = layout.lines
    firsts = {key[0] for key in keys if key}
    places: dict[str, tuple[int, int]] = {}
    order = (*range(len(lines) - 1, body, -1), *range(min(body + 1, len(lines))))
    wanted = [letters(claim) for claim in claims]
    for start in order:
        if next(filter(str.isalnum, lines[start].text), "") not in firsts:
            continue
        key = _key(lines[start])
        if not key:
            continue
        places[key] = (start, start + 1)
        for claim in wanted:
            if len(key) >= MIN_LETTERS and len(key) < len(claim) and claim.startswith(key):
                for end in range(start + 2, min(start + 4, len(lines)) + 1):
                    key += _key(lines[end - 1])
                    if key == claim:
                        places[claim] = (start, end)
    for start, end, text in reversed(shown):
        places[letters(text)] = (start, end)
    return places


def _key(line: Line) -> str:
    """The letters of a line that may be a title; empty for a long line or a link."""
    may_be = len(line.text) <= 200 and (line.linked * 2 <= len(line.text) or line.kind == "heading")
    return letters(undated(line.text)) if may_be else ""


def _strong(layout: PageLayout, heading: tuple[int, int, str]) -> bool:
    """Whether the heading is an h1 or is directly above the byline."""
    beside = heading[1] < len(layout.lines) and is_byline(layout.lines[heading[1]].text)
    return beside or any(
        span.element.tag == "h1" and span.start == heading[0] and span.end == heading[1] for span in layout.spans
    )


def _alike(one: str, other: str) -> bool:
    """Whether one is the beginning of the other (a shortened title) and not much shorter."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 6 and long.startswith(short) and len(short) * 2 >= len(long)
