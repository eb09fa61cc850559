"""The report as one self-contained, printable html file; every number links to the entries it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from yuqing.review.report import chapters
from yuqing.review.report.chart_svg import svg
from yuqing.review.report.charts import Chart
from yuqing.review.report.records import Entry, Paragraph, Report
from yuqing.review.report.text import clean, web_url

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
# As filters: a function of the context costs five times as much, and a window of 20,000 items calls it 60,000 times.
_ENVIRONMENT.filters |= {"clean": clean, "web_url": web_url}
_TITLED = 40  # up to this many entries are listed by their opening words, more of them by number


def render_html(report: Report, charts: Sequence[Chart]) -> bytes:
    """UTF-8 html without scripts and without external resources."""
    figures = _Figures({entry.id: entry for entry in report.entries()})
    text = _ENVIRONMENT.get_template("report.html.jinja").render(
        report=report,
        charts=[(chart.caption, svg(chart)) for chart in charts],
        chapters=chapters,
        figures=figures,
        paragraph=figures.paragraph,
    )
    return text.encode("utf-8", "replace")


@dataclass(slots=True)
class _Figures:
    """The numbers in the drafted paragraphs and what they count, in order of appearance."""

    entries: dict[str, Entry]
    lists: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    known: dict[tuple[str, ...], str] = field(default_factory=dict)

    def paragraph(self, paragraph: Paragraph) -> Markup:
        """The paragraph; a number links to its only entry, or to the list of its entries at the end."""
        parts: list[Markup] = []
        for segment in paragraph:
            text = escape(clean(segment.text))
            if segment.refs:
                target = segment.refs[0] if len(segment.refs) == 1 else self._list(segment.text, segment.refs)
                text = Markup('<a class="n" href="#{}">{}</a>').format(target, text)
            parts.append(text)
        return Markup("").join(parts)

    def _list(self, text: str, refs: tuple[str, ...]) -> str:
        if refs not in self.known:
            self.known[refs] = f"n{len(self.lists) + 1}"
            self.lists.append((self.known[refs], text, refs))
        return self.known[refs]

    def index(self) -> list[tuple[str, str, int, Markup]]:
        """The lists, each with its name, the number it explains, its length and its links.

        Not in the template: 65,000 links took half of the time for the whole html.
        """
        return [(name, text, len(refs), self._links(refs)) for name, text, refs in self.lists]

    def _links(self, refs: Sequence[str]) -> Markup:
        labelled = zip(refs, self._labels(refs), strict=True)
        return Markup("".join(f'<a href="#{escape(ref)}">{escape(label)}</a>' for ref, label in labelled))

    def _labels(self, refs: Sequence[str]) -> list[str]:
        if len(refs) > _TITLED:
            return [str(position) for position in range(1, len(refs) + 1)]
        entries = (self.entries[ref] for ref in refs)
        texts = [clean(entry.heading or entry.text) for entry in entries]
        return [text if len(text) <= 28 else text[:28] + "…" for text in texts]
