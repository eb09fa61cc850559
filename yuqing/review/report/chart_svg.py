"""The charts as inline SVG, without files, fonts or scripts; labels are text in the reader's font."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from markupsafe import Markup, escape

from yuqing.review.report.charts import BAR, COLUMNS, FAINT, GRID, INK, ROWS, Bars, Chart, Tiles
from yuqing.review.report.text import clean

_WIDTH = 640  # user units; the page scales the drawing to its column
_FONT = 13
_BAR_STEP, _TILE = 24, 76
_UPRIGHT_HEIGHT = 150
_LABELS = 12  # approximate number of days labelled below the columns


def svg(chart: Chart) -> Markup:
    """The drawing with its description; colours are attributes, so that it works under a strict CSP."""
    if isinstance(chart, Tiles):
        height, parts = ROWS * _TILE, _tiles(chart)
    elif chart.upright:
        height, parts = _UPRIGHT_HEIGHT + 30, _columns(chart)
    else:
        height, parts = len(chart.points) * _BAR_STEP + 4, _bars(chart)
    label = escape(clean(f"{chart.caption}：{chart.alt}"))
    return Markup(
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{label}" font-size="{_FONT}">'
        f"{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, words: str, *, anchor: str = "middle", ink: str = INK) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="#{ink}">{escape(clean(words))}</text>'


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="#{fill}"/>'


def text_width(words: str) -> float:
    """The approximate width of ``words``: a Chinese character is as wide as the font is high, a Latin one about
    half."""
    return _FONT * sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.56 for char in words)


def _bars(chart: Bars) -> Iterator[str]:
    left = min(_WIDTH / 2, 10 + max(text_width(name) for name, _ in chart.points))
    most = max(count for _, count in chart.points)
    for index, (name, count) in enumerate(chart.points):
        top = index * _BAR_STEP + 4
        length = (_WIDTH - left - 50) * count / most
        yield _text(left - 8, top + 13, name, anchor="end")
        yield _rect(left, top, length, 17, BAR)
        yield _text(left + length + 6, top + 13, str(count), anchor="start")


def _columns(chart: Bars) -> Iterator[str]:
    most = max(1, *(count for _, count in chart.points))
    step = (_WIDTH - 40) / len(chart.points)
    every = max(1, round(len(chart.points) / _LABELS))
    for line in sorted({most, (most + 1) // 2}):
        y = _UPRIGHT_HEIGHT - (_UPRIGHT_HEIGHT - 16) * line / most
        yield f'<line x1="36" y1="{y:.1f}" x2="{_WIDTH}" y2="{y:.1f}" stroke="#{GRID}"/>'
        yield _text(30, y + 4, str(line), anchor="end", ink=FAINT)
    for index, (name, count) in enumerate(chart.points):
        height = (_UPRIGHT_HEIGHT - 16) * count / most
        left = 38 + index * step
        if count:
            yield _rect(left, _UPRIGHT_HEIGHT - height, step * 0.78, height, BAR)
        if index % every == 0:
            yield _text(left + step * 0.39, _UPRIGHT_HEIGHT + 18, name, ink=FAINT)


def _tiles(chart: Tiles) -> Iterator[str]:
    left = (_WIDTH - COLUMNS * _TILE) / 2
    for tile in chart.tiles:
        x, y = left + tile.column * _TILE, tile.row * _TILE
        yield _rect(x + 2, y + 2, _TILE - 4, _TILE - 4, tile.fill)
        yield _text(x + _TILE / 2, y + _TILE / 2 - 3, tile.name, ink=tile.ink)
        if tile.count:
            yield _text(x + _TILE / 2, y + _TILE / 2 + 17, str(tile.count), ink=tile.ink)
