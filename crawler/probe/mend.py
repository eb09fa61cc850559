"""Finding a replacement for a failing list on the site itself: on its own page, then where the home page leads."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.extract.script_drawn import named_answers
from crawler.extract.tree import parse
from crawler.lists import ADAPTERS, Fetch, ListError
from crawler.probe.answers import Answer, asks_to_log_in, state_of, text_of_page
from crawler.probe.induce import LIKELY, Found, induce, is_fresh, score_links
from crawler.probe.json_rows import induce_json
from crawler.probe.named import feeds, system_lists
from crawler.probe.reading import MOST_HOPS, ListRead, as_source, read_article, title_agrees
from crawler.probe.records import ListSeen, NewList, Proposal, Sample
from crawler.probe.sections import SAME, Section, sections
from crawler.probe.shapes import article_rule
from crawler.probe.site import Site
from crawler.sources import is_article
from yuqing.core.records import Link, ListPage, Page, Source
from yuqing.core.urls import canonical_url, host_allowed, host_of

COLUMNS = 3  # columns of the home page that are requested
SAMPLES = 5
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_READABLE = ("not-selected", "no-articles", "script-drawn", "unreadable", "empty", "stale")
_NO_PAGE = {
    "refused",
    "unreachable",
    "robots",
    "off-site",
}  # states of a list without a page that could tell where it moved


@dataclass(frozen=True, slots=True)
class Candidate:
    """A list that may be the one sought; ``known``: its place or name supports that; ``why`` is Chinese."""

    found: Found
    why: str
    known: bool


async def mend(read: ListRead, source: Source, site: Site) -> Proposal | None:
    """The best replacement for a failing list, or None if the site has none.

    Stops at the first reliable one; of the others the best is kept for a person to judge.
    """
    best: Proposal | None = None
    async for candidate in _candidates(read, source, site):
        made = await _proposal(candidate, read, source, site)
        if made is None:
            continue
        if made.sure:
            return made
        if best is None or made.score > best.score:
            best = made
    return best


async def _candidates(read: ListRead, source: Source, site: Site) -> AsyncIterator[Candidate]:
    seen = read.seen
    if seen.state in _NO_PAGE or seen.state == "login":
        return
    page = read.page
    if page is not None and seen.state in _READABLE:
        moved = _named_elsewhere(page, source, seen)
        if moved is not None:
            async for candidate in _of_column(moved, source, site, seen.channel):
                yield candidate
        async for found in lists_on_page(page, source, site, seen.channel):
            yield Candidate(found, "在原地址按新版式读取", known=moved is None)
    async for candidate in _elsewhere(read, source, site):
        yield candidate


def _named_elsewhere(page: Page, source: Source, seen: ListSeen) -> Section | None:
    """The column that the page's own menu lists under the name of the list sought, if it has a different URL."""
    root = parse(text_of_page(page))
    if root is None or not seen.channel:
        return None
    here = {canonical_url(seen.url), canonical_url(page.url)}
    named = [each for each in sections(root, page.url, source.hosts, seen.channel, seen.url) if each.weight >= SAME]
    return next(iter(named), None) if not any(canonical_url(each.url) in here for each in named) else None


async def lists_on_page(page: Page, source: Source, site: Site, channel: str) -> AsyncIterator[Found]:
    """The lists of a fetched page: of a known system, printed on it, or in a response that its scripts refer to."""
    html = text_of_page(page)
    if not html.lstrip().startswith("<"):
        for found in _read_json(page, source, channel):
            yield found
        return
    for listed in system_lists(html, page.url, channel):
        made = await _read_system(listed, page, site)
        if made is not None and is_fresh(made, page.fetched_at):
            yield made
    try:
        printed = induce(page, source.hosts, channel)
    except ListError:
        printed = []
    printed = [found for found in printed if is_fresh(found, page.fetched_at)]
    for found in printed[:2]:
        yield found
    if printed and printed[0].sure:
        return
    for url in named_answers(html, page.url):
        if not is_own(url, source):
            continue
        answer = await site.ask(Fetch(url))
        if answer is None:
            return
        if state_of(answer)[0] == "ok" and answer.page is not None:
            for found in _read_json(answer.page, source, channel):
                yield found


def _read_json(page: Page, source: Source, channel: str) -> Iterator[Found]:
    try:
        found = induce_json(page, source.hosts, channel)
    except ListError:
        return
    if found is not None:
        yield found


async def _read_system(listed: ListPage, page: Page, site: Site) -> Found | None:
    """The list of a known system, read by its adapter through the files it refers to; None if it yields no list."""
    adapter = ADAPTERS[listed.adapter]
    here: Page | None = page if adapter.start(listed).url == page.url else None
    fetch: Fetch | None = adapter.start(listed)
    for number in range(1, MOST_HOPS + 1):
        if here is None:
            answer = await site.ask(fetch) if fetch else None
            if answer is None or answer.page is None or state_of(answer)[0] != "ok":
                return None
            here = answer.page
        try:
            listing = adapter.read(here, listed, number)
        except ListError:
            return None
        if listing.links and not (listing.next and number == 1 and listed.adapter == "xinhua-ds"):
            score, parts = score_links(listing.links, here.fetched_at)
            return Found(listed, listing.links, score, parts) if score >= LIKELY else None
        fetch, here = listing.next, None
    return None


