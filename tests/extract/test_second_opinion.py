"""trafilatura's opinion on short texts that no selector and no system names: kept in the method, counted by source."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.extract import extract
from crawler.extract.second_opinion import second_opinion
from yuqing.core.records import Article, Outcome, Page, PageResult, Source
from yuqing.core.times import now
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.ops.health import source_health

Make = Callable[..., Page]
TEXT = (
    "<p>某省人民政府近日印发“互联网+政务服务”工作方案，要求年底前实现省市县三级事项网上可办，企业和群众办事方便。</p>"
)
TEXT += "<p>方案明确，依托统一的一体化平台推进数据共享，压减重复提交的证明材料，推动高频事项跨省通办。</p>"


def read(page: Make, body: str) -> str:
    html = f"<html><body><div class='x'><h1>某省印发工作方案</h1><p>2018-03-05</p>{body}</div></body></html>"
    found = extract(page(html))
    assert isinstance(found, Article), found
    return found.method


def test_the_opinion_is_kept_in_the_method(page: Make) -> None:
    assert read(page, f"<div class='t'>{TEXT}</div>") == "density, trafilatura agrees"
    assert read(page, f"<div id='zoom'>{TEXT}</div>") == "family"  # nothing is in doubt
    assert read(page, f"<div class='t'>{TEXT * 5}</div>").startswith("density")


@pytest.mark.parametrize("html", ["", "<html>", "\0", "<p>" * 5000, "<svg>" * 300])
def test_a_broken_page_has_no_opinion(html: str) -> None:
    assert second_opinion(html, "正文。") is None


def test_a_different_text_differs() -> None:
    html = f"<html><body><article>{TEXT}</article></body></html>"
    assert second_opinion(html, "另一段文字，与页面上的内容毫无关系，说的是天气和交通。") == "differs"


def test_the_check_counts_what_differs(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.db")
    run = ledger.start("crawl all", {})
    for number, said in enumerate(("agrees", "agrees", "differs")):
        url = f"http://www.x.gov.cn/{number}"
        ledger.add(run, PageResult(url=url, source_id="x", outcome=Outcome.INDEXED, detail=f"trafilatura {said}"))
    ledger.finish(run, "done")
    sources = {"x": Source(id="x", name="某省", tier="province-gov", hosts=("www.x.gov.cn",))}
    (line,) = source_health(sources, ledger, now() + timedelta(minutes=1), 3)
    assert line.state == "正常，短正文两种算法一致 2 篇、不一致 1 篇"
    assert not line.ill
