"""The archive keeps what was fetched, and gives back all of it that can be read."""

from __future__ import annotations

import gzip
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from warcio.warcwriter import WARCWriter

from crawler.archive import ArchiveWriter, archive_files, find_pages, gzip_members, read_pages
from yuqing.core.errors import YuqingError
from yuqing.core.records import Link, Page
from yuqing.core.times import SHANGHAI

WHEN = datetime(2018, 3, 5, 9, 30, tzinfo=SHANGHAI)


def page(url: str, **more: object) -> Page:
    values: dict[str, object] = {
        "url": url,
        "body": f"<p>{url} 的正文 镕</p>".encode("gb18030"),
        "source_id": "gov-cn",
        "fetched_at": WHEN,
        "headers": {"Content-Type": "text/html; charset=gb2312", "ETag": '"a1"'},
    }
    return Page(**{**values, **more})  # type: ignore[arg-type]


def write(folder: Path, *pages: Page, run: str = "20180305-093000") -> Path:
    writer = ArchiveWriter(folder, run)
    for one in pages:
        writer.write(one)
    writer.close()
    return archive_files(folder)[-1]


def test_a_page_comes_back_as_it_was(tmp_path: Path) -> None:
    link = Link(url="http://www.gov.cn/a", title="“互联网+”标题", day=date(2018, 3, 5), channel="要闻")
    part = page("http://www.gov.cn/a_2", kind="part")
    first = page("http://www.gov.cn/a", link=link, parts=(part,), note="ok", status=200)
    listing = page("http://www.gov.cn/list", kind="listing", links=12)
    file = write(tmp_path, first, listing)
    assert list(read_pages(file, pytest.fail)) == [first, listing]


def test_encoded_bodies_are_stored_decoded(tmp_path: Path) -> None:
    file = write(tmp_path, page("http://a/", headers={"Content-Encoding": "gzip", "Server": "x"}))
    (back,) = read_pages(file, pytest.fail)
    assert back.headers == {"Server": "x"}


def test_damage_in_the_middle_loses_that_record_only(tmp_path: Path) -> None:
    file = write(tmp_path, page("http://a/1"), page("http://a/2"), page("http://a/3"))
    data = bytearray(file.read_bytes())
    second = data.find(b"\x1f\x8b\x08", 10)
    data[second + 40 : second + 60] = b"\0" * 20
    file.write_bytes(data)
    faults: list[str] = []
    assert [p.url for p in read_pages(file, faults.append)] == ["http://a/1", "http://a/3"]
    assert len(faults) == 1
    assert str(file) in faults[0]
    assert f"byte {second}" in faults[0]


def test_a_file_cut_short_loses_its_last_record_only(tmp_path: Path) -> None:
    file = write(tmp_path, page("http://a/1"), page("http://a/2"))
    file.write_bytes(file.read_bytes()[:-30])
    faults: list[str] = []
    assert [p.url for p in read_pages(file, faults.append)] == ["http://a/1"]
    assert "ends in the middle" in faults[0]


def test_empty_and_foreign_files(tmp_path: Path) -> None:
    empty = tmp_path / "empty.warc.gz"
    empty.touch()
    assert list(read_pages(empty, pytest.fail)) == []
    noise = tmp_path / "noise.warc.gz"
    noise.write_bytes(b"this is no archive at all")
    faults: list[str] = []
    assert list(read_pages(noise, faults.append)) == []
    assert str(noise) in faults[0]


def test_a_page_is_found_by_its_address_without_reading_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Link(url="http://a/1", title="“互联网+”标题" * 60, day=date(2018, 3, 5))  # a head longer than most
    old, new = page("http://a/1", link=link), page("http://a/1", body=b"\x1f\x8b\x08 is no member", link=link)
    file = write(tmp_path, old, page("http://a/2", parts=(page("http://a/2_2", kind="part"),)), new, page("http://a/3"))
    read: list[int] = []
    inflate = gzip_members.inflate
    monkeypatch.setattr(gzip_members, "inflate", lambda data, at: read.append(at) or inflate(data, at))
    assert list(find_pages(file, lambda url: url == "http://a/1")) == [old, new]
    assert len(read) == 2
    assert not list(find_pages(file, lambda url: url == "http://a/4"))


def test_a_page_behind_damage_is_found_too(tmp_path: Path) -> None:
    file = write(tmp_path, page("http://a/1"), page("http://a/2"), page("http://a/3"))
    data = bytearray(file.read_bytes())
    second = data.find(b"\x1f\x8b\x08", 10)
    data[second + 40 : second + 60] = b"\0" * 20
    file.write_bytes(data)
    assert [p.url for p in find_pages(file, lambda url: True)] == ["http://a/1", "http://a/3"]
    file.write_bytes(data[:-8])  # a crash cut off the last one
    assert [p.url for p in find_pages(file, lambda url: True)] == ["http://a/1"]
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(write(tmp_path / "b", page("http://b/1"), page("http://b/2")).read_bytes()))
    assert [p.url for p in find_pages(plain, lambda url: url.endswith("2"))] == ["http://b/2"]
    (tmp_path / "empty.warc.gz").write_bytes(b"")
    assert not list(find_pages(tmp_path / "empty.warc.gz", lambda url: True))


def test_a_full_disk_leaves_whole_records_only() -> None:
    """/dev/full says “no space” at every write; the message says what to do."""
    writer = ArchiveWriter(Path("/dev/full"), "r")
    with pytest.raises(YuqingError, match="cannot be written"):
        writer.write(page("http://a/1"))


def test_runs_write_files_of_their_own(tmp_path: Path) -> None:
    write(tmp_path, page("http://a/1"), run="20180305-093000")
    write(tmp_path, replace(page("http://a/2")), run="20180305-093000a")
    assert len(archive_files(tmp_path)) == 2


def test_resource_records_of_other_programs_are_read_or_told(tmp_path: Path) -> None:
    """wget keeps its log in such records, other programs keep pages in them."""
    records = [
        ("metadata://gnu.org/software/wget/warc/wget.log", b"log"),
        ("http://www.gov.cn/r.html", "<p>正文</p>".encode()),
    ]
    file = tmp_path / "wget.warc"
    with file.open("wb") as out:
        writer = WARCWriter(out, gzip=False)
        for url, body in records:
            headers = {"WARC-Date": "2018-03-05T01:30:00Z", "Content-Type": "text/html"}
            record = writer.create_warc_record(url, "resource", payload=io.BytesIO(body), warc_headers_dict=headers)
            writer.write_record(record)
    told: list[str] = []
    (found,) = read_pages(file, told.append)
    assert (found.url, found.body, found.status) == (records[1][0], records[1][1], 200)
    assert [text for text in told if "wget.log" in text and "not a page" in text] == told
    assert len(told) == 1
