"""Making a record for a site from nothing but a URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from crawler.decode import decode
from crawler.dialects import SYSTEMS
from crawler.extract import extract
from crawler.extract.container import find_container
from crawler.extract.layout import read_layout
from crawler.extract.tree import parse
from crawler.lists import Fetch
from crawler.probe.answers import state_of, text_of_page
from crawler.probe.identity import identity, source_id, title_parts
from crawler.probe.induce import Found, induce_whole, is_fresh, score_links
from crawler.probe.mend import COLUMNS, lists_on_page, new_list
from crawler.probe.reading import judge_article
from crawler.probe.records import STATES, ArticleSeen, NewList
from crawler.probe.sections import LONGEST, sections
from crawler.probe.selectors import element_selector
from crawler.probe.shapes import article_rule
from crawler.probe.site import Site
from yuqing.core.records import Article, Link, Page, Record, Selectors, Source
from yuqing.core.urls import host_of

LINKS = 10


class NewSource(Record):
    """A new record with what it reads: links, an article and its first words; ``problem`` says why there is none."""

    record: Mapping[str, Any] = {}
    listed: NewList | None = None
    links: tuple[Link, ...] = ()
    article: ArticleSeen | None = None
    text: str = ""
    score: float = 0.0
    requests: int = 0
    problem: str = ""


async def look_at(url: str, site: Site, taken: set[str]) -> NewSource:
    """The site at ``url`` as a source; ``taken`` are the ids in use."""
    host = host_of(url)
    blank = Source(id=host, name=host, tier="commercial", hosts=(host,))
    answer = await site.ask(Fetch(url))
    state, detail = state_of(answer) if answer else ("unreachable", "")
    page = answer.page if answer else None
    if page is None or state not in ("ok", "home"):
        told = f"{STATES[state]}{f'（{detail}）' if detail else ''}"
        return NewSource(problem=f"{url}：{told}", requests=site.spent)
    found, column = await _best(page, blank, site)
    rules: list[str] = []
    if found is None:
        found, rules = _whole(page, blank)
    if found is None:
        return NewSource(problem=f"{url}：在这一页及其链接的栏目中都没有找到文章列表。", requests=site.spent)
    rules = rules or [rule for rule in [article_rule(found.links)] if rule]
    html = text_of_page(page)
    root = parse(html)
    assert root is not None  # a list was found on it, or a link to one
    who = identity(html, root, host)
    source = Source(id=host, name=who.name, tier=who.tier, hosts=(host,), article_urls=tuple(rules))
    article, text, body = await _article(found, source, site)
    channel = column or next((part for part in title_parts(root) if part != who.name), "")
    listed = new_list(found.list_page)
    record = {
        "id": source_id(host, taken),
        "name": who.name,
        "tier": who.tier,
        "province": who.province,
        "hosts": [host],
        "cms": next((system for system, keys in SYSTEMS.items() if set(rules) & set(keys)), ""),
        "encoding": decode(page.body, page.headers).encoding,
        "lists": [(listed, channel[:LONGEST])],
        "article_urls": rules,
        "select": {"body": [body]} if body else {},
        "confidence": "medium",
    }
    return NewSource(
        record={key: value for key, value in record.items() if value},
        listed=listed,
        links=found.links[:LINKS],
        article=article,
        text=text,
        score=round(found.score, 2),
        requests=site.spent,
    )


async def _best(page: Page, source: Source, site: Site) -> tuple[Found | None, str]:
    """The reliable list on the page, or in the columns it links to, with the name of that column."""
    best = [found async for found in lists_on_page(page, source, site, "") if not found.aside]
    sure = next((found for found in best if found.sure and is_fresh(found, page.fetched_at)), None)
    is_home = urlsplit(page.url).path in ("", "/")
    if sure and not is_home:
        return sure, ""
    root = parse(text_of_page(page))
    for section in sections(root, page.url, source.hosts)[:COLUMNS] if root is not None else ():
        further = await site.ask(Fetch(section.url))
        if further is None or further.page is None or state_of(further)[0] != "ok":
            continue
        async for found in lists_on_page(further.page, source, site, section.name):
            if found.sure:
                return found, section.name
    return sure, ""


def _whole(page: Page, source: Source) -> tuple[Found | None, list[str]]:
    """A portal's page that is not a list but full of articles, read as a whole, with the URL rules for them."""
    listed, links, rules = induce_whole(page, source.hosts)
    if len(links) < LINKS:
        return None, []
    return Found(listed, links, score_links(links, page.fetched_at)[0]), rules


async def _article(found: Found, source: Source, site: Site) -> tuple[ArticleSeen | None, str, str]:
    """The newest article of the list as it would be extracted, its first words, and a selector for its body."""
    link = max(found.links, key=lambda each: (each.day is not None, each.day))
    answer = await site.ask(Fetch(link.url))
    if answer is None or answer.page is None or state_of(answer)[0] != "ok":
        return None, "", ""
    body = _body_selector(answer.page)
    chosen = Source(
        id=source.id, name=source.name, tier=source.tier, hosts=source.hosts, article_urls=source.article_urls,
        select=Selectors(body=(body,) if body else ()),
    )  # fmt: skip
    seen = judge_article(answer.page, link, chosen)
    article = extract(answer.page, chosen)
    return seen, article.body[:300] if isinstance(article, Article) else "", body


def _body_selector(page: Page) -> str:
    """A selector for the box of the body by its own name; empty if it has none, and the extractor finds it unaided."""
    root = parse(text_of_page(page))
    if root is None:
        return ""
    box = find_container(read_layout(root), ())
    if box is None or box.span is None or box.span.element.find(".//h1") is not None:
        return ""  # a box that includes the title is no improvement
    return element_selector(box.span.element, root)
