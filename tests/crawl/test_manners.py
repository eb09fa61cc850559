"""Refusals are recognised, known pages are not fetched again, private addresses are refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.python.failure import Failure

from crawler.refusals import answer_outcome
from crawler.resolver import PublicResolver, is_public
from crawler.state import UrlState
from yuqing.core.errors import YuqingError
from yuqing.core.records import Link, Outcome, Page
from yuqing.core.times import SHANGHAI, now

WHEN = datetime(2018, 3, 5, 9, 30, tzinfo=SHANGHAI)
PAGE = Page(url="http://www.gov.cn/a", body=b"<p>text</p>", source_id="gov-cn", fetched_at=WHEN)
AN_HOUR_LATER = "Mon, 05 Mar 2018 02:30:00 GMT"
CHALLENGE = b"<html><script>var a=1;location.href='/?__jsl_clearance_s=1'</script></html>"


@pytest.mark.parametrize(
    ("status", "headers", "body", "outcome", "detail"),
    [
        (412, {"Set-Cookie": "Xy8S=abc; path=/"}, b"", Outcome.REFUSED, "HTTP 412, cookie Xy8S"),
        (521, {}, b"", Outcome.REFUSED, "HTTP 521"),
        (403, {}, b"no", Outcome.REFUSED, "HTTP 403"),
        (200, {}, CHALLENGE, Outcome.REFUSED, "challenge page (__jsl_clearance)"),
        (404, {}, b"", Outcome.HTTP_ERROR, "HTTP 404"),
        (503, {"Retry-After": "120"}, b"", Outcome.HTTP_ERROR, "HTTP 503, asks to wait 120 s"),
        (
            429,
            {"retry-after": AN_HOUR_LATER},
            b"",
            Outcome.HTTP_ERROR,
            "HTTP 429, asks to wait 3600 s",
        ),
        (503, {"Retry-After": "Mon, 05 Mar 2018 01:00:00 GMT"}, b"", Outcome.HTTP_ERROR, "HTTP 503"),  # is over
        (503, {"Retry-After": "soon"}, b"", Outcome.HTTP_ERROR, "HTTP 503"),
        (404, {"Retry-After": "120"}, b"", Outcome.HTTP_ERROR, "HTTP 404"),
        (304, {}, b"", Outcome.UNCHANGED, "HTTP 304"),
        (302, {"Location": "http://else.where/"}, b"", Outcome.OFF_SITE, "HTTP 302 to http://else.where/"),
    ],
)
def test_answers(status: int, headers: dict[str, str], body: bytes, outcome: Outcome, detail: str) -> None:
    assert answer_outcome(replace(PAGE, status=status, headers=headers, body=body)) == (outcome, detail)


def test_a_long_page_with_a_script_is_no_challenge() -> None:
    body = b"<script>document.cookie='a=1'</script>" + "正文。".encode() * 4000
    assert answer_outcome(replace(PAGE, body=body)) is None


def test_a_known_page_is_due_after_a_day_then_a_week_then_never(tmp_path: Path) -> None:
    state = UrlState(tmp_path / "crawl.db", (1, 7))
    assert state.known(PAGE.url, WHEN) is None
    state.fetched(replace(PAGE, headers={"ETag": '"1"', "Last-Modified": "Mon"}))
    known = state.known("https://www.gov.cn/a#top", WHEN + timedelta(hours=23))
    assert known is not None
    assert (known.due, known.etag, known.last_modified) == (False, '"1"', "Mon")
    later = WHEN + timedelta(days=1)
    assert state.known(PAGE.url, later).due  # type: ignore[union-attr]
    state.fetched(replace(PAGE, fetched_at=later, status=304))
    again = state.known(PAGE.url, later + timedelta(days=7))
    assert again is not None
    assert again.due
    assert again.etag == '"1"'  # a 304 keeps the validators
    state.fetched(replace(PAGE, fetched_at=later))
    assert not state.known(PAGE.url, WHEN + timedelta(days=999)).due  # type: ignore[union-attr]


def test_a_link_is_pending_until_it_is_fetched_or_two_weeks_old(tmp_path: Path) -> None:
    state = UrlState(tmp_path / "crawl.db")
    links = [Link(url=PAGE.url, title="标题", day=WHEN.date()), Link(url="https://www.gov.cn/b")]
    state.add_pending(((link, "gov-cn") for link in links), WHEN)
    state.add_pending(((link, "gov-cn") for link in links), WHEN + timedelta(days=13))  # still on its list: no new term
    assert state.pending(WHEN + timedelta(days=13)) == [(link, "gov-cn") for link in links]
    state.fetched(PAGE)
    assert state.pending(WHEN + timedelta(days=14)) == [(links[1], "gov-cn")]
    assert state.pending(WHEN + timedelta(days=15)) == []


def test_a_forgotten_page_is_pending(tmp_path: Path) -> None:
    state = UrlState(tmp_path / "crawl.db")
    state.fetched(PAGE)
    assert state.forget([PAGE.url, "https://www.gov.cn/never-fetched"]) == 1
    assert state.known(PAGE.url, WHEN) is None
    assert [link.url for link, _ in state.pending(now())] == [PAGE.url]


def test_a_refusing_host_rests(tmp_path: Path) -> None:
    state = UrlState(tmp_path / "crawl.db")
    state.refused("www.x.gov.cn", WHEN + timedelta(hours=24), "HTTP 412")
    assert state.backing_off("www.x.gov.cn", WHEN) == "HTTP 412"
    assert state.backing_off("www.x.gov.cn", WHEN + timedelta(hours=25)) == ""
    assert state.backing_off("www.y.gov.cn", WHEN) == ""


def test_a_state_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "crawl.db").write_text("this is no database, it is a text of some length " * 30)
    with pytest.raises(YuqingError, match=r"crawl\.db"):
        UrlState(tmp_path / "crawl.db")


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "169.254.169.254", "::1", "fd00::1"])
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


def test_public_addresses() -> None:
    assert is_public("1.2.4.8")


def test_a_name_is_connected_to_where_it_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the name says a moment later is looked at anew, and never trusted for the first answer."""
    answers = iter(["1.2.4.8", "127.0.0.1"])
    monkeypatch.setattr(
        CachingThreadedResolver, "getHostByName", lambda self, name, timeout=(): defer.succeed(next(answers))
    )
    resolver = PublicResolver(reactor=None, cache_size=0, timeout=1)
    found: list[object] = []
    for _ in range(2):
        resolver.getHostByName("www.example.gov.cn").addBoth(found.append)
    assert found[0] == "1.2.4.8"
    assert isinstance(found[1], Failure)
    assert "private address 127.0.0.1" in str(found[1].value)