async def _elsewhere(read: ListRead, source: Source, site: Site) -> AsyncIterator[Candidate]:
    """The lists that the home page leads to: columns by name, feeds, and the sitemaps in robots.txt."""
    seen = read.seen
    host = host_of(seen.target or seen.url)
    home = await site.ask(Fetch(f"{urlsplit(seen.url).scheme}://{host}/"))
    if home is None or home.page is None or state_of(home)[0] != "ok":
        return
    html = text_of_page(home.page)
    root = parse(html)
    if root is None or asks_to_log_in(html):
        return
    asked = {canonical_url(seen.url), canonical_url(home.page.url)}
    columns = [
        section
        for section in sections(root, home.page.url, source.hosts, seen.channel, seen.url)
        if canonical_url(section.url) not in asked
    ]
    for section in columns[:COLUMNS]:
        async for candidate in _of_column(section, source, site, seen.channel):
            yield candidate
    for url in [*feeds(root, home.page.url), *_SITEMAP.findall(site.robots(host))]:
        if is_own(url, source):
            async for candidate in _of_feed(url, site, seen.channel):
                yield candidate
    for found in [each for each in _printed(home, source, seen.channel) if is_fresh(each, home.page.fetched_at)][:1]:
        yield Candidate(found, "首页上的列表", known=False)


async def _of_column(section: Section, source: Source, site: Site, channel: str) -> AsyncIterator[Candidate]:
    answer = await site.ask(Fetch(section.url))
    if (
        answer is None
        or answer.page is None
        or state_of(answer)[0] != "ok"
        or asks_to_log_in(text_of_page(answer.page))
    ):
        return
    async for found in lists_on_page(answer.page, source, site, channel if section.is_the_one else section.name):
        if is_fresh(found, answer.page.fetched_at):
            known = section.is_the_one or (not channel and section.weight > 0)
            yield Candidate(found, f"首页链接“{section.name}”", known)


async def _of_feed(url: str, site: Site, channel: str) -> AsyncIterator[Candidate]:
    for adapter in ("rss", "sitemap"):
        listed = ListPage(url=url, adapter=adapter, channel=channel)
        answer = await site.ask(Fetch(url))
        if answer is None or answer.page is None or state_of(answer)[0] != "ok":
            return
        made = await _read_system(listed, answer.page, site)
        if made is not None and is_fresh(made, answer.page.fetched_at):
            yield Candidate(made, "订阅源" if adapter == "rss" else "网站地图", known=False)
            return


def _printed(answer: Answer, source: Source, channel: str) -> list[Found]:
    try:
        return induce(answer.page, source.hosts, channel) if answer.page else []
    except ListError:
        return []


async def _proposal(candidate: Candidate, read: ListRead, source: Source, site: Site) -> Proposal | None:
    """A candidate as a change to the record, after checking one of its articles; None if it is not a list."""
    found = candidate.found
    rules = _new_rules(found.links, source)
    changed = as_source(source, rules)
    links = [link for link in found.links if is_article(link.url, changed)]
    if len(links) * 2 < len(found.links) or len(links) < 3:
        return None
    link = max(links, key=lambda each: (each.day is not None, each.day))
    article = await read_article(link, changed, site)
    confirmed = article is not None and article.whole and title_agrees(article) and article.agrees is not False
    if article is not None and not article.whole and found.score < 0.9:
        return None
    listed = found.list_page
    return Proposal(
        kind="list",
        why=candidate.why,
        old=read.seen.url,
        new=new_list(listed),
        article_urls=rules,
        score=round(found.score, 3),
        sure=found.sure and candidate.known and confirmed,
        samples=samples(links),
    )


def _new_rules(links: tuple[Link, ...], source: Source) -> tuple[str, ...]:
    """The URL rule for these links that the record lacks."""
    unknown = [link for link in links if not is_article(link.url, source)]
    if len(unknown) * 5 < len(links):
        return ()
    rule = article_rule(unknown)
    return (rule,) if rule else ()


def new_list(listed: ListPage) -> NewList:
    """The list in the form of a record."""
    return NewList(
        url=listed.url,
        adapter=listed.adapter,
        channel=listed.channel,
        items=listed.items,
        fields=dict(listed.fields),
        next=listed.next,
        first_page=listed.first_page,
        params=dict(listed.params),
    )


def samples(links: list[Link]) -> tuple[Sample, ...]:
    """The first links, as samples."""
    return tuple(Sample(url=link.url, title=link.title, day=link.day) for link in links[:SAMPLES])


def is_own(url: str, source: Source) -> bool:
    """Whether a URL is on a host of the source."""
    return host_allowed(host_of(url), source.hosts)
