"""Tags corrected on the page: what is asked for, what is kept, and what the rules may not undo."""

from __future__ import annotations

from collections.abc import Callable

import lxml.html
import pytest
from msgspec.structs import replace

from indexer.store import Query, TagChange
from tests.web.conftest import WINDOW, Page, make, ticks
from yuqing.core.facets import correctable
from yuqing.core.records import Item, Labels, RegionTag, Review, SectorTag
from yuqing.review.web.tag_form import labels_text

ROW = "3月10日，成都市上线“互联网+医疗”便民平台。"


def stored(page: Page, item: Item) -> Item:
    found = page.space.store.get(item.id)
    assert found is not None
    return found


def labels_of(page: Page, item: Item) -> Labels:
    found = stored(page, item).review.labels
    assert found is not None
    return found


def boxes(html: str, facet: str) -> dict[str, bool]:
    """The ticks of a facet on the page."""
    found = lxml.html.fromstring(html).cssselect(f".ticks input[type=checkbox][name='tag.{facet}']")
    return {box.get("value"): box.get("checked") is not None for box in found}


def test_the_form_shows_the_tags_of_the_rules_ticked(page: Page, items: list[Item]) -> None:
    html = page.get(f"/?item={items[3].id}")
    assert boxes(html, "sector") == {"医疗": True}
    assert boxes(html, "region") == {"四川省": True}
    assert boxes(html, "ministry") == {}
    tree = lxml.html.fromstring(html)
    known = {option.get("value") for option in tree.cssselect("#known-region option")}
    assert {"四川省", "四川省/成都市", "北京市", "内蒙古自治区"} <= known
    assert "教育部" in {option.get("value") for option in tree.cssselect("#known-ministry option")}
    assert [field.get("aria-label") for field in tree.cssselect(".ticks .more")] == [
        f"加{facet.label}" for facet in correctable()
    ]


def test_what_is_accepted_is_accepted_with_its_tags(page: Page, items: list[Item]) -> None:
    page.decide(items[3], "accept", row=ROW)
    tags = items[3].tags
    assert labels_of(page, items[3]) == Labels(sectors=tags.sectors, regions=tags.regions, further={"action": ()})
    page.decide(items[2], "save")
    assert stored(page, items[2]).review.labels is None  # nobody confirmed anything


def test_a_correction_asks_for_a_reason_and_is_kept_with_who_and_why(page: Page, items: list[Item]) -> None:
    changed = ticks(items[3]) | {
        "tag.sector": ["政务服务", ""],
        "tag.region": ["四川省", "四川省/成都市"],
        "tag.ministry": "教育部",
        "tag.enterprise": ["", "腾讯"],
    }
    html = page.decide(items[3], "accept", row=ROW, **changed)
    for said in ("改动了标签", "加上 领域 政务服务、地区 四川省/成都市、部委 教育部、企业 腾讯", "去掉 领域 医疗"):
        assert said in html
    assert boxes(html, "sector") == {"医疗": False, "政务服务": True}
    assert stored(page, items[3]).review == Review()
    page.decide(items[3], "accept", row=ROW, note="文中另有教育部", **changed)
    review = stored(page, items[3]).review
    assert (review.by, review.note) == ("王敏", "文中另有教育部")
    labels = labels_of(page, items[3])
    (sector,) = labels.sectors
    assert (sector.name, sector.phrase, bool(sector.group)) == ("政务服务", "互联网+政务服务", True)
    assert [(r.province, r.city, r.code[:4], r.primary) for r in labels.regions] == [
        ("四川省", "", "", True),
        ("四川省", "成都市", "5101", True),
    ]
    assert (labels.ministries, labels.enterprises) == (("教育部",), ("腾讯",))
    history = lxml.html.fromstring(page.get(f"/?item={items[3].id}")).cssselect(".history")[0].text_content()
    assert "部委 教育部" in history
    assert "文中另有教育部" in history


def test_filters_counts_and_report_use_the_corrected_tags_and_undo_takes_them_back(
    page: Page, items: list[Item]
) -> None:
    changed = ticks(items[3]) | {"tag.sector": "旅游", "tag.region": "云南省/昆明市", "tag.enterprise": "腾讯"}
    page.decide(items[3], "accept", row="3月10日，昆明市上线平台。", note="地区判断有误", **changed)
    assert items[3].article.title in page.get("/?state=all&province=云南省&sector=旅游&enterprise=腾讯")
    assert items[3].article.title not in page.get("/?state=all&province=四川省")
    assert page.space.store.count(Query(window=WINDOW, tags={"region": "昆明市", "sector": "旅游"})) == 1
    report = page.client.get("/report/download.md").text
    assert "云南" in report
    assert "四川省" not in report
    page.post(f"/items/{items[3].id}/restore", {"version": "1", "to": "0"})
    assert stored(page, items[3]).review.labels is None
    assert items[3].article.title in page.get("/?state=all&province=四川省")
    assert page.space.store.count(Query(window=WINDOW, tags={"region": "昆明市"})) == 0


