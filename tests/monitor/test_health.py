"""``yuqing sources check``: one Chinese line a source, worst first, against the source's own past."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from yuqing.core.records import ListPage, Outcome, PageResult, Source
from yuqing.core.times import now
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.ops.health import source_health


def source(name: str) -> Source:
    host = f"www.{name}.gov.cn"
    return Source(
        id=name,
        name=f"{name}省",
        tier="province-gov",
        hosts=(host,),
        lists=(ListPage(url=f"http://{host}/", adapter="html-list"),),
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.db")


def add(ledger: Ledger, name: str, outcomes: list[Outcome]) -> None:
    run = ledger.start(f"crawl {name}", {})
    for number, outcome in enumerate(outcomes):
        ledger.add(run, PageResult(url=f"http://www.{name}.gov.cn/{number}", source_id=name, outcome=outcome))
    ledger.finish(run, "done")


def test_the_worst_first_and_the_never_asked_last(ledger: Ledger) -> None:
    sources = {name: source(name) for name in ("well", "walled", "empty", "new", "bare")}
    add(ledger, "well", [Outcome.LISTING, Outcome.INDEXED, Outcome.NOT_RELEVANT])
    add(ledger, "walled", [Outcome.REFUSED, Outcome.BACKOFF])
    add(ledger, "empty", [Outcome.LISTING_EMPTY])
    add(ledger, "bare", [Outcome.LISTING, *[Outcome.TOO_SHORT] * 4])
    lines = source_health(sources, ledger, now() + timedelta(minutes=1), 3)
    assert [line.source.id for line in lines] == ["walled", "empty", "bare", "well", "new"]
    assert [line.ill for line in lines] == [True, True, True, False, False]
    texts = {line.source.id: line.text for line in lines}
    assert "拒绝访问" in texts["walled"]
    assert "列表页均未给出文章链接" in texts["empty"]
    assert "取不到正文" in texts["bare"]
    assert "正常（近7日 2 篇；最近成功" in texts["well"]
    assert "尚未采集" in texts["new"]


@pytest.mark.parametrize(
    ("days", "said"),
    [(8, "近7日 0 篇；"), (28, "近7日 0 篇，以往每周约 5 篇；"), (63, "近7日 0 篇，以往每周约 2 篇；")],
)
def test_the_volume_is_compared_with_the_weeks_before(ledger: Ledger, days: int, said: str) -> None:
    """As many weeks as the source is known, and of a source of some days nothing is expected."""
    add(ledger, "well", [Outcome.LISTING, *[Outcome.NOT_RELEVANT] * 16])
    (line,) = source_health({"well": source("well")}, ledger, now() + timedelta(days=days, minutes=-1), 3)
    assert said in line.text
