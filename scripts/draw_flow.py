"""docs/data-flow.svg, the path of a page: ``python -m scripts.draw_flow > docs/data-flow.svg``."""

from __future__ import annotations

import sys
from typing import NamedTuple

WIDTH, HEIGHT = 150, 54  # of a box
STEP_X, STEP_Y = 190, 96


class Box(NamedTuple):
    """A stage or a file at ``column`` and ``row``: its name, and below it what makes or contains it."""

    name: str
    below: str
    column: int
    row: int
    kind: str = "record"


BOXES = (
    Box("sources.yaml", "analysts edit it", 0, 0, "file"),
    Box("spider", "lists, links, manners", 1, 0, "step"),
    Box("Page", "bytes as fetched", 2, 0),
    Box("archive", "WARC files", 3, 0, "store"),
    Box("extract()", "crawler/extract", 2, 1, "step"),
    Box("Article", "title, day, body", 3, 1),
    Box("keywords.yaml", "analysts edit it", 0, 2, "file"),
    Box("classify()", "classifiers", 1, 2, "step"),
    Box("Tags", "each with evidence", 2, 2),
    Box("Item", "with reprint cluster", 3, 2),
    Box("store", "SQLite, Elasticsearch", 3, 3, "store"),
    Box("review page", "people decide", 2, 3, "step"),
    Box("report", "docx, html, md, json", 1, 3),
    Box("run ledger", "one outcome per page", 0, 3, "store"),
)
ARROWS = (
    ("sources.yaml", "spider"), ("spider", "Page"), ("Page", "archive"), ("Page", "extract()"),
    ("extract()", "Article"), ("Article", "Item"), ("Article", "classify()"), ("keywords.yaml", "classify()"),
    ("classify()", "Tags"), ("Tags", "Item"), ("Item", "store"), ("store", "review page"), ("review page", "report"),
)  # fmt: skip
FILLS = {"record": "#ffffff", "step": "#dbeafe", "file": "#fef3c7", "store": "#dcfce7"}
LEGEND = {"file": "people edit", "step": "code", "record": "record", "store": "kept on disk"}


def draw() -> str:
    """The figure."""
    places = {box.name: box for box in BOXES}
    lines = [_arrow(places[one], places[other]) for one, other in ARROWS]
    lines += [_box(box) for box in BOXES]
    for number, (kind, text) in enumerate(LEGEND.items()):
        x = 20 + number * 150
        lines.append(f'<rect x="{x}" y="410" width="16" height="16" fill="{FILLS[kind]}" stroke="#334155"/>')
        lines.append(f'<text x="{x + 24}" y="423" font-size="13">{text}</text>')
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {20 + 3 * STEP_X + WIDTH + 20} 440" '
        'font-family="sans-serif" fill="#0f172a" role="img" aria-label="The path of a page, from source to report">'
    )
    marker = (
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#334155"/></marker></defs>'
    )
    return "\n".join((head, marker, *lines, "</svg>\n"))


def _corner(box: Box) -> tuple[int, int]:
    return 20 + box.column * STEP_X, 20 + box.row * STEP_Y


def _box(box: Box) -> str:
    x, y = _corner(box)
    middle = x + WIDTH // 2
    return (
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="{FILLS[box.kind]}" stroke="#334155"/>'
        f'<text x="{middle}" y="{y + 23}" text-anchor="middle" font-size="15" font-weight="600">{box.name}</text>'
        f'<text x="{middle}" y="{y + 42}" text-anchor="middle" font-size="12">{box.below}</text>'
    )


def _arrow(one: Box, other: Box) -> str:
    (x, y), (to_x, to_y) = _corner(one), _corner(other)
    if one.row == other.row:
        right = other.column > one.column
        x, to_x = (x + WIDTH, to_x) if right else (x, to_x + WIDTH)
        y = to_y = y + HEIGHT // 2
    else:
        x, y, to_x = x + WIDTH // 2, y + HEIGHT, to_x + WIDTH // 2
    return f'<line x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}" stroke="#334155" marker-end="url(#tip)"/>'


if __name__ == "__main__":
    sys.stdout.write(draw())
