"""Windows, URLs and checked YAML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from pydantic import ConfigDict, TypeAdapter

from yuqing.core.errors import FileError, UsageError
from yuqing.core.records import Article
from yuqing.core.times import Windows
from yuqing.core.urls import canonical_url, host_allowed, item_id
from yuqing.core.yamlfile import check, read_yaml

MARCH = Windows({"2018-03": (date(2018, 2, 14), date(2018, 3, 15))})


@pytest.mark.parametrize(
    ("day", "window"),
    [
        (date(2018, 2, 13), "2018-02"),
        (date(2018, 2, 14), "2018-03"),  # the special window goes before the default one
        (date(2018, 3, 15), "2018-03"),
        (date(2018, 3, 16), "2018-04"),
        (date(2018, 12, 16), "2019-01"),
        (date(2018, 1, 31), "2018-02"),
    ],
)
def test_window_of_a_day(day: date, window: str) -> None:
    assert MARCH.of(day) == window


def test_window_days() -> None:
    assert MARCH.get("2019-01").first == date(2018, 12, 16)
    assert MARCH.get("2019-01").last == date(2019, 1, 15)
    assert MARCH.before("2018-04").name == "2018-03"


@pytest.mark.parametrize("name", ["2018", "2018-13", "2018-3", "march", "2018-03-01", ""])
def test_what_is_no_month(name: str) -> None:
    with pytest.raises(UsageError, match="YYYY-MM"):
        MARCH.get(name)


@pytest.mark.parametrize("text", ["2018", "2018-13-01", "2018-02-29", "２０１８-03-09", "3月9日"])
def test_an_article_whose_day_is_none_says_so(text: str) -> None:
    article = Article(url="http://a.cn/1.html", title="题", body="文", published_at=text)
    with pytest.raises(UsageError, match=f"http://a.cn/1.html: published_at “{text}” is not a day; write YYYY-MM-DD"):
        _ = article.day
    assert replace(article, published_at="").day is None
    assert replace(article, published_at="2018-03-09T23:30:00+08:00").day == date(2018, 3, 9)


def test_one_page_has_one_id() -> None:
    same = [
        "http://www.gov.cn/xinwen/2018-02/16/content_5267148.htm",
        "https://WWW.gov.cn:443/xinwen/2018-02/16/content_5267148.htm#1",
        " https://www.gov.cn/xinwen/2018-02/16/content_5267148.htm?utm_source=weibo ",
    ]
    assert len({item_id(url) for url in same}) == 1
    assert canonical_url("http://a.cn/x?b=2&a=1") == "http://a.cn/x?b=2&a=1"
    assert item_id("http://a.cn/x?id=1") != item_id("http://a.cn/x?id=2")


def test_hosts() -> None:
    assert host_allowed("bj.people.com.cn", ("people.com.cn",))
    assert not host_allowed("notpeople.com.cn", ("people.com.cn",))


@dataclass(frozen=True)
class Thing:
    __pydantic_config__ = ConfigDict(extra="forbid")
    name: str
    count: int = 0


def test_yaml_faults_have_their_place(tmp_path: Path) -> None:
    file = tmp_path / "things.yaml"
    file.write_text("things:\n- name: a\n  weight: 3\n- count: many\n", "utf-8")
    with pytest.raises(FileError) as caught:
        check(read_yaml(file), ("things",), read_yaml(file).data["things"], TypeAdapter(list[Thing]))
    lines = str(caught.value).splitlines()
    assert lines == [
        f"{file}:3:3: 不认识的键“weight”，请检查拼写（things → 第1项 → weight）",
        f"{file}:4:3: 缺少必填的键“name”（things → 第2项 → name）",
        f"{file}:4:3: 应为整数（things → 第2项 → count）",
    ]


@pytest.mark.parametrize(
    ("text", "place"), [("a: [1, 2\nb: 3\n", ":2:"), ("a: 1\na: 2\n", ":2:1"), ("a: 1\n b: 2\n", ":2:")]
)
def test_broken_yaml(tmp_path: Path, text: str, place: str) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(FileError, match=place):
        read_yaml(file)


def test_yaml_that_is_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "gbk.yaml"
    file.write_bytes("a: 1\nb: 教育\n".encode("gbk"))
    with pytest.raises(FileError, match=r"gbk\.yaml:2:1: 文件不是 UTF-8 编码"):
        read_yaml(file)
