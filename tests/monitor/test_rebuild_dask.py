"""The rebuild's map step on an engine: equal processed pages from two Dask workers and from this process."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from crawler.archive import ArchiveWriter, archive_files, spans
from yuqing.core.records import Page
from yuqing.core.times import SHANGHAI


@pytest.mark.hard
def test_two_dask_workers_read_what_one_process_reads(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra scale (pip)")
    from benchmarks.dask_rebuild import process_there, read_archive

    writer = ArchiveWriter(tmp_path, "20180306-090000")
    for number in range(40):
        body = (
            f"<html><head><title>示例省推进“互联网+教育”（{number}）</title></head><body>"
            f"<h1>示例省推进“互联网+教育”（{number}）</h1><div class='info'>发布时间：2018-03-05 来源：示例日报</div>"
            f"<div class='TRS_Editor'><p>{f'示例省第{number}批学校接入“互联网+教育”平台，师生共享课程。' * 4}</p></div>"
            "</body></html>"
        )
        page = Page(
            url=f"http://www.example.gov.cn/a/{number}.html", body=body.encode(), source_id="",
            fetched_at=datetime(2018, 3, 6, 9, tzinfo=SHANGHAI),
        )  # fmt: skip
        part = replace(page, url=f"http://www.example.gov.cn/a/{number}_2.html", kind="part")
        writer.write(replace(page, parts=(part,)) if number % 4 == 0 else page)
    writer.close()
    (file,) = archive_files(tmp_path)
    stretches = spans(file, 2000)
    assert len(stretches) > 4
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        there = [processed for found in read_archive(client, tmp_path, 2000) for processed in found]
    here = [processed for span in stretches for processed in process_there(span)]
    assert there == here
    assert sum(processed.item is not None for processed in here) == 40
