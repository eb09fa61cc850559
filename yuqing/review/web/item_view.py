"""The view model of an item: its text with the evidence marked, drafts, cluster, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from classifiers.explain import pieces
from yuqing.core.decided import decided
from yuqing.core.facets import FACETS, facet_texts, labels_of
from yuqing.core.names import Names
from yuqing.core.records import Evidence, Field, Item, Review
from yuqing.review.check.doubts import doubts
from yuqing.review.check.same_event import Likeness
from yuqing.review.draft.records import Draft
from yuqing.review.draft.rows import draft, draft_paragraph
from yuqing.review.report.text import clean, web_url
from yuqing.review.web.labels import tag_text
from yuqing.review.web.queue_cache import Card
from yuqing.review.web.tag_form import Choice, changes_text, choices, tags_before

MAX_TEXT = 4000  # characters of a row or a note; the longest paragraph of a published issue has about 550
_DRAFT = "draft:"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the article; ``tags`` are display texts, ``drafts`` the numbers of the drafts based on it."""

    text: str
    tags: str
    drafts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """What the detail view shows. ``form`` is the review in the form; ``doubts`` is what its row says but the text does
    not.

    ``choices`` are the checkboxes of the tags; ``differs`` describes how the rules' tags differ from a person's.
    """

    item: Item
    title: tuple[Mark, ...]
    body: tuple[Mark, ...]
    drafts: tuple[Draft, ...]
    form: Review
    doubts: tuple[str, ...]
    choices: dict[str, list[Choice]]
    differs: str
    others: tuple[str, ...]
    cluster: tuple[Card, ...]
    history: tuple[Review, ...]
    url: str
    alike: tuple[tuple[Item, Likeness], ...] = ()
    conflict: Review | None = None
    problem: str = ""


def view_item(
    item: Item,
    cluster: Sequence[Card],
    history: Sequence[Review],
    names: Names,
    alike: tuple[tuple[Item, Likeness], ...] = (),
    *,
    form: Review | None = None,
    conflict: Review | None = None,
    problem: str = "",
) -> ItemView:
    """The view; ``form`` holds the contents of a refused form, ``conflict`` the version it conflicts with.

    ``names`` are those of keywords.yaml, for checking the row; ``alike`` are items that seem to be about the same
    event.
    """
    stands = decided(item)
    drafts = drafts_of(stands, names)
    shown = form or item.review
    if form is None:
        row = item.review.row or (drafts[0].text if drafts else item.article.title)
        shown = replace(item.review, row=row, sections=stands.tags.sections)
    return ItemView(
        item=item,
        title=_marks(item, "title", drafts),
        body=_marks(item, "body", drafts),
        drafts=drafts,
        form=shown,
        doubts=row_doubts(shown.row, [item], names),
        choices=choices(item, shown.labels or tags_before(item)),
        differs=changes_text(item.review.labels, labels_of(item.tags)) if item.review.labels else "",
        others=_others(item),
        cluster=tuple(card for card in cluster if card.id != item.id),
        history=tuple(history),
        url=web_url(item.article.url),
        alike=alike,
        conflict=conflict,
        problem=problem,
    )


def row_doubts(row: str, items: Sequence[Item], names: Names) -> tuple[str, ...]:
    """What a row says that its articles do not, in Chinese: of several articles, what none of them says. Nothing for a
    row that is empty or too long; of a reprint cluster one article is compared."""
    one_each = {item.cluster.id if item.cluster else item.id: item for item in reversed(items)}.values()
    if not 0 < len(row) <= MAX_TEXT:
        return ()
    found: list[dict[str, str]] = []
    for item in one_each:
        regions = decided(item).tags.regions
        allowed = [name for r in regions for name in (r.province, r.city, r.county) if name]
        found.append({doubt.partition("（")[0]: doubt for doubt in doubts(row, item.article, names, allowed)})
    return tuple(doubt for key, doubt in found[0].items() if all(key in more for more in found)) if found else ()


def drafts_of(item: Item, names: Names) -> tuple[Draft, ...]:
    """The selectable drafts; the paragraph for a summit or topic comes first."""
    rows = draft(item, names)
    if not {"summit", "special"} & set(item.tags.sections):
        return rows
    paragraph = draft_paragraph(item, names)
    return (paragraph, *(row for row in rows if row.text != paragraph.text)) if paragraph else rows


def _marks(item: Item, where: Field, drafts: Sequence[Draft]) -> tuple[Mark, ...]:
    text = item.article.title if where == "title" else item.article.body
    spans = [
        Evidence(tag=f"{e.rule.partition(':')[0]}:{e.tag}", rule="", text="", start=e.start, end=e.end, sentence="")
        for e in item.tags.evidence
        if e.field == where
    ]
    spans += [
        Evidence(tag=f"{_DRAFT}{number}", rule="", text="", start=quote.start, end=quote.end, sentence="")
        for number, made in enumerate(drafts)
        for quote in made.evidence
        if quote.field == where
    ]
    return tuple(
        Mark(
            text="\n".join(clean(line) for line in piece.text.split("\n")),
            tags="；".join(dict.fromkeys(tag_text(tag) for tag in piece.tags if not tag.startswith(_DRAFT))),
            drafts=tuple(int(tag.removeprefix(_DRAFT)) for tag in piece.tags if tag.startswith(_DRAFT)),
        )
        for piece in pieces(text, spans)
    )


def _others(item: Item) -> tuple[str, ...]:
    """The tags that are not in the form."""
    texts = (
        f"{facet.label} {text}"
        for facet in FACETS
        if not facet.correctable and facet.key != "section"
        for text in facet_texts(facet, item.tags)
    )
    return tuple(map(clean, texts))
