"""``yuqing rebuild --dask``: what the command needs only then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from yuqing.core.errors import YuqingError

if TYPE_CHECKING:
    from yuqing.monitor.run.page_processor import PageFilter, ProcessedPage
    from yuqing.monitor.workspace import Workspace


def on_dask(space: Workspace, scheduler: str, archive: str) -> Callable[[PageFilter], Iterator[list[ProcessedPage]]]:
    """Reads the archive (by default that of the data folder) on the workers of ``scheduler``."""
    try:
        from yuqing.monitor.run.dask_engine import read_on_dask
    except ModuleNotFoundError as error:
        raise YuqingError(f"{error.name} is missing; install it with `pip install 'yuqing[scale]'`.") from error
    place = archive or str(space.settings.archive_dir.absolute())
    return partial(read_on_dask, space, scheduler=scheduler, archive=place)
