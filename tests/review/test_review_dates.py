"""Days in Chinese news text."""

from __future__ import annotations

from datetime import date

import pytest

from yuqing.review.draft.dates import find_days, say

PUBLISHED = date(2018, 3, 14)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "first", "last", "role"),
    [
        ("3月5日，教育部印发通知", "2018-03-05", "2018-03-05", "event"),
        ("教育部于3月5号印发通知", "2018-03-05", "2018-03-05", "event"),
        ("2018年2月24日，启动", "2018-02-24", "2018-02-24", "event"),
        ("2018 年 2 月 24 日启动", "2018-02-24", "2018-02-24", "event"),
        ("３月５日，启动", "2018-03-05", "2018-03-05", "event"),
        ("今年3月5日启动", "2018-03-05", "2018-03-05", "event"),
        ("去年12月30日启动", "2017-12-30", "2017-12-30", "event"),
        ("12月30日启动", "2017-12-30", "2017-12-30", "event"),
        ("3月5日至6日，举办培训", "2018-03-05", "2018-03-06", "event"),
        ("3月5日-6日，举办培训", "2018-03-05", "2018-03-06", "event"),
        ("3月8-9日，举办论坛", "2018-03-08", "2018-03-09", "event"),
        ("3月8—12日，举办论坛", "2018-03-08", "2018-03-12", "event"),
        ("2月27日至3月2日，举办论坛", "2018-02-27", "2018-03-02", "event"),
        ("3月5日、6日，举办培训", "2018-03-05", "2018-03-06", "event"),
        ("3月5日和9日分别举办", "2018-03-05", "2018-03-05", "event"),
        ("2017年12月30日至2018年1月2日展出", "2017-12-30", "2018-01-02", "event"),
        ("5日，省政府召开会议", "2018-03-05", "2018-03-05", "event"),
        ("5日至6日，省政府召开会议", "2018-03-05", "2018-03-06", "event"),
        ("28日，省政府召开会议", "2018-02-28", "2018-02-28", "event"),
        ("本月5日召开会议", "2018-03-05", "2018-03-05", "event"),
        ("上月28日召开会议", "2018-02-28", "2018-02-28", "event"),
        ("昨日，青岛召开会议", "2018-03-13", "2018-03-13", "event"),
        ("昨天上午召开会议", "2018-03-13", "2018-03-13", "event"),
        ("今天召开会议", "2018-03-14", "2018-03-14", "event"),
        ("今日，会议召开", "2018-03-14", "2018-03-14", "event"),
        ("前天召开会议", "2018-03-12", "2018-03-12", "event"),
        ("上周五召开会议", "2018-03-09", "2018-03-09", "event"),
        ("本周一召开会议", "2018-03-12", "2018-03-12", "event"),
        ("周日召开会议", "2018-03-11", "2018-03-11", "event"),
        ("三月五日召开会议", "2018-03-05", "2018-03-05", "event"),
        ("二〇一八年二月二十四日召开", "2018-02-24", "2018-02-24", "event"),
        ("2018-03-05 召开", "2018-03-05", "2018-03-05", "event"),
        ("2018/3/5召开", "2018-03-05", "2018-03-05", "event"),
        ("3月1日起施行", "2018-03-01", "2018-03-01", "bound"),
        ("截至3月1日，共办理", "2018-03-01", "2018-03-01", "bound"),
        ("3月10日前报送", "2018-03-10", "2018-03-10", "bound"),
        ("将于3月20日举办", "2018-03-20", "2018-03-20", "future"),
        ("明天举办", "2018-03-15", "2018-03-15", "future"),
    ],
)
def test_day(text: str, first: str, last: str, role: str) -> None:
    found = find_days(text, PUBLISHED)[0]
    assert (found.first, found.last, found.role) == (date.fromisoformat(first), date.fromisoformat(last), role)


@pytest.mark.parametrize("text", ["近日，某市启动", "日前，某市启动", "某市近期启动", "不久前启动"])
def test_vague(text: str) -> None:
    (found,) = find_days(text, PUBLISHED)
    assert (found.role, found.first) == ("vague", None)


@pytest.mark.parametrize(
    "text",
    [
        "3月，教育部印发通知",
        "2018年将建成平台",
        "三日内办结",
        "30日内办结",
        "办理时限由15个工作日缩短",
        "每周五举办",
        "周一至周五办理",
        "今日头条发布报告",
        "在互联网快速发展的今天",
        "人民日报发布",
        "增长3.5日均",
        "2月30日",
        "农历正月初五",
        "目前日均办理",
    ],
)
def test_no_day(text: str) -> None:
    assert [found for found in find_days(text, PUBLISHED) if found.first] == []


def test_january_article_names_last_december() -> None:
    (found,) = find_days("12月28日，省政府印发方案", date(2018, 1, 3))
    assert found.first == date(2017, 12, 28)


def test_several_days_in_order_without_overlap() -> None:
    found = find_days("2月24日宣布，3月1日起施行，昨日发布细则", PUBLISHED)
    assert [(day.first and day.first.isoformat(), day.role) for day in found] == [
        ("2018-02-24", "event"),
        ("2018-03-01", "bound"),
        ("2018-03-13", "event"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((2018, 3, 5), (2018, 3, 5), "3月5日"),
        ((2018, 3, 5), (2018, 3, 6), "3月5日-6日"),
        ((2018, 2, 27), (2018, 3, 2), "2月27日-3月2日"),
        ((2017, 12, 30), (2017, 12, 30), "2017年12月30日"),
        ((2017, 12, 30), (2018, 1, 2), "2017年12月30日-2018年1月2日"),
    ],
)
def test_say(first: tuple[int, int, int], last: tuple[int, int, int], said: str) -> None:
    assert say(date(*first), date(*last), 2018) == said
