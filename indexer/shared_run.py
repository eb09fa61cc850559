"""A run of a machine as the machines that fill one store exchange it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

Row = tuple[str, str, str, str, int, int, str, str]  # a page as the ledger's table has it, without its run


class SharedRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run of ``machine``. ``rows``: its pages.

    One that is open has no ``ended``; when it was not written for ``seconds``, its machine is gone.
    """

    machine: str
    run: str
    command: str
    started: str
    ended: str
    state: str
    versions: dict[str, str]
    note: str
    rows: Sequence[Row] = ()
    seconds: float = 0.0

    @property
    def key(self) -> str:
        """Its name among the runs of all machines."""
        return f"{self.machine}/{self.run}"
