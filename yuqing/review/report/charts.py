"""The report's three figures as data: sectors as bars, provinces as tiles, days as columns.

chart_svg.py draws them for html; docx_charts.py makes them charts and a table of Word, which an analyst can restyle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yuqing.review.draft.places import short_province
from yuqing.review.report.records import Count, Report

BAR, INK, FAINT, GRID = "2F6690", "1F2933", "66717C", "D9DEE3"  # one blue: shades stay apart for every kind of eye
_SECTORS = 15  # bars; what follows is told in the table
_PALE, _DARK, _NONE = (0xE8, 0xF0, 0xF6), (0x21, 0x57, 0x82), "F5F7F8"
# Where each province lies, column and row of the tile map.
_PLACES = {
    "黑龙江": (7, 0), "内蒙古": (5, 1), "吉林": (7, 1), "新疆": (0, 2), "甘肃": (2, 2), "宁夏": (3, 2), "北京": (5, 2),
    "天津": (6, 2), "辽宁": (7, 2), "青海": (1, 3), "陕西": (3, 3), "山西": (4, 3), "河北": (5, 3), "山东": (6, 3),
    "西藏": (0, 4), "四川": (2, 4), "重庆": (3, 4), "河南": (4, 4), "安徽": (5, 4), "江苏": (6, 4), "上海": (7, 4),
    "贵州": (3, 5), "湖北": (4, 5), "江西": (5, 5), "浙江": (6, 5), "云南": (2, 6), "广西": (3, 6), "湖南": (4, 6),
    "广东": (5, 6), "福建": (6, 6), "台湾": (7, 6), "海南": (3, 7), "澳门": (4, 7), "香港": (5, 7),
}  # fmt: skip
COLUMNS = 1 + max(column for column, _ in _PLACES.values())
ROWS = 1 + max(row for _, row in _PLACES.values())


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers of entries by name; ``alt`` says the same in words for those who cannot see the figure.

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
    """The map of provinces: one tile each, darker where there are more entries."""

    caption: str
    alt: str
    tiles: tuple[Tile, ...]


Chart = Bars | Tiles


def report_charts(report: Report) -> tuple[Chart, ...]:
    """The figures that have data."""
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
        Tile(name, column, row, number.get(name, 0), *_colours(number.get(name, 0) / most))
        for name, (column, row) in _PLACES.items()
    )
    return Tiles("各省（区、市）条目数", _words([(count.name, count.count) for count in counts]), tiles)


def _colours(share: float) -> tuple[str, str]:
    """Fill and ink of a tile with ``share`` (0 to 1) of the largest number."""
    if not share:
        return _NONE, FAINT
    fill = "".join(f"{round(pale + share * (dark - pale)):02X}" for pale, dark in zip(_PALE, _DARK, strict=True))
    return fill, "FFFFFF" if share > 0.6 else INK


def _days(counts: Sequence[Count]) -> Bars:
    days = [(date.fromisoformat(count.name), count.count) for count in counts]
    alt = _words([(f"{day.month}月{day.day}日", count) for day, count in days if count])
    points = tuple((f"{day.month}/{day.day}", count) for day, count in days)
    return Bars("每日条目数（按报道日期）", alt, points, upright=True)
