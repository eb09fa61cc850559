"""sources.yaml changed in place: comments and spelling stay, the rest of the file does not move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from crawler.source_edit import RecordEdit, appended, difference, edited
from crawler.sources import load_sources
from yuqing.core.errors import YuqingError

TODAY = date(2026, 11, 29)
FILE = """# 说明：来源
- id: gov-a   # 甲市
  name: 甲市政府
  tier: province-gov
  hosts: [www.a.gov.cn]
  cms: trs
  lists:
    # 常用的两个
    - {url: http://www.a.gov.cn/yw/, adapter: trs-static, channel: 要闻}
    - &wide
      url: http://www.a.gov.cn/bm/
      adapter: html-list
      channel: 部门
      items: '.list a'  # 2019 年的版式

    - {<<: *wide, url: http://www.a.gov.cn/xs/, channel: 县市}
  verified: never  # 从未核实
  note: '一行备注'


# 二、乙市
- id: gov-b
  name: 乙市政府
  tier: province-gov
  hosts:
    [www.b.gov.cn,
     zwgk.b.gov.cn]
  article_urls: [trs,
    '/b/\\d+\\.html']
  lists:
    - {url: http://www.b.gov.cn/yw/, adapter: html-list}
"""
NEW = {"url": "http://www.a.gov.cn/new/?a=1&p=1", "adapter": "html-list", "items": "#x > li", "fields": {"day": "b"}}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sources.yaml"
    path.write_text(FILE, "utf-8")
    return path


def changed(path: Path, *edits: RecordEdit) -> str:
    """The file after ``edits``; it must load."""
    text = edited(FILE, path, edits, TODAY)
    path.write_text(text, "utf-8")
    load_sources(path)
    return text


def added_and_removed(text: str, path: Path) -> tuple[list[str], list[str]]:
    """The lines that came and went."""
    lines = difference(FILE, text, path).splitlines()[2:]
    return [x[1:] for x in lines if x.startswith("+")], [x[1:] for x in lines if x.startswith("-")]


def test_a_list_on_one_line_is_deprecated_and_the_new_one_stands_behind_it(file: Path) -> None:
    old = "http://www.a.gov.cn/yw/"
    edit = RecordEdit(source_id="gov-a", verified=TODAY, replaced=[(old, {**NEW, "channel": "要闻"}, "页面不存在")])
    came, went = added_and_removed(changed(file, edit), file)
    assert went == [
        "    - {url: http://www.a.gov.cn/yw/, adapter: trs-static, channel: 要闻}",
        "  verified: never  # 从未核实",
    ]
    assert came[0].endswith(", deprecated: {date: 2026-11-29, reason: 页面不存在}}")
    assert came[2] == "  verified: 2026-11-29  # 从未核实"
    source = load_sources(file)["gov-a"]
    assert [listed.url for listed in source.open_lists] == [NEW["url"], *(x.url for x in source.lists[2:])]
    assert source.open_lists[0].items == "#x > li"
    assert source.verified == TODAY


def test_what_other_lists_take_over_from_a_deprecated_one_does_not_deprecate_them(file: Path) -> None:
    came, went = added_and_removed(
        changed(file, RecordEdit(source_id="gov-a", replaced=[("http://www.a.gov.cn/bm/", NEW, "列表为空")])), file
    )
    assert went == []
    assert came[0] == "      deprecated: {date: 2026-11-29, reason: 列表为空}"
    source = load_sources(file)["gov-a"]
    assert [listed.deprecated is None for listed in source.lists] == [True, False, True, True]
    assert source.lists[3].items == ".list a"


def test_words_are_added_to_lists_over_several_lines_and_to_missing_keys(file: Path) -> None:
    text = changed(
        file,
        RecordEdit(source_id="gov-b", article_urls=(r"/n/\d{6}/x",), hosts=("www.bnew.gov.cn",), verified=TODAY),
        RecordEdit(source_id="gov-a", article_urls=("founder",), encoding="utf-8"),
    )
    first, second = load_sources(file).values()
    assert second.article_urls == ("trs", r"/b/\d+\.html", r"/n/\d{6}/x")
    assert second.hosts == ("www.b.gov.cn", "zwgk.b.gov.cn", "www.bnew.gov.cn")
    assert second.verified == TODAY
    assert first.article_urls == ("trs", "trs-hash", "founder")  # what the cms meant is said now
    assert first.encoding == "utf-8"
    assert "# 二、乙市" in text
    assert "# 常用的两个" in text


def test_all_changes_of_a_record_at_once_keep_their_places(file: Path) -> None:
    text = FILE.replace("    - {<<: *wide, url: http://www.a.gov.cn/xs/, channel: 县市}\n", "").replace(
        "\n\n  ver", "\n  ver"
    )
    lists = [("http://www.a.gov.cn/bm/", NEW, "页面不存在"), ("", {**NEW, "url": "http://www.a.gov.cn/z/"}, "新增")]
    edit = RecordEdit(
        source_id="gov-a", verified=TODAY, encoding="utf-8", article_urls=("founder",), replaced=lists
    )  # fmt: skip
    file.write_text(edited(text, file, [edit], TODAY), "utf-8")
    source = load_sources(file)["gov-a"]
    assert [listed.url for listed in source.open_lists] == [
        "http://www.a.gov.cn/yw/",
        NEW["url"],
        "http://www.a.gov.cn/z/",
    ]
    assert (source.article_urls, source.verified, source.encoding) == (("trs", "trs-hash", "founder"), TODAY, "utf-8")


def test_what_the_file_does_not_hold_is_told(file: Path) -> None:
    with pytest.raises(YuqingError, match="gov-c"):
        edited(FILE, file, [RecordEdit(source_id="gov-c", verified=TODAY)], TODAY)


def test_a_new_record_goes_to_the_end(file: Path) -> None:
    record = {"id": "gov-c", "name": "丙市", "tier": "province-gov", "province": "11", "hosts": ["www.c.gov.cn"],
              "lists": [{"url": "http://www.c.gov.cn/", "adapter": "html-list"}],
              "select": {"body": ["#zoom"]}, "verified": TODAY}  # fmt: skip
    file.write_text(appended(FILE, record), "utf-8")
    source = load_sources(file)["gov-c"]
    assert (source.province, source.select.body, source.verified) == ("11", ("#zoom",), TODAY)


def test_records_of_the_real_file_are_edited_without_touching_another(root: Path, tmp_path: Path) -> None:
    path = root / "sources.yaml"
    text, before = path.read_text("utf-8"), load_sources(path)
    chosen = [source for source in before.values() if source.lists][::12]
    new = {source.id: f"http://{source.hosts[0]}/n/" for source in chosen}
    edits = [
        RecordEdit(
            source_id=source.id,
            verified=TODAY,
            replaced=[(source.lists[0].url, {"url": new[source.id], "adapter": "html-list"}, "页面不存在")],
        )
        for source in chosen
    ]
    copy = tmp_path / "sources.yaml"
    copy.write_text(edited(text, path, edits, TODAY), "utf-8")
    after = load_sources(copy)
    assert [name for name in before if before[name] != after[name]] == [source.id for source in chosen]
    for source in chosen:
        lists = after[source.id].lists
        assert lists[0] == replace(source.lists[0], deprecated=lists[0].deprecated)
        assert lists[0].deprecated is not None
        assert lists[1].url == new[source.id]
        assert lists[2:] == source.lists[1:]
        assert after[source.id].verified == TODAY
