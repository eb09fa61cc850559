"""The days that lists print beside their links."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from crawler.lists.days import list_day, without_day
from yuqing.core.times import SHANGHAI

FETCHED = datetime(2018, 3, 16, 1, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2018-03-05", date(2018, 3, 5)),
        ("发布时间：2018年3月5日 10:20", date(2018, 3, 5)),
        ("2018.03.05", date(2018, 3, 5)),
        ("20180305", date(2018, 3, 5)),
        ("[03-05]", date(2018, 3, 5)),
        ("3月5日", date(2018, 3, 5)),
        ("03/05 10:20", date(2018, 3, 5)),
        ("12-30", date(2017, 12, 30)),
        ("03-17", date(2018, 3, 17)),
        ("03-18", date(2017, 3, 18)),
        ("05 2018-03", date(2018, 3, 5)),
        ("Mon, 05 Mar 2018 23:30:00 GMT", date(2018, 3, 6)),
        ("2小时前", date(2018, 3, 15)),
        ("昨天 08:00", date(2018, 3, 15)),
        ("09:30", date(2018, 3, 16)),
        ("2:35", None),
        (1520208000000, date(2018, 3, 5)),
        ("1520208000", date(2018, 3, 5)),
        ("", None),
        (None, None),
        (True, None),
        (0, None),
        (10**30, None),
        ("2018", None),
        ("13-45", None),
        ("2018-02-30", None),
        ("99999999天前", None),
    ],
)
def test_list_day(value: object, day: date | None) -> None:
    assert list_day(value, FETCHED) == day


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("互联网+公证上线 2018-03-08", "互联网+公证上线"),
        ("[03-08] 互联网+公证上线", "互联网+公证上线"),
        ("互联网+公证上线[03-08]", "互联网+公证上线"),
        ("2018年3月8日 10:20 互联网+公证上线", "互联网+公证上线"),
        ("3-5年内建成", "3-5年内建成"),
        ("中国制造2025", "中国制造2025"),
        ("一季度增长3.5", "一季度增长3.5"),
    ],
)
def test_a_day_at_the_edge_is_no_part_of_the_title(text: str, title: str) -> None:
    assert without_day(text) == title
