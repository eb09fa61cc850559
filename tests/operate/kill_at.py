"""Lets a process kill itself (SIGKILL) at a chosen moment of a page's way."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crawler.archive import ArchiveWriter
from crawler.state import UrlState
from indexer.embedded.store import EmbeddedStore
from yuqing.monitor.ledger import Ledger

MOMENTS: dict[str, tuple[type, str]] = {
    "half a record archived": (ArchiveWriter, "_record"),
    "archived": (ArchiveWriter, "write"),
    "inside the store's transaction": (EmbeddedStore, "_put"),
    "stored": (EmbeddedStore, "put"),
    "counted": (Ledger, "add"),
    "remembered": (UrlState, "fetched"),
}


def kill_after(owner: Any, name: str, times: int, before: Callable[[Any], None] = lambda owner: None) -> None:
    """Let the call number ``times`` of a method be the last thing the process does."""
    method, calls = getattr(owner, name), 0

    def counting(self: Any, *args: Any) -> Any:
        nonlocal calls
        result = method(self, *args)
        calls += 1
        if calls == times:
            before(self)
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, counting)


def halve(writer: Any) -> None:
    """Leave half of the last record, as if the kernel had taken no more."""
    file = writer._file
    data = Path(file.name).read_bytes()
    start = data.rfind(b"\x1f\x8b\x08")
    os.truncate(file.name, start + (len(data) - start) // 2)


def kill_at(moment: str, number: int) -> None:
    """Let the occurrence ``number`` of ``moment`` be the end of this process."""
    kill_after(*MOMENTS[moment], number, halve if moment.startswith("half") else lambda owner: None)
