"""The report's three charts as data: sectors as bars, provinces as tiles, days as columns.

chart_svg.py draws them for html; docx_charts.py turns them into native Word charts and a table, which can be restyled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yuqing.core.provinces import provinces
from yuqing.review.draft.places import short_province
from yuqing.review.report.records import Count, Report

BAR, INK, FAINT, GRID = (
    "2F6690",
    "1F2933",
    "66717C",
    "D9DEE3",
)  # a single hue: its shades are distinguishable for the colour-blind
_SECTORS = 15  # bars; the table has the rest
_PALE, _DARK, _NONE = (0xE8, 0xF0, 0xF6), (0x21, 0x57, 0x82), "F5F7F8"
COLUMNS = 1 + max(province.tile[0] for province in provinces())
ROWS = 1 + max(province.tile[1] for province in provinces())


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers of entries by name; ``alt`` is the text alternative for those who cannot see the chart.

    ``upright`` bars are many and close together (days), the others few and long (sectors).
    """

    caption: str
    alt: str
    points: tuple[tuple[str, int], ...]
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the tile map; ``fill`` and ``ink`` are colours (RRGGBB)."""

    name: str
    column: int
    row: int
    count: int
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class Tiles:
    """The map of provinces: one tile each, darker for more entries."""

    caption: str
    alt: str
    tiles: tuple[Tile, ...]


Chart = Bars | Tiles


def report_charts(report: Report) -> tuple[Chart, ...]:
    """The charts that have data."""
    if not report.entries():
        return ()
    charts: list[Chart] = []
    if report.sectors:
        charts.append(_sectors(report.sectors))
    if report.provinces:
        charts.append(_provinces(report.provinces))
    charts.append(_days(report.days))
    return tuple(charts)


def _words(points: Sequence[tuple[str, int]]) -> str:
    return "；".join(f"{name}{count}条" for name, count in points)


def _sectors(counts: Sequence[Count]) -> Bars:
    points = tuple((count.name, count.count) for count in counts[:_SECTORS])
    caption = "各领域条目数" + (f"（前{_SECTORS}位）" if len(counts) > _SECTORS else "")
    return Bars(caption, _words(points), points)


def _provinces(counts: Sequence[Count]) -> Tiles:
    number = {short_province(count.name): count.count for count in counts}
    most = max(number.values())
    tiles = tuple(
        Tile(one.short, *one.tile, number.get(one.short, 0), *_colours(number.get(one.short, 0) / most))
        for one in provinces()
    )
    return Tiles("各省（区、市）条目数", _words([(count.name, count.count) for count in counts]), tiles)


def _colours(share: float) -> tuple[str, str]:
    """Background and text colour of a tile with ``share`` (0 to 1) of the largest number."""
    if not share:
        return _NONE, FAINT
    fill = "".join(f"{round(pale + share * (dark - pale)):02X}" for pale, dark in zip(_PALE, _DARK, strict=True))
    return fill, "FFFFFF" if share > 0.6 else INK


def _days(counts: Sequence[Count]) -> Bars:
    days = [(date.fromisoformat(count.name), count.count) for count in counts]
    alt = _words([(f"{day.month}月{day.day}日", count) for day, count in days if count])
    points = tuple((f"{day.month}/{day.day}", count) for day, count in days)
    return Bars("每日条目数（按报道日期）", alt, points, upright=True)
