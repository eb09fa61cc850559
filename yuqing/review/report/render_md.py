"""The report as Markdown, byte for byte reproducible."""

from __future__ import annotations

from collections.abc import Iterable

from yuqing.review.report.chapters import (
    CHANGE_NAMES,
    COMPARISON,
    CORRECTIONS,
    NO_SUMMITS,
    PREFACE,
    VERSIONS,
    coverage_heading,
    has_comparison,
    heading,
    topic_title,
    unreviewed,
    version_texts,
)
from yuqing.review.report.records import Entry, Paragraph, Report, ReportLink, TableSection
from yuqing.review.report.text import markdown, web_url


def render_md(report: Report) -> bytes:
    """UTF-8 Markdown with tables (GitHub flavour)."""
    cover = report.cover
    lines = [f"# 《{markdown(cover.title)} {markdown(cover.subtitle)}》", ""]
    lines += [f"（{cover.issue}）", "", cover.period, ""]
    if cover.institute:
        lines += [markdown(cover.institute), ""]
    lines += [f"## {PREFACE}", "", markdown(report.preface), ""]
    lines += [f"## {markdown(heading(report, 'summary'))}", "", _plain(report.summary), ""]
    if note := unreviewed(report):
        lines += [_plain(note), ""]
    for section in report.sections:
        lines += _table(section)
    lines += [f"## {markdown(heading(report, 'summit'))}", ""]
    lines += _numbered(report.summits, "### ") if report.summits else [NO_SUMMITS, ""]
    if report.topics:
        lines += [f"## {markdown(heading(report, 'special'))}", ""]
        for topic in report.topics:
            if len(report.topics) > 1:
                lines += [f"### {markdown(topic_title(topic))}", ""]
            lines += _numbered(topic.entries, "#### " if len(report.topics) > 1 else "### ")
    if report.shown.appendix:
        lines += [*_comparison(report), *_coverage(report), ""]
    if report.contacts:
        lines += [f"## {markdown(heading(report, 'contacts'))}", ""]
        lines += [*(f"{markdown(line)}  " for line in report.contacts), ""]
    if report.corrections:
        lines += [f"## {CORRECTIONS}", "", *(f"- {markdown(line)}" for line in report.corrections), ""]
    if report.versions and report.shown.versions:
        lines += [f"## {VERSIONS}", ""]
        lines += [f"- {markdown(text)}" for text in version_texts(report)]
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _coverage(report: Report) -> list[str]:
    lines = [f"## {coverage_heading(report)}", "", *(f"- {_plain(note)}" for note in report.coverage), ""]
    return lines + [f"  - {markdown(entry.text)} {_links(entry)}" for entry in report.unplaced]


def _plain(paragraph: Paragraph) -> str:
    return markdown("".join(segment.text for segment in paragraph))


def _links(entry: Entry) -> str:
    """Every page of the entry as a link; a URL that cannot be linked is printed as text, and without one its source."""
    return " ".join(
        f"[{markdown(link.name or link.url)}](<{url}>)" if (url := _target(link.url)) else markdown(_unlinked(link))
        for link in entry.links
    )


def _unlinked(link: ReportLink) -> str:
    return link.url or link.name


def _target(url: str) -> str:
    return web_url(url).replace("<", "%3C").replace(">", "%3E").replace("|", "%7C").replace("\\", "%5C")


def _table(section: TableSection) -> list[str]:
    lines = [f"## {markdown(section.heading)}", "", _plain(section.lead), ""]
    if not section.rows:
        return lines
    lines += ["| " + " | ".join(section.columns) + " |", "| " + " | ".join("---" for _ in section.columns) + " |"]
    for row in section.rows:
        for index, entry in enumerate(row.entries):
            label = markdown(row.label) if not index else ""
            text = f"{entry.marker} {markdown(entry.text)}".strip()
            if len(section.columns) == 3:
                lines.append(f"| {label} | {text} | {_links(entry)} |")
            else:
                lines.append(f"| {label} | {text} {_links(entry)} |")
    return [*lines, ""]


def _numbered(entries: Iterable[Entry], mark: str) -> list[str]:
    lines: list[str] = []
    for number, entry in enumerate(entries, 1):
        lines += [f"{mark}{number}. {markdown(entry.heading)}", "", f"{markdown(entry.text)} {_links(entry)}", ""]
    return lines


def _comparison(report: Report) -> list[str]:
    if not has_comparison(report):
        return []
    lines = [f"## {COMPARISON}", "", "| 领域 | 上期 | 本期 | 变化 |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {markdown(change.name)} | {change.before} | {change.now} | {CHANGE_NAMES[change.kind]} |"
        for change in report.changes
    ]
    if report.new_words:
        lines += ["", "新出现的“互联网+”提法：" + "、".join(f"“{markdown(word)}”" for word in report.new_words)]
    return [*lines, ""]
