"""List induction on the saved list pages of ../shared: ``python -m benchmarks.list_pages``.

A saved page belongs to no record, so its articles are identified by the form of the site's article URLs, listed here by
hand. Two figures per page: the share of articles in the best block found (precision), and the share of all articles of
the page that reading the page as a whole yields (recall).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from crawler.lists.links import html_links, html_text
from crawler.probe.induce import SURE, induce, induce_whole
from yuqing.core.records import ListPage, Page
from yuqing.core.times import now
from yuqing.core.urls import host_allowed, host_of

SPELLINGS = {
    "163.com": r"/article/(?:detail/)?[A-Z0-9]{16}\.html|/\d\d/\d{4}/\d\d/[A-Z0-9]{16}\.html",
    "chinadaily.com.cn": r"/content_\d+",
    "dfa66.com": r"/contents/\d{4}/",
    "hsqhfunds.com": r"\.pdf",  # each row has a download link next to it
    "ifeng.com": r"_\d+_\d+\.shtml|/detail_",
    "people.com.cn": r"/GB/(?:\d+/)*\d{6,}\.html",
    "qq.com": r"/omn/\d{8}",
    "rtfund.com": r"/main/a/\d",
    "sina.com.cn": r"/doc-in|/article_\d+_",
    "sohu.com": r"/a/\d+_",
    "xinhuanet.com": r"/c_\d+\.htm|/content_\d+",
}


@dataclass(frozen=True, slots=True)
class PageScore:
    """The result of induction for one page; ``precision`` is of the best block, ``recall`` of the page read as a
    whole."""

    file: str
    articles: int
    score: float
    rows: int
    precision: float
    recall: float


def page_scores(folder: Path) -> list[PageScore]:
    """The scores of the pages whose kind in the manifest of ``folder`` is ``list``."""
    lines = (folder / "manifest.jsonl").read_text("utf-8").splitlines()
    return [_score(folder, row) for row in map(json.loads, lines) if row["kind"] == "list"]


def _score(folder: Path, row: dict[str, str]) -> PageScore:
    site, url = row["site"], row["url"] or f"http://www.{row['site']}/"
    page = Page(url=url, body=(folder / row["file"]).read_bytes(), source_id="", fetched_at=now())
    spelled = re.compile(SPELLINGS[site])
    links = html_links(html_text(page), page, ListPage(url=url, adapter="html-list"))
    articles = {link.url for link in links if host_allowed(host_of(link.url), (site,)) and spelled.search(link.url)}
    found = induce(page, (site,))
    best = [link.url for link in found[0].links] if found else []
    whole = {link.url for link in induce_whole(page, (site,))[1]}
    return PageScore(
        row["file"],
        len(articles),
        found[0].score if found else 0.0,
        len(best),
        sum(bool(spelled.search(address)) for address in best) / len(best) if best else 0.0,
        len(whole & articles) / len(articles) if articles else 0.0,
    )


def main() -> None:
    """Print one line per page, then the means over the pages that have an article link."""
    scores = page_scores(Path(__file__).resolve().parents[1].parent / "shared" / "pages")
    print(f"{'page':60} articles  score  rows  precision  recall")
    for each in scores:
        figures = f"{each.score:5.2f}  {each.rows:4}  {each.precision:9.2f}  {each.recall:6.2f}"
        print(f"{each.file[-60:]:60} {each.articles:8}  {figures}")
    counted = [each for each in scores if each.articles]
    sure = [each for each in counted if each.score >= SURE]
    recall, precision = (mean(e.recall for e in counted), mean(e.precision for e in sure))
    print(f"{len(counted)} of {len(scores)} pages have an article link; recall {recall:.2f}")
    print(f"on {len(sure)} a list is sure, precision {precision:.2f}")


if __name__ == "__main__":
    main()
