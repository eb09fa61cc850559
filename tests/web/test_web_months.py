"""The tab 月度: months side by side, one within another, two compared, and the workbook."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from tests.web.conftest import Page, make
from yuqing.review.web.trends import compared, read_trends


@pytest.fixture
def months(page: Page) -> Page:
    """The month, and two items in the window before."""
    earlier = [
        make(
            f"二月{number}",
            f"2月{number}日，某市启用“{phrase}”平台。",
            f"2018-02-0{number}",
            province=province,
            phrase=phrase,
        )
        for number, province, phrase in ((5, "浙江省", "互联网+政务服务"), (6, "四川省", "互联网+养老"))
    ]
    page.space.store.put([replace(item, window="2018-02") for item in earlier])
    return page


def test_months_side_by_side(months: Page) -> None:
    trends = read_trends(months.space.store, ["2018-02", "2018-03"])
    assert trends.totals == (2, 4)  # the reprints and what is not on the subject aside
    lines = {line.name: line.counts for line in trends.kinds["sector"]}
    assert lines["政务服务"] == (1, 1)
    assert lines["养老"] == (1, 0)
    assert {line.name: line.counts for line in trends.kinds["province"]}["四川省"] == (1, 1)
    changed = {one.name: (one.before, one.now) for one in compared(trends, "2018-02", "2018-03")["ministry"]}
    assert changed == {"教育部": (0, 1)}
    narrowed = read_trends(months.space.store, ["2018-02", "2018-03"], (("region", "四川省"),))
    assert {line.name: line.counts for line in narrowed.kinds["sector"]} == {"养老": (1, 0), "医疗": (0, 1)}


def test_the_page(months: Page) -> None:
    text = months.get("/months")
    assert 'aria-label="政务服务：2018-02 1 条，2018-03 1 条"' in text
    assert "/?window=2018-03&amp;province=%E5%9B%9B%E5%B7%9D%E7%9C%81" in text
    assert '<th scope="row">教育部</th>' in text
    only = months.get("/months?region=四川省")
    assert "<h1>四川省" in only
    assert "政务服务：" not in only


def test_the_workbook_has_native_charts(months: Page) -> None:
    answer = months.client.get("/months.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["领域", "省份", "部委", "行为类型", "新词", "比较"]
    assert [cell.value for cell in book["部委"][2]] == ["教育部", 0, 1, 1]
    assert len(book["领域"]._charts) == 1
    assert ["部委", "教育部", 0, 1, 1] in [[cell.value for cell in row] for row in book["比较"].rows]
