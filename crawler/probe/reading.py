"""Reading one list of a record, or one article of a list, as the crawl would, and judging the result."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from msgspec import structs

from crawler.dialects import SYSTEMS, url_day
from crawler.extract import extract
from crawler.extract.error_page import list_sign
from crawler.extract.script_drawn import is_script_drawn
from crawler.extract.select import select
from crawler.extract.tree import parse
from crawler.lists import ADAPTERS, Fetch, ListError
from crawler.probe.answers import Answer, asks_to_log_in, state_of, text_of_page
from crawler.probe.induce import FRESH, aside_links
from crawler.probe.records import STATES, ArticleSeen, ListSeen
from crawler.probe.site import Site
from crawler.sources import is_article
from yuqing.core.records import Link, ListPage, Page, Rejected, Source
from yuqing.core.times import SHANGHAI

NEW_SITE = ("html-list", "trs-static", "daily-archive")  # read links of any page
_LETTERS = re.compile(r"[^\w]+|_")
MOST_HOPS = 2  # responses for one list: the column, and the file that it refers to
ALIKE = 0.6  # share of the character pairs of a list's title that the page's title has


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list as it was read: the report on it, its article links, and its last response."""

    seen: ListSeen
    links: tuple[Link, ...] = ()
    answer: Answer | None = None

    @property
    def page(self) -> Page | None:
        """The page of the list, if one was received."""
        return self.answer.page if self.answer else None


async def read_list(listed: ListPage, source: Source, site: Site) -> ListRead:
    """Request ``listed`` and read it with its adapter."""
    seen = ListSeen(url=listed.url, adapter=listed.adapter, channel=listed.channel)
    adapter = ADAPTERS[listed.adapter]
    fetch: Fetch | None = adapter.start(listed)
    first: Answer | None = None
    for number in range(1, MOST_HOPS + 1):
        if fetch is None:
            break
        answer = await site.ask(fetch)
        if answer is None:
            return ListRead(structs.replace(seen, detail="本次探测的请求次数已用完"), (), first)
        first = first or answer
        state, detail = state_of(answer)
        page = answer.page
        seen = structs.replace(seen, state=state, detail=detail, status=page.status if page else 0)
        if state != "ok" or page is None:
            return ListRead(seen, (), first)
        try:
            listing = adapter.read(page, listed, number)
        except ListError as error:
            return ListRead(_unread(seen, page, str(error)), (), first)
        names_file = listed.adapter == "xinhua-ds" and listing.next is not None and number == 1
        if (listing.links and not names_file) or listing.next is None:
            seen, links = _judge(seen, page, listing.links, listed, source)
            if seen.state == "ok" and first.led_elsewhere and first.page is not None:
                state = "moved" if first.permanent else seen.state
                seen = structs.replace(seen, state=state, target=first.page.url)
            return ListRead(seen, links, first)
        fetch = listing.next
    return ListRead(structs.replace(seen, state="unreadable", detail="列表指向的文件没有内容"), (), first)


async def read_article(link: Link, source: Source, site: Site) -> ArticleSeen | None:
    """Request an article and report the result; None if no requests of this probe are left."""
    answer = await site.ask(Fetch(link.url))
    if answer is None:
        return None
    seen = ArticleSeen(url=link.url, listed=link.title)
    state, detail = state_of(answer)
    if answer.page is None or state != "ok":
        return structs.replace(seen, rejected=detail or STATES[state])
    return judge_article(structs.replace(answer.page, kind="article", link=link), link, source)


def judge_article(page: Page, link: Link, source: Source) -> ArticleSeen:
    """The result for an article's page that ``link`` led to."""
    seen = ArticleSeen(url=link.url, listed=link.title)
    article = extract(page, source)
    if isinstance(article, Rejected):
        return structs.replace(seen, rejected=article.detail or article.reason.value)
    told = link.day or url_day(link.url, source)
    return structs.replace(
        seen,
        title=article.title,
        day=article.day,
        date_source=article.date_source,
        origin=article.origin,
        length=len(article.body),
        method=article.method,
        agrees=article.day == told if article.day and told else None,
    )


def title_agrees(article: ArticleSeen) -> bool:
    """Whether the page contains the title shown on the list, truncated or reworded."""
    listed, shown = (_LETTERS.sub("", text) for text in (article.listed, article.title))
    pairs = {listed[at : at + 2] for at in range(len(listed) - 1)}
    return bool(pairs) and sum(pair in shown for pair in pairs) >= ALIKE * len(pairs)


def _unread(seen: ListSeen, page: Page, error: str) -> ListSeen:
    html = text_of_page(page)
    state = "login" if asks_to_log_in(html) else "script-drawn" if is_script_drawn(html) else "unreadable"
    return structs.replace(seen, state=state, detail=error)


def _judge(
    seen: ListSeen, page: Page, links: tuple[Link, ...], listed: ListPage, source: Source
) -> tuple[ListSeen, tuple[Link, ...]]:
    """What the links of a list show about it, and the links to articles of the source."""
    is_html = page.body.lstrip()[:1] == b"<"
    html = text_of_page(page) if is_html else ""
    if is_html and not listed.items:  # every link of the page was read: a ranking next to the list is not the list
        ranked = aside_links(html, page.url, source.hosts)
        links = tuple(link for link in links if link.url not in ranked)
    articles = tuple(link for link in links if is_article(link.url, source))
    newest = max((link.day for link in articles if link.day), default=None)
    seen = structs.replace(seen, links=len(links), articles=len(articles), newest=newest)
    if is_html and asks_to_log_in(html):
        return structs.replace(seen, state="login"), ()
    if is_html and not articles and is_script_drawn(html):
        return structs.replace(seen, state="script-drawn"), ()
    sign = list_sign(page) if is_html else ""
    if sign.startswith("login"):
        return structs.replace(seen, state="login", detail=sign), ()
    if sign:
        return structs.replace(seen, state="missing", detail=sign), ()
    if not articles:
        return structs.replace(seen, state="no-articles" if links else "empty"), ()
    if is_html and listed.items and listed.adapter in NEW_SITE and not _selects(html, listed.items):
        return structs.replace(seen, state="not-selected", detail=listed.items), articles
    if newest and newest < page.fetched_at.astimezone(SHANGHAI).date() - FRESH:
        return structs.replace(seen, state="stale", detail=f"最新 {newest}"), articles
    return seen, articles


def _selects(html: str, items: str) -> bool:
    root = parse(html)
    return root is not None and bool(select(root, items))


def as_source(source: Source, rules: tuple[str, ...], hosts: tuple[str, ...] = ()) -> Source:
    """``source`` with additional URL rules and hosts, as a proposal would make it."""
    known = source.article_urls or SYSTEMS.get(source.cms, ())
    added = tuple(rule for rule in rules if rule not in known)
    return replace(source, article_urls=(*known, *added) if added else source.article_urls, hosts=source.hosts + hosts)
