"""List adapters: one module for each system with which sites publish their lists of articles.

A spider gets the first request from ``start`` and passes every response to ``read``, which returns the links and the
next request, until there is none. An adapter returns the links as they are; which of them are articles of the source is
decided by :func:`crawler.sources.is_article`, and how far to go back by the spider. May import crawler and yuqing.core.
"""

from __future__ import annotations

from crawler.lists import (
    daily_archive,
    fjdzapp,
    gkmlpt,
    html_list,
    jcms_xml,
    jpaas,
    json_feed,
    query_list,
    rss,
    sitemap,
    trs_static,
    ucap_json,
    xinhua_ds,
)
from crawler.lists.base import Adapter, Fetch, ListError, Listing

__all__ = ["ADAPTERS", "Adapter", "Fetch", "ListError", "Listing"]

ADAPTERS: dict[str, Adapter] = {
    "daily-archive": daily_archive,
    "fjdzapp": fjdzapp,
    "gkmlpt": gkmlpt,
    "html-list": html_list,
    "jcms-xml": jcms_xml,
    "jpaas": jpaas,
    "json-feed": json_feed,
    "query-list": query_list,
    "rss": rss,
    "sitemap": sitemap,
    "trs-static": trs_static,
    "ucap-json": ucap_json,
    "xinhua-ds": xinhua_ds,
}
"""The adapters by their names for ``adapter:`` in sources.yaml."""
