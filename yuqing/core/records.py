"""The typed records, one for each stage that a page passes through.

``Source --spider--> Page --extract--> Article --classify--> Tags --> Item``; people add a ``Review``.
Every field is defined in docs/fields.md (enforced by a test). All records are immutable: a stage makes
a new one with :func:`msgspec.structs.replace`. JSON goes through :mod:`yuqing.core.jsonio`. The records of
sources.yaml are dataclasses, so that pydantic can read them and report every fault in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, dataclass_transform

import msgspec

from yuqing.core.errors import UsageError

Tier = Literal["central-gov", "central-media", "ministry", "province-gov", "province-media", "commercial"]
Section = Literal["ministry", "province", "enterprise", "summit", "special"]
DateSource = Literal["label", "url", "listing", "meta", "library"]
Field = Literal["title", "body", "origin", "source"]
Confidence = Literal["high", "medium", "low"]
BY_HAND = "by-hand"  # the method of an article that a person typed
Day = date  # for annotations in a class with a field named date, which would shadow the type


class Outcome(StrEnum):
    """What became of a fetched (or refused) page; every page has exactly one."""

    INDEXED = "indexed"  # a new item on the subject
    UPDATED = "updated"  # a known item whose text or tags changed
    UNCHANGED = "unchanged"  # 304, or the same content as before
    REPRINT = "reprint"  # a new item that repeats one already stored
    NOT_RELEVANT = "not-relevant"  # stored, but below the relevance threshold
    UNDATED = "undated"  # stored in quarantine: no day could be found
    NOT_STORED = "not-stored"  # Elasticsearch refused the item; it is kept on this machine
    TOO_SHORT = "too-short"
    SCRIPT_DRAWN = "script-drawn"  # the text is rendered by JavaScript, which the crawler does not run
    NO_TITLE = "no-title"
    LIST_PAGE = "list-page"  # a home or list page linked as an article
    NOT_HTML = "not-html"
    UNDECODABLE = "undecodable"
    GARBLED = "garbled"  # the site itself decoded the text with a wrong encoding before publishing it
    ERROR_PAGE = "error-page"  # status 200, but the page says not found, maintenance, moved or log in
    PART = "part"  # a further page of an article, joined to its first
    LISTING = "listing"  # a list page or feed that was read for links
    LISTING_EMPTY = "listing-empty"  # a list page or feed that yielded no link
    CONTROL = "control"  # a URL that cannot exist, fetched to learn how the site reports a missing page
    REFUSED = "refused"  # 412, 521, 403, challenge page: left alone
    BACKOFF = "resting"  # not requested: its host refused recently and is being left alone
    ROBOTS = "robots"  # robots.txt forbids the path
    OFF_SITE = "off-site"  # redirected to a host that is not the source's
    REDIRECT_LOOP = "redirect-loop"
    HTTP_ERROR = "http-error"
    TOO_LARGE = "too-large"
    TIMEOUT = "timeout"
    NETWORK = "network"  # DNS, connection refused or reset
    BAD_ADDRESS = "bad-address"  # its URL is invalid; not requested
    UNREADABLE = "unreadable"  # a damaged archive record
    FAILED = "failed"  # a bug in the program; the message is in the ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Deprecated:
    """Why and when a source or a list was taken out of service; its record stays for old articles."""

    date: Day
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A start page or feed of a source: where article links are found."""

    url: str
    adapter: str
    channel: str = ""
    items: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    next: str = ""
    first_page: int = 1
    max_pages: int = 5
    params: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""
    deprecated: Deprecated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """CSS selectors of a source, tried in order, before those of the CMS families."""

    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One record of sources.yaml: a site or channel and how its pages are read."""

    id: str
    name: str
    tier: Tier
    hosts: tuple[str, ...]
    lists: tuple[ListPage, ...] = ()
    province: str = ""
    ministry: str = ""
    cms: str = ""
    encoding: str = ""
    article_urls: tuple[str, ...] = ()
    url_date: str = ""
    select: Selectors = Selectors()
    confidence: Confidence = "medium"
    verified: date | Literal["never"] = "never"
    seen: str = ""
    deprecated: Deprecated | None = None
    note: str = ""

    @property
    def open_lists(self) -> tuple[ListPage, ...]:
        """The lists in service."""
        return tuple(listed for listed in self.lists if listed.deprecated is None)


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the stages pass on: immutable, keyword-only, compared by value.

    A Struct, not a dataclass, because an article creates some forty of them: an Evidence takes 0.06 µs instead of 0.7.
    ``gc=False``: an immutable record cannot be part of a reference cycle, so the garbage collector may skip it.
    """


class Link(Record):
    """A link to an article as it appears on a list page."""

    url: str
    title: str = ""
    day: date | None = None
    channel: str = ""


class Page(Record):
    """Bytes as fetched, with everything needed to process them again years later.

    ``parts`` are the remaining pages of a multi-page article, in order; ``links`` is the number of article links
    found on a listing; ``note`` is the spider's remark (why it counts as a refusal, what is wrong with a list).
    ``added_by`` is the person who added the page, "" if the crawl found it.
    """

    url: str
    body: bytes
    source_id: str
    fetched_at: datetime
    status: int = 200
    headers: Mapping[str, str] = {}
    kind: Literal["article", "listing", "part", "control"] = "article"
    link: Link | None = None
    parts: tuple[Page, ...] = ()
    links: int = 0
    note: str = ""
    added_by: str = ""


