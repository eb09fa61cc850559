"""Lists found on pages without a record: own markup, and the saved list pages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from benchmarks.list_pages import page_scores
from crawler.lists import ADAPTERS
from crawler.probe.induce import SURE, Found, induce
from crawler.probe.shapes import article_rule, shape
from tests.sources.listing import FETCHED
from yuqing.core.records import Link, Page

HOST = "www.nanping-demo.gov.cn"
TITLES = (
    "全市“互联网+政务服务”工作推进会召开", "市医保局上线电子处方流转平台", "我市发布数字乡村建设三年方案",
    "关于开展智慧交通示范应用的情况通报", "市教育局部署在线课堂常态化应用", "高新区举办工业互联网对接活动",
)  # fmt: skip


def induced(body: str, url: str = f"http://{HOST}/xwdt/bmdt/") -> list[Found]:
    """What is found in ``body`` under a menu and above a footer."""
    menu = "".join(f'<li><a href="/c{n}/">栏目{n}</a></li>' for n in range(9))
    html = f'<html><body><ul class="nav">{menu}</ul>{body}<p>版权所有 <a href="/about/">关于我们</a></p></body></html>'
    return induce(Page(url=url, body=html.encode(), source_id="", fetched_at=FETCHED), (HOST,))


def rows(form: str) -> str:
    """Six rows of ``form`` with url, title and day (2018-03-12 downwards)."""
    return "\n".join(
        form.format(url=f"/xwdt/bmdt/201803/t201803{12 - n:02}_{4100 - n}.html", title=title, y=2018, m="03", d=12 - n)
        for n, title in enumerate(TITLES)
    )


@pytest.mark.parametrize(
    ("before", "form", "after"),
    [
        ('<ul class="list">', '<li><a href="{url}">{title}</a><span class="date">{y}-{m}-{d:02}</span></li>', "</ul>"),
        ('<div id="zw"><dl>', '<dt><a href="{url}">{title}</a></dt><dd>{y}年{m}月{d}日</dd>', "</dl></div>"),
        ('<div class="con">', '· <a href="{url}">{title}</a> [{y}-{m}-{d:02}]<br>', "</div>"),
        ('<div class="con">', '{y}-{m}-{d:02} <a href="{url}">{title}</a><br>', "</div>"),
        ("<table>", '<tr><td>·</td><td><a href="{url}">{title}</a></td><td>{y}/{m}/{d}</td></tr>', "</table>"),
        (
            '<section class="cards">',
            (
                '<a class="card" href="{url}"><h3>{title}</h3><p>摘要：本报讯，近日有关部门介绍了工作的进展和安排，'
                "并就群众关心的问题作了说明，各地各单位负责人参加了会议。</p><i>{m}-{d:02} {y}</i></a>"
            ),
            "</section>",
        ),
        (
            '<div class="news">',
            (
                '<div class="item"><div class="day"><b>{d}</b><span>{y}-{m}</span></div>'
                '<a class="col" href="/xwdt/">[要闻]</a><a class="tit" href="{url}">{title}</a></div>'
            ),
            "</div>",
        ),
    ],
    ids=["list", "definitions", "lines", "day first", "table", "cards", "column before title"],
)
def test_a_list_is_found_with_its_titles_and_days(before: str, form: str, after: str) -> None:
    found = induced(before + rows(form) + after)
    assert found
    assert [(link.title, link.day) for link in found[0].links] == [
        (title, date(2018, 3, 12 - number)) for number, title in enumerate(TITLES)
    ]
    assert found[0].sure
    listed = found[0].list_page
    again = ADAPTERS["html-list"].read(
        Page(url=listed.url, body=("<html>" + before + rows(form) + after).encode(), source_id="", fetched_at=FETCHED),
        listed, 1,
    )  # fmt: skip
    assert [link.day for link in again.links] == [date(2018, 3, 12 - number) for number in range(6)]


def test_a_list_in_groups_is_one_list_and_a_menu_is_none() -> None:
    row = '<li class="{m}"><a href="{url}">{title}</a><em>{y}-{m}-{d:02}</em></li>'
    lines = rows(row).splitlines()
    groups = "".join(f'<ul class="g">{"".join(lines[n : n + 2])}</ul><hr>' for n in (0, 2, 4))
    found = induced(f'<div class="box">{groups}</div>')
    assert len(found) == 1
    assert len(found[0].links) == 6
    assert not induced("")


def test_the_pager_is_read_from_the_page() -> None:
    row = '<li><a href="{url}">{title}</a><span>{y}-{m}-{d:02}</span></li>'
    listed = induced(f'<ul class="l">{rows(row)}</ul><a href="index_1.html">2</a>')[0].list_page
    assert (listed.next, listed.first_page) == ("index_{n}.html", 0)
    listed = induced(f'<ul class="l">{rows(row)}</ul><a href="list_2.html">下一页</a>')[0].list_page
    assert (listed.next, listed.first_page) == ("list_{n}.html", 1)
    listed = induced(f'<ul class="l">{rows(row)}</ul><script>createPageHTML(9, 0, "index", "html")</script>')[
        0
    ].list_page
    assert listed.adapter == "trs-static"


def test_article_rules_hold_the_day_where_the_address_does() -> None:
    def rule(form: str) -> str:
        days = [date(2018, 3, 12), date(2018, 3, 9), date(2018, 2, 28)]
        return article_rule([Link(url=form.format(d=day, n=7000 + day.day), day=day) for day in days])

    assert rule("http://a.gov.cn/xw/201803/t{d:%Y%m%d}_{n}.html") == "trs"
    made = rule("http://a.gov.cn/news/{d:%Y}/{d:%m%d}/{n}a.aspx")
    assert re.search(made, "http://a.gov.cn/news/2019/0101/8123a.aspx").groupdict() == {
        "y": "2019",
        "m": "01",
        "d": "01",
    }  # type: ignore[union-attr]
    assert not re.search(made, "http://a.gov.cn/news/list.aspx")
    made = rule("http://a.gov.cn/info/1042/{n}.htm")
    assert re.search(made, "http://a.gov.cn/info/1042/9001.htm")
    assert not re.search(made, "http://a.gov.cn/info/index.htm")
    made = rule("http://a.gov.cn/show.aspx?id={n}")
    assert re.search(made, "http://a.gov.cn/show.aspx?id=12345")
    assert shape("http://a.gov.cn/x/201801/t20180101_1.html") == shape("http://a.gov.cn/y/z/201912/t20191231_99.html")


@pytest.mark.shared
def test_saved_list_pages_give_their_article_links(shared: Path) -> None:
    """In sample: the pages were looked at while the induction was written (python -m benchmarks.list_pages)."""
    scores = [each for each in page_scores(shared / "pages") if each.articles]
    assert len(scores) >= 17
    assert all(each.recall >= 0.9 for each in scores)
    sure = [each for each in scores if each.score >= SURE]
    assert len(sure) >= 9
    assert all(each.precision >= 0.75 for each in sure)
