"""``yuqing sources probe`` and ``add`` as a user gives them, over real HTTP."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.source_edit import appended
from crawler.sources import load_sources
from tests import forked
from tests.forked import Done
from tests.sources.changing.changes import CHANGES, COLUMN
from tests.sources.changing.known import Trs, UcapHtml
from tests.sources.changing.measure import served
from tests.sources.changing.site import Piece, Site
from tests.sources.changing.tuned import Cards
from yuqing.core.times import now

pytestmark = pytest.mark.xdist_group("probe")


def run(folder: Path, *words: str) -> Done:
    """A command in the folder of ``folder``."""
    return forked.run(folder, os.environ, ["sources", *words])


def site(host: str, layout: type[Trs]) -> Site:
    """A site of today."""
    return Site(host, "示范市人民政府网", 7, layout(), now().date())


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with two sources (one moved, one sound) and a new site that no record knows."""
    moved, sound, new = site("www.m.gov-demo.cn", Cards), site("www.s.gov-demo.cn", UcapHtml), site("www.n.gov.cn", Trs)
    text = appended("# 我的来源\n", moved.record("moved", (COLUMN,)))
    (tmp_path / "sources.yaml").write_text(appended(text, sound.record("sound", (COLUMN,))), "utf-8")
    after = CHANGES[0].make(moved, Trs())
    with served([*after, sound, new]) as (port, _):
        crawl = f"[crawl]\ndelay = 0\nautothrottle = false\ngateway = {port}\n"
        (tmp_path / "yuqing.toml").write_text(crawl, "utf-8")
        yield tmp_path


def test_probe_tells_mends_and_applies(folder: Path) -> None:
    before = (folder / "sources.yaml").read_text("utf-8")
    told = run(folder, "probe")
    assert told.code == 1, told.stderr
    lines = told.stdout.splitlines()
    assert lines[0].startswith("改版　moved ")
    assert lines[1].startswith("可用　sound ")
    assert "+    - {url: http://www.m.gov-demo.cn/xxgk/yw.htm" in told.stdout
    assert (folder / "sources.yaml").read_text("utf-8") == before
    page = (folder / "out/sources-probe.html").read_text("utf-8")
    assert "可直接应用的修改" in page
    kept = json.loads((folder / "out/sources-probe.json").read_text("utf-8"))
    assert kept["verdicts"] == {"失联": 0, "拒绝": 0, "改版": 1, "部分可用": 0, "可用": 1}
    run(folder, "probe", "--last", "--apply")
    after = (folder / "sources.yaml").read_text("utf-8")
    assert after.startswith("# 我的来源\n")
    assert [path.read_text("utf-8") for path in folder.glob("sources.yaml.*.bak")] == [before]
    assert {source.verified for source in load_sources(folder / "sources.yaml").values()} == {now().date()}
    assert "没有可写入的修改" in run(folder, "probe", "--last", "--apply").stdout
    assert (folder / "sources.yaml").read_text("utf-8") == after
    again = run(folder, "probe", "--json")
    assert again.code == 0, again.stdout
    assert [each["verdict"] for each in json.loads(again.stdout)["sources"]] == ["可用", "可用"]


def test_add_makes_a_record_from_an_address(folder: Path) -> None:
    shown = run(folder, "add", "http://www.n.gov.cn/xwdt/yw/")
    assert shown.code == 0, shown.stderr
    assert "没有写入" in shown.stdout
    done = run(folder, "add", "http://www.n.gov.cn/", "--yes")
    assert done.code == 0, done.stderr
    source = load_sources(folder / "sources.yaml")["gov-n"]
    assert (source.name, source.province, source.tier, source.cms) == ("示范市人民政府网", "35", "province-gov", "trs")
    assert source.lists[0].url == "http://www.n.gov.cn/xwdt/yw/"
    assert source.lists[0].channel == COLUMN
    assert run(folder, "probe", "gov-n").stdout.startswith("可用　gov-n ")


class Portal(Trs):
    """A home page of headlines in several boxes, without a day, and no columns to speak of."""

    def print_list(self, site: Site, path: str, rows: list[Piece]) -> dict[str, str]:
        return {}


def test_add_reads_a_portal_as_a_whole(tmp_path: Path) -> None:
    portal = site("www.portal-demo.cn", Portal)
    (tmp_path / "sources.yaml").write_text("[]\n", "utf-8")
    with served([portal]) as (port, _):
        crawl = f"[crawl]\ndelay = 0\nautothrottle = false\ngateway = {port}\n"
        (tmp_path / "yuqing.toml").write_text(crawl, "utf-8")
        shown = run(tmp_path, "add", "http://www.portal-demo.cn/", "--dry-run")
    assert shown.code == 0, shown.stderr
    titles = {piece.title for piece in portal.pieces}
    listed = [line for line in shown.stdout.splitlines() if line.startswith("  ") and "http" in line and "　" in line]
    assert len(listed) == 10
    assert all(any(title in line for title in titles) for line in listed)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "www.n.gov.cn"), 2, "不是网页地址"),
        (("add", "http://www.s.gov-demo.cn/x"), 2, "已经属于来源 sound"),
        (("add", "http://www.nobody.gov.cn/"), 1, "http://www.nobody.gov.cn/"),
        (("probe", "nobody"), 2, "nobody"),
        (("probe", "--host", "www.x.cn"), 2, "name that source"),
    ],
)
def test_what_cannot_be_done_is_told(folder: Path, words: tuple[str, ...], code: int, said: str) -> None:
    done = run(folder, *words)
    assert done.code == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
