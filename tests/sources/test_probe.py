"""Sources that change are probed and mended over real HTTP, with the crawler's own handler and middlewares."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import cast

import pytest

from crawler.lists import Fetch
from crawler.probe import induce, mend, new_source
from crawler.probe.answers import Answer
from crawler.probe.records import Verdict
from crawler.probe.site import BUDGET, Site
from tests.sources.changing.changes import CHANGES, WILD
from tests.sources.changing.measure import GROUPS, Outcome, cases, measure, share, table
from yuqing.core.records import Page
from yuqing.core.times import now

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("probe")]  # one measurement for all
REFUSING = ("403", "412", "521", "captcha", "login wall")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    """Every site of the changing web after one change, probed, mended and probed again."""
    return measure(cases(CHANGES, 1), tmp_path_factory.mktemp("changing"))


def test_changed_sites_are_mended_and_nothing_wrong_is_applied(outcomes: list[Outcome]) -> None:
    works, mendable = share(outcomes)
    assert len({outcome.case.id for outcome in outcomes}) >= 2 * sum(map(len, GROUPS.values()))
    assert works >= 0.9 * mendable, "\n" + table(outcomes)
    assert sum(outcome.wrong for outcome in outcomes) == 0, "\n" + table(outcomes)


def test_a_probe_stays_within_its_requests(outcomes: list[Outcome]) -> None:
    assert max(outcome.first.requests for outcome in outcomes) <= BUDGET


def test_who_refuses_is_asked_once_behind_robots_and_left_alone(outcomes: list[Outcome]) -> None:
    refusing = [outcome for outcome in outcomes if outcome.case.change.name in REFUSING]
    assert refusing
    assert {outcome.first.verdict for outcome in refusing} == {Verdict.REFUSED}, "\n" + table(outcomes)
    assert max(outcome.first.requests for outcome in refusing) == 2, "\n" + table(outcomes)


def test_a_new_host_is_proposed_and_never_followed(outcomes: list[Outcome]) -> None:
    moved = [outcome for outcome in outcomes if outcome.case.change.needs_host]
    assert moved
    for outcome in moved:
        assert [(each.kind, each.sure) for each in outcome.first.proposals] == [("host", False)]
        assert outcome.first.proposals[0].hosts == (outcome.case.after[1].host,)


def test_wild_answers_end_in_a_verdict(tmp_path: Path) -> None:
    found = cases(WILD, len(WILD), ["known"])[:3]
    outcomes = measure(found, tmp_path)
    assert {outcome.first.verdict for outcome in outcomes} == {Verdict.CHANGED}
    assert max(outcome.first.requests for outcome in outcomes) <= BUDGET + 1  # a redirect under way is finished
    assert not any(outcome.wrong for outcome in outcomes)


def test_a_page_of_a_million_links_is_weighed_and_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    links = b"<html><body>" + b"<a href=/1>a</a>" * 1_000_000  # 16 MB: it comes whole where max_size_mb allows it
    url = "http://www.n.gov.cn/"
    page = Page(url=url, body=links, source_id="", fetched_at=now())
    parsed: list[str] = []
    for module in (new_source, mend, induce):
        monkeypatch.setattr(module, "parse", parsed.append)

    class One:
        spent = 0

        async def ask(self, fetch: Fetch) -> Answer:
            self.spent += 1
            return Answer(fetch.url, page)

    site = One()
    found = asyncio.run(new_source.look_at(url, cast("Site", site), set()))
    assert "16,000,012 bytes, 2,000,002 tags" in found.problem
    assert (found.record, site.spent, parsed) == ({}, 1, [])
