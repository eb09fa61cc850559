"""Stories of one event in other words."""

from __future__ import annotations

from contextlib import closing

from msgspec.structs import replace

from indexer.embedded.store import EmbeddedStore
from yuqing.core.records import ReprintCluster
from yuqing.review.check.same_event import Around, alike, likeness
from yuqing.review.web.same_event import alike_in_store

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
    like = likeness(one, other, Around((one, other)))
    assert like.same
    assert {"云上花市", "620万"} <= set(like.shared)
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
        other = make_item("某事", body, day, region=region)
        assert not likeness(one, other, Around((one, other))).same


def test_a_provinces_act_and_a_citys_of_another_kind_are_two_events(make_item) -> None:
    text = "以“花事通”为目标，推行电子证照、花卉竞拍、产地追溯。"
    province = make_item("全省花卉工作会议召开", f"3月6日，云南省召开会议，{text}", "2018-03-07", region=("云南省",))
    city = make_item("清水出台意见", f"3月6日，清水市印发意见，{text}", "2018-03-07", region=PLACE)
    for acts, same in ((("会议部署", "出台文件"), True), (("会议部署",), False)):
        meeting = replace(province, id=acts[-1], tags=replace(province.tags, actions=acts))
        paper = replace(city, tags=replace(city.tags, actions=("出台文件",)))
        assert likeness(meeting, paper, Around((meeting, paper))).same is same


def test_reprints_are_together_already(make_item) -> None:
    body = "3月6日，清水市“云上花市”竞拍系统启用，首日成交玫瑰620万枝。"
    one, other = (
        replace(make_item(title, body, "2018-03-07", region=PLACE), cluster=ReprintCluster(id="x")) for title in "甲乙"
    )
    assert alike(one, [other]) == ()


def test_what_few_stories_around_have_counts_more(make_item) -> None:
    one = make_item(
        "清水刺绣直播基地投用", "3月6日，清水市刺绣直播基地投用，年内培训绣娘。", "2018-03-07", region=PLACE
    )
    other = make_item("老手艺上镜头", "清水的绣坊里，绣工对着手机开播。", "2018-03-08", region=PLACE)
    many = [make_item(f"第{n}则", f"清水市第{n}个养老站开门迎客。", "2018-03-07", region=PLACE) for n in range(40)]
    rare = likeness(one, other, Around((one, other, *many)))
    common = likeness(
        one, other, Around((one, other, *(make_item(f"绣{n}", "绣坊直播", "2018-03-07") for n in range(40))))
    )
    assert rare.score > common.score


def test_a_town_that_the_other_names_is_enough(make_item) -> None:
    one = make_item(
        "滨江与云商签约",
        "3月6日，滨江省政府与云商集团在清水签约，投资30亿元建监测站400座。",
        "2018-03-07",
        region=PLACE,
    )
    other = make_item(
        "源头装上听诊器", "一纸协议昨天在清水落笔：三十亿元，监测站四百座。", "2018-03-07", region=("青海省", "玉湖市")
    )
    assert likeness(one, other, Around((one, other))).same
    province = make_item("监测站", "一纸协议昨天落笔：三十亿元，监测站四百座。", "2018-03-07", region=("云南省", ""))
    assert likeness(one, province, Around((one, province))).enough > likeness(one, other, Around((one, other))).enough


def test_a_story_without_a_place_is_found_by_the_name_it_quotes(make_item, tmp_path) -> None:
    one = make_item("清水启用竞拍系统", "3月6日，清水市“云上花市”启用，成交玫瑰620万枝。", "2018-03-07", region=PLACE)
    other = make_item("花农不进场", "“云上花市”里620万枝玫瑰一天卖完。", "2018-03-07")
    with closing(EmbeddedStore(tmp_path / "items.sqlite")) as store:
        store.put([one, other])
        assert [story.id for story, _ in alike_in_store(store, one)] == [other.id]
