"""Where sentences end: the quick way beside the plain definition."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.document import prepare, sentence_ends
from yuqing.core.records import Article

PLAIN = re.compile(r"[。!?;\n]+[”’」』)]*")


def plain_ends(text: str) -> list[int]:
    """A sentence goes up to its stops and the quotation marks that close with them."""
    return [match.end() for match in PLAIN.finditer(text)] + [len(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "没有句号",
        "一句。又一句。",
        "他说：“好。”然后走了。",
        "真的?!”“当然。”)\n\n下一段;末句",
        "。。”。」",
        "”一句。",
    ],
)
def test_ends_are_those_of_the_definition(text: str) -> None:
    assert set(sentence_ends(text)) == set(plain_ends(text))


@given(st.text("甲乙,。!?;\n”)", max_size=20))
def test_ends_of_any_text_are_those_of_the_definition(text: str) -> None:
    assert set(sentence_ends(text)) == set(plain_ends(text))


def test_full_width_stops_end_a_sentence() -> None:
    document = prepare(Article(url="", title="", body="甲说！（乙问？）丙；丁"))
    found = {document.sentence(at) for at in range(len(document.body.text))}
    assert sorted(document.body.text[start:end] for start, end in found) == ["(乙问?)", "丁", "丙;", "甲说!"]
