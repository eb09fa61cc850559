"""The tab 采集: charts whose figures are the ledger's, sources, faults with examples."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import date, timedelta

import lxml.html
import pytest
from msgspec.structs import replace
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, DownloadTimeoutError, IgnoreRequest

from crawler.extract import extract
from crawler.failures import failure_outcome
from crawler.refusals import answer_outcome
from tests.web.conftest import Page
from yuqing.core.records import Outcome, PageResult, Rejected
from yuqing.core.records import Page as WebPage
from yuqing.core.times import now
from yuqing.review.web.details import chinese_detail
from yuqing.review.web.run_charts import NEWS, PAGES, STEP, day_chart

FIRST, LAST = date(2018, 3, 1), date(2018, 3, 30)


def add(page: Page, days_ago: int, *pages: tuple[str, Outcome, str], command: str = "crawl all") -> None:
    """A run of so many days ago."""
    ledger = page.space.ledger
    run = ledger.start(command, {})
    for number, (source, outcome, detail) in enumerate(pages):
        url = f"http://www.{source}.gov.cn/{days_ago}/{number}.html?<b>"
        ledger.add(run, PageResult(url=url, source_id=source, outcome=outcome, detail=detail, status=200))
    ledger.finish(run, "done")
    at = (now() - timedelta(days=days_ago)).isoformat()
    db = sqlite3.connect(page.space.settings.ledger_file)
    with db:
        db.execute("UPDATE pages SET at = ? WHERE run = ?", (at, run))
        db.execute("UPDATE runs SET started = ?, ended = ? WHERE id = ?", (at, at, run))
    db.close()


def test_details_of_the_program_are_told_in_chinese() -> None:
    page = WebPage(
        url="http://a.cn/1.html",
        body="<html><body><h1>互联网</h1><p>短。</p></body></html>".encode(),
        source_id="",
        fetched_at=now(),
    )
    rejected = extract(page)
    assert isinstance(rejected, Rejected)
    assert chinese_detail(rejected.detail) == "正文 0 字"
    moved = replace(page, status=302, headers={"Location": "http://a.cn/?x=1"})
    assert chinese_detail((answer_outcome(moved) or ("", ""))[1]) == "HTTP 302，跳转至 http://a.cn/?x=1"
    busy = replace(page, status=503, headers={"Retry-After": "60"})
    assert chinese_detail((answer_outcome(busy) or ("", ""))[1]) == "HTTP 503，要求等待 60 秒"
    forbidden = failure_outcome(IgnoreRequest("Forbidden by robots.txt"))
    assert chinese_detail(forbidden[1]) == "robots.txt 不允许"
    long = failure_outcome(
        DownloadCancelledError("Expected to receive 99 bytes, larger than download max size (10) in <GET x>.")
    )
    assert chinese_detail(long[1]) == "超过上限 10 字节"
    lost = failure_outcome(DownloadFailedError("[<Failure twisted.internet.error.ConnectionLost: x>]"))
    assert chinese_detail(lost[1]) == "连接中断"
    slow = failure_outcome(DownloadTimeoutError("Getting http://a.cn/ took longer than 6.0 seconds."))
    assert chinese_detail(f"robots.txt: {slow[1]}") == "读 robots.txt 时6 秒内没有答完"
    assert [chinese_detail(repr(head[:4])) for head in (b"%PDF-1.4", b"\x89PNG", b"Rar!")] == [
        "PDF 文件", "图片", "压缩包或 Office 文件",
    ]  # fmt: skip
    assert chinese_detail("kept in quarantine; trafilatura agrees") == "已存，待补日期；短正文，另一算法结果一致"
    note = "71 lists could not be read, the first http://a.cn/: 7 links, none to an article of the source"
    assert chinese_detail(note) == "71 个列表没有读成，第一个 http://a.cn/：有 7 个链接，都不是本来源的文章"
    assert chinese_detail("OSError: the disk is full") == "OSError: the disk is full"


def test_every_outcome_has_one_colour() -> None:
    counted = Counter(outcome for layer in PAGES for outcome in layer.outcomes)
    assert counted == dict.fromkeys(Outcome, 1)


def test_the_bars_add_up_to_the_pages_of_the_day() -> None:
    counts = {
        "2018-03-02": Counter({Outcome.INDEXED: 3, Outcome.LISTING: 5, Outcome.REFUSED: 2}),
        "2018-03-30": Counter({Outcome.REPRINT: 40}),
        "2018-04-01": Counter({Outcome.INDEXED: 99}),
    }
    made = day_chart("每天", PAGES, counts, FIRST, LAST)
    assert made.total == 50
    assert made.width == 30 * STEP
    assert made.scale == (40, 20)
    second = [bar for bar in made.bars if STEP <= bar.x < 2 * STEP]
    assert [(bar.kind, bar.text) for bar in second] == [
        ("news", "3月2日 新条目 3"), ("lists", "3月2日 列表页 5"), ("refused", "3月2日 被拒绝 2"),
    ]  # fmt: skip
    assert sum(bar.height for bar in second) == pytest.approx(10 * 100 / 40)
    assert min(bar.y for bar in made.bars) == 0
    assert all(bar.y >= 0 and bar.y + bar.height <= 100.01 for bar in made.bars)
    assert made.rows == (("2018-03-30", (40, 0, 0, 0, 0, 0)), ("2018-03-02", (3, 0, 5, 0, 2, 0)))
    assert "共 50（新条目 43，" in made.alt
    assert "最多的一天是3月30日，40" in made.alt


@pytest.mark.parametrize("most", [0, 1, 2, 3, 4, 5, 10, 11, 20, 99, 101, 4567])
def test_the_scale_holds_the_longest_bar_and_its_half_is_whole(most: int) -> None:
    made = day_chart("每天", NEWS, {"2018-03-02": Counter({Outcome.INDEXED: most})}, FIRST, LAST)
    top, half = made.scale
    assert top >= most
    assert top == 2 * half


def test_charts_sources_and_faults_come_from_the_ledger(page: Page) -> None:
    add(page, 2, ("gov-zj", Outcome.INDEXED, ""), ("gov-zj", Outcome.LISTING, ""), ("people", Outcome.REFUSED, "412"))
    add(page, 9, *[("gov-zj", Outcome.NETWORK, "connection <i>reset</i>")] * 4, ("people", Outcome.NETWORK, "dns"))
    add(page, 2, *[("gov-zj", Outcome.INDEXED, "")] * 50, command="rebuild")
    html = page.get("/runs")
    assert "<b>" not in html
    assert "<i>" not in html
    tree = lxml.html.fromstring(html)
    first, second = tree.cssselect("figure.chart")
    legend = {" ".join(li.text_content().split()) for li in first.cssselect(".swatches li")}
    assert legend == {"新条目 1", "其他文章 0", "列表页 1", "未读成 0", "被拒绝 1", "出错 5"}
    day = (now() - timedelta(days=2)).date().isoformat()
    rows = [[cell.text_content() for cell in row.cssselect("th, td")] for row in second.cssselect("tbody tr")]
    assert rows == [[day, "1", "0", "1"]]
    picture = first.cssselect("svg")[0]
    assert tree.get_element_by_id(picture.get("aria-labelledby")).text_content() == "每天处理的页面（按结果）"
    assert "出错 5" in tree.get_element_by_id(picture.get("aria-describedby")).text_content()
    sources = {row.cssselect("th")[0].text_content().split()[-1]: row for row in tree.cssselect(".health tbody tr")}
    cells = [cell.text_content() for cell in sources["gov-zj"].cssselect("td")]
    assert cells[3:5] == ["2", "1"]  # days without a new article, new articles of the week
    assert "拒绝访问" in sources["people"].text_content()
    assert sources["people"].cssselect("td")[-1].text_content() == "1"
    faults = tree.cssselect(".examples")[0].text_content()
    assert "浙江省人民政府 4 次" in faults
    assert "connection <i>reset</i>" in faults
    assert "人民网 1 次" in faults


def test_the_span_can_be_chosen(page: Page) -> None:
    add(page, 40, ("gov-zj", Outcome.INDEXED, ""))
    assert "这段时间没有" in page.get("/runs")
    assert "这段时间没有" in page.get("/runs?days=../x")
    tree = lxml.html.fromstring(page.get("/runs?days=90"))
    assert tree.cssselect(".swatches li .n")[0].text_content() == "1"
