"""Pages that a script draws end under an outcome of their own, with the answer that they name."""

from __future__ import annotations

from crawler.extract import extract
from tests.sources.listing import FETCHED
from yuqing.core.records import Outcome, Page, Rejected

SHELL = "<!DOCTYPE html><html><head><title>要闻</title></head><body>{}</body></html>"


def rejected(body: str) -> tuple[Outcome, str]:
    """How a page without an article is counted."""
    found = extract(
        Page(url="http://www.a.gov.cn/yw/1.html", body=SHELL.format(body).encode(), source_id="", fetched_at=FETCHED)
    )
    assert isinstance(found, Rejected)
    return found.reason, found.detail


def test_an_empty_mount_with_a_script_is_drawn_by_script() -> None:
    assert rejected('<div id="app"></div><script src="/js/app.8a1.js"></script>') == (
        Outcome.SCRIPT_DRAWN,
        "drawn by script",
    )


def test_the_answer_that_the_page_names_is_told() -> None:
    body = "<ul v-for='x in list'></ul><script>var u='/api/article/detail?id=12'; axios.get(u)</script>"
    assert rejected(body) == (
        Outcome.SCRIPT_DRAWN,
        "drawn by script, names http://www.a.gov.cn/api/article/detail?id=12",
    )


def test_a_short_page_with_a_counter_script_is_only_short() -> None:
    assert rejected("<p>短讯。</p><script>var hm = document.createElement('script');</script>")[0] is Outcome.TOO_SHORT
