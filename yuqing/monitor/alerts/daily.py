"""The daily list: new items on the subject, by section, each as a drafted row with its URL.

An item appears in one list only. What was reported is kept in the alert book, so a day on which the message could not
be delivered, or the machine was off, is made up for the next time.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from indexer.store import Query, Store
from yuqing.core.decided import decided
from yuqing.core.labels import SECTIONS
from yuqing.core.names import Names
from yuqing.core.records import Item
from yuqing.core.urls import printed_url
from yuqing.monitor.alerts.book import AlertBook, SentFinding
from yuqing.monitor.alerts.finding import Finding
from yuqing.monitor.settings import Settings
from yuqing.review.draft.rows import draft
from yuqing.review.draft.voice import for_table

NEWS_DAYS = 7  # how old (days) an article may be to count as new
_SUBJECT = "daily:"  # prefix of an item's id in the book
_OTHER = "未分栏目"


@dataclass(frozen=True, slots=True)
class Daily:
    """A list: its title and text, and the ids of the items in it."""

    title: str
    body: str
    items: tuple[str, ...]


def daily(store: Store, names: Names, told: Iterable[str], when: datetime, day: date | None = None) -> Daily:
    """The list at ``when``: what was published in the last days and is not in ``told``.

    With ``day``, everything published on that day, reported before or not.
    """
    since = day or when.date() - timedelta(days=NEWS_DAYS)
    query = Query(since=since, until=day, cluster_leads_only=True)
    before = frozenset(told) if day is None else frozenset()
    items = [decided(item) for item in store.stream(query) if item.id not in before and item.review.state != "dropped"]
    items.sort(key=lambda item: (item.article.published_at, item.id))
    lines: dict[str, list[str]] = {name: [] for name in (*SECTIONS.values(), _OTHER)}
    for item in items:
        lines[SECTIONS[item.tags.sections[0]] if item.tags.sections else _OTHER].append(_line(item, names))
    body = "\n\n".join("\n".join([f"【{name}】{len(found)} 条", *found]) for name, found in lines.items() if found)
    said = day or when.date()
    title = f"舆情日报 {said.month}月{said.day}日：{'' if day else '新增 '}{len(items)} 条"
    return Daily(title, body, tuple(item.id for item in items))


def told_before(settings: Settings) -> frozenset[str]:
    """The ids of the items that have been in a list."""
    with closing(AlertBook(settings.ledger_file)) as book:
        return frozenset(subject.removeprefix(_SUBJECT) for subject in book.sent() if subject.startswith(_SUBJECT))


def write_down(settings: Settings, found: Daily, when: datetime) -> None:
    """Record that the items of ``found`` were reported."""
    with closing(AlertBook(settings.ledger_file)) as book:
        book.write(
            [
                SentFinding(Finding(_SUBJECT + key, ("daily",), "", news=True), when, when, open=False)
                for key in found.items
            ]
        )


def _line(item: Item, names: Names) -> str:
    """The row that people wrote, or its draft, and the URL of the article."""
    made = () if item.review.row else draft(item, names, limit=1)
    row = for_table(item.review.row) or (made[0].text if made else item.article.title)
    address = printed_url(item.article.url)
    return f"• {row}（{item.source_name}）" + (f"\n  {address}" if address else "")
