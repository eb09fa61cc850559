"""Packed, the archive says what it said: the same pages in the same order, each once."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import ArchiveWriter, Span, archive_files, find_pages, read_pages, run_files, run_spans, spans
from crawler.archive import tidy as tidy_module
from crawler.archive.packs import run_of
from crawler.archive.tidy import tidy
from tests.store.conftest import build_item
from yuqing.core.errors import YuqingError
from yuqing.core.records import Page
from yuqing.core.times import SHANGHAI
from yuqing.core.urls import item_id
from yuqing.monitor.publish import review_page
from yuqing.monitor.publish.review_page import archived_page

NEXT_MONTH = date(2018, 4, 1)


def page(number: int, when: datetime, **more: object) -> Page:
    values = {
        "url": f"http://a/{number}", "body": f"<p>{number} {when} 的正文 镕</p>".encode(), "source_id": "gov-cn",
        "fetched_at": when,
    }  # fmt: skip
    return Page(**{**values, **more})  # type: ignore[arg-type]


def crawl(folder: Path, run: str, *pages: Page) -> Path:
    writer = ArchiveWriter(folder, run)
    for one in pages:
        writer.write(one)
    writer.close()
    (file,) = run_files(folder, run)
    return file


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Four crawls on the 5th of March, one on the 6th, two on the 7th, two in April."""
    for number, day in enumerate([5, 5, 5, 5, 6, 7, 7, 32, 32]):
        when = datetime(2018, 3, 1, 9 + number, 30, tzinfo=SHANGHAI) + timedelta(days=day - 1)
        part = page(900 + number, when, kind="part")
        own = [page(number, when), page(500 + number, when, parts=(part,)), page(777, when)]
        listing = page(800, when, kind="listing", links=3)
        crawl(tmp_path, f"{when:%Y%m%d-%H%M%S}", listing, *own)
    return tmp_path


def pages(folder: Path) -> list[Page]:
    return [page for file in archive_files(folder) for page in read_pages(file, pytest.fail)]


def in_spans(folder: Path) -> list[Page]:
    cut: list[Span] = [span for file in archive_files(folder) for span in spans(file, 300)]
    return [page for span in cut for page in read_pages(span.path, pytest.fail, span.start, span.end)]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_pages_and_their_order_are_the_same(archive: Path) -> None:
    before, runs = pages(archive), [run_of(path.name) for path in archive_files(archive)]
    by_run = {run: list(read_pages(run_files(archive, run)[0], pytest.fail)) for run in runs}
    done = tidy(archive, NEXT_MONTH)
    assert names(archive) == [
        "20180305-20180305-093000-001-packed.warc.gz", "20180306-20180306-133000-001.warc.gz",
        "20180307-20180307-143000-001-packed.warc.gz",
        "20180401-20180401-163000-001.warc.gz", "20180401-20180401-173000-001.warc.gz",
    ]  # fmt: skip
    assert pages(archive) == in_spans(archive) == before
    march = done.months["2018-03"]
    assert (len(march.days), march.before, march.after, march.records) == (2, 7, 3, 6 * 5)
    assert not done.damaged
    found = [p for file in archive_files(archive) for p in find_pages(file, lambda url: url == "http://a/777")]
    assert found == [p for p in before if p.url == "http://a/777"]
    for run in runs:  # which run a page is of is still known
        got = [p for span in run_spans(archive, run) for p in read_pages(span.path, pytest.fail, span.start, span.end)]
        assert got == by_run[run]
    again = tidy(archive, NEXT_MONTH)
    assert not again.months["2018-03"].days
    assert len(names(archive)) == 5


