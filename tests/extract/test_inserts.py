"""Blocks of other articles: inside the text they are left out and the text goes on, below it they end it."""

from __future__ import annotations

from datetime import datetime

import pytest

from crawler.extract import extract
from yuqing.core.records import Article, Page
from yuqing.core.times import SHANGHAI

FIRST = "江城市昨天启用新的停车平台，三百处路侧车位统一接入，市民可以在手机上查看空位。"
SECOND = "市城管局说，平台上线一周，平均找车位的时间从十二分钟降到五分钟，收费标准不变。"
LAST = "下一步还将接入医院和学校的内部车位，夜间向周边居民开放。"
OTHER = "另一座城市的公园本周开放夜游，门票与白天相同，开放到晚上十点为止，周末延长一小时。"


def _lines(content: str) -> list[str]:
    text = f"<html><title>江城启用新的停车平台</title><h1>江城启用新的停车平台</h1><div>{content}</div></html>"
    when = datetime(2026, 11, 30, tzinfo=SHANGHAI)
    page = Page(url="https://www.example.cn/a.html", body=text.encode(), source_id="x", fetched_at=when)
    article = extract(page)
    assert isinstance(article, Article)
    return article.body.split("\n")


@pytest.mark.parametrize(
    "block",
    [
        "<div><h4>相关报道</h4><ul><li><a href=/1>公园开放夜游</a></li><li><a href=/2>老街修缮完工</a></li></ul></div>",
        "<div><span>延伸阅读</span><a href=/1>公园本周开放夜游</a></div>",
        "<div><span>广告</span><p>江城家具城年终特卖，全场低至五折！</p></div>",
    ],
)
def test_a_block_inside_the_text_is_left_out(block: str) -> None:
    assert _lines(f"<p>{FIRST}</p><p>{SECOND}</p>{block}<p>{LAST}</p>") == [FIRST, SECOND, LAST]


def test_a_list_with_excerpts_below_the_text_ends_it() -> None:
    links = f"<h4>相关报道</h4><p><a href=/1>公园开放夜游</a></p><p>{OTHER}</p>"
    assert _lines(f"<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>{links}") == [FIRST, SECOND, LAST]


@pytest.mark.parametrize(
    "box",
    [
        "<div><span>停车</span><span>智慧城市</span></div>",
        "<div><p>您看到此篇文章时的感受是：</p><ul><li>感动</li><li>搞笑</li></ul></div>",
        "<div><b>江城晚报</b><p>江城晚报官方账号，每天为您送上江城最新资讯。</p></div>",
    ],
)
def test_a_box_below_paragraphs_is_left_out(box: str) -> None:
    assert _lines(f"<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>{box}") == [FIRST, SECOND, LAST]


def test_a_signature_in_a_box_stays() -> None:
    box = "<div><p>江城市城市管理局</p><p>2019年5月6日</p></div>"
    assert _lines(f"<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>{box}")[-1] == "2019年5月6日"


@pytest.mark.parametrize("above", ["<div>头条推荐收录</div>", "<div>——三百处车位年内统一接入</div>"])
def test_a_box_above_the_text_is_left_out(above: str) -> None:
    assert _lines(f"{above}<div><p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p></div>") == [FIRST, SECOND, LAST]


@pytest.mark.parametrize("above", ["<div>江城管〔2019〕3号</div>", "<div>各区人民政府：</div>"])
def test_a_number_and_a_salutation_stay(above: str) -> None:
    assert len(_lines(f"{above}<div><p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p></div>")) == 4
