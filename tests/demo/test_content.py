"""The content tells the events of the published report in its own words, and its corners are all there."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, get_args

import pytest

from crawler.sources import load_sources
from yuqing.core.records import Outcome
from yuqing.demo.articles import Flag, load_articles, load_sites
from yuqing.demo.expected import expected_counts, gold_articles, listed_between, reprint_clusters
from yuqing.demo.filler import ordinary_news
from yuqing.demo.site import build_web
from yuqing.demo.web import Web

FIRST, LAST = date(2018, 2, 14), date(2018, 3, 15)
QUOTES = re.compile("[“”‘’]")
OWN_WORDS = 30  # characters; longer runs shared with the published row are a copied sentence


@pytest.fixture(scope="module")
def web(root: Path) -> Web:
    return build_web(load_sources(root / "sources.yaml"))


def gold_rows(shared: Path) -> list[dict[str, Any]]:
    lines = (shared / "gold" / "report_items.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


@pytest.mark.shared
def test_every_published_row_has_its_article(web: Web, shared: Path) -> None:
    found = gold_articles(web)
    for row in gold_rows(shared):
        article = found[row["id"]]
        assert not row["urls"] or article.url in row["urls"]
        assert FIRST <= article.published.date() <= LAST
        words = QUOTES.sub("", article.title + article.text)
        for phrase in row["sectors"]:
            # “互联网+就业” is how the report sums up “运用‘互联网+’发展新就业形态”
            assert phrase in words or phrase == "互联网+就业", (row["id"], phrase)


@pytest.mark.shared
def test_the_rows_are_told_in_own_sentences(web: Web, shared: Path) -> None:
    found = gold_articles(web)
    for row in gold_rows(shared):
        published, own = (re.sub("《[^》]*》", "|", text) for text in (row["text"], found[row["id"]].text))
        match = SequenceMatcher(None, published, own, autojunk=False).find_longest_match()
        copied = published[match.a : match.a + match.size]
        assert match.size < OWN_WORDS, (row["id"], copied)


def test_every_corner_is_met_at_least_once(web: Web) -> None:
    met = Counter(flag for article in web.articles for flag in article.flags)
    assert set(met) == set(get_args(Flag))
    assert {site.lists for site in load_sites().values()} >= {"status-412", "status-521", "self-redirect"}
    assert any(article.attachments for article in web.articles)


def test_a_reprint_repeats_its_original(web: Web) -> None:
    by_url = {article.url: article for article in web.articles}
    clusters = reprint_clusters(web)
    assert max(len(urls) for urls in clusters.values()) >= 3
    for original, urls in clusters.items():
        for url in urls:
            first, again = by_url[original], by_url[url]
            assert first.source != again.source
            assert first.title != again.title
            assert len(set(first.paragraphs) & set(again.paragraphs)) >= 3


def test_the_ordinary_news_is_the_same_every_time_and_none_is_a_reprint() -> None:
    news = ordinary_news(load_sites())
    assert news == ordinary_news(load_sites())
    assert len({article.url for article in news}) == len(news)
    lines = [set(article.paragraphs) for article in news]
    assert max(len(a & b) for i, a in enumerate(lines) for b in lines[:i]) <= 2
    assert not any("互联网+" in article.title + article.text for article in news)


def test_what_a_crawl_gives_is_counted_from_the_content(web: Web) -> None:
    since, until = date(2018, 2, 1), date(2018, 3, 31)
    counts = expected_counts(web, since, until)
    assert sum(counts.values()) == len(listed_between(web, since, until)) < len(web.articles)
    relevant = sum(a.relevant for a in load_articles() if not a.flags or set(a.flags) <= {"early-html-end", "gzip"})
    assert counts[Outcome.INDEXED] >= relevant
    for outcome in ("refused", "robots", "off-site", "too-large", "http-error", "undated", "too-short"):
        assert counts[Outcome(outcome)] >= 1, outcome
    assert any(article.published.date() < since for article in web.articles), "something for --since to stop at"
