"""The queue as a tool: orders, one decision on many, searches over everything, what cannot be accepted."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from indexer.saved_searches import saved_searches
from tests.web.conftest import ADDRESS, WINDOW, Page, make, ticks
from yuqing.core.records import Item
from yuqing.monitor.publish.review_page import host_headers, make_services
from yuqing.review.web.app import create_app


def titles(shown: str) -> list[str]:
    return re.findall(r'<span class="title">([^<]*)</span>', shown)


def batch_of(shown: str) -> str:
    found = re.search(r'name="batch" value="([^"]+)"', shown)
    assert found
    return found[1]


def test_in_the_order_of_the_report(page: Page) -> None:
    assert titles(page.get(f"/?window={WINDOW}&sort=report")) == [
        "教育部部署“互联网+教育”试点",
        "杭州市印发工作方案",
        "成都上线便民平台",
        "贵阳签署合作协议",
    ]
    by_day = titles(page.get(f"/?window={WINDOW}"))
    assert by_day[0] == "贵阳签署合作协议"
    assert sorted(by_day) == sorted(titles(page.get(f"/?window={WINDOW}&sort=unsure")))


def test_all_of_a_filter_at_once_and_back(page: Page, open_page, items: list[Item]) -> None:
    shown = page.post(f"/bulk?window={WINDOW}&section=province", {"action": "accept", "count": "3"})
    assert "已采纳 3 条" in shown
    store = page.space.store
    accepted = [item for item in store.scan() if item.review.state == "accepted"]
    assert {item.review.by for item in accepted} == {"王敏"}
    assert all(item.review.row and item.review.labels for item in accepted)
    open_page("李强").decide(accepted[0], "drop", 1)  # somebody changed one of them meanwhile
    undone = page.post(f"/bulk/undo?window={WINDOW}", {"batch": batch_of(shown)})
    assert "已撤销 2 条；1 条后来又有人改过" in undone
    states = {item.id: item.review.state for item in store.scan() if item.review.version}
    assert sorted(states.values()) == ["dropped", "pending", "pending"]
    assert "已经撤销过" in page.post(f"/bulk/undo?window={WINDOW}", {"batch": batch_of(shown)}, code=400)
    assert "现在是 3 条，不是 2 条" in page.post(f"/bulk?window={WINDOW}", {"action": "drop", "count": "2"}, code=400)
    assert "已剔除 3 条" in page.post(f"/bulk?window={WINDOW}", {"action": "drop", "count": "3"})


def test_what_has_no_section_is_not_accepted_silently(page: Page) -> None:
    item = make("某地推进“互联网+政务服务”", "3月9日，某地推进“互联网+政务服务”工作，办事更快。", sections=())
    page.space.store.put([item])
    assert "没有归入栏目" in page.decide(item, "accept")
    assert "1 条没有动：这条没有归入栏目" in page.post(
        f"/bulk?window={WINDOW}&section=none", {"action": "accept", "count": "1"}
    )
    assert page.space.store.get(item.id).review.state == "pending"
    page.decide(item, "accept", sections=["province"], note="补栏目")
    assert page.space.store.get(item.id).review.sections == ("province",)


def test_no_reason_is_asked_unless_the_setting_does(page: Page, items: list[Item]) -> None:
    assert "写明理由" in page.decide(items[3], "accept", sections=["enterprise"])
    page.space.settings.review.reasons = False
    app = create_app(make_services(page.space, WINDOW), hosts=host_headers("127.0.0.1", 8765))
    client = TestClient(app, base_url=ADDRESS, follow_redirects=False, cookies=page.client.cookies)
    Page(client, page.space).decide(
        items[3], "accept", sections=["enterprise"], **{**ticks(items[3]), "tag.sector": []}
    )
    review = page.space.store.get(items[3].id).review
    assert (review.state, review.sections, review.labels.sectors) == ("accepted", ("enterprise",), ())


def test_search_over_all_windows_states_and_below_the_threshold(page: Page, items: list[Item]) -> None:
    from msgspec.structs import replace

    page.space.store.put([replace(make("上月的平台", "2月9日，成都市上线平台。", "2018-02-09"), window="2018-02")])
    page.decide(items[3], "drop")
    shown = page.get("/search?text=成都&all=yes")
    assert sorted(titles(shown)) == ["上月的平台", "成都上线便民平台"]
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))
    for said in ("2018-03 1", "2018-02 1", "已剔除 1", "待审 1", "含低于门槛 2"):
        assert said in plain
    assert titles(page.get("/search?text=成都&window=2018-02")) == ["上月的平台"]
    assert titles(page.get("/search?text=运动会&all=yes")) == ["某县举办运动会"]
    assert titles(page.get("/search?text=运动会")) == []
    assert "全部监测期和状态共 2 篇" in page.get(f"/?window={WINDOW}&q=成都")


def test_a_search_shows_every_filter_it_has(page: Page) -> None:
    shown = page.get("/search?text=平台&section=province&source=gov-zj&since=2018-03-01")
    assert set(re.findall(r'aria-label="去掉([^"]+)"', shown)) == {
        "栏目：各省",
        "来源：浙江省人民政府",
        "自：2018-03-01",
    }
    box = shown[shown.index('class="search wide-search"') : shown.index("</form>")]
    assert 'name="section" value="province"' in box  # other words are searched for within the same filters


def test_searches_are_kept_for_everybody_and_forgotten(page: Page, open_page) -> None:
    page.post("/search/save", {"name": "成都平台", "text": "成都", "all": "yes", "alert": "yes"}, code=303)
    (kept,) = saved_searches(page.space.store).values()  # as `yuqing searches` and the alerts read them
    assert (kept.filters, kept.alert) == ({"text": "成都", "all": "yes"}, True)
    assert "成都平台" in open_page("李强").get("/search")
    assert "/search?text=%E6%88%90%E9%83%BD&amp;all=yes" in page.get(f"/?window={WINDOW}")
    page.post("/search/save", {"name": "成都平台", "forget": "yes"}, code=303)
    assert "成都平台" not in page.get("/search")
    assert "起个名字" in page.post("/search/save", {"name": "a/b", "text": "x"}, code=400)
