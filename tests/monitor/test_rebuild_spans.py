"""The rebuild over several processes: the same items and results as with one, whatever the stretches."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from crawler.archive import ArchiveWriter, archive_files, read_pages, spans
from crawler.archive.gzip_members import members
from crawler.archive.packs import pack_head, pack_name
from yuqing.core.records import Page, PageResult
from yuqing.core.times import SHANGHAI
from yuqing.monitor.run import rebuild
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace

ROOT = Path(__file__).resolve().parents[2]
WHEN = datetime(2018, 3, 6, 9, tzinfo=SHANGHAI)


def page(number: int) -> Page:
    text = f"示例省第{number % 40}市上线“互联网+政务服务”平台，群众办事少跑腿。" * 3
    body = (
        f"<html><head><title>示例省推进“互联网+政务服务”{number % 40}</title></head><body>"
        f"<h1>示例省推进“互联网+政务服务”{number % 40}</h1><div class='info'>发布时间：2018-03-05 来源：示例日报</div>"
        f"<div class='TRS_Editor'><p>{text}</p><p>{'、'.join(str(number % 40 * n) for n in range(90))}</p></div>"
        "</body></html>"
    )
    return Page(
        url=f"http://www.example.gov.cn/a/{number}.html", body=body.encode(), source_id="gov-example", fetched_at=WHEN
    )


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """60 articles, one in three with a further page, then a damaged record between good ones."""
    folder = tmp_path / "archive"
    writer = ArchiveWriter(folder, "20180306-090000")
    for number in range(60):
        part = replace(page(1000 + number), url=f"http://www.example.gov.cn/a/{number}_2.html", kind="part")
        writer.write(replace(page(number), parts=(part,)) if number % 3 == 0 else page(number))
    writer.close()
    (file,) = archive_files(folder)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)
    return folder


def test_stretches_hold_every_page_once_with_its_parts(archive: Path) -> None:
    (file,) = archive_files(archive)
    for size in (97, 700, 5000, 10**9):
        bad: list[str] = []
        cut = spans(file, size)
        assert [cut[0].start, cut[-1].end] == [0, file.stat().st_size]
        assert all(a.end == b.start for a, b in pairwise(cut))
        found = [p for span in cut for p in read_pages(span.path, bad.append, span.start, span.end)]
        whole_bad: list[str] = []
        assert found == list(read_pages(file, whole_bad.append))
        assert bad == whole_bad
        assert whole_bad


def test_two_processes_give_what_one_gives(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "SPAN_BYTES", 3000)
    stored, counted = [], []
    for processes in (1, 2):
        data = tmp_path / str(processes)
        results: list[PageResult] = []
        on_result: Callable[[PageResult], None] = results.append
        settings = Settings(data=data, sources=ROOT / "sources.yaml", keywords=ROOT / "keywords.yaml")
        monkeypatch.setattr(Settings, "archive_dir", archive)
        with workspace(settings) as space:
            run = rebuild.run_rebuild(space, None, on_result, processes=processes)
            stored.append(list(space.store.scan()))
        assert run.state == "done"
        counted.append(results)
    assert stored[0] == stored[1]
    assert counted[0] == counted[1]
    assert len(stored[0]) > 50
    assert sum(result.outcome == "reprint" for result in counted[0]) > 5


def test_pieces_of_bytes_hold_every_page_once_with_its_parts(archive: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow (the extra parquet or scale)")
    from crawler.archive.anywhere import Archive

    (file,) = archive_files(archive)
    whole_bad: list[str] = []
    whole = list(read_pages(file, whole_bad.append))
    held = Archive(str(archive))
    for size in (97, 700, 5000, 10**9):
        bad: list[str] = []
        pieces = list(held.pieces(size))
        assert [page for piece in pieces for page in held.read(piece, bad.append)] == whole
        assert bad == whole_bad
    plain = archive / "20180307-plain.warc.gz"
    plain.write_bytes(b"".join(record for record, _, _ in members(file, lambda text: None)))
    assert [page for piece in held.pieces(700) for page in held.read(piece, bad.append)] == [*whole, *whole]


def test_pieces_leave_out_what_a_pack_holds(archive: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow (the extra parquet or scale)")
    from crawler.archive.anywhere import Archive

    (file,) = archive_files(archive)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    pack = file.with_name(pack_name(file.name))
    pack.write_bytes(pack_head(pack.name, [(file.name, file.stat().st_size, digest)]) + file.read_bytes())
    assert {piece.file for piece in Archive(str(archive)).pieces(10**9)} == {str(pack)}
