"""Tokens: what the stores search by."""

from __future__ import annotations

import re
import unicodedata

import pytest

from indexer.tokens import joined, words

_PLAIN = re.compile(r"[a-z0-9\u00c0-\u024f\u0370-\u052f]+|\+|[^\W_]")


def plain_words(text: str) -> list[str]:
    """The tokens by the definition alone: each character in its compatibility form, then cut."""
    forms = (unicodedata.normalize("NFKC", char).lower() for char in text)
    return _PLAIN.findall("".join(form.replace(" ", "") or " " for form in forms))


def test_every_character_is_cut_as_defined() -> None:
    """No character that folding or cutting would change slips past the shortcut for plain text."""
    chars = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000]
    wrong = [
        char
        for char in chars
        for cut in (words(f"中{char}a"), joined(f"中{char}a").split())
        if cut != plain_words(f"中{char}a")
    ]
    wrong += [char for char in chars if words(f"B{char}互") != plain_words(f"B{char}互")]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("“互联网＋教育”", ["互", "联", "网", "+", "教", "育"]),
        ("ＡＩ与5Ｇ，15日", ["ai", "与", "5g", "15", "日"]),
        ("面积3㎡", ["面", "积", "3m2"]),
        ("，“AI”、5G；𠮷a", ["ai", "5g", "𠮷", "a"]),
        ("", []),
    ],
)
def test_words(text: str, tokens: list[str]) -> None:
    assert words(text) == tokens
    assert joined(text).split() == tokens
