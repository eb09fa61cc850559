"""The daily list: by section, each item once, in parts that a chat robot takes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from msgspec.structs import replace

from indexer.open import open_store
from tests.review.conftest import NAMES, make
from yuqing.core.records import ReprintCluster, Review
from yuqing.core.times import SHANGHAI
from yuqing.monitor.alerts.book import AlertBook
from yuqing.monitor.alerts.channels import split_lines
from yuqing.monitor.alerts.daily import daily, told_before, write_down
from yuqing.monitor.settings import Settings

WHEN = datetime(2018, 3, 10, 8, 10, tzinfo=SHANGHAI)


def items():
    ministry = make(
        "教育部印发方案", "教育部3月9日印发《“互联网+教育”方案》。", "2018-03-09",
        sections=("ministry",), ministries=("教育部",), url="http://www.moe.gov.cn/1.html", site="教育部",
    )  # fmt: skip
    province = make(
        "福州启用平台", "3月8日，福州市启用“互联网+政务服务”平台。", "2018-03-09", region=("福建省", "福州市")
    )
    return [
        ministry,
        province,
        replace(
            make("转载", "同前。", "2018-03-09", url="http://a.cn/2"),
            cluster=ReprintCluster(id=ministry.id, lead=False),
        ),
        make("旧闻", "2月1日，福州市启用“互联网+医疗”平台。", "2018-02-01", region=("福建省", "福州市")),
        make("无关", "天气晴好。", "2018-03-09", relevant=False, url="http://a.cn/3"),
        make(
            "剔除的",
            "3月9日，某市启用“互联网+”平台。",
            "2018-03-09",
            review=Review(state="dropped", version=1),
            url="http://a.cn/4",
        ),
    ]


def test_what_is_new_by_section_and_once(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    store = open_store(str(tmp_path / "items.db"))
    store.put(items())
    for item in items():
        if item.review.version:
            store.set_review(item.id, replace(item.review, version=0), 0)
    found = daily(store, NAMES, told_before(settings), WHEN)
    assert found.title == "舆情日报 3月10日：新增 2 条"
    assert found.body == (
        "【国家部委】1 条\n• 3月9日，教育部印发《“互联网+教育”方案》。（教育部）\n  http://www.moe.gov.cn/1.html\n\n"
        "【各省】1 条\n• 3月8日，福建省福州市启用“互联网+政务服务”平台。（某省人民政府）\n  " + items()[1].article.url
    )
    write_down(settings, found, WHEN)
    assert daily(store, NAMES, told_before(settings), WHEN).items == ()
    again = daily(store, NAMES, told_before(settings), WHEN, date(2018, 3, 9))
    assert (again.title, again.items) == ("舆情日报 3月9日：2 条", found.items)
    book = AlertBook(settings.ledger_file)
    assert not any(told.open for told in book.sent().values())  # nothing of it "recovers" later
    book.close()
    store.close()


def test_a_long_list_goes_in_parts() -> None:
    body = "\n".join(f"• 第{number}条，某市启用“互联网+政务服务”平台。\n  http://a.cn/{number}" for number in range(60))
    parts = split_lines(body, 2048)
    assert len(parts) > 2
    assert all(len(part.encode()) <= 2048 for part in parts)
    assert "\n".join(parts) == body
    assert "".join(split_lines("长" * 3000, 2048)) == "长" * 3000
    assert split_lines("短", 2048) == ["短"]
