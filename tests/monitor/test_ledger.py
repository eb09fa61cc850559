"""The ledger counts every page once and tells what happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.records import Outcome, PageResult
from yuqing.monitor.ledger import Ledger


def result(number: int, outcome: Outcome, source: str = "gov-cn") -> PageResult:
    return PageResult(url=f"http://www.gov.cn/{number}", source_id=source, outcome=outcome, detail="why", status=200)


def test_counts(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.db")
    run = ledger.start("crawl all", {"keywords": "abc"})
    for number in range(3):
        ledger.add(run, result(number, Outcome.INDEXED))
    ledger.add(run, result(9, Outcome.REFUSED, "gov-gs"))
    ledger.finish(run, "done")
    found = ledger.run(run)
    assert (found.pages, found.outcomes, found.state) == (4, {"indexed": 3, "refused": 1}, "done")
    assert found.versions == {"keywords": "abc"}
    assert ledger.by_source(run) == {"gov-cn": {"indexed": 3}, "gov-gs": {"refused": 1}}
    assert set(ledger.last_success()) == {"gov-cn"}
    assert [page.url for page in ledger.pages(run, Outcome.REFUSED)] == ["http://www.gov.cn/9"]
    assert len(list(ledger.pages(run))) == 4


def test_runs_that_begin_together_have_ids_of_their_own(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.db")
    first, second = ledger.start("a", {}), ledger.start("b", {})
    assert first != second
    assert [run.id for run in ledger.runs()] == [second, first]


def test_unknown_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No run “x”"):
        Ledger(tmp_path / "ledger.db").run("x")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(YuqingError, match="cannot be opened"):
        Ledger(tmp_path / "file" / "ledger.db")
