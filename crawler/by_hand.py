"""An article that a person typed because its page cannot be fetched: into the archive, and back."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

import msgspec

from yuqing.core.records import BY_HAND, Article, Attachment, Outcome, Page, Rejected
from yuqing.core.urls import BY_HAND_HOST, host_of

CONTENT_TYPE = "application/vnd.yuqing.article+json"  # of such a record in the archive
LEAST = 10  # characters of text


class HandFile(msgspec.Struct, frozen=True):
    """A file that a person attached to an article."""

    name: str
    content: bytes


class HandArticle(msgspec.Struct, frozen=True, kw_only=True):
    """What the person entered. ``url`` may be empty; ``source`` is where it was read."""

    title: str
    text: str
    day: date
    source: str = ""
    url: str = ""
    files: tuple[HandFile, ...] = ()


def hand_page(given: HandArticle, by: str, at: datetime, source_id: str) -> Page:
    """The page that represents it in the archive."""
    body = msgspec.json.encode(given)
    mark = hashlib.sha256(f"{given.title}\n{given.day}".encode()).hexdigest()[:16]
    return Page(
        url=given.url or f"http://{BY_HAND_HOST}/{mark}",
        body=body,
        source_id=source_id or host_of(given.url) or BY_HAND_HOST,
        fetched_at=at,
        headers={"content-type": CONTENT_TYPE},
        note="typed by a person",
        added_by=by,
    )


def is_hand_page(page: Page) -> bool:
    """Whether ``page`` was typed."""
    return any(name.lower() == "content-type" and value == CONTENT_TYPE for name, value in page.headers.items())


def hand_files(page: Page) -> tuple[HandFile, ...]:
    """The files of a typed page, in the order of its article's attachments; empty for any other page."""
    return msgspec.json.decode(page.body, type=HandArticle).files if is_hand_page(page) else ()


def hand_article(page: Page) -> Article | Rejected:
    """The article of a typed page."""
    try:
        given = msgspec.json.decode(page.body, type=HandArticle)
    except msgspec.MsgspecError as error:
        return Rejected(url=page.url, reason=Outcome.UNDECODABLE, detail=str(error))
    return Article(
        url=page.url,
        title=given.title,
        body=given.text,
        published_at=given.day.isoformat(),
        date_source="label",
        origin=given.source,
        attachments=tuple(
            Attachment(name=file.name, url=f"{page.url}#file-{number}") for number, file in enumerate(given.files, 1)
        ),
        method=BY_HAND,
    )
