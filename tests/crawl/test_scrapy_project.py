"""Scrapy as its users know it: feeds, arguments, settings, pipelines, shell and parse, over the demo web."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from itemadapter import ItemAdapter, is_item
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from crawler.record_adapter import register
from crawler.sources import load_sources
from crawler.spiders.sources import SourcesSpider
from indexer.embedded import EmbeddedStore
from yuqing.core.errors import UsageError
from yuqing.core.item_row import COLUMNS
from yuqing.core.records import Link, Page, Source
from yuqing.core.urls import item_id
from yuqing.demo.server import DemoWeb
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.scrapy_project.arguments import crawl_options

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("scrapy-project")]

ARTICLE = "http://www.gov.cn/xinwen/2018-03/13/content_5273621.htm"
LIST = "https://www.gov.cn/zhengce/zuixin/ZUIXINZHENGCE.json"
CRAWL = ("crawl", "sources", "-a", "source=gov-cn", "-a", "since=2018-02-01", "-a", "until=2018-03-31")
PIPELINES = """
from scrapy import signals

class Shout:
    def process_item(self, item):
        item["title"] += "！"
        return item

class Broken:
    def process_item(self, item):
        if item["url"].endswith("content_5273621.htm"):
            raise ValueError("a fault of mine")
        return item

class Count:
    def __init__(self, stats):
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler):
        made = cls(crawler.stats)
        for name in ("spider_opened", "item_scraped", "item_error", "spider_closed"):
            made.listen(crawler, name)
        return made

    def listen(self, crawler, name):
        def heard(**given):
            self.stats.inc_value(f"heard/{name}")
        setattr(self, name, heard)
        crawler.signals.connect(heard, signal=getattr(signals, name))
"""


@dataclass(frozen=True)
class Project:
    """A working folder with the project's files, whose requests go to the demo web."""

    home: Path
    web: DemoWeb

    def scrapy(self, *words: str, code: int = 0) -> tuple[str, str]:
        """Run a Scrapy command; what it printed and said."""
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", *words],
            cwd=self.home,
            env={
                **os.environ, "PYTHONPATH": str(self.home), "YUQING_CRAWL__GATEWAY": str(self.web.port),
                "YUQING_CRAWL__DELAY": "0", "YUQING_CRAWL__AUTOTHROTTLE": "false",
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=100,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout, done.stderr


@pytest.fixture
def project(web: DemoWeb, tmp_path: Path, root: Path) -> Project:
    for name in ("keywords.yaml", "sources.yaml", "yuqing.toml", "scrapy.cfg"):
        (tmp_path / name).write_bytes((root / name).read_bytes())
    (tmp_path / "mine.py").write_text(PIPELINES)
    return Project(tmp_path, web)


@pytest.fixture(scope="module")
def sources(root: Path) -> dict[str, Source]:
    return load_sources(root / "sources.yaml")


@pytest.fixture(scope="module")
def web(sources: dict[str, Source]) -> Iterator[DemoWeb]:
    with DemoWeb(sources) as opened:
        yield opened


def test_crawl_does_the_whole_job_and_the_feeds_hold_what_was_stored(project: Project) -> None:
    before = set(project.web.hits)
    mine = 'ITEM_PIPELINES={"mine.Shout": 300, "mine.Broken": 310}'
    _, said = project.scrapy(
        *CRAWL, "-O", "items.jsonl", "-O", "items.csv", "-s", mine, "-s", 'EXTENSIONS={"mine.Count": 1}'
    )
    rows = [json.loads(line) for line in (project.home / "items.jsonl").read_text("utf-8").splitlines()]
    with closing(EmbeddedStore(project.home / "data/yuqing.db")) as store:
        stored = {item.id: item for item in store.scan()}
    for row in rows:
        assert list(row) == list(COLUMNS)
        article = stored[row["id"]].article
        assert (row["title"], row["body"]) == (article.title + "！", article.body)
    with (project.home / "items.csv").open(encoding="utf-8", newline="") as lines:
        assert [line["id"] for line in csv.DictReader(lines)] == [row["id"] for row in rows]
    # An error of the user's pipeline is told and takes nothing from the store.
    assert "Error processing " + ARTICLE in said
    assert "ValueError: a fault of mine" in said
    assert stored.keys() - {row["id"] for row in rows} == {item_id(ARTICLE)}
    assert len(rows) > 10
    with closing(Ledger(project.home / "data/ledger.db")) as ledger:
        (run,) = ledger.runs()
    assert run.state == "done"
    assert f"'outcome/indexed': {run.outcomes['indexed']}" in said
    assert f"'item_scraped_count': {len(rows)}" in said
    for signal, times in {"spider_opened": 1, "item_scraped": len(rows), "item_error": 1}.items():
        assert f"'heard/{signal}': {times}" in said
    assert list((project.home / "data/archive").rglob("*.warc*"))
    assert {host for host, _ in set(project.web.hits) - before} <= {"www.gov.cn", "sousuo.www.gov.cn"}, "other sources"


def test_it_refuses_with_a_sentence_before_the_first_request(project: Project) -> None:
    asked = project.web.hits.total()
    _, said = project.scrapy("crawl", "sources", "-a", "sourse=gov-cn", code=2)
    assert said == ("yuqing: “sourse” is not an argument of the spider; use source, since, until, limit, backfill.\n")
    _, said = project.scrapy(*CRAWL, "-s", "JOBDIR=job", code=2)
    assert said.startswith("yuqing: JOBDIR is refused: yuqing itself remembers")
    assert not (project.home / "job").exists()
    assert project.web.hits.total() == asked
    assert not list((project.home / "data").rglob("*.warc*"))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("source", "nobody", "No source and no tier “nobody”"),
        ("since", "gestern", "“gestern” is not a day"),
        ("limit", "0", "limit “0”: write a number from 1"),
        ("backfill", "互联网+", "add -a since=DAY"),
    ],
)
def test_an_argument_that_does_not_fit_is_an_error(
    name: str, value: str, sentence: str, sources: dict[str, Source]
) -> None:
    with pytest.raises(UsageError, match=re.escape(sentence)):
        crawl_options({name: value}, sources)


