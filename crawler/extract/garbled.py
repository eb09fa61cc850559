"""Text that was decoded wrongly before it was stored, so that no decoding of the page restores it.

Such a page yields no article: a wrong repair would print words that nobody wrote.
"""

from __future__ import annotations

import re

_LATIN = re.compile(  # letters and marks that a Chinese page hardly needs
    "[\u0080-\u009f\u00a1-\u00a6\u00aa\u00ac\u00af\u00b2-\u00b6\u00b8-\u00ba\u00bc-\u00d6\u00d8-\u00f6\u00f8-\u00ff]"
)
_ASCII = re.compile("[A-Za-z]")
_KANA = re.compile("[\uff61-\uff9f]")  # half-width katakana
_HAN = re.compile("[\u4e00-\u9fff]+")
_TWICE_LOST = re.compile("锟斤拷|烫烫烫|屯屯屯")  # U+FFFD read as GBK; the fill patterns of unset memory
_ASKED = re.compile(r"\?{3,}")
_COMMON = re.compile("[的一是不在有了和人中大为上个国以要地出年会到时成可发作行能动部对工政市日月民业第产]")
SAMPLE = 5_000  # characters
MIN_LETTERS = 20  # with fewer it is a name or a formula
FEW_COMMON = 0.05  # share of common characters; Chinese text has 0.15 or more, a list of names 0.06
NO_COMMON = 0.02
_READINGS = (("gb18030", "utf-8"), ("gb18030", "big5"), ("big5", "gb18030"), ("big5", "utf-8"))


def garbled_sign(text: str) -> str:
    """How ``text`` was garbled, or an empty string where it was not."""
    text = text[:SAMPLE]
    if not text or text.isascii():
        asked = sum(map(len, _ASKED.findall(text)))
        return f"{asked} question marks in place of text" if asked >= MIN_LETTERS and asked * 4 > len(text) else ""
    han = _han(text)
    latin, kana = len(_LATIN.findall(text)), len(_KANA.findall(text))
    if latin >= MIN_LETTERS and latin > han and latin * 3 > len(_ASCII.findall(text)):
        return f"Chinese read as Latin letters ({latin} of them)"
    if kana >= MIN_LETTERS and kana > han:
        return f"Chinese read as Japanese ({kana} half-width letters)"
    lost = 3 * len(_TWICE_LOST.findall(text))
    if lost >= MIN_LETTERS and lost * 10 > han:
        return f"characters lost twice (锟斤拷, {lost // 3} times)"
    asked = sum(map(len, _ASKED.findall(text)))
    if asked >= MIN_LETTERS and asked > han:
        return f"{asked} question marks in place of text"
    if han >= MIN_LETTERS and _share(text, han) < FEW_COMMON:
        for wrong, right in _READINGS:
            read = text.encode(wrong, "ignore").decode(right, "ignore")
            found = _han(read)
            if found * 3 >= han and _share(read, found) >= 2 * FEW_COMMON:
                return f"{right.upper()} read as {wrong.upper()}"
        if han >= 2 * MIN_LETTERS and _share(text, han) < NO_COMMON and _rare(text) > han // 3:
            return "rare characters only"
    return ""


def _han(text: str) -> int:
    """How many Chinese characters ``text`` has; most are in runs."""
    return sum(map(len, _HAN.findall(text)))


def _rare(text: str) -> int:
    """How many Chinese characters of ``text`` are outside GB2312's 6,763."""
    return sum(not char.encode("gb2312", "ignore") for char in "".join(_HAN.findall(text)))


def _share(text: str, han: int) -> float:
    return len(_COMMON.findall(text)) / han if han else 0.0
