"""List adapters: one module for each system in which sites publish their lists of articles.

A spider asks ``start`` for the first request and gives every answer to ``read``, which says the links and the
request that comes next, until there is none. An adapter gives the links as they stand; which of them are
articles of the source is :func:`crawler.sources.is_article`, and how far to go back is the spider's to say. May
import crawler and yuqing.core.
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
"""The adapters by the name that ``adapter:`` gives them in sources.yaml."""
