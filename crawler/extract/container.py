"""Which lines are the article's body.

There are two opinions: the container named by the source's record or the CMS family, and the run of lines that reads
like text. A named container is taken if it holds most of that run; otherwise the element that fits the run best.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crawler.extract.boilerplate import is_boilerplate, is_byline
from crawler.extract.dates import first_moment
from crawler.extract.footer import ends_text, is_around
from crawler.extract.layout import Line, PageLayout, Span
from crawler.extract.select import select

# Ids and classes of article bodies, by CMS (facts: selectors seen on saved pages and in public crawlers).
# In order of trust: names that only a body has, then names that other boxes have too.
SURE = (
    "ucap-content",
    "ucapcontent",
    "trs_editor",
    "trs_editor_view",
    "trs_ueditor",
    "trs_preappend",
    "view trs_ueditor",
    "rm_txt_con",
    "rwb_zw",
    "p-detail",
    "detailcontent",
    "articlecontent",
    "article_content",
    "article-content",
    "article_inbox",
    "arc_body",
    "post_body",
    "endtext",
    "artibody",
    "zoom",
    "zoomcon",
    "fontzoom",
    "ivs_content",
    "easysitetext",
    "div_zhengwen",
    "downloadcontent",
    "cmsarticlecontent",
    "u-maintext",
    "contentmain",
    "left_zw",
    "news_txt",
    "content_desc",
    "js_content",
)
LIKELY = (
    "pages_content",
    "detail-content",
    "details_content",
    "detail-news",
    "detail_content",
    "xxgk_content",
    "main-txt",
    "main_content",
    "article-body",
    "article_con",
    "article-con",
    "art-con",
    "art-main",
    "con_con",
    "news_content",
    "news-content",
    "newscontent",
    "text_content",
    "text_con",
    "show_text",
    "box_con",
    "content_area",
    "content_body",
    "conttxt",
    "contxt",
    "detail",
    "article",
    "artcon",
    "zw",
    "text",
    "view",
    "font",
    "content",
    "con",
)
_RANK = {name: rank for rank, name in enumerate(SURE + LIKELY)}
PARAGRAPH = 25  # characters of a line that reads like a paragraph
MAX_BYLINES = 10  # lines between title and text: byline, counters, buttons
SHORT = 400  # characters of running text; home pages have no block of text this long
MIN_ENTRIES = 4  # linked lines, each followed by a line with only a day, that make a list
ENTRY = 4  # lines of a list entry: the link, an excerpt, the day
MIN_RUN = 30  # characters of running text; a page with less has no body
MAX_LINE = 400  # a line counts for no more than this, so that a single licence text does not outweigh an article
GAP_LINE = -12  # a short unlinked line: a byline, a heading, a cell
GAP_LINK = -25  # a line of links
_ADDRESS = re.compile(r"(?:https?://|www\.)[\w./-]+")
SINGLE = frozenset(("p", "span", "font", "strong", "b", "li", "center", "h1", "h2", "h3"))  # hold one paragraph
KEEP = 0.6  # share of the run that a named container must hold


@dataclass(frozen=True, slots=True)
class Container:
    """The half-open range of the body's lines, and how it was chosen."""

    start: int
    end: int
    method: str
    span: Span | None = None


def find_container(layout: PageLayout, selectors: tuple[str, ...], first: int = 0) -> Container | None:
    """The body's lines, or None where neither a name nor the text points to any.

    ``first`` is the line from which the body may start (the line after the title, where that is known).
    """
    run = text_run(layout, first)
    named = _by_selector(layout, selectors)
    if named and layout.good_in(named.start, named.end) >= 0.3 * (layout.good_in(*run) if run else 0):
        return named
    family = _by_family(layout, run)
    if family:
        return family
    if not run or layout.good_in(*run) < MIN_RUN:
        return None
    return _fit(layout, run)


def first_paragraph(layout: PageLayout, box: Container) -> int:
    """The first line of the container that reads like a paragraph: the title is above it."""
    numbers = (number for number in range(box.start, box.end) if is_paragraph(layout.lines[number]))
    return next(numbers, box.start)


def is_paragraph(line: Line) -> bool:
    """Whether a line reads like a paragraph of an article and not like a label or a menu."""
    return line.good >= PARAGRAPH and any(mark in line.text for mark in "，。；") and not is_byline(line.text)


def find_leads(layout: PageLayout, start: int, end: int) -> list[str]:
    """Paragraphs between title and container (a lead, a subtitle), in the lines ``start:end``."""
    lines = layout.lines[start:end] if 0 < start < end <= start + MAX_BYLINES else []
    return [line.text for line in lines if is_paragraph(line) and not is_boilerplate(line.text)]


def is_list(layout: PageLayout, box: Container) -> bool:
    """Whether the container is merely the most text-like part of a home or list page."""
    lines = layout.lines[box.start : box.end]
    good = layout.good_in(box.start, box.end)
    if box.method in ("density", "run") and good < SHORT and layout.linked_in(0, len(layout.lines)) > 3 * good:
        return not any(is_byline(line.text) for line in layout.lines[max(0, box.start - 4) : box.start])
    entries = sum(_is_entry(lines[number : number + ENTRY]) for number in range(len(lines)))
    return entries >= MIN_ENTRIES and entries * 6 >= len(lines)