class Attachment(Record):
    """A file (pdf, doc, ofd …) that an article links to."""

    name: str
    url: str


class RelatedPage(Record):
    """A page linked from that of an official document: ``kind`` is 解读 (it explains the document) or 文件."""

    kind: Literal["解读", "文件"]
    title: str
    url: str


class Document(Record):
    """The metadata of an official document as labelled on its page; days as YYYY-MM-DD, empty if not printed.

    ``found_in`` holds for each field the words it was read from.
    """

    number: str = ""
    index: str = ""
    issuer: str = ""
    written_on: str = ""
    published_on: str = ""
    topic: str = ""
    validity: str = ""
    related: tuple[RelatedPage, ...] = ()
    found_in: Mapping[str, str] = {}


class Article(Record):
    """The content of a page: title, day, origin and body, and how each was found."""

    url: str
    title: str
    body: str
    published_at: str = ""
    date_source: DateSource | Literal[""] = ""
    date_agrees: tuple[str, ...] = ()
    origin: str = ""
    editor: str = ""
    columns: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    document: Document | None = None
    encoding: str = "utf-8"
    method: str = ""

    @property
    def day(self) -> date | None:
        """The day of publication in China, or None for an undated article. Raises UsageError if it is not a day."""
        try:
            return date.fromisoformat(self.published_at[:10]) if self.published_at else None
        except ValueError:
            said = f"{self.url}: published_at “{self.published_at}” is not a day; write YYYY-MM-DD, or nothing."
            raise UsageError(said) from None

    @property
    def searched(self) -> str:
        """The text that is searched in addition to the title: the body, and the metadata of a document."""
        found = self.document
        return (
            self.body if found is None else "\n".join((self.body, found.number, found.index, found.issuer, found.topic))
        )


class Rejected(Record):
    """A page that yielded no article, and why."""

    url: str
    reason: Outcome
    detail: str = ""


class Evidence(Record):
    """Why a tag was given: the rule, and the words in the original text (offsets in characters)."""

    tag: str
    rule: str
    text: str
    start: int
    end: int
    sentence: str
    field: Field = "body"


class SectorTag(Record):
    """A sector: its canonical name and group, or a phrase that keywords.yaml does not list yet."""

    name: str | None
    group: str | None
    phrase: str


class RegionTag(Record):
    """A place named in the text, resolved to province, city and county (empty if unknown)."""

    province: str
    city: str = ""
    county: str = ""
    code: str = ""
    primary: bool = False
    reason: str = ""


class EventTag(Record):
    """A summit, forum or fair, by its proper name."""

    kind: str
    name: str


class Tags(Record):
    """The classifier's result for an article; ``rules`` is the version of the rules that produced it."""

    relevant: bool = False
    score: float = 0.0
    act: float = 0.0
    reasons: tuple[str, ...] = ()
    sectors: tuple[SectorTag, ...] = ()
    regions: tuple[RegionTag, ...] = ()
    ministries: tuple[str, ...] = ()
    enterprises: tuple[str, ...] = ()
    events: tuple[EventTag, ...] = ()
    topics: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rules: str = ""


class ReprintCluster(Record):
    """The reprint cluster of an item; ``id`` is the item id of its lead."""

    id: str
    lead: bool = True


ReviewState = Literal["pending", "accepted", "dropped"]
DropReason = Literal["", "irrelevant", "duplicate", "opinion", "period", "other"]


class Labels(Record):
    """The tags of an item as a person confirmed or corrected them; later rules do not change them.

    ``further``: the tags of the other correctable facets, by the facet's key. For a facet that is missing there the
    person was not asked, and the rules' tags apply.
    """

    sectors: tuple[SectorTag, ...] = ()
    regions: tuple[RegionTag, ...] = ()
    ministries: tuple[str, ...] = ()
    enterprises: tuple[str, ...] = ()
    further: Mapping[str, tuple[str, ...]] = {}


class Review(Record):
    """What people decided; only people write it. ``version`` counts the writes (optimistic lock)."""

    state: ReviewState = "pending"
    row: str = ""
    sections: tuple[Section, ...] = ()
    labels: Labels | None = None
    reason: DropReason = ""
    note: str = ""
    by: str = ""
    at: str = ""
    version: int = 0


class Edit(Record):
    """Something a person wrote that belongs to no single item: a part of an issue, a comment, a saved search.

    ``scope`` says what it belongs to (``issue:2018-03``), ``part`` which part of that it is. ``value`` "" resets the
    part to the program's text; ``basis`` is the program's text at the time of the edit. ``version`` counts the edits
    of the part (optimistic lock); ``undoes`` is the version that this one reverts, 0 for none.
    """

    scope: str
    part: str
    value: str = ""
    basis: str = ""
    by: str = ""
    at: str = ""
    version: int = 0
    undoes: int = 0


class Item(Record):
    """A stored article with everything known about it; ``id`` is derived from the canonical URL."""

    id: str
    source_id: str
    source_name: str
    tier: Tier
    fetched_at: str
    window: str
    content_hash: str
    article: Article
    tags: Tags = Tags()
    cluster: ReprintCluster | None = msgspec.field(default=None, name="family")
    review: Review = Review()
    added_by: str = ""


class PageResult(Record):
    """A row of the run ledger: what became of one page."""

    url: str
    source_id: str
    outcome: Outcome
    detail: str = ""
    status: int = 0
    links: int = 0
    item_id: str = ""
