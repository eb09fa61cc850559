"""The commands as users call them: what they print, and what they say when something is wrong."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from crawler.sources import load_sources
from tests.monitor.conftest import yuqing
from yuqing.monitor.ledger import Ledger

PAGE = """<html><head><title>教育部部署“互联网+教育”_中国政府网</title>
<meta name="PubDate" content="2018-03-09 10:30"></head><body><h1>教育部部署“互联网+教育”</h1>
<div class="pages-date">2018-03-09 10:30 来源：教育部网站</div><div id="UCAP-CONTENT">
<p>新华社北京3月9日电（记者甲乙）教育部9日印发通知，部署推进“互联网+教育”工作，要求各地加快建设数字校园。</p><p>通知提出，到2020年各类学校接入宽带网络。这项工作由教育部会同
有关部门组织实施，各地要制定方案，明确分工，按期完成。</p><p>责任编辑：丙丁</p></div></body></html>"""


@pytest.mark.shared
def test_replay_of_the_saved_pages(home: Path, shared: Path) -> None:
    shown = yuqing(home, "crawl", "--replay", str(shared / "pages/manifest.jsonl"))
    assert "143" in shown
    ledger = Ledger(home / "data/ledger.db")
    (run,) = ledger.runs()
    pages = list(ledger.pages(run.id))
    ledger.close()
    assert len(pages) == run.pages == 143
    assert len({page.url for page in pages}) == 143
    assert Counter(page.outcome for page in pages)["failed"] == 0


def test_extract_prints_one_article_a_line(home: Path) -> None:
    (home / "page.html").write_text(PAGE, "utf-8")
    (home / "empty.html").write_text("<html></html>", "utf-8")
    one = json.loads(
        yuqing(home, "extract", "page.html", "--url", "http://www.gov.cn/xinwen/2018-03/09/content_5272999.htm")
    )
    assert one["title"] == "教育部部署“互联网+教育”"
    assert one["published_at"] == "2018-03-09T10:30:00+08:00"
    assert one["date_source"] == "label"
    assert one["origin"] == "教育部网站"
    assert one["editor"] == "丙丁"
    assert "责任编辑" not in one["body"]
    two = [json.loads(line) for line in yuqing(home, "extract", "page.html", "empty.html").splitlines()]
    assert two[0]["title"] == one["title"]
    assert set(two[1]) >= {"url", "rejected"}


def test_classify_keeps_the_order(home: Path) -> None:
    lines = [
        {
            "id": "a",
            "url": "",
            "title": "",
            "text": "3月9日，教育部印发通知，部署“互联网+教育”。",
            "date": "2018-03-09",
        },
        {"id": "b", "url": "", "title": "", "text": "今天多云转晴，最高气温二十度。", "date": ""},
    ]
    (home / "in.jsonl").write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    first, second = (json.loads(line) for line in yuqing(home, "classify", "in.jsonl").splitlines())
    assert (first["id"], first["relevant"], first["ministries"]) == ("a", True, ["教育部"])
    assert first["sectors"][0]["phrase"] == "互联网+教育"
    assert first["sections"] == ["ministry"]
    evidence = next(e for e in first["evidence"] if e["tag"] == "教育部")
    assert lines[0]["text"][evidence["start"] : evidence["end"]] == evidence["text"] == "教育部"
    assert (second["id"], second["relevant"], second["sections"]) == ("b", False, [])


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["crawl", "gov-nowhere"], 2, "No source and no tier “gov-nowhere”"),
        (["add"], 2, "请写文章的网址"),
        (["add", "--text", "none.txt"], 2, "none.txt: 读不出 UTF-8 文字"),
        (["add", "--text", "keywords.yaml", "--day", "9日"], 2, "--day “9日”不是日期"),
        (["sources", "list", "--tier", "city"], 2, "“city” is not a tier; available: central-gov"),
        (["crawl", "--shard", "3/2"], 2, "“3/2” is not a shard"),
        (["crawl", "--replay", "none.warc.gz"], 2, "none.warc.gz: there is no such file"),
        (["report", "--window", "2018-13"], 2, "“2018-13” is not a month"),
        (["report", "--window", "2018-03"], 1, "has no relevant item"),
        (["report", "--window", "2018-03", "--format", "pdf"], 2, "“pdf” is not a format"),
        (["search", "x", "--window", "March"], 2, "“March” is not a month"),
        (["search", "x", "--section", "nowhere"], 2, "“nowhere” is not a section"),
        (["runs", "20180101-000000"], 2, "No run “20180101-000000”"),
        (["extract", "missing.html"], 2, "missing.html: cannot be read"),
        (["classify", "missing.jsonl"], 2, "missing.jsonl: cannot be read"),
    ],
)
def test_what_is_wrong_is_said(home: Path, words: list[str], code: int, message: str) -> None:
    assert message in yuqing(home, *words, code=code)


def test_faults_of_the_yaml_files_have_their_place(home: Path) -> None:
    (home / "sources.yaml").write_text("- id: a\n  nam: b\n", "utf-8")
    said = yuqing(home, "crawl", code=2)
    assert "sources.yaml:2:3: 这里没有“nam”这个键" in said
    assert "sources.yaml:1:3: 缺少必填的键“name”" in said
    (home / "keywords.yaml").write_text("settings: [1\n", "utf-8")
    assert "keywords.yaml:2:1" in yuqing(home, "keywords", "check", code=2)


def test_a_part_of_a_date_is_no_day_and_no_fault(home: Path) -> None:
    rows = [{"id": day, "text": "宁夏推进“互联网+教育”。", "date": day} for day in ("2015", "2015-11", "03-04", "")]
    (home / "in.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    found = [json.loads(line) for line in yuqing(home, "classify", "in.jsonl").splitlines()]
    assert [row["sectors"][0]["phrase"] for row in found] == ["互联网+教育"] * 4
    (home / "in.jsonl").write_text('{"text": "a", "date": "yesterday"}\n', "utf-8")
    assert "in.jsonl:1:15: field “date”: it must begin with YYYY-MM-DD" in yuqing(home, "classify", "in.jsonl", code=2)


def test_a_line_that_is_no_json_has_its_place(home: Path) -> None:
    (home / "in.jsonl").write_text('{"text": "a"}\n{"txt": 1}\n', "utf-8")
    assert "in.jsonl:2:1: " in yuqing(home, "classify", "in.jsonl", code=2)


def test_a_damaged_archive_is_skipped_counted_and_named(home: Path) -> None:
    (home / "page.html").write_text(PAGE, "utf-8")
    (home / "manifest.jsonl").write_text(
        "\n".join(
            json.dumps({"file": "page.html", "site": "gov.cn", "url": f"http://www.gov.cn/a{n}"}) for n in (1, 2)
        ),
        "utf-8",
    )
    yuqing(home, "crawl", "--replay", "manifest.jsonl")
    (file,) = (home / "data/archive").rglob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:-25])
    yuqing(home, "rebuild")
    ledger = Ledger(home / "data/ledger.db")
    run = ledger.runs(1)[0]
    (bad,) = [page for page in ledger.pages(run.id) if page.outcome == "unreadable"]
    ledger.close()
    assert run.pages == 2
    assert file.name in bad.detail
    assert "byte" in bad.detail


def test_a_data_folder_that_cannot_be_used(home: Path) -> None:
    (home / "data").write_text("a file, not a folder", "utf-8")
    said = yuqing(home, "crawl", "--replay", "sources.yaml", code=1)
    assert "data" in said


def test_a_full_disk_stops_the_run_and_is_said(home: Path) -> None:
    """/dev/full refuses every write; the archive is the first thing that is written."""
    (home / "data").mkdir()
    (home / "data/archive").symlink_to("/dev/full")
    (home / "page.html").write_text(PAGE, "utf-8")
    (home / "manifest.jsonl").write_text('{"file": "page.html", "site": "gov.cn"}\n', "utf-8")
    said = yuqing(home, "crawl", "--replay", "manifest.jsonl", code=1)
    assert "the archive cannot be written" in said
    ledger = Ledger(home / "data/ledger.db")
    assert ledger.runs(1)[0].state == "failed"
    ledger.close()


def test_schedule_list(home: Path) -> None:
    shown = yuqing(home, "schedule", "list")
    assert "crawl central-gov central-media" in shown
    assert "never" in shown


def test_sources_commands(home: Path) -> None:
    assert "gov-cn" in yuqing(home, "sources", "list", "--tier", "central-gov")
    assert "尚未采集" in yuqing(home, "sources", "check")
    assert "gov-cn" in yuqing(home, "sources", "table")


def test_an_article_is_added_by_hand_and_told_in_chinese(home: Path) -> None:
    text = "3月9日，浙江省发展改革委印发“互联网+医疗”行动方案，要求各地年底前建成远程会诊平台。"
    (home / "a.txt").write_text(text, "utf-8")
    given = ("add", "--text", "a.txt", "--title", "浙江印发方案", "--day", "2018-03-09", "--source", "浙江日报")
    shown = yuqing(home, *given)
    assert "2018-03-09　浙江日报　监测期 2018-03\n相关：互联网+医疗" in shown
    assert "没有保存；确认无误后加 --yes。" in shown
    assert (
        yuqing(home, "search", "远程会诊")
        == "共 0 条\n条目库还是空的（data/yuqing.db）。请先采集；已经采集过的，请到那个工作文件夹里运行。\n"
    )
    assert "新条目（indexed）：" in yuqing(home, *given, "--yes")
    assert "未变（unchanged）：" in yuqing(home, *given, "--yes")
    assert "共 1 条" in yuqing(home, "search", "远程会诊")


def test_what_is_copied_from_a_table_is_whole_on_a_narrow_terminal(home: Path) -> None:
    shown = yuqing(home, "sources", "list", COLUMNS="80")
    assert all(one in shown for one in load_sources(home / "sources.yaml"))
    assert "No run yet" in yuqing(home, "runs")
