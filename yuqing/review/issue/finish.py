"""The texts of the issue that people wrote, in place of the drafted ones; outdated ones are flagged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from yuqing.core.records import Edit
from yuqing.review.issue.arrange import NOTHING, Arranged
from yuqing.review.issue.parts import COVER, SWITCHES, YES, IssueEdits, basis_of, mark_of
from yuqing.review.issue.trace import traced
from yuqing.review.report import chapters
from yuqing.review.report.records import Entry, Paragraph, Report, Shown, TableSection


@dataclass(frozen=True, slots=True)
class Part:
    """A text of the issue: what is printed, the program's text, and the edit that replaces it.

    ``basis`` is what an edit made now would be based on. ``row``: it belongs to one article, not to a paragraph about
    several. ``variants`` are the program's alternative texts.
    """

    key: str
    text: str
    draft: str
    basis: str
    edit: Edit | None = None
    row: bool = False
    variants: tuple[str, ...] = ()

    @property
    def edited(self) -> bool:
        """Whether a person's text is printed."""
        return bool(self.edit and self.edit.value)

    @property
    def stale(self) -> bool:
        """Whether the facts behind the edit have changed since it was made.

        For a row, only if the change shows in its draft: a corrected last line of an article is no reason to ask.
        """
        if not self.edit or not self.edit.value or not self.edit.basis:
            return False
        (was, _, before), (now, _, after) = self.edit.basis.partition("\n"), self.basis.partition("\n")
        return was != now and (not self.row or before != after)

    @property
    def version(self) -> int:
        """The version that another edit would build on."""
        return self.edit.version if self.edit else 0


@dataclass(frozen=True, slots=True)
class Issue:
    """The report as it is printed, and its texts by part name.

    ``drafted`` has the same rows with the program's own texts.
    """

    report: Report
    drafted: Report
    arranged: Arranged = NOTHING
    parts: Mapping[str, Part] = field(default_factory=dict)

    @property
    def stale(self) -> list[Part]:
        """The edited texts whose facts have changed."""
        return [part for part in self.parts.values() if part.stale]


def finish(report: Report, arranged: Arranged, variants: Mapping[str, Sequence[Paragraph]] | None = None) -> Issue:
    """``report``, whose rows are ``arranged`` and whose texts are drafts, with people's texts in place.

    ``variants``: alternative drafts of a paragraph, by the name of its part.
    """
    edits = arranged.edits
    parts = {part.key: part for part in _parts(report, arranged, edits, variants or {})}

    def text(key: str) -> str:
        return parts[key].text

    def paragraph(key: str, drafted: Paragraph, sections: Sequence[TableSection]) -> Paragraph:
        if not parts[key].edited:
            return drafted
        entries = [entry for section in sections for row in section.rows for entry in row.entries]
        return traced(text(key), (drafted, *(variants or {}).get(key, ())), entries, sections)

    printed = replace(
        report,
        cover=replace(report.cover, **{name: text(f"cover.{name}") for name in COVER}),
        preface=text("preface"),
        summary=paragraph("summary", report.summary, report.sections),
        sections=tuple(
            replace(
                section,
                heading=text(f"chapter.{section.key}"),
                lead=paragraph(f"lead.{section.key}", section.lead, (section,)),
            )
            for section in report.sections
        ),
        topics=tuple(replace(topic, name=text(f"topic.{topic.name}")) for topic in report.topics),
        contacts=tuple(line for line in text("contacts").splitlines() if line.strip()),
        shown=Shown(**{name: text(f"show.{name}") == YES for name in SWITCHES}),
        headings={
            **report.headings,
            **{
                name: text(f"chapter.{name}")
                for name in chapters.NAMED
                if f"chapter.{name}" in parts and parts[f"chapter.{name}"].edited
            },
        },
    )
    return Issue(printed, report, arranged, parts)


def _parts(
    report: Report, arranged: Arranged, edits: IssueEdits, variants: Mapping[str, Sequence[Paragraph]]
) -> Iterable[Part]:
    """Every text that can be edited."""

    def part(key: str, draft: str, facts: Iterable[object] = ()) -> Part:
        edit = edits.by_part.get(key)
        value = edit.value if edit else ""
        said = tuple(plain(variant) for variant in variants.get(key, ()))
        return Part(key, value or draft, draft, basis_of(mark_of(facts), draft), edit, variants=said)

    for name in COVER:
        yield part(f"cover.{name}", getattr(report.cover, name))
    yield part("preface", report.preface)
    facts = {one.entry.id: one.facts for one in arranged.placed}
    every = [_facts(entry, "", facts) for entry in report.entries()]
    yield part("summary", plain(report.summary), every)
    for section in report.sections:
        yield part(f"chapter.{section.key}", section.heading)
        yield part(f"lead.{section.key}", plain(section.lead), _section_facts(section, facts))
    for name, heading in chapters.NAMED.items():
        yield part(f"chapter.{name}", heading(report))
    for topic in report.topics:
        yield part(f"topic.{topic.name}", topic.name)
    yield part("contacts", "\n".join(report.contacts))
    for name in SWITCHES:
        yield part(f"show.{name}", YES if getattr(report.shown, name) else "no")
    for key, drafted in arranged.drafts.items():
        edit = edits.by_part.get(key)
        yield Part(key, (edit.value if edit else "") or drafted.text, drafted.text, drafted.basis, edit, row=True)


def plain(paragraph: Paragraph) -> str:
    """A paragraph without its links."""
    return "".join(segment.text for segment in paragraph)


def _section_facts(section: TableSection, facts: Mapping[str, str]) -> list[object]:
    return [_facts(entry, row.label, facts) for row in section.rows for entry in row.entries]


def _facts(entry: Entry, label: str, facts: Mapping[str, str]) -> object:
    """What a paragraph about the row depends on: that the row is there, and what its article says (not its wording)."""
    return entry.id, label, entry.actions, facts.get(entry.id, "")
