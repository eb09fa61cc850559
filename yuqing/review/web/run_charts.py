"""The charts of the tab 采集: stacked bars, one per day, as coordinates for an inline SVG and as a table.

Only the bars are in the SVG, which is stretched; the labels around it are text of the page, so that they are as legible
at 390 px as at 1280.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yuqing.core.records import Outcome

STEP = 10  # width of a day in the SVG; its height is 100
_GAP = 2


@dataclass(frozen=True, slots=True)
class Layer:
    """A colour of the bars, and the outcomes that it counts."""

    kind: str  # the CSS class
    name: str
    outcomes: frozenset[Outcome]


PAGES = (
    Layer("news", "新条目", frozenset({Outcome.INDEXED, Outcome.REPRINT})),
    Layer(
        "known",
        "其他文章",
        frozenset({Outcome.NOT_RELEVANT, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.UNDATED, Outcome.PART}),
    ),
    Layer("lists", "列表页", frozenset({Outcome.LISTING, Outcome.CONTROL})),
    Layer(
        "unread",
        "未读成",
        frozenset(
            {
                Outcome.TOO_SHORT,
                Outcome.SCRIPT_DRAWN,
                Outcome.NO_TITLE,
                Outcome.LIST_PAGE,
                Outcome.NOT_HTML,
                Outcome.UNDECODABLE,
                Outcome.GARBLED,
                Outcome.ERROR_PAGE,
                Outcome.LISTING_EMPTY,
                Outcome.TOO_LARGE,
                Outcome.OFF_SITE,
                Outcome.REDIRECT_LOOP,
                Outcome.BAD_ADDRESS,
                Outcome.UNREADABLE,
            }
        ),
    ),
    Layer("refused", "被拒绝", frozenset({Outcome.REFUSED, Outcome.BACKOFF, Outcome.ROBOTS})),
    Layer(
        "errors",
        "出错",
        frozenset({Outcome.HTTP_ERROR, Outcome.TIMEOUT, Outcome.NETWORK, Outcome.FAILED, Outcome.NOT_STORED}),
    ),
)
NEWS = (
    Layer("news", "首发", frozenset({Outcome.INDEXED})),
    Layer("known", "转载", frozenset({Outcome.REPRINT})),
)
FAULTS = (*(o for layer in PAGES[3:] for o in Outcome if o in layer.outcomes), Outcome.UNDATED)


@dataclass(frozen=True, slots=True)
class Bar:
    """A segment of a day's bar, in SVG units; ``y`` counts from the top."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    text: str


@dataclass(frozen=True, slots=True)
class DayChart:
    """A chart and the same figures as a table: one line per day that has any, newest first."""

    caption: str
    alt: str
    width: int
    bars: tuple[Bar, ...]
    scale: tuple[int, int]  # the figure at the top and in the middle
    days: tuple[str, str, str]  # the first, the middle and the last day
    legend: tuple[tuple[str, str, int], ...]  # CSS class, name, sum
    rows: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def total(self) -> int:
        """The total of all bars."""
        return sum(count for _, _, count in self.legend)


def day_chart(
    caption: str, layers: Sequence[Layer], counts: Mapping[str, Counter[str]], first: date, last: date
) -> DayChart:
    """The chart of the days from ``first`` to ``last``; ``counts``: ISO day → outcome → pages."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    table = [[_sum(counts.get(day.isoformat(), Counter()), layer) for layer in layers] for day in days]
    top = _round_up(max(map(sum, table)))
    bars: list[Bar] = []
    for number, (day, values) in enumerate(zip(days, table, strict=True)):
        floor = 100.0
        for layer, value in zip(layers, values, strict=True):
            height = value * 100 / top
            floor -= height
            if value:
                text = f"{_short(day)} {layer.name} {value}"
                x = number * STEP + _GAP / 2
                bars.append(Bar(layer.kind, x, round(floor, 2), STEP - _GAP, round(height, 2), text))
    sums = [sum(column) for column in zip(*table, strict=True)]
    legend = tuple((layer.kind, layer.name, total) for layer, total in zip(layers, sums, strict=True))
    busiest = max(zip(days, map(sum, table), strict=True), key=lambda pair: pair[1])
    told = "，".join(f"{name} {total}" for _, name, total in legend)
    span = f"{_short(first)}至{_short(last)}"
    return DayChart(
        caption=caption,
        alt=f"{span}，共 {sum(sums)}（{told}）；最多的一天是{_short(busiest[0])}，{busiest[1]}。",
        width=len(days) * STEP,
        bars=tuple(bars),
        scale=(top, top // 2),
        days=(_short(days[0]), _short(days[len(days) // 2]), _short(days[-1])),
        legend=legend,
        rows=tuple((d.isoformat(), tuple(v)) for d, v in reversed(list(zip(days, table, strict=True))) if any(v)),
    )


def _sum(counts: Counter[str], layer: Layer) -> int:
    return sum(counts[outcome] for outcome in layer.outcomes)


def _round_up(value: int) -> int:
    """The top of the scale: 2, 4, 6, 8, 10, 20, 40 … so that its half is an integer."""
    step = 1
    while True:
        for top in range(2 * step, 11 * step, 2 * step):
            if top >= value:
                return top
        step *= 10


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
