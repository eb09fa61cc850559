"""Stories of one event in other words."""

from __future__ import annotations

from msgspec.structs import replace

from yuqing.core.records import ReprintCluster
from yuqing.review.check.same_event import alike, likeness

PLACE = ("云南省", "清水市")


def test_two_papers_on_one_event(make_item) -> None:
    one = make_item(
        "清水启用花卉竞拍系统",
        "3月6日，清水市“云上花市”竞拍系统启用，首日成交玫瑰620万枝。",
        "2018-03-07",
        region=PLACE,
    )
    other = make_item(
        "花农不用进场了",
        "清水昨天试了新办法：“云上花市”里620万枝玫瑰一天卖完，竞拍全在手机上。",
        "2018-03-07",
        region=PLACE,
    )
    like = likeness(one, other)
    assert like.same
    assert {"云上花市", "6.2e+06"} <= set(like.shared)
    assert alike(one, [one, other]) == ((other, like),)


def test_what_is_near_is_not_the_same(make_item) -> None:
    one = make_item(
        "清水启用花卉竞拍系统", "3月6日，清水市花卉竞拍系统启用，成交玫瑰620万枝。", "2018-03-07", region=PLACE
    )
    for body, day, region in (
        ("3月6日，清水市养老服务地图发布，标注机构1100处。", "2018-03-07", PLACE),  # another act of that day and place
        ("3月6日，玉湖市花卉竞拍系统启用，成交玫瑰620万枝。", "2018-03-07", ("云南省", "玉湖市")),  # another place
        ("4月6日，清水市花卉竞拍系统启用一月，成交玫瑰620万枝。", "2018-04-07", PLACE),  # another month
    ):
        assert not likeness(one, make_item("某事", body, day, region=region)).same


def test_reprints_are_together_already(make_item) -> None:
    body = "3月6日，清水市“云上花市”竞拍系统启用，首日成交玫瑰620万枝。"
    one, other = (
        replace(make_item(title, body, "2018-03-07", region=PLACE), cluster=ReprintCluster(id="x")) for title in "甲乙"
    )
    assert alike(one, [other]) == ()