def test_a_retag_and_a_new_crawl_leave_the_tags_and_the_difference_is_shown(page: Page, items: list[Item]) -> None:
    page.decide(items[3], "accept", row=ROW)
    new = replace(
        items[3].tags,
        sectors=(SectorTag(name="教育", group="民生服务", phrase="互联网+教育"),),
        ministries=("财政部",),
    )
    page.space.store.set_tags([TagChange(items[3].id, items[3].content_hash, new)])
    page.client.app.state.shared.queue_cache.read(WINDOW)  # type: ignore[attr-defined]
    html = page.get(f"/?item={items[3].id}")
    assert "按现在的规则会加上 领域 教育、部委 财政部；去掉 领域 医疗；以您审定的为准" in html
    assert boxes(html, "sector") == {"医疗": True, "教育": False}
    assert boxes(html, "ministry") == {"财政部": False}
    assert items[3].article.title in page.get("/?state=all&sector=医疗")
    assert items[3].article.title not in page.get("/?state=all&ministry=财政部")
    page.space.store.put([replace(items[3], content_hash="x", article=replace(items[3].article, body="改了。"))])
    assert labels_of(page, items[3]).sectors == items[3].tags.sectors
    # What the rules say now can be taken over, with a reason.
    page.decide(items[3], "accept", 1, row=ROW, note="照新规则", **ticks(items[3]) | {"tag.sector": "教育"})
    assert labels_of(page, items[3]).sectors == new.sectors


def test_a_place_that_was_only_mentioned_can_be_made_the_place_of_the_news(page: Page) -> None:
    both = make("两地合作", "3月9日，四川与贵州签署“互联网+旅游”协议。", phrase="互联网+旅游", province="四川省")
    regions = (*both.tags.regions, RegionTag(province="贵州省", code="520000"))
    item = replace(both, tags=replace(both.tags, regions=regions))
    page.space.store.put([item])
    assert boxes(page.get(f"/?item={item.id}"), "region") == {"四川省": True, "~贵州省": True}
    form = ticks(item) | {"tag.region": ["~贵州省", "贵州省"]}
    page.decide(item, "accept", row="3月9日，贵州签署协议。", note="发生在贵州", **form)
    assert [(r.province, r.primary) for r in labels_of(page, item).regions] == [("贵州省", True)]


def test_names_are_chosen_never_invented(page: Page, items: list[Item]) -> None:
    for facet, name in (("sector", "造词"), ("region", "成都"), ("ministry", "腾讯"), ("enterprise", "<b>某</b>")):
        form = ticks(items[3]) | {f"tag.{facet}": name}
        query = f"/items/{items[3].id}/decide"
        said = page.post(
            query, {"version": "0", "action": "accept", "row": ROW, "sections": "province", "note": "x", **form}, 400
        )
        assert "请从提示的名单里选" in said
        assert "<b>某" not in said
    assert stored(page, items[3]).review == Review()
    incomplete = {"version": "0", "action": "accept", "row": ROW, "sections": "province"}
    assert "表单不完整" in page.post(f"/items/{items[3].id}/decide", incomplete, 400)


def test_a_hostile_phrase_of_an_article_is_text_in_the_ticks(page: Page) -> None:
    phrase = '互联网+"><img src=x onerror=alert(1)>'
    item = make("怪词", f"3月9日，某市推进“{phrase}”。", phrase=phrase)
    item = replace(item, tags=replace(item.tags, sectors=(SectorTag(name=None, group=None, phrase=phrase),)))
    page.space.store.put([item])
    html = page.get(f"/?item={item.id}")
    assert boxes(html, "sector") == {phrase: True}
    assert "<img" not in html
    page.decide(item, "accept", row="3月9日，某市推进。")
    assert labels_of(page, item).sectors[0].phrase == phrase
    assert "<img" not in page.get(f"/?item={item.id}")


