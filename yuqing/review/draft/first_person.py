"""Who speaks of itself in an article: 我部 in a notice, 我们 in an interview; that body's name takes its place."""

from __future__ import annotations

import re
from typing import NamedTuple

from yuqing.core.records import Article
from yuqing.review.draft.news import STRONG
from yuqing.review.draft.records import Quote

_BODY = r"(?:委员会|办公室|总局|中心|局|厅|部|委|办|司|院|署|会)"
_OUR_BODY = re.compile(r"(?:(?<!自)我|(?<![基根资日成样文])本)(?P<kind>[部委厅局院署办])(?![分门员长内])")
_DID = (
    r"(?:[于在]?\d{1,2}月\d{1,2}日|[今昨]天|于|已经?|正式|就|又|还|也|刚刚?|联合|共同|专门|率先|全面|首次|同步|今年)*"
)
_WE = re.compile(rf"(?:^|(?<=[，。日]))我们(?={_DID}(?:{STRONG.pattern}))")
# What may precede: no open quotation mark, and nobody else who tells it (贵州的同行告诉我，我们…).
_OWN_WORDS = re.compile(
    r"(?:(?:局长|主任|司长|处长|负责人|发言人)(?:说|表示|介绍|透露)，)?(?:(?!告诉|说|表示|透露|介绍|来信)[^“”])*"
)
_ISSUER = re.compile(rf"^(?P<body>[^《》“”，。：\s]{{2,30}}?{_BODY})(?=关于)")
_SPEAKER = re.compile(
    rf"^(?:.*?(?:对话|专访|访谈|访))?(?P<body>[一-鿿\d]{{1,20}}?{_BODY})"
    r"(?=(?:有关|相关)?(?:司局)?负责人|新闻发言人|局长|部长|厅长|主任|司长|署长|院长|秘书长|会长|(?<=[局部厅署院])长)"
)
_COMPANY = (
    r"(?:对话|专访|访谈|访)(?P<body>{})(?=(?:集团|公司)*(?:联合创始人|创始人|董事长|总裁|副总裁|总经理|CEO|首席))"
)
_INNER = re.compile(r"[一-鿿]{2,10}(?:司|办|处|室)$")
_ENDS = {"委": ("委", "委员会"), "办": ("办", "办公室")}


class Named(NamedTuple):
    """The text with the body's name, and where that name stands in the article."""

    text: str
    source: Quote


def with_speaker(text: str, article: Article, known: tuple[str, ...]) -> Named | None:
    """``text`` with the name of the body that the headline says is speaking in place of 我部 or 我们.

    None if there is neither, or the headline names no such body. ``known`` are the bodies that the article is about:
    an office within one of them speaks for it.
    """
    if "我" not in text and "本" not in text:
        return None
    title = article.title.strip()
    speaks = _SPEAKER.match(title) or _company(title, known)
    told = speaks or _ISSUER.match(title)
    name = told["body"] if told else next((one for one in known if title.startswith(one)), "")
    whole = next((one for one in known if name.startswith(one) and _INNER.fullmatch(name, len(one))), name)
    ours = _OUR_BODY.search(text)
    found = ours if ours and whole.endswith(_ENDS.get(ours["kind"], (ours["kind"],))) else None
    if speaks and not found:
        found = _WE.search(text)
    if not whole or not found or not _OWN_WORDS.fullmatch(text, 0, found.start()):
        return None
    start = article.title.find(whole)
    return Named(
        text[: found.start()] + whole + text[found.end() :],
        Quote("title", start, start + len(whole), whole),
    )


def _company(title: str, known: tuple[str, ...]) -> re.Match[str] | None:
    """The company whose head is interviewed."""
    return re.search(_COMPANY.format("|".join(map(re.escape, known))), title) if known else None
