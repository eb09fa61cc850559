"""Feeds of the sections and of the saved searches: Atom, RSS 2.0 and JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Literal, get_args

from feedgen.feed import FeedGenerator

from indexer.filters import query_of
from indexer.saved_searches import saved_search, saved_searches
from indexer.store import Query, Store
from yuqing.core.decided import decided
from yuqing.core.errors import UsageError
from yuqing.core.facets import tag_values
from yuqing.core.jsonio import to_json
from yuqing.core.labels import SECTIONS
from yuqing.core.records import Item
from yuqing.core.times import SHANGHAI
from yuqing.review.report.text import clean, web_url

Form = Literal["atom", "rss", "json"]
FORMS: tuple[Form, ...] = get_args(Form)
TYPES: dict[str, str] = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
ENTRIES = 50  # the newest items of a feed
EXCERPT = 200  # characters of the body
_NEVER = datetime(1970, 1, 1, tzinfo=SHANGHAI)  # the update time of a feed without entries


@dataclass(frozen=True, slots=True)
class Feed:
    """What is published under ``path``: the items of ``query`` that nobody dropped."""

    path: str
    title: str
    query: Query


def all_feeds(store: Store) -> list[Feed]:
    """The sections, then the saved searches."""
    return [
        *(_of_section(name) for name in SECTIONS),
        *(feed_of(store, "searches", name) for name in saved_searches(store)),
    ]


def feed_of(store: Store, kind: str, name: str) -> Feed:
    """The feed ``sections``/NAME or ``searches``/NAME. Raises UsageError if there is none."""
    if kind == "sections" and name in SECTIONS:
        return _of_section(name)
    if kind == "searches":
        search = saved_search(store, name)
        return Feed(f"searches/{name}", f"“互联网+”舆情监测：{name}", query_of(search.filters))
    raise UsageError(f"There is no feed “{kind}/{name}”; feeds are sections ({', '.join(SECTIONS)}) and searches.")


def _of_section(name: str) -> Feed:
    query = Query(tags={"section": name}, cluster_leads_only=True)
    return Feed(f"sections/{name}", f"“互联网+”舆情监测：{SECTIONS[name]}", query)


def entries(store: Store, feed: Feed) -> list[Item]:
    """The newest items of ``feed``; dropped items are left out unless the search asks for them."""
    found = store.stream(feed.query, batch=ENTRIES)
    return list(islice((item for item in found if feed.query.state or item.review.state != "dropped"), ENTRIES))


def render(feed: Feed, items: Sequence[Item], form: Form, address: str, home: str) -> bytes:
    """``items`` as a feed at the URL ``address``; ``home`` is the page for people."""
    if form == "json":
        return _json(feed, items, address, home)
    made = FeedGenerator()
    changed = max((_moment(item) for item in items), default=_NEVER)
    made.id(address)
    made.title(feed.title)
    made.subtitle(feed.title)  # RSS requires a description
    made.language("zh-CN")
    made.link(href=home, rel="alternate")
    made.link(href=address, rel="self")
    made.updated(changed)
    made.lastBuildDate(changed)
    for item in items:
        entry = made.add_entry(order="append")
        entry.id(_id(item))
        entry.title(clean(item.article.title))
        if url := web_url(item.article.url):
            entry.link(href=url)
        else:
            entry.content(_excerpt(item), type="text")  # Atom allows no entry without either
        entry.guid(_id(item), permalink=False)
        entry.author({"name": clean(item.source_name)})
        entry.published(_moment(item))
        entry.updated(_moment(item))
        entry.summary(_excerpt(item))
        entry.category([{"term": name} for name in _names(item)])
    text: bytes = made.atom_str() if form == "atom" else made.rss_str()
    return text


def _json(feed: Feed, items: Sequence[Item], address: str, home: str) -> bytes:
    entries: list[dict[str, Any]] = [
        {
            "id": _id(item),
            **({"url": url} if (url := web_url(item.article.url)) else {}),
            "title": clean(item.article.title),
            "content_text": _excerpt(item),
            "date_published": _moment(item).isoformat(),
            "authors": [{"name": clean(item.source_name)}],
            "tags": _names(item),
        }
        for item in items
    ]
    return to_json(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": home,
            "feed_url": address,
            "language": "zh-CN",
            "items": entries,
        }
    )


def _id(item: Item) -> str:
    return f"urn:yuqing:{item.id}"


def _moment(item: Item) -> datetime:
    """When it was published: at midnight if the page shows no time; when it was fetched if it shows no day."""
    moment = datetime.fromisoformat(item.article.published_at or item.fetched_at)
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _excerpt(item: Item) -> str:
    text = clean(item.article.body)
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}……"


def _names(item: Item) -> list[str]:
    """The tags of an item as display text, without duplicates."""
    values = tag_values(decided(item).tags)
    kinds = ("sector", "phrase", "province", "ministry", "enterprise")
    return list(dict.fromkeys(clean(value) for kind in kinds for value in values[kind]))
