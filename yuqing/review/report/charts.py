"""The report's three pictures: sectors as bars, provinces as a tile map, days as a histogram."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yuqing.review.draft.places import short_province
from yuqing.review.report.records import Count, Report

# Fonts that show simplified Chinese, by what their files are called, best first.
_FONT_FILES = (
    "NotoSansCJK-Regular", "NotoSansCJKsc-Regular", "NotoSansSC", "SourceHanSansSC-Regular", "SourceHanSansCN-Regular",
    "wqy-microhei", "msyh", "PingFang", "simhei", "wqy-zenhei", "DroidSansFallback",
)  # fmt: skip
NO_FONT = "未找到可显示中文的字体，图表从略；安装 fonts-noto-cjk 或 fonts-wqy-microhei 后重新生成。"
_SECTORS = 15  # bars; what follows is told in the table
_DPI = 200
_INK, _BAR, _GRID = "#1f2933", "#2f6690", "#d9dee3"
# Where each province lies, column and row of the tile map.
_TILES = {
    "黑龙江": (8, 0), "内蒙古": (6, 1), "吉林": (8, 1), "新疆": (1, 2), "甘肃": (3, 2), "宁夏": (4, 2), "北京": (6, 2),
    "天津": (7, 2), "辽宁": (8, 2), "青海": (2, 3), "陕西": (4, 3), "山西": (5, 3), "河北": (6, 3), "山东": (7, 3),
    "西藏": (1, 4), "四川": (3, 4), "重庆": (4, 4), "河南": (5, 4), "安徽": (6, 4), "江苏": (7, 4), "上海": (8, 4),
    "贵州": (4, 5), "湖北": (5, 5), "江西": (6, 5), "浙江": (7, 5), "云南": (3, 6), "广西": (4, 6), "湖南": (5, 6),
    "广东": (6, 6), "福建": (7, 6), "台湾": (8, 6), "海南": (4, 7), "澳门": (5, 7), "香港": (6, 7),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, its caption, and the same facts in words for those who cannot see it."""

    caption: str
    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Charts:
    """The pictures of a report, or the note why there are none."""

    charts: tuple[Chart, ...]
    note: str = ""


def chinese_font() -> Path | None:
    """A font file of this machine that shows Chinese, or None."""
    from matplotlib import font_manager, ft2font  # half a second of import: only when charts are drawn

    files = sorted(Path(path) for path in font_manager.findSystemFonts())
    ranked = [file for name in _FONT_FILES for file in files if file.stem.lower().startswith(name.lower())]
    for file in (*ranked, *files):
        try:
            if ft2font.FT2Font(str(file)).get_char_index(ord("网")):
                return file
        except (OSError, RuntimeError):
            continue
    return None


def draw_charts(report: Report) -> Charts:
    """The pictures that have data."""
    if not report.entries():
        return Charts(())
    file = chinese_font()
    if file is None:
        return Charts((), NO_FONT)
    from matplotlib.font_manager import FontProperties

    font = FontProperties(fname=str(file))
    charts: list[Chart] = []
    if report.sectors:
        charts.append(_sectors(report.sectors, font))
    if report.provinces:
        charts.append(_provinces(report.provinces, font))
    charts.append(_days(report.days, font))
    return Charts(tuple(charts))


def _figure(width: float, height: float) -> tuple[Any, Any]:
    """A figure without pyplot: no global state, safe in a server's threads."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=_DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, labelsize=9, colors=_INK)
    return figure, axes


def _png(figure: Any) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _words(counts: Sequence[tuple[str, int]]) -> str:
    return "；".join(f"{name}{count}条" for name, count in counts)


def _sectors(counts: Sequence[Count], font: Any) -> Chart:
    top = list(counts[:_SECTORS])
    figure, axes = _figure(6.2, 0.6 + 0.27 * len(top))
    bars = axes.barh([count.name for count in top], [count.count for count in top], color=_BAR, height=0.62)
    axes.bar_label(bars, padding=3, fontsize=9, color=_INK)
    axes.set_xticks([])
    axes.invert_yaxis()
    for label in axes.get_yticklabels():
        label.set_fontproperties(font)
        label.set_fontsize(9)
    caption = "各领域条目数" + (f"（前{_SECTORS}位）" if len(counts) > _SECTORS else "")
    return Chart(caption, _png(figure), _words([(count.name, count.count) for count in top]))


def _provinces(counts: Sequence[Count], font: Any) -> Chart:
    from matplotlib.patches import Rectangle

    number = {short_province(count.name): count.count for count in counts}
    most = max(number.values())
    figure, axes = _figure(6.2, 5.2)
    for name, (column, row) in _TILES.items():
        value = number.get(name, 0)
        share = value / most
        # From near white to the bars' blue; the ink turns white where the tile is dark.
        colour = tuple(0.94 - share * (0.94 - end) for end in (0.13, 0.34, 0.51)) if value else (0.96, 0.97, 0.97)
        ink = "white" if share > 0.45 else _INK if value else "#8a949e"
        axes.add_patch(Rectangle((column - 0.47, row - 0.47), 0.94, 0.94, color=colour, linewidth=0))
        axes.text(column, row - 0.12, name, ha="center", va="center", color=ink, fontproperties=font, fontsize=9)
        axes.text(column, row + 0.24, str(value or ""), ha="center", va="center", color=ink, fontsize=9)
    axes.set_xlim(0.4, 8.6)
    axes.set_ylim(7.6, -0.6)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    return Chart("各省（区、市）条目数", _png(figure), _words([(count.name, count.count) for count in counts]))


def _days(counts: Sequence[Count], font: Any) -> Chart:
    figure, axes = _figure(6.2, 2.3)
    days = [date.fromisoformat(count.name) for count in counts]
    values = [count.count for count in counts]
    axes.bar(range(len(days)), values, color=_BAR, width=0.78)
    ticks = range(0, len(days), 3 if len(days) > 12 else 1)
    axes.set_xticks(list(ticks), [f"{days[tick].month}/{days[tick].day}" for tick in ticks])
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.grid(axis="y", color=_GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_ylabel("条", fontproperties=font, fontsize=9, rotation=0, labelpad=10, color=_INK)
    told = [(f"{day.month}月{day.day}日", value) for day, value in zip(days, values, strict=True) if value]
    return Chart("每日条目数（按报道日期）", _png(figure), _words(told))