@settings(max_examples=20, deadline=None)
@given(steps=st.lists(st.tuples(st.integers(1, 3), st.integers(0, 9), st.booleans()), min_size=2, max_size=14))
def test_no_tidy_ever_changes_what_is_read(steps: list[tuple[int, int, bool]]) -> None:
    """Crawls in any order of their names, late ones and those of a clock set back, with tidies between."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number, (day, hour, then_tidy) in enumerate(steps):
            when = datetime(2018, 3, day, hour, tzinfo=SHANGHAI)
            run = f"{when:%Y%m%d-%H%M%S}{chr(97 + number)}"
            crawl(folder, run, page(number, when), page(777, when, body=bytes([number])))
            if then_tidy:
                before = pages(folder)
                tidy(folder, date(2018, 3, 3))
                assert pages(folder) == before
        before = pages(folder)
        assert tidy(folder, NEXT_MONTH).damaged == []
        assert pages(folder) == before
        assert len(before) == 2 * len(steps)


def test_a_pack_says_what_it_holds_and_other_programs_read_it(archive: Path) -> None:
    saved = {path.name: path.read_bytes() for path in archive_files(archive)}
    tidy(archive, NEXT_MONTH)
    pack = archive_files(archive)[0]
    with gzip.open(pack) as whole:
        assert whole.read().count(b"WARC-Type: response") == 20
    with pack.open("rb") as file:
        (head, *records) = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(file)]
    assert head[0] == "warcinfo"
    assert {kind for kind, _ in records} == {"response"}
    lines = [line for line in head[1].decode().splitlines() if line.startswith("holds: ")]
    assert [line.split()[1] for line in lines] == list(saved)[:4]
    assert pack.read_bytes().endswith(b"".join(list(saved.values())[:4]))


def test_a_dry_run_changes_nothing(archive: Path) -> None:
    before = names(archive)
    march = tidy(archive, NEXT_MONTH, dry_run=True).months["2018-03"]
    assert (len(march.days), march.before, march.after, march.records) == (2, 7, 3, 30)
    assert names(archive) == before


def test_a_day_with_a_damaged_record_is_left_and_named(archive: Path) -> None:
    second = archive_files(archive)[1]
    data = bytearray(second.read_bytes())
    at = data.find(b"\x1f\x8b\x08", 10)
    data[at + 40 : at + 60] = b"\0" * 20
    second.write_bytes(data)
    last = archive_files(archive)[6]
    last.write_bytes(last.read_bytes()[:-5])
    before = names(archive)
    done = tidy(archive, NEXT_MONTH)
    assert names(archive) == before
    assert [f"{second}: the record at byte {at} is damaged" in done.damaged[0], len(done.damaged)] == [True, 2]
    assert str(last) in done.damaged[1]


def test_later_pages_of_a_packed_day_go_into_a_pack_of_their_own(archive: Path) -> None:
    tidy(archive, NEXT_MONTH)
    when = datetime(2018, 3, 5, 23, tzinfo=SHANGHAI)
    crawl(archive, "20180501-000000", page(1, when), page(1001, when))
    before = pages(archive)
    assert [p.url for p in before[15:18]] == ["http://a/777", "http://a/1", "http://a/1001"]
    assert not tidy(archive, NEXT_MONTH).months["2018-03"].days  # one file is left alone
    crawl(archive, "20180502-000000", page(1002, when))
    before = pages(archive)
    tidy(archive, NEXT_MONTH)
    assert names(archive)[:2] == [
        "20180305-20180305-093000-001-packed.warc.gz", "20180305-20180501-000000-001-packed.warc.gz",
    ]  # fmt: skip
    assert pages(archive) == before


def test_files_that_came_back_beside_their_pack_are_not_read_twice(archive: Path) -> None:
    copy = archive.parent / f"{archive.name}-copy"
    shutil.copytree(archive, copy)  # a copy off the machine, made every night without removing anything
    before = pages(archive)
    tidy(archive, NEXT_MONTH)
    shutil.copytree(archive, copy, dirs_exist_ok=True)
    assert len(names(copy)) == 9 + 2
    assert pages(copy) == in_spans(copy) == before
    assert tidy(copy, NEXT_MONTH).months["2018-03"].left_over == 6
    assert names(copy) == names(archive)
    assert pages(copy) == before
    shutil.rmtree(copy)


def test_a_file_that_differs_from_its_pack_is_kept_and_named(archive: Path) -> None:
    first = archive_files(archive)[0]
    data = first.read_bytes()
    tidy(archive, NEXT_MONTH)
    first.write_bytes(data[:-1] + b"x")
    done = tidy(archive, NEXT_MONTH)
    assert first.exists()
    assert f"damaged is {first}" in done.differing[0]
    first.write_bytes(data)
    pack = archive_files(archive)[0]
    noise = bytearray(pack.read_bytes())
    noise[-len(data) : -len(data) + 1] = b"\0"
    packed = noise.replace(data[:60], b"\0" * 60)
    pack.write_bytes(packed)
    done = tidy(archive, NEXT_MONTH)
    assert first.exists()
    assert f"damaged is {pack}" in done.differing[0]
    pack.write_bytes(packed[:-100])  # a pack that is cut short hides nothing
    assert first in archive_files(archive)
    assert "cut short" in tidy(archive, NEXT_MONTH).damaged[0]


def test_large_days_make_several_packs_in_the_same_order(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pages(archive)
    size = archive_files(archive)[0].stat().st_size
    monkeypatch.setattr(tidy_module, "MAX_BYTES", size * 3 + 100)
    tidy(archive, NEXT_MONTH)
    assert [name[9:] for name in names(archive)[:2]] == [
        "20180305-093000-001-packed.warc.gz", "20180305-123000-001.warc.gz",
    ]  # fmt: skip
    assert pages(archive) == before


def test_strange_files_stay(archive: Path) -> None:
    crawled = archive_files(archive)[0]
    for name in ("old.warc.gz", "20180305.warc.gz", "20180305-of-another.warc.gz"):
        shutil.copy(crawled, crawled.with_name(name))
    assert len(run_files(archive, "20180305-093000")) == 1
    before = pages(archive)
    tidy(archive, NEXT_MONTH)
    assert {"old.warc.gz", "20180305.warc.gz", "20180305-of-another.warc.gz"} < set(names(archive))
    assert pages(archive) == before


def test_a_disk_that_refuses_loses_nothing(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = names(archive)

    def full(out: object, data: object) -> None:
        Path("/dev/full").write_bytes(b"x")

    monkeypatch.setattr(tidy_module, "_append", full)
    with pytest.raises(YuqingError, match=r"No space left.*Nothing is lost.*archive tidy"):
        tidy(archive, NEXT_MONTH)
    assert names(archive) == before


def test_what_cannot_be_read_back_is_no_pack(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = names(archive)
    append: Callable[..., None] = tidy_module._append
    monkeypatch.setattr(tidy_module, "_append", lambda out, data: append(out, data[:-1] + b"?"))
    with pytest.raises(YuqingError, match="cannot be read back"):
        tidy(archive, NEXT_MONTH)
    assert names(archive) == before


def test_the_archived_copy_is_found_while_files_are_packed(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = next(p for p in pages(archive) if p.url == "http://a/3")
    item = replace(build_item(), id=item_id(wanted.url), fetched_at=wanted.fetched_at.isoformat())
    found = archived_page(archive, item)
    assert found
    assert found.page == wanted
    listed = review_page.archive_files
    looks = 0

    def and_then_tidy(folder: Path) -> list[Path]:
        nonlocal looks
        looks += 1
        found = listed(folder)
        if looks == 1:
            tidy(folder, NEXT_MONTH)
        return found

    monkeypatch.setattr(review_page, "archive_files", and_then_tidy)
    found = archived_page(archive, item)
    assert found
    assert found.page == wanted
    assert looks == 2
    assert archived_page(archive, replace(item, id=item_id("http://a/none"))) is None
