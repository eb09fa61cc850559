"""What the page's head and the list page call the article, also without the names of the site and its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from crawler.extract.footer import is_footer_words
from crawler.extract.layout import PageLayout
from crawler.extract.select import text_of
from crawler.wordings import either, page_words
from yuqing.core.records import Link

_METAS = ("articletitle", "og:title", "ld:headline", "ld:title", "twitter:title", "title", "headline", "name")
_SPLIT = re.compile(r"\s*_+\s*|\s*[|｜]+\s*|\s+[-–—]+\s+|-{1,3}|—{1,2}|\s*>>?\s*|\s*»\s*")
_HARD = re.compile(r"\s*_+\s*|\s*[|｜]+\s*|\s+[-–—]+\s+|-{2,3}")
_W = page_words().titles
SITE = re.compile(rf"(?:{either(_W.sites)}|[^分]部|\.(?:com|cn|net|gov)\S*)$", re.IGNORECASE)
_NOT_A_TITLE = re.compile(
    rf"^.{{0,24}}{either(_W.owners)}(?:办公厅|办公室)?(?:网站|门户网站|网)?$|^.{{0,4}}{either(_W.columns)}$"
    r"|首页\s*[-—>|]|^.{0,4}(?:搜索|检索|查询)结果|^(?:.{0,4}(?:首页|正文|详情|详细页面?|内容页面?|内容)|(?:文章|新闻|信息|稿件|公开)(?:详情|内容|详细|正文|页|显示|浏览)+页?|无标题文档|untitled.*"
    r"|document|新建网页.*|.{0,6}(?:信息公开|频道|中心|专栏|栏目))$",
    re.IGNORECASE,
)
_TITLE_LABEL = re.compile(r"^\s*标\s*题\s*[:：]\s*")
_DATED = re.compile(r"\s*[(（\[【]\s*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*[)）\]】]$")
_CLOSING = (")", "）", "]", "】")
_BYLINE = re.compile(
    r"(?<=.{6})\s+(?:\(?(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b|(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s+\d{1,2}:"
    r"|(?:发布|发表|更新)?(?:时间|日期)\s*[:：]|(?:信息|文章|稿件)?来\s*源\s*[:：]|作\s*者\s*[:：]|"
    + either(page_words().lines.reads)
    + r"(?:量|数|次数)?\s*[:：]|字(?:号|体)\s*[:：]).*$"
)
_LETTERS = re.compile(r"[\W_]+")
MIN_LETTERS = 4
MIN_SEGMENT = 8  # letters of a middle or last piece of <title> that may be the article's own title
# A medium before or after a title, whatever separates them.
_MEDIUM = rf"[\u4e00-\u9fa5]{{1,8}}{either(_W.media)}"
_MEDIUM_LAST = re.compile(rf"(?<=.{{8}})[\s·•:：—~/,，|(（\[]+{_MEDIUM}[)）\]]?$")
_MEDIUM_FIRST = re.compile(rf"^{_MEDIUM}[\s·•|_-]+(?=.{{8}})")
_ORIGIN = re.compile(r"来\s*源\s*[:：]\s*(?=\S)")
_LOGO = re.compile(r"logo|\bsite[-_]?(?:name|title)\b", re.IGNORECASE)
MAX_OWNER = 16  # letters of a site's name
# 【图集】, [组图]: removed only where the rest can stand alone.
MARK = re.compile(r"^[\[【(（〔](?:[\w·]{1,6})[\]】)）〕]\s*")


def letters(text: str) -> str:
    """Letters and digits only: what two spellings of one title have in common."""
    return _LETTERS.sub("", text)


def undated(text: str) -> str:
    """``text`` without a day in brackets at its end."""
    return _DATED.sub("", text) if text.endswith(_CLOSING) else text


def clean_title(text: str) -> str:
    """One line, without a day in brackets or a byline at its end."""
    text = _BYLINE.sub("", undated(" ".join(text.split())))
    return _TITLE_LABEL.sub("", text).strip(" \u3000-_|")


def find_claims(layout: PageLayout, metas: Mapping[str, str], link: Link | None) -> list[str]:
    """What the head and the list page call the article, in full, the most reliable first."""
    raw = [metas.get(_METAS[0], ""), link.title if link else ""]
    raw.append(next((text_of(element) for element in layout.root.iter("title")), ""))
    raw += [metas.get(name, "") for name in _METAS[1:]]
    texts = map(clean_title, raw)
    return list(dict.fromkeys(text for text in texts if len(letters(text)) >= MIN_LETTERS and len(text) < 400))


def owners(layout: PageLayout, claims: list[str]) -> set[str]:
    """The letters of those claims that the logo, the footer or an origin shows: so is the site called."""
    texts = [line.text for line in layout.lines]
    feet = "\n".join(letters(text) for text in texts if is_footer_words(text))
    origins = [letters(text[match.end() :]) for text in texts if (match := _ORIGIN.search(text))]
    logos = {letters(layout.lines[span.start].text) for span in layout.spans if _LOGO.search(span.names)}
    keys = {key for key in map(letters, claims) if MIN_LETTERS <= len(key) <= MAX_OWNER}
    return {key for key in keys if key in logos or key in feet or any(origin.startswith(key) for origin in origins)}


def claim_pieces(text: str) -> list[str]:
    """``text``, its beginnings up to each separator, its ends and its middles, where long enough for a title."""
    cuts = list(_SPLIT.finditer(text))[:8]
    beginnings = [text[: cut.start()] for cut in reversed(cuts)]
    rest = [text[cut.end() :] for cut in cuts]
    rest += [text[one.end() : two.start()] for one, two in pairwise(cuts)]
    rest += [MARK.sub("", text), *_behind_site(text)]
    pieces = [text, *beginnings, *(piece for piece in rest if len(letters(piece)) >= MIN_SEGMENT)]
    return [piece.strip() for piece in pieces if piece.strip()]


def _behind_site(text: str) -> list[str]:
    """The ends of ``text`` after each blank, where it starts with a site's name (海棠市人民政府 部门动态 标题)."""
    site, *words = text.split(" ")
    if not words or not (SITE.search(site) or _NOT_A_TITLE.match(site)):
        return []
    return [" ".join(words[number:]) for number in range(min(len(words), 4))]


def claim_tails(text: str) -> list[str]:
    """The site's name and columns at the end of ``text``."""
    return _HARD.split(text)[1:]


def without_site(text: str) -> str:
    """``text`` without the pieces at its end that name the site or a column; ``_`` always starts such a piece."""
    head, *tail = _HARD.split(text)
    if "_" in text and is_title(head):
        return head
    while tail and (SITE.search(tail[-1]) or len(letters(tail[-1])) < MIN_LETTERS):
        tail.pop()
        text = text[: list(_HARD.finditer(text))[-1].start()]
    dash = text.rfind("-")
    text = text[:dash] if dash > 0 and SITE.search(text[dash + 1 :]) else text
    return _MEDIUM_FIRST.sub("", _MEDIUM_LAST.sub("", text))


def is_title(text: str) -> bool:
    """Whether ``text`` can be the title of an article rather than the name of a site or a column."""
    return len(letters(text)) >= MIN_LETTERS and not _NOT_A_TITLE.match(text)
