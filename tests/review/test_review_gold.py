"""Gate: the rows of the published issue, from the pages on which the demo web tells the same events.

The page goes through extraction and classification; the best draft must begin with the row's day and kind, be
written of the row's actor, and hold the row's 互联网+ phrases. Floors are what was measured when they were set.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classifiers import classify
from classifiers.rules import load_rules
from crawler.extract import extract, join_parts
from crawler.sources import load_sources
from yuqing.core.records import Article, Item, Page
from yuqing.core.urls import item_id
from yuqing.demo.articles import address
from yuqing.demo.expected import gold_articles
from yuqing.demo.pages import part_urls
from yuqing.demo.site import build_web
from yuqing.review.draft.consistency import unsupported
from yuqing.review.draft.places import short_province
from yuqing.review.draft.records import Draft
from yuqing.review.draft.rows import draft, draft_paragraph

FETCHED = datetime(2018, 3, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Pair:
    """A published row and what we draft from the page that tells its event."""

    row: dict
    item: Item
    drafts: tuple[Draft, ...]


pytestmark = pytest.mark.xdist_group("review-gold")  # one worker reads and tags the texts


@pytest.fixture(scope="module")
def pairs(root: Path, shared: Path) -> list[Pair]:
    rules = load_rules(root / "keywords.yaml")
    sources = load_sources(root / "sources.yaml")
    web = build_web(sources)
    articles = gold_articles(web)
    made: list[Pair] = []
    for line in (shared / "gold" / "report_items.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        told = articles.get(row["id"])
        if told is None:
            continue
        source = sources.get(told.source)
        parts = [
            extract(
                Page(url=url, body=web.answer(*address(url)).body, source_id=told.source, fetched_at=FETCHED), source
            )
            for url in part_urls(told)
        ]
        assert all(isinstance(part, Article) for part in parts), (row["id"], parts)
        article = join_parts(parts)
        item = Item(
            id=item_id(told.url), source_id=told.source, source_name=told.source, tier="commercial", fetched_at="",
            window="2018-03", content_hash="", article=article, tags=classify(article, rules, source),
        )  # fmt: skip
        long = row["section"] in ("summit", "special")
        paragraph = draft_paragraph(item) if long else None
        made.append(Pair(row, item, (paragraph,) if paragraph else draft(item)))
    return made


def plain(text: str) -> str:
    """``text`` without quotation marks: “互联网+”教育 and “互联网+教育” are one phrase."""
    return re.sub("[“”‘’]", "", text)


def same_day(pair: Pair, made: Draft) -> bool:
    kind = "event" if pair.row["date_kind"] == "event" else "report"
    days = [made.date_start.isoformat(), made.date_end.isoformat()]
    return made.kind == kind and days == [pair.row["dates"][0], pair.row["dates"][-1]]


def names_the_actor(pair: Pair, made: Draft) -> bool:
    label = pair.row["label"]
    if pair.row["section"] == "province":
        return short_province(label) in made.text or any(
            region.city[:2] in made.text for region in pair.item.tags.regions if region.city
        )
    return pair.row["section"] in ("summit", "special") or label in made.text


@pytest.mark.shared
def test_every_row_is_told(pairs: list[Pair]) -> None:
    assert len(pairs) == 46
    assert [pair.row["id"] for pair in pairs if not pair.drafts] == []


@pytest.mark.shared
def test_days(pairs: list[Pair]) -> None:
    wrong = [(pair.row["id"], pair.drafts[0].text[:40]) for pair in pairs if not same_day(pair, pair.drafts[0])]
    assert wrong == []


@pytest.mark.shared
def test_actors(pairs: list[Pair]) -> None:
    wrong = [(p.row["id"], p.drafts[0].text[:60]) for p in pairs if not names_the_actor(p, p.drafts[0])]
    assert wrong == []


@pytest.mark.shared
def test_phrases(pairs: list[Pair]) -> None:
    wrong = [
        (pair.row["id"], phrase, pair.drafts[0].text)
        for pair in pairs
        for phrase in pair.row["sectors"]
        if phrase in plain(pair.row["text"]) and phrase not in plain(pair.drafts[0].text)
    ]
    assert wrong == []


@pytest.mark.shared
def test_nothing_is_said_that_the_page_does_not_say(pairs: list[Pair]) -> None:
    for pair in pairs:
        places = [name for r in pair.item.tags.regions for name in (r.province, r.city, r.county) if name]
        for made in pair.drafts:
            assert unsupported(made.text, pair.item.article, places) == [], pair.row["id"]
