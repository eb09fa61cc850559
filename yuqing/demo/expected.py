"""The results expected of a crawl of the demo web, computed from the flags in its content."""

from __future__ import annotations

from collections import Counter
from datetime import date

from yuqing.core.records import Outcome
from yuqing.demo.articles import DemoArticle, Flag
from yuqing.demo.web import Web

_BY_FLAG: dict[Flag, Outcome] = {
    "gone": Outcome.HTTP_ERROR,
    "status-403": Outcome.REFUSED,
    "status-412": Outcome.REFUSED,
    "status-521": Outcome.REFUSED,
    "challenge": Outcome.REFUSED,
    "robots": Outcome.ROBOTS,
    "off-site": Outcome.OFF_SITE,
    "huge": Outcome.TOO_LARGE,
    "too-short": Outcome.TOO_SHORT,
    "calendar": Outcome.TOO_SHORT,
    "undated": Outcome.UNDATED,
}


def listed_between(web: Web, since: date, until: date) -> list[DemoArticle]:
    """The articles that a crawl with ``--since`` and ``--until`` fetches; links without a day are always fetched."""
    return [a for a in web.articles if a.list_day is None or since <= a.list_day <= until]


def expected_outcome(article: DemoArticle) -> Outcome:
    """The outcome of the page of ``article`` in the first crawl.

    A reprint counts as ``indexed`` here: within a cluster, a crawl reports as ``reprint`` those pages that arrive after
    a better one, which depends on the order of arrival. The clusters themselves are in :func:`reprint_clusters`.
    """
    for flag in article.flags:
        if flag in _BY_FLAG:
            return _BY_FLAG[flag]
    return Outcome.INDEXED if article.relevant else Outcome.NOT_RELEVANT


def expected_counts(web: Web, since: date, until: date) -> Counter[Outcome]:
    """The article pages of the first crawl by outcome (list pages and further parts are not counted)."""
    return Counter(expected_outcome(article) for article in listed_between(web, since, until))


def reprint_clusters(web: Web) -> dict[str, set[str]]:
    """The URL of every original that was reprinted, with the URLs of its reprints."""
    found: dict[str, set[str]] = {}
    for article in web.articles:
        if article.reprint_of:
            found.setdefault(article.reprint_of, set()).add(article.url)
    return found


def gold_articles(web: Web) -> dict[str, DemoArticle]:
    """The article behind each row of the published report, by the id of the row."""
    return {row: article for article in web.articles for row in article.gold}
