"""Broken, hostile and huge pages: a counted outcome, no exception, no hang."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extract import article, extract, next_part
from yuqing.core.records import Article, Outcome, Page, Rejected

Make = Callable[..., Page]

SEEDS = [path.read_bytes() for path in sorted((Path(__file__).parent / "pages").glob("*.html"))]
HEAD = "<html><head><title>互联网+医疗健康意见印发_某某网</title></head><body><h1>互联网+医疗健康意见印发</h1>"
TEXT = "<p>国务院办公厅印发关于促进“互联网+医疗健康”发展的意见，要求各地落实，并按时报告进展。</p>"
TOKENS = [
    *b"<div>|</div>|<p>|</p>|<table>|<tr>|<td>|</table>|<a href='x.pdf'>|</a>|<!--|-->|<script>|<style>".split(b"|"),
    *b"<h1>|</h1>|</body>|</html>|<br>|<|>|&#x|&nbsp;|<![CDATA[|<svg><title>|<template>|<select>|<ucapcontent>".split(
        b"|"
    ),
    *b"<meta name='PubDate' content='9999'>|<font id=zoom>|<p style='display:none'>|2018-13-45|2018-02-30 25:61".split(
        b"|"
    ),
    *(b"\x00", b"\xff", b"\xe4", b"\x80", b"\xef\xbb\xbf", b"\xff\xfe", "相关新闻".encode("gb18030")),
    *("2018年3月2日".encode(), "来源：".encode(), "责任编辑：".encode(), "（".encode() * 40),
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A page of one of the systems with pieces cut, doubled, swapped and thrown in."""
    body = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 8))):
        at, to = sorted(draw(st.tuples(st.integers(0, len(body)), st.integers(0, len(body)))))
        match draw(st.integers(0, 4)):
            case 0:
                body = body[:at] + body[to:]
            case 1:
                body = body[:to] + body[at:]
            case 2:
                body = body[:at] + draw(st.sampled_from(TOKENS)) * draw(st.integers(1, 30)) + body[at:]
            case 3:
                body = body[:at] + draw(st.binary(max_size=40)) + body[at:]
            case _:
                other = draw(st.sampled_from(SEEDS))
                body = body[:at] + other[at:to] + body[to:]
    return body


def check(page: Page) -> None:
    """One page through extraction: an article that holds what it must, or a reason."""
    result = extract(page)
    next_part(page)
    if isinstance(result, Article):
        assert result.title.strip()
        assert "\n" not in result.title
        assert result.body.strip()
        assert result.published_at == "" or result.day is not None
        assert bool(result.published_at) == bool(result.date_source)
        assert result.day is None or result.day.year >= 1994
    else:
        assert isinstance(result.reason, Outcome)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=mutated())
def test_mutated_pages(page: Make, body: bytes) -> None:
    check(page(body))


@pytest.mark.hard
@settings(max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=mutated())
def test_5000_mutated_pages(page: Make, body: bytes) -> None:
    check(page(body))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=400), encoding=st.sampled_from(["utf-8", "gbk", "utf-16", "big5", "nonsense", ""]))
def test_any_bytes_under_any_label(page: Make, body: bytes, encoding: str) -> None:
    check(page(body, headers={"Content-Type": f"text/html; charset={encoding}"}))


@pytest.mark.parametrize(
    "html",
    [
        HEAD + "<div>" * 100_000 + TEXT,
        HEAD + "<table><tr><td>" * 39_000 + TEXT,
        HEAD + "<b class=zoom>" * 100_000 + TEXT,
        HEAD + "<font id=zoom><p>" * 50_000 + TEXT,
        HEAD + "<table>" + "<tr><td>单元</td><td>2018-03-01</td></tr>" * 9_000 + "</table>",
        HEAD + "<a href='/a.pdf'>附件.pdf</a>" * 25_000 + TEXT,
        HEAD + "<div>相关新闻</div><div>责任编辑：张三</div>" * 5_000 + TEXT,
        HEAD + "<p>" + "本网转载，" * 150_000 + "</p>",
        HEAD + "<p>来源：" + "（" * 1_500_000 + "</p>" + TEXT,
        '<meta name="source" content="' + "（" * 1_500_000 + '">' + HEAD + TEXT * 3,
        HEAD + "<p>。" + "\u3000" * 1_500_000 + "</p>" + TEXT,
        HEAD + "<p>" + "2018-" * 900_000 + "</p>",
        HEAD + "<p>2018-03-02 10:20</p>" * 9_000,
        HEAD + "<div " + " ".join(f"a{number}='1'" for number in range(400_000)) + ">" + TEXT * 3,
        HEAD + ("<div " + " ".join(f"a{number}" for number in range(1500)) + ">") * 500 + TEXT * 3,
        HEAD + "<div class='" + "title " * 700_000 + "'>" + TEXT * 3,
        HEAD + '<div class="' * 90_000 + TEXT,
        HEAD + "<!--" * 90_000 + TEXT,
        "<title>" + "新闻-" * 600_000 + "</title>" + HEAD + TEXT * 3,
        HEAD + "<svg><title>x</title>" * 39_000 + TEXT,
        HEAD + "<p>" + "&#x4e00;" * 500_000 + "</p>",
        HEAD + "<script>" + "createPageHTML(" * 300_000 + "</script>" + TEXT * 3,
    ],
    ids=range(22),
)
def test_bombs(page: Make, html: str) -> None:
    check(page(html))


@pytest.mark.parametrize("tail", [b"a" * 50_000_000, b"<div>" * 10_000_000], ids=["letters", "elements"])
def test_50_mb_are_refused_unread(page: Make, tail: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither decoded nor parsed: the size alone decides."""
    for reader in ("decode", "parse"):
        monkeypatch.setattr(article, reader, lambda *_: pytest.fail("the page was read"))
    result = extract(page(HEAD.encode() + tail))
    assert isinstance(result, Rejected)
    assert result.reason is Outcome.TOO_LARGE


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", Outcome.NOT_HTML),
        (b"%PDF-1.4 ...", Outcome.NOT_HTML),
        (b'{"code": 0, "data": []}', Outcome.NOT_HTML),
        ("纯文本，没有任何标记。".encode(), Outcome.NOT_HTML),
        (b"<html><body>" + b"\xff\x00\xfe" * 300, Outcome.UNDECODABLE),
        ((HEAD + "<p>短。</p>").encode(), Outcome.TOO_SHORT),
        (("<html><body>" + TEXT * 3).encode(), Outcome.NO_TITLE),
        ((HEAD + TEXT * 60_000).encode(), Outcome.TOO_LARGE),
    ],
    ids=range(8),
)
def test_reasons(page: Make, body: bytes, reason: Outcome) -> None:
    result = extract(page(body))
    assert isinstance(result, Rejected)
    assert result.reason is reason
