"""A run of a machine as the machines that fill one store exchange it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class SharedRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run of ``machine`` that has ended. ``rows``: its pages, each a row of the ledger's table without the run."""

    machine: str
    run: str
    command: str
    started: str
    ended: str
    state: str
    versions: dict[str, str]
    note: str
    rows: Sequence[Sequence[str | int]] = ()

    @property
    def key(self) -> str:
        """Its name among the runs of all machines."""
        return f"{self.machine}/{self.run}"
