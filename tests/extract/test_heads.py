"""Titles, days and editors where the page says little: the head names only the site, no heading, no colon."""

from __future__ import annotations

from datetime import datetime

import pytest

from crawler.extract import extract
from yuqing.core.records import Article, Page
from yuqing.core.times import SHANGHAI

TITLE = "江城启用新的停车平台"
BYLINE = "<p>2019-05-06 08:30 来源：江城晚报</p>"
TEXT = (
    "<div><p>江城市昨天启用新的停车平台，三百处路侧车位统一接入，市民可以在手机上查看空位。</p>"
    "<p>市城管局说，平台上线一周，平均找车位的时间从十二分钟降到五分钟，收费标准不变。</p></div>"
)


def _read(named: str, above: str, below: str = "") -> Article:
    text = f"<html><title>{named}</title><body>{above}{TEXT}{below}</body></html>"
    when = datetime(2026, 11, 30, tzinfo=SHANGHAI)
    article = extract(Page(url="https://www.example.cn/a.html", body=text.encode(), source_id="x", fetched_at=when))
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    ("named", "above"),
    [
        (f"{TITLE}_江城新闻网", f"<p>江城晚报 记者 李明</p>{BYLINE}"),  # the title is a picture
        ("江城新闻网", f"<p>{TITLE}</p><p>江城晚报 记者 李明</p>{BYLINE}"),
        ("江城信息港", f"<h1 class='logo'>江城信息港</h1><p><b>{TITLE}</b></p>{BYLINE}"),
        ("江城晚报", f"<h1>江城晚报</h1><p><b>{TITLE}</b></p>{BYLINE}"),  # its own origin
        ("江城晚报 2019年05月06日 第03版", f"<div>{TITLE}</div>{BYLINE}"),
        (f"江城晚报 2019年05月06日 {TITLE}", f"<h2>{TITLE}</h2>{BYLINE}"),
        ("江城新闻网", f"<table><tr><td>栏目</td><td><h3>{TITLE}</h3>{BYLINE}</td></tr></table>"),
    ],
)
def test_the_title_is_neither_the_site_nor_the_reporter(named: str, above: str) -> None:
    assert _read(named, above).title == TITLE


def test_a_comments_day_yields_to_the_articles() -> None:
    comment = "<div>评论 1</div><div><b>江城小王</b> 发表于 2019-05-07 09:12<p>早就该改了。</p></div>"
    assert _read(TITLE, f"<h1>{TITLE}</h1>{BYLINE}", comment).published_at.startswith("2019-05-06")


@pytest.mark.parametrize(
    ("line", "editor"),
    [
        ("责任编辑 李明 主编 王芳", "李明"),
        ("责编李明 视觉 王芳", "李明"),
        ("责任编辑：李明 江城新闻网", "李明"),
        ("责任编辑：李明<span>打印</span><span>关闭</span>", "李明"),
        ("责任编辑：李明、王芳", "李明、王芳"),
        ("编辑：融媒记者 李明", ""),
    ],
)
def test_an_editor_ends_at_the_next_role(line: str, editor: str) -> None:
    assert _read(TITLE, f"<h1>{TITLE}</h1>{BYLINE}", f"<p>{line}</p>").editor == editor


@pytest.mark.parametrize(
    ("byline", "origin"),
    [
        ("2019-05-06 江城生活汇", "江城生活汇"),  # the site's own name
        ("要闻中心 2019-05-06 李明", "要闻中心"),
        ("要闻 2019-05-06", ""),
        ("2019-05-06 作者： 市水利局", ""),
        ("2019-05-06 出处 市城管局", "市城管局"),
        ("2019-05-06 来源：江城晚报记者李明", "江城晚报"),
        ("2019-05-06 来源：江城晚报<span>分享</span>", "江城晚报"),
        ("2019-05-06 来源：新华社江城5月6日电", "新华社"),
    ],
)
def test_an_origin_is_a_name_alone(byline: str, origin: str) -> None:
    assert _read(f"{TITLE}_要闻_江城生活汇", f"<h1>{TITLE}</h1><p>{byline}</p>").origin == origin
