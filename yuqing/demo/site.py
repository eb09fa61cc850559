"""Assembling the demo web: articles, list pages and corner cases under the real URLs of the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit
from zlib import crc32

from yuqing.core.records import ListPage, Source
from yuqing.demo import corners
from yuqing.demo.articles import DemoArticle, Site, address, load_articles, load_sites, newest_first
from yuqing.demo.filler import ordinary_news
from yuqing.demo.lists import put_list
from yuqing.demo.pages import article_pages
from yuqing.demo.reply import html, validated, zipped
from yuqing.demo.web import Web

_RELATED = 4
_SECOND_LIST = 4  # rows of the second list, which repeats the newest of the first
_GONE_ONE_IN = 6  # of the lists without rows
_CORNERS = {
    "gone": corners.gone,
    "status-403": corners.status_403,
    "status-412": corners.status_412,
    "status-521": corners.status_521,
    "challenge": corners.challenge,
    "off-site": corners.off_site,
    "huge": corners.huge,
    "self-redirect": corners.self_redirect,
}
_PAGED = {"trs-static", "jcms-xml", "jpaas", "fjdzapp"}


def demo_sources(sources: Mapping[str, Source]) -> list[str]:
    """The ids of the sources that the demo web serves, in the order of ``sources``."""
    sites = load_sites()
    return [name for name in sources if name in sites]


def build_web(sources: Mapping[str, Source]) -> Web:
    """The demo web for the records of sources.yaml. Raises FileError for a fault in the content files."""
    sites = load_sites()
    written = load_articles()
    web = Web(sources=demo_sources(sources))
    by_source: dict[str, list[DemoArticle]] = {}
    for article in [*written, *ordinary_news(sites)]:
        by_source.setdefault(article.source, []).append(article)
    for name in web.sources:
        site, articles = sites[name], newest_first(by_source.get(name, ()))
        web.articles += articles
        for index, article in enumerate(articles):
            related = (articles[index + 1 :] + articles[:index])[:_RELATED]
            _put_article(web, article, site, related)
        _put_lists(web, sources[name], site, articles)
    for host, folders in _forbidden(web.articles).items():
        web.put(f"http://{host}/robots.txt", corners.robots(*sorted(folders)))
    return web


def _put_article(web: Web, article: DemoArticle, site: Site, related: Sequence[DemoArticle]) -> None:
    corner = next((flag for flag in article.flags if flag in _CORNERS), None)
    if corner:
        web.put(article.url, _CORNERS[corner](article.url))
        return
    if "calendar" in article.flags:
        web.folders[address(article.url)[0], corners.CALENDAR] = corners.calendar
        return
    if "too-short" in article.flags:
        related = ()  # a page of pictures: with more links than text it would count as a list page
    for url, body in article_pages(article, site, related).items():
        reply = html(body)
        if "gzip" in article.flags:
            reply = zipped(reply)
        if "etag" in article.flags:
            reply = validated(reply)
        web.put(url, reply)
        if "https" in article.flags:
            web.secure.add(address(url))


def _put_lists(web: Web, source: Source, site: Site, articles: Sequence[DemoArticle]) -> None:
    """Puts everything on the list that can hold it all, and the newest again on the list next to it.

    The other lists are empty, and some are gone (404), as with columns that a site has abandoned.
    """
    if site.lists != "ok":
        for listed in source.lists:
            web.put(listed.url, _CORNERS[site.lists](listed.url))
        return
    main = _main_list(source.lists)
    near = source.lists.index(main) + 1
    for place, listed in enumerate(source.lists):
        if listed is main or place <= near:
            put_list(web, listed, site, articles if listed is main else articles[:_SECOND_LIST])
        elif crc32(listed.url.encode()) % _GONE_ONE_IN:
            put_list(web, listed, site, [])


def _main_list(lists: Sequence[ListPage]) -> ListPage:
    """The first paged list among the first three; otherwise the first."""
    return next((listed for listed in lists[:3] if listed.next or listed.adapter in _PAGED), lists[0])


def _forbidden(articles: Sequence[DemoArticle]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for article in articles:
        if "robots" in article.flags:
            folder = urlsplit(article.url).path.rpartition("/")[0] + "/"
            found.setdefault(address(article.url)[0], set()).add(folder)
    return found