def test_a_conflict_shows_both_sets_of_tags(open_page: Callable[[str], Page], items: list[Item]) -> None:
    first, second = open_page("王敏"), open_page("李强")
    first.decide(items[3], "accept", row=ROW, note="一", **ticks(items[3]) | {"tag.ministry": "教育部"})
    html = second.decide(items[3], "accept", row=ROW, note="二", **ticks(items[3]) | {"tag.ministry": "财政部"})
    conflict = lxml.html.fromstring(html).cssselect(".conflict")[0].text_content()
    assert "部委 教育部" in conflict
    assert "部委 财政部" in conflict
    assert boxes(html, "ministry") == {"教育部": False, "财政部": True}
    assert labels_of(first, items[3]).ministries == ("教育部",)


def test_a_drop_may_say_why(page: Page, items: list[Item]) -> None:
    page.decide(items[3], "drop", reason="irrelevant")
    review = stored(page, items[3]).review
    assert (review.state, review.reason, review.labels) == ("dropped", "irrelevant", None)
    assert (
        "与主题无关" in lxml.html.fromstring(page.get(f"/?item={items[3].id}")).cssselect(".history")[0].text_content()
    )
    page.decide(items[3], "accept", 1, row=ROW, reason="irrelevant")
    assert stored(page, items[3]).review.reason == ""
    form = {"version": "2", "action": "drop", "reason": "boring", **ticks(items[3])}
    page.post(f"/items/{items[3].id}/decide", form, 400)


@pytest.mark.parametrize("labels", [Labels(), Labels(ministries=("教育部",))])
def test_tags_in_words(labels: Labels) -> None:
    assert labels_text(labels) == ("部委 教育部" if labels.ministries else "没有标签")


def test_known_names_follow_the_rules_file(page: Page, items: list[Item]) -> None:
    path = page.space.settings.keywords
    text = path.read_text("utf-8")
    path.write_text(text.replace("name: 教育, group", "name: 教学, group", 1), "utf-8")
    assert 'value="教学"' in page.get()
    path.write_text("settings: [", "utf-8")
    assert 'value="教学"' in page.get()  # a faulty file does not stop the review
    path.write_text(text, "utf-8")
    page.decide(items[3], "accept", row=ROW, note="也是教育", **ticks(items[3]) | {"tag.sector": ["医疗", "教育"]})
    assert [tag.name for tag in labels_of(page, items[3]).sectors] == ["医疗", "教育"]


def test_tags_made_anew_under_an_open_form_are_confirmed_by_nobody(page: Page, items: list[Item]) -> None:
    form = ticks(items[3])
    new = replace(items[3].tags, sectors=(), ministries=("财政部",), rules="newer")
    page.space.store.set_tags([TagChange(items[3].id, items[3].content_hash, new)])
    html = page.decide(items[3], "accept", row=ROW, **form)
    assert "刚按新的规则重新标注过" in html
    assert boxes(html, "ministry") == {"财政部": False}
    assert lxml.html.fromstring(html).cssselect("#row")[0].value == ROW
    assert stored(page, items[3]).review == Review()
    page.decide(items[3], "accept", row=ROW, note="核对过", **form | {"rules": "newer", "tag.sector": "医疗"})
    assert [tag.name for tag in labels_of(page, items[3]).sectors] == ["医疗"]
    page.decide(items[2], "drop", **ticks(items[2]) | {"rules": "older", "tag.sector": "没有了的词"})
    assert stored(page, items[2]).review.state == "dropped"  # a drop confirms no tag


def test_an_item_with_a_persons_words_stays_in_the_queue_when_the_rules_let_it_go(
    page: Page, items: list[Item]
) -> None:
    page.decide(items[3], "save", row="存了一半的一句。")
    for item in items[2:4]:
        gone = replace(item.tags, relevant=False, sectors=(), sections=())
        page.space.store.set_tags([TagChange(item.id, item.content_hash, gone)])
    page.client.app.state.shared.queue_cache.read(WINDOW)  # type: ignore[attr-defined]
    html = page.get()
    assert items[3].article.title in html
    assert "有存稿" in html
    assert items[2].article.title not in html


def test_what_has_no_day_cannot_be_accepted_into_no_report(page: Page, items: list[Item]) -> None:
    item = make("没有日期", "某市推进“互联网+政务服务”。")
    item = replace(item, window="", article=replace(item.article, published_at=""))
    page.space.store.put([item])
    assert "无法归入任何一期报告" in page.decide(item, "accept")
    page.decide(item, "drop")
    assert stored(page, item).review.state == "dropped"