def _is_entry(lines: list[Line]) -> bool:
    """Whether the lines are a linked line, possibly an excerpt, and a line with only a day."""
    if not is_linked(lines[0]):
        return False
    for line in lines[1:]:
        if is_day(line):
            return True
        if is_linked(line):
            return False
    return False


def is_linked(line: Line) -> bool:
    """Whether the line is a link and hardly anything else."""
    return len(line.text) > 5 and line.linked * 10 >= len(line.text) * 9


def is_day(line: Line) -> bool:
    """Whether the line is a day and hardly anything else."""
    text = _ADDRESS.sub("", line.text)
    return len(text) < 22 and first_moment(text) is not None


def text_run(layout: PageLayout, first: int = 0) -> tuple[int, int] | None:
    """The half-open range of lines with the greatest sum of text minus gaps (maximum subarray)."""
    if not layout.weights:
        layout.weights = [line_weight(line) for line in layout.lines]
    best = total = 0
    start = first
    found: tuple[int, int] | None = None
    for number in range(first, len(layout.lines)):
        if total <= 0:
            total, start = 0, number
        total += layout.weights[number]
        if total > best:
            best, found = total, (start, number + 1)
    return _without_bylines(layout.lines, *found) if found else None


def _without_bylines(lines: list[Line], start: int, end: int) -> tuple[int, int]:
    """A run without the bylines at its ends, which stand in the element around the text's."""
    while start < end - 1 and is_byline(lines[start].text):
        start += 1
    while start < end - 1 and is_byline(lines[end - 1].text):
        end -= 1
    return start, end


def line_weight(line: Line) -> int:
    """How strongly a line looks like body text (positive) or like its surroundings (negative)."""
    if is_around(line.text):
        return 2 * GAP_LINK if ends_text(line.text) else GAP_LINE
    if line.good:
        return min(line.good, MAX_LINE)
    if line.linked * 2 > len(line.text):
        return GAP_LINK
    return 0 if line.kind in ("caption", "row", "heading") else GAP_LINE


def _by_selector(layout: PageLayout, selectors: tuple[str, ...]) -> Container | None:
    for css in selectors:
        elements = set(select(layout.root, css))
        spans = [span for span in layout.spans if span.element in elements]
        if spans:
            best = max(spans, key=lambda span: layout.good_in(span.start, span.end))
            if best.end > best.start:
                return Container(best.start, best.end, "source", best)
    return None


def _by_family(layout: PageLayout, run: tuple[int, int] | None) -> Container | None:
    """The most trusted named element that holds most of the run and is not much wider than it."""
    wanted = layout.good_in(*run) if run else 0
    best: tuple[int, int, Span] | None = None
    for span in layout.spans:
        if layout.length[span.end] - layout.length[span.start] < MIN_RUN:
            continue  # the majority: entries of menus and lists
        rank = _rank(str(span.element.tag), span.id, span.classes)
        if rank is None:
            continue
        held = layout.good_in(span.start, span.end)
        common = _common(layout, span, run) if run else 0
        if not _holds(layout, span, rank, held, common, wanted):
            continue
        key = (rank, -held)
        if best is None or key < best[:2]:
            best = (*key, span)
    return Container(best[2].start, best[2].end, "family", best[2]) if best else None


def _holds(layout: PageLayout, span: Span, rank: int, held: int, common: int, wanted: int) -> bool:
    if rank < len(SURE):
        plain = layout.plain_in(span.start, span.end)
        return plain >= MIN_RUN and plain >= KEEP * wanted and 2 * plain > layout.linked_in(span.start, span.end)
    return held >= MIN_RUN and common >= KEEP * wanted and common >= 0.8 * held


@lru_cache(maxsize=8192)
def _rank(tag: str, name: str, classes: str) -> int | None:
    names = [name.lower(), *classes.lower().split()]
    if tag in ("ucapcontent", "article"):
        names.append(tag)
    return min((_RANK[name] for name in names if name in _RANK), default=None)


def _common(layout: PageLayout, span: Span, run: tuple[int, int]) -> int:
    start, end = max(span.start, run[0]), min(span.end, run[1])
    return layout.good_in(start, end) if end > start else 0


def _fit(layout: PageLayout, run: tuple[int, int]) -> Container:
    """The element whose text overlaps the run best (F1); the run itself where no element fits."""
    wanted = layout.good_in(*run)
    best: Span | None = None
    best_key = (0.0, 0)
    for span in layout.spans:
        common = _common(layout, span, run)
        if not common:
            continue
        f1 = 2 * common / (wanted + layout.good_in(span.start, span.end))
        key = (round(f1, 3), -layout.linked_in(span.start, span.end))
        if key > best_key or (key == best_key and best is not None and best.element.tag in SINGLE):
            best, best_key = span, key
    if best is None or best_key[0] < 0.75:
        return Container(*run, "run")
    return Container(best.start, best.end, "density", best)
