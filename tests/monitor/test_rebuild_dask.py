"""A rebuild on a Dask cluster: what one process gives, from a folder and from an object store, whoever is killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import archive_files
from tests.monitor.test_rebuild_spans import archive as archive
from tests.operate.conftest import until
from tests.pieces import missing
from yuqing.core.errors import YuqingError
from yuqing.core.records import Item, PageResult
from yuqing.monitor.run import rebuild
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace

pytestmark = [pytest.mark.hard, pytest.mark.timeout(400)]
ROOT = Path(__file__).resolve().parents[2]
MOTO = ROOT / ".venv" / "moto" / "bin" / "moto_server"


@pytest.fixture
def distributed() -> Any:
    """The module of Dask's cluster."""
    if find_spec("distributed") is None:
        missing("Dask", "make test-scale")
    return import_module("distributed")


@pytest.fixture
def cluster(distributed: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Two workers; they come back when they are killed."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made:
        yield made


@pytest.fixture
def bucket(archive: Path) -> Iterator[str]:
    """The address of the archive in a real S3 server on loopback."""
    if not MOTO.exists():
        missing("moto's S3 server", "make scale-setup")
    from pyarrow.fs import S3FileSystem

    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([MOTO, "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: reached(port), "moto")
        store = S3FileSystem(
            access_key="test", secret_key="test", endpoint_override=f"127.0.0.1:{port}", scheme="http",
            allow_bucket_creation=True,
        )  # fmt: skip
        store.create_dir("pages")
        for file in archive_files(archive):
            name = f"pages/archive/{file.relative_to(archive)}"
            with store.open_output_stream(name, compression=None) as copy:  # else .gz is packed once more
                copy.write(file.read_bytes())
        yield f"s3://pages/archive?endpoint_override=127.0.0.1:{port}&scheme=http"
    finally:
        server.kill()
        server.wait()


def reached(port: int) -> bool:
    with closing(socket.socket()) as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def rebuilt(data: Path, archive: Path, on_dask: Any = None, on_result: Any = None) -> tuple[list[Item], list[Any]]:
    """The items and results of a rebuild from ``archive`` into a new store."""
    data.mkdir()
    shutil.copytree(archive, data / "archive")
    results: list[PageResult] = []

    def keep(result: PageResult) -> None:
        results.append(result)
        if on_result:
            on_result(len(results))

    settings = Settings(data=data, sources=ROOT / "sources.yaml", keywords=ROOT / "keywords.yaml")
    with workspace(settings) as space:
        run = rebuild.run_rebuild(space, None, keep, processes=1, read=partial(on_dask, space) if on_dask else None)
        assert run.state == "done"
        # What cannot be read is named by its file, which is another one in another folder.
        told = [(r.url.rpartition("/")[2], r.outcome, r.detail.rpartition("/")[2], r.item_id) for r in results]
        return list(space.store.scan()), told


def test_dask_gives_what_one_process_gives(
    archive: Path, bucket: str, distributed: Any, cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yuqing.monitor.run import dask_engine

    for module in (rebuild, dask_engine):
        monkeypatch.setattr(module, "SPAN_BYTES", 2000)
    one = rebuilt(tmp_path / "one", archive)
    assert len(one[0]) > 50
    assert sum(outcome == "reprint" for _, outcome, *_ in one[1]) > 5
    assert any(outcome == "unreadable" for _, outcome, *_ in one[1])
    with distributed.Client(cluster) as client:
        workers = client.run(os.getpid)
        killed: list[int] = []

        def kill(count: int) -> None:
            """Both workers, one after the other, each in the middle of the work."""
            if count in (5, 30):
                killed.append(list(workers.values())[len(killed)])
                os.kill(killed[-1], signal.SIGKILL)

        there = partial(dask_engine.read_on_dask, scheduler=cluster.scheduler_address)
        assert rebuilt(tmp_path / "folder", archive, partial(there, archive=str(archive)), kill) == one
        assert len(killed) == 2
        assert set(client.run(os.getpid).values()).isdisjoint(killed)
        assert rebuilt(tmp_path / "bucket", archive, partial(there, archive=bucket)) == one
        with pytest.raises(YuqingError, match="the archive cannot be listed"):
            rebuilt(tmp_path / "none", archive, partial(there, archive=str(tmp_path / "absent")))


def test_workers_that_would_read_otherwise_are_refused(distributed: Any, archive: Path, tmp_path: Path) -> None:
    from yuqing.monitor.run.dask_engine import read_on_dask

    with distributed.LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster:
        there = partial(read_on_dask, scheduler=cluster.scheduler_address, archive=str(archive))
        with pytest.raises(YuqingError, match="--nthreads 1"):
            rebuilt(tmp_path / "threads", archive, there)


@pytest.mark.parametrize(
    ("scheduler", "message"),
    [("cluster", "write the address of the Dask scheduler as tcp://HOST:8786"), ("127.0.0.1:1", "no Dask scheduler")],
)
@pytest.mark.timeout(25)  # not the minute that a client takes which never connected
def test_no_scheduler_is_told_at_once(
    distributed: Any, archive: Path, tmp_path: Path, scheduler: str, message: str
) -> None:
    from yuqing.monitor.run.dask_engine import read_on_dask

    with pytest.raises(YuqingError, match=message):
        rebuilt(tmp_path / "none", archive, partial(read_on_dask, scheduler=scheduler, archive=str(archive)))