def test_a_start_that_would_keep_nothing_fetches_nothing(root: Path, tmp_path: Path) -> None:
    settings = {"SOURCES_FILE": root / "sources.yaml", "STATE_FILE": tmp_path / "crawl.db", "RECHECK_DAYS": (1, 7)}
    spider = SourcesSpider.from_crawler(Crawler(SourcesSpider, {"RUN_ID": "", **settings}))
    with pytest.raises(CloseSpider) as refused:
        asyncio.run(anext(spider.start()))
    assert refused.value.reason == "no run"
    spider.closed("finished")


def test_parse_shows_the_links_of_a_list_and_their_articles(project: Project) -> None:
    printed, _ = project.scrapy("parse", "--nocolour", "-v", "-d", "2", "-L", "ERROR", LIST)
    links, articles = printed.split(">>> DEPTH LEVEL: 2 <<<")
    assert "'channel': '最新政策'" in links
    assert "<GET http://www.gov.cn/zhengce/" in links
    assert "'method': 'source'" in articles
    assert "'published_at': '2018-0" in articles
    assert not list((project.home / "data").glob("yuqing.db"))


def test_the_shell_fetches_and_parses(project: Project) -> None:
    code = "(response.status, next(spider.parse(response)).origin)"
    printed, _ = project.scrapy("shell", "--nolog", "-c", code, ARTICLE)
    assert printed.strip() == "(200, '中国绿色时报')"


def test_itemadapter_reads_the_records_and_changes_none() -> None:
    register()
    page = Page(
        url="http://a.cn/1", body=b"x", source_id="a", fetched_at=datetime(2018, 3, 1), link=Link(url="http://a.cn/1")
    )
    adapter = ItemAdapter(page)
    assert is_item(page)
    assert list(adapter.field_names()) == list(Page.__struct_fields__)
    assert adapter["body"] == b"x"
    assert adapter.asdict()["link"]["url"] == "http://a.cn/1"
    with pytest.raises(TypeError, match="records never change"):
        adapter["url"] = "http://b.cn"
    with pytest.raises(KeyError):
        adapter["nothing"]
