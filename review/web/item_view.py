"""One item for the eye: its text with the evidence marked, drafts, family, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.explain import pieces
from core.records import Evidence, Field, Item, Review
from review.consistency import unsupported
from review.draft import Draft, draft, draft_paragraph
from review.places import main_region
from review.text import clean, web_url
from review.web.labels import tag_text
from review.web.stories import Card

_DRAFT = "draft:"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the article; ``tags`` in words, ``drafts`` are the numbers of the drafts that rest on it."""

    text: str
    tags: str
    drafts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """What the detail shows. ``form`` is the review in the form; ``doubts`` is what its row says and the text not."""

    item: Item
    title: tuple[Mark, ...]
    body: tuple[Mark, ...]
    drafts: tuple[Draft, ...]
    form: Review
    doubts: tuple[str, ...]
    tags: tuple[str, ...]
    family: tuple[Card, ...]
    history: tuple[Review, ...]
    url: str
    conflict: Review | None = None
    problem: str = ""


def view_item(
    item: Item,
    family: Sequence[Card],
    history: Sequence[Review],
    *,
    form: Review | None = None,
    conflict: Review | None = None,
    problem: str = "",
) -> ItemView:
    """The view; ``form`` is what a refused form said, ``conflict`` the version that stood in its way."""
    drafts = drafts_of(item)
    shown = form or item.review
    if form is None:
        row = item.review.row or (drafts[0].text if drafts else item.article.title)
        sections = item.review.sections or item.tags.sections
        shown = Review(
            state=item.review.state, row=row, sections=sections, note=item.review.note, version=item.review.version
        )
    region = main_region(item.tags.regions)
    allowed = [name for name in (region.province, region.city, region.county) if name] if region else []
    return ItemView(
        item=item,
        title=_marks(item, "title", drafts),
        body=_marks(item, "body", drafts),
        drafts=drafts,
        form=shown,
        doubts=tuple(unsupported(shown.row, item.article, allowed)) if shown.row else (),
        tags=_tags(item),
        family=tuple(card for card in family if card.id != item.id),
        history=tuple(history),
        url=web_url(item.article.url),
        conflict=conflict,
        problem=problem,
    )


def drafts_of(item: Item) -> tuple[Draft, ...]:
    """The drafts to choose from; a summit's or topic's paragraph first."""
    rows = draft(item)
    sections = item.review.sections or item.tags.sections
    if not {"summit", "special"} & set(sections):
        return rows
    paragraph = draft_paragraph(item)
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


def _tags(item: Item) -> tuple[str, ...]:
    tags = item.tags
    regions = (
        "/".join(filter(None, (r.province, r.city, r.county))) + ("＊" if r.primary else "") for r in tags.regions
    )
    return tuple(
        dict.fromkeys(
            clean(text)
            for text in (
                *(
                    f"领域 {s.phrase}" + (f"（{s.name}）" if s.name != s.phrase and s.name else "")
                    for s in tags.sectors
                ),
                *(f"地区 {name}" for name in regions if name.strip("＊")),
                *(f"部委 {name}" for name in tags.ministries),
                *(f"企业 {name}" for name in tags.enterprises),
                *(f"活动 {event.name}" for event in tags.events),
                *(f"专题 {topic}" for topic in tags.topics),
            )
        )
    )
