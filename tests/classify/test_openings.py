"""A regex of keywords.yaml is tried only where its first words stand; it must find what it finds everywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.document import prepare
from classifiers.openings import openings
from classifiers.scan import Scan
from classifiers.schema import Term
from classifiers.terms import Vocabulary, compile_term
from yuqing.core.records import Article


@pytest.mark.parametrize(
    ("regex", "words"),
    [
        ("(?:人大|政协)[一-鿿]{2,8}(?:团|代表团)", ("人大", "政协")),
        ("(?<!移动)(?<!车载)互联网(?!安全)[一-鿿]{0,8}?平台", ("互联网",)),
        ("互联网\\+[^,]{0,8}总监", ("互联网",)),
        ("网络?招聘", ("网",)),
        ("网?上", ()),
        ("网上|在线", ()),
        ("(?:网上|在线)?办", ()),
        ("(网上)办", ()),
        ("[网线]上", ()),
        ("(?i:App)上线", ()),
        ("网[|]上", ("网",)),
        ("网\\|上", ("网",)),
    ],
)
def test_the_words_that_open_a_match(regex: str, words: tuple[str, ...]) -> None:
    assert openings(regex) == words


LETTERS = "网上在线办"
WORD = st.text(LETTERS, min_size=1, max_size=3)
LOOK = st.builds("({}{})".format, st.sampled_from(["?=", "?!", "?<=", "?<!"]), WORD)
HEAD = WORD | st.builds("(?:{}|{})".format, WORD, WORD)
TAIL = st.sampled_from(["", "?", "*", "{0,2}", "[^上]{0,2}", "(?:上|线)", "|线", "(?!办)", ".", "(?:上|线)?办"])
REGEX = st.builds("".join, st.tuples(st.just("") | LOOK, HEAD, TAIL))


@given(regex=REGEX, text=st.text(LETTERS + "，", max_size=30))
def test_a_regex_finds_the_same_as_on_the_whole_text(regex: str, text: str) -> None:
    vocabulary = Vocabulary()
    matcher = compile_term(Term(regex=regex), vocabulary)
    document = prepare(Article(url="", title="", body=text))
    hits = {
        number: starts
        for number, word in enumerate(vocabulary.words())
        if (starts := [at for at in range(len(text)) if text.startswith(word, at)])
    }
    scan = Scan(document, document.body.text, 0, len(text), hits, ([], []))
    assert matcher.regex is not None
    whole = [match.span() for match in matcher.regex.matches(scan.text)]
    assert list(matcher.find(scan)) == whole
