"""A sentence in the report's spelling: Chinese quotation marks, full names, no asides."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ASCII = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_MARKS = _ASCII | {ord("＋"): "+", ord("％"): "%", ord("「"): "“", ord("」"): "”", ord("『"): "“", ord("』"): "”"}
_FOREIGN = re.compile("[０-９Ａ-Ｚａ-ｚ＋％「」『』]")
_UNTIDY = re.compile('[０-９Ａ-Ｚａ-ｚ＋％「」『』（(\\["\\s\u200b]')
_CJK = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]"
_SPACES = re.compile(
    r"((?<=[\u4e00-\u9fff])[\s　]+(?=[\u4e00-\u9fff]+[^“”]{0,30}”))"
    rf"|(?<={_CJK})[\s　\u200b\xa0]+|[\s　\u200b\xa0]+(?={_CJK})"
)
_SPACE = re.compile("[\\s　\u200b\xa0]")
_PLUS = re.compile(r"互联网\s*\+\s*")
_ASIDE = re.compile(
    r"[（(](?:以下|下文)?(?:统?简称|下称)[^（）()]*[）)]|[（(][^（）()]{0,12}(?:记者|摄|图片?|资料图|供图|完)[）)]"
    r"|[（(](?:[左右前后][一二三四五六七八九侧]?|[前后]排[^（）()]{0,4}|[左右]起第?[一二三四五六七八九])"
    r"(?:、[左右前后中][一二三四五六七八九]?)*[）)]"  # who is who in a picture
    r"|\[\d{1,2}\](?!\s*第?\d+\s*号)"  # a footnote mark; [2018]9号 is a document's number
)
_SHORT = re.compile(
    r"《([^《》]{4,120})》\s*[（(](?:以下|下文)?(?:统?简称|下称)[：:为]?\s*[《“\"]?([^》”\"）)]{2,30})[》”\"]?[）)]"
)
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》|<[^<>]*>)+)》")
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|‘[^’]*’|〈[^〉]*〉|<[^>]*>")
_MARK = re.compile("[“”《》（）‘’]")
_PHRASE = "互联网+"


def tidy(text: str) -> str:
    """``text`` with half-width letters and digits, Chinese quotation marks, without asides and stray spaces."""
    if not _UNTIDY.search(text):
        return text
    if _FOREIGN.search(text):
        text = text.translate(_MARKS)
    text = _ASIDE.sub("", text)
    # A space between slogans (“新电商 新外贸”) separates them; elsewhere in Chinese it is accidental.
    if _SPACE.search(text):
        text = _SPACES.sub(lambda match: " " if match[1] else "", text)
    text = _PLUS.sub(_PHRASE, text)
    if '"' in text:
        parts = text.split('"')
        if len(parts) % 2:  # an even number of marks: they alternate between opening and closing
            text = "".join(part + "“”"[index % 2] for index, part in enumerate(parts[:-1])) + parts[-1]
    return text.strip()


def quote_phrases(text: str, phrases: Iterable[str]) -> str:
    """Puts each 互联网+X that is not yet quoted in “”; ``phrases`` are the known ones, longest match first."""
    known = sorted({phrase for phrase in phrases if phrase.startswith(_PHRASE)}, key=len, reverse=True)
    covered = [match.span() for match in _QUOTED.finditer(text)]
    pieces: list[str] = []
    at = 0
    position = text.find(_PHRASE)
    while position >= 0:
        end = position + len(_PHRASE)
        if not any(start < position < stop for start, stop in covered):
            whole = next((phrase for phrase in known if text.startswith(phrase, position)), _PHRASE)
            end = position + len(whole)
            pieces += (text[at:position], "“", whole, "”")
            at = end
        position = text.find(_PHRASE, end)
    return "".join(pieces) + text[at:]


def balanced(text: str) -> bool:
    """Whether all quotation marks, title marks and brackets of ``text`` are closed."""
    return not _MARK.search(text) or all(text.count(a) == text.count(b) for a, b in ("“”", "《》", "（）", "‘’"))


def short_names(text: str) -> dict[str, str]:
    """The short titles that ``text`` defines (《…》（以下简称《办法》）) and what they stand for."""
    return {match[2]: match[1] for match in _SHORT.finditer(text)}


def full_names(sentence: str, text: str, short: dict[str, str]) -> str:
    """``sentence`` with its first short title replaced by the full one of ``text``.

    Without a definition, a title counts as short if exactly one longer title in the text ends in it.
    """
    for match in _TITLE.finditer(sentence):
        name = match[1]
        full = short.get(name)
        if not full and len(name) <= 6:
            longer = {found[1] for found in _TITLE.finditer(text) if found[1].endswith(name) and found[1] != name}
            full = longer.pop() if len(longer) == 1 else None
        if full and f"《{full}》" not in sentence:
            return sentence[: match.start()] + f"《{tidy(full)}》" + sentence[match.end() :]
    return sentence
