"""The probe of a source: its lists, some of its articles, a verdict, and possible fixes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from urllib.parse import urlsplit

from msgspec import structs

from crawler.decode import decode
from crawler.probe.answers import moved_host
from crawler.probe.mend import mend, new_list
from crawler.probe.reading import ListRead, read_article, read_list
from crawler.probe.records import (
    GIVING,
    WORKING,
    ArticleSeen,
    ListSeen,
    Probe,
    Proposal,
    Verdict,
)
from crawler.probe.site import Site
from crawler.sources import is_article
from yuqing.core.records import Link, ListPage, Source
from yuqing.core.times import now
from yuqing.core.urls import host_of

LISTS = 3  # lists of a source that one probe requests
ARTICLES = 3
_LOST = ("unreachable", "server-error")
_SAME = {"gbk": "gb18030", "gb2312": "gb18030", "utf8": "utf-8"}


async def probe_source(source: Source, site: Site, known: Collection[str] = ()) -> Probe:
    """Probe ``source``. ``known`` are the lists that earlier probes requested: the others come first."""
    reads: list[ListRead] = []
    proposals: list[Proposal] = []
    for listed in choose_lists(source, known):
        read = await read_list(listed, source, site)
        if read.seen.state == "unasked":
            break
        reads.append(read)
        proposals += _moves(read, listed, source)
        if read.seen.state not in WORKING:
            break
    for read in reads:
        if read.seen.state not in WORKING and not proposals:
            proposal = await mend(read, source, site)
            proposals += [proposal] if proposal else []
    articles = await _articles(reads, source, site)
    if articles and not proposals and not any(article.title for article in articles):
        # The list can be read but is stale: it was abandoned, and shows no year that would reveal that.
        proposal = await mend(_left_behind(next(read for read in reads if read.links)), source, site)
        proposals += [proposal] if proposal else []
    proposals += _encoding(reads, source)
    asked = {read.seen.url for read in reads}
    rest = [
        ListSeen(url=listed.url, adapter=listed.adapter, channel=listed.channel)
        for listed in source.open_lists
        if listed.url not in asked
    ]
    seen = [read.seen for read in reads]
    return Probe(
        source_id=source.id,
        name=source.name,
        at=now().isoformat(timespec="seconds"),
        verdict=verdict(seen, articles),
        lists=(*seen, *rest),
        articles=tuple(articles),
        proposals=tuple(proposals),
        requests=site.spent,
    )


def _left_behind(read: ListRead) -> ListRead:
    return replace(read, seen=structs.replace(read.seen, state="stale"))


def choose_lists(source: Source, known: Collection[str] = ()) -> list[ListPage]:
    """The lists that a probe requests: those in service, starting with the ones that no earlier probe requested."""
    return sorted(source.open_lists, key=lambda listed: listed.url in known)[:LISTS]


def verdict(lists: list[ListSeen], articles: list[ArticleSeen]) -> Verdict:
    """The verdict on what was requested."""
    states = [seen.state for seen in lists]
    giving = [state for state in states if state in GIVING]
    if not giving:
        if states and all(state in _LOST for state in states):
            return Verdict.LOST
        if states and all(state in ("refused", "robots", "login") or state in _LOST for state in states):
            return Verdict.REFUSED
        return Verdict.CHANGED
    if articles and not any(article.whole for article in articles):
        return Verdict.CHANGED
    good = all(state in WORKING for state in states) and all(article.whole for article in articles)
    return Verdict.USABLE if good and articles else Verdict.PARTLY


async def _articles(reads: list[ListRead], source: Source, site: Site) -> list[ArticleSeen]:
    """The newest article of each list, then more of them, as far as the requests go."""
    columns = [
        sorted(read.links, key=lambda link: (link.day is not None, link.day), reverse=True)
        for read in reads
        if read.seen.state in GIVING
    ]
    chosen: dict[str, Link] = {}
    for row in range(ARTICLES):
        for links in columns:
            if row < len(links) and len(chosen) < ARTICLES:
                chosen.setdefault(links[row].url, links[row])
    found = []
    for link in chosen.values():
        article = await read_article(link, source, site)
        if article is not None:
            found.append(article)
    return found


def _moves(read: ListRead, listed: ListPage, source: Source) -> list[Proposal]:
    """Proposals from redirects: another URL on the site's own hosts, or another host."""
    seen, answer = read.seen, read.answer
    if seen.state == "moved":
        moved = structs.replace(new_list(listed), url=seen.target)
        links = [link for link in read.links if is_article(link.url, source)]
        return [Proposal(kind="list", why="永久转向", old=seen.url, new=moved, score=1.0, sure=bool(links))]
    target = moved_host(answer) if answer else ""
    if not target:
        return []
    why = f"永久转向 {host_of(target)}" + ("，路径不变" if urlsplit(target).path == urlsplit(seen.url).path else "")
    return [Proposal(kind="host", why=why, old=seen.url, hosts=(host_of(target),))]


def _encoding(reads: list[ListRead], source: Source) -> list[Proposal]:
    """The actual encoding of the lists, if the record states a different one."""
    if not source.encoding:
        return []
    told = _name(source.encoding)
    pages = [read.page for read in reads if read.seen.state in GIVING and read.page and not read.page.body.isascii()]
    found = {_name(decode(page.body, page.headers).encoding) for page in pages}
    if len(found) != 1 or told in found:
        return []
    return [Proposal(kind="encoding", why=f"网页编码是 {min(found)}", encoding=min(found), score=1.0, sure=True)]


def _name(encoding: str) -> str:
    plain = encoding.lower().replace("_", "-")
    return _SAME.get(plain, plain)
