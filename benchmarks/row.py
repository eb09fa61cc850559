"""The common form of a benchmark's result."""

from __future__ import annotations

import operator
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from statistics import median, quantiles
from typing import Any, Literal

_SIGNS = {">=": operator.ge, "<=": operator.le}


@dataclass(frozen=True, slots=True)
class Target:
    """A requirement: our figure or the ratio must be at least or at most ``value``."""

    of: Literal["ours", "ratio"]
    sign: Literal[">=", "<="]
    value: float

    def __str__(self) -> str:
        return f"{self.of} {self.sign} {self.value:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A job measured. The baseline is measured in the same run on the same input.

    ``unit``: of both figures; a rate (``…/s``) or a time. ``baseline``: None if there is none to install or none that
    makes sense. ``peak_mb``: the peak memory of the benchmark's process or of one of its children.
    """

    job: str
    unit: str
    ours: float
    baseline_name: str = ""
    baseline: float | None = None
    peak_mb: float = 0.0
    target: Target | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times better than the baseline, for rates and for times alike."""
        if not self.baseline or not self.ours:
            return None
        return self.ours / self.baseline if self.unit.endswith("/s") else self.baseline / self.ours

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None if there is none, or nothing to compare with."""
        value = self.ratio if self.target and self.target.of == "ratio" else self.ours
        return None if self.target is None or value is None else _SIGNS[self.target.sign](value, self.target.value)

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"ratio": self.ratio, "met": self.met}


@dataclass(frozen=True, slots=True)
class Measured:
    """The rows of one module, and what their figures depend on, without the machine's name."""

    machine: dict[str, str]
    rows: list[Row]

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {"machine": self.machine, "rows": [row.plain() for row in self.rows]}


def measured_from(plain: dict[str, Any]) -> Measured:
    """What :meth:`Measured.plain` gave."""
    return Measured(plain["machine"], [row_from(row) for row in plain["rows"]])


def row_from(plain: dict[str, Any]) -> Row:
    """The row that :meth:`Row.plain` gave."""
    known = {name: value for name, value in plain.items() if name not in ("ratio", "met")}
    row = Row(**known)
    return replace(row, target=Target(**plain["target"])) if plain["target"] else row


def cpu_seconds(work: Callable[[], object], rounds: int = 1) -> float:
    """CPU seconds of this process for ``work``, the minimum of ``rounds``; other programs hardly affect this figure."""
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def in_turns(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median CPU seconds of each work, run alternately in ``rounds``: a slow minute slows down all of them.

    A first, uncounted round creates tables and caches.
    """
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            seconds[name].append(cpu_seconds(work))
    return {name: median(found) for name, found in seconds.items()}


def p95_ms(work: Callable[[], object], repeats: int = 20) -> float:
    """The 95th percentile of the CPU milliseconds of ``work``."""
    times = [cpu_seconds(work) * 1000 for _ in range(repeats)]
    return quantiles(times, n=20, method="inclusive")[18]
