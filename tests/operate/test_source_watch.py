"""Ill sources are probed once a day at most, and their alert carries the proposed mend."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from crawler.probe.records import NewList, Probe, Proposal, Verdict
from crawler.sources import load_sources
from yuqing.core.records import Outcome, PageResult
from yuqing.core.times import now
from yuqing.monitor.alerts.source_mends import probe_texts
from yuqing.monitor.alerts.source_rules import source_findings
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.ops.source_watch import ill_sources
from yuqing.monitor.probe_book import ProbeBook
from yuqing.monitor.settings import Settings


def test_an_ill_source_is_probed_once_a_day_and_its_alert_says_the_mend(tmp_path: Path, root: Path) -> None:
    settings = Settings(data=tmp_path, sources=root / "sources.yaml")
    known = load_sources(settings.sources)
    chosen = [known["gov-bj"], known["gov-tj"]]
    bodiless = [PageResult(url=f"http://x.cn/{n}", source_id="gov-bj", outcome=Outcome.TOO_SHORT) for n in range(4)]
    sound = [PageResult(url="http://y.cn/", source_id="gov-tj", outcome=Outcome.INDEXED)]
    with closing(Ledger(settings.ledger_file)) as ledger:
        run = ledger.start("crawl all", {})
        ledger.add(run, *bodiless, *sound)
        ledger.finish(run, "done")
        later = now() + timedelta(minutes=1)
        assert [source.id for source in ill_sources(settings, chosen, later)] == ["gov-bj"]
        new = NewList(url="http://www.beijing.gov.cn/new/", adapter="html-list")
        mend = Proposal(kind="list", why="首页链接“要闻”", new=new, sure=True)
        probe = Probe(
            source_id="gov-bj", name="首都之窗", at=now().isoformat(timespec="seconds"), verdict=Verdict.CHANGED,
            proposals=(mend,),
        )  # fmt: skip
        with closing(ProbeBook(settings.probe_file)) as book:
            book.add(probe)
        assert ill_sources(settings, chosen, later) == []
        assert len(ill_sources(settings, chosen, later + timedelta(hours=23))) == 1
        told = list(source_findings(known, ledger, later, 3, probe_texts(settings, later)))
    assert len(told) == 1
    assert "建议改用 http://www.beijing.gov.cn/new/" in told[0].text
    assert "yuqing sources probe gov-bj --last --apply" in told[0].text
