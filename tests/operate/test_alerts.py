"""Alerts: a source beside its own past, one message a day a subject, and a real webhook that takes it."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr

from indexer.open import open_store
from tests.operate.conftest import Home
from yuqing.core.errors import YuqingError
from yuqing.core.records import Outcome, PageResult, Source
from yuqing.core.times import SHANGHAI, now
from yuqing.monitor.alerts.book import SentFinding
from yuqing.monitor.alerts.digest import MAX_LINES, compose
from yuqing.monitor.alerts.finding import Finding
from yuqing.monitor.alerts.rules import _jobs
from yuqing.monitor.alerts.run import digest_of, send_digest
from yuqing.monitor.alerts.source_rules import source_findings
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.schedule.job_log import JobLog
from yuqing.monitor.setting_tables import AlertSettings, Job
from yuqing.monitor.settings import Settings

TODAY = datetime(2018, 3, 15, 9, 0, tzinfo=SHANGHAI)
SOURCE = Source(id="gov-example", name="示例省人民政府", tier="province-gov", hosts=("www.example.gov.cn",))
LIST = "http://www.example.gov.cn/list/"


class Past:
    """A ledger that is written day by day."""

    def __init__(self, path: Path) -> None:
        self.path, self.ledger = path, Ledger(path)

    def day(self, ago: int, *outcomes: Outcome, command: str = "crawl") -> None:
        """So many days ago a run met pages with these outcomes."""
        run = self.ledger.start(command, {})
        for number, outcome in enumerate(outcomes):
            listing = outcome in (Outcome.LISTING, Outcome.LISTING_EMPTY)
            url = LIST if listing else f"http://www.example.gov.cn/{ago}/{number}"
            self.ledger.add(run, PageResult(url=url, source_id=SOURCE.id, outcome=outcome))
        self.ledger.finish(run, "done")
        at = (TODAY - timedelta(days=ago, hours=1)).isoformat()
        with closing(sqlite3.connect(self.path)) as db, db:
            db.execute("UPDATE pages SET at = ? WHERE run = ?", (at, run))
            db.execute("UPDATE runs SET id = ? || '-' || id, started = ? WHERE id = ?", (at, at, run))
            db.execute("UPDATE pages SET run = ? || '-' || run WHERE run = ?", (at, run))

    def said(self) -> list[str]:
        return [finding.text for finding in source_findings({SOURCE.id: SOURCE}, self.ledger, TODAY, 3, {})]


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    made = Past(tmp_path / "ledger.db")
    yield made
    made.ledger.close()


GOOD = (Outcome.LISTING, Outcome.INDEXED, Outcome.NOT_RELEVANT, Outcome.NOT_RELEVANT)


def test_a_source_in_its_rhythm_is_not_told(past: Past) -> None:
    for ago in (40, 33, 26, 19, 12, 5):  # once a week
        past.day(ago, *GOOD)
    past.day(0, Outcome.LISTING)
    assert past.said() == []


def test_silence_beyond_the_own_history_is_told(past: Past) -> None:
    for ago in range(30, 9, -2):  # every other day, then nothing for ten days
        past.day(ago, *GOOD)
    past.day(0, Outcome.LISTING, Outcome.UNCHANGED)
    past.day(1, Outcome.INDEXED, command="rebuild")  # a rebuild is no news from the source
    assert past.said() == ["示例省人民政府（gov-example）：已 10 天没有新文章（此前最长 2 天）"]


def test_a_young_source_has_no_rhythm_yet(past: Past) -> None:
    for ago in (30, 29):
        past.day(ago, *GOOD)
    past.day(0, Outcome.LISTING)
    assert past.said() == []


@pytest.mark.parametrize(
    ("recent", "words"),
    [
        ((Outcome.LISTING_EMPTY,), f"1 个列表页不再给出文章链接，版式可能已变（{LIST}）"),
        ((Outcome.LISTING, *[Outcome.TOO_SHORT] * 4, Outcome.INDEXED), "4 篇取不到正文或标题，版式可能已变"),
        ((Outcome.LISTING, *[Outcome.UNDATED] * 5, Outcome.INDEXED), "5 篇取不到日期，版式可能已变"),
        ((Outcome.REFUSED, Outcome.REFUSED, Outcome.REFUSED, Outcome.BACKOFF), "拒绝访问 3 次，暂停采集"),
        ((Outcome.TIMEOUT, Outcome.NETWORK), "无法访问，连续 2 次"),
        ((Outcome.HTTP_ERROR, Outcome.BACKOFF, Outcome.BACKOFF), "要求暂缓访问，2 个网页未取"),
        ((*GOOD, Outcome.FAILED), "程序出错 1 次"),
    ],
)
def test_what_broke_lately_is_told(past: Past, recent: tuple[Outcome, ...], words: str) -> None:
    for ago in range(20, 3, -1):
        past.day(ago, *GOOD)
    past.day(1, *recent)
    assert past.said() == [f"示例省人民政府（gov-example）：{words}"]


@pytest.mark.parametrize(
    "recent",
    [
        (*GOOD, Outcome.TOO_SHORT, Outcome.TOO_SHORT),  # fewer than the articles
        (*GOOD, Outcome.HTTP_ERROR, Outcome.TIMEOUT),  # some pages fail everywhere
        (*GOOD, Outcome.REFUSED),
        (*GOOD, Outcome.HTTP_ERROR, Outcome.BACKOFF),  # asked to wait, and came later
        (*GOOD, Outcome.UNDATED),
    ],
)
def test_what_always_happens_is_not_told(past: Past, recent: tuple[Outcome, ...]) -> None:
    for ago in range(20, 3, -1):
        past.day(ago, *GOOD)
    past.day(1, *recent)
    assert past.said() == []


def test_a_fault_as_old_as_the_source_is_no_news(past: Past) -> None:
    for ago in range(20, -1, -1):
        past.day(ago, Outcome.LISTING, *[Outcome.UNDATED] * 4, Outcome.INDEXED)
    assert past.said() == []


def test_a_job_that_never_gets_its_turn_is_told(tmp_path: Path) -> None:
    log, job = JobLog(tmp_path / "ledger.db"), Job(name="central", cron="0 5 * * *", command=["crawl"])
    ledger, said = Ledger(tmp_path / "ledger.db"), []
    for state in ("skipped", "skipped", "done", "skipped", "skipped", "skipped"):
        log.end(log.begin(job), state, 4, "Another crawl is working on data.", TODAY)
        said.append([finding.text for finding in _jobs(Settings(schedule=[job]), ledger, log, TODAY)])
    ledger.close()
    assert said == [[]] * 5 + [["任务 central 连续 3 次未能开始：Another crawl is working on data."]]


def test_a_failed_run_of_a_job_with_many_sources_is_told_once(past: Past, tmp_path: Path) -> None:
    job = Job(name="some", cron="0 5 * * *", command=["crawl", *"abcdefg"])
    log, when = JobLog(past.path), now()
    log.end(log.begin(job), "failed", 1, "no", when)
    run = past.ledger.start("crawl a b c d e and 2 more", {})
    past.ledger.fail(run, "no")
    found = list(_jobs(Settings(schedule=[job]), past.ledger, log, when))
    assert [finding.subject for finding in found] == ["job:some"]


def subject(name: str, *kinds: str, news: bool = False) -> Finding:
    return Finding(name, kinds or ("list",), f"{name} 有问题", news)


def later(sent: dict[str, SentFinding], found: list[Finding], days: float) -> list[str]:
    """The titles of what is told after so many days; it is written down."""
    digest = compose(found, sent, TODAY + timedelta(days=days), timedelta(days=7))
    sent.update({entry.finding.subject: entry for entry in digest.sent})
    return digest.body.splitlines()


def test_a_subject_is_told_once_a_day_reminded_weekly_and_its_recovery_once() -> None:
    sent: dict[str, SentFinding] = {}
    bad = [subject("source:a")]
    assert later(sent, bad, 0) == ["【异常】", "• source:a 有问题"]
    assert later(sent, bad, 0.2) == []
    assert later(sent, [], 0.3) == []  # it went away within the day: nothing before tomorrow
    assert later(sent, bad, 3) == []
    assert later(sent, bad, 7) == ["【仍未恢复】", "• source:a 有问题（自3月15日）"]
    assert later(sent, [subject("source:a", "list", "date")], 9) == ["【异常】", "• source:a 有问题"]
    assert later(sent, [], 9.3) == []
    assert later(sent, [], 10) == ["【已恢复】", "• source:a 有问题（自3月15日，现已恢复）"]
    assert later(sent, [], 11) == []
    assert later(sent, bad, 12) == ["【异常】", "• source:a 有问题"]


def test_articles_are_told_once_and_do_not_recover() -> None:
    sent: dict[str, SentFinding] = {}
    hot = [subject("item:1", "heat", news=True)]
    assert later(sent, hot, 0) == ["【关注文章】", "• item:1 有问题"]
    assert later(sent, hot, 8) == []
    assert later(sent, [], 9) == []


def test_fifty_faults_are_one_short_message() -> None:
    digest = compose([subject(f"source:{n}") for n in range(50)], {}, TODAY, timedelta(days=7))
    assert digest.title == "舆情监测：50 项异常"
    assert len(digest.body.splitlines()) == MAX_LINES + 2
    assert digest.body.endswith("……另有 35 条")
    assert len(digest.sent) == 50


class Hook:
    """A webhook that keeps what it is sent, and may refuse."""

    def __init__(self) -> None:
        self.got: list[dict[str, str]] = []
        self.status = 200
        hook = self

        class Responder(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if hook.status == 200:
                    hook.got.append(json.loads(body))
                self.send_response(hook.status)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Responder)
        self.url = f"json://user:geheim@127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_the_command_sends_one_message_and_no_second(crawled: Home, hook: Hook) -> None:
    crawled.settings('[[schedule]]\nname = "crawl"\ncron = "0 5 * * *"\ncommand = ["crawl"]\n')
    with closing(sqlite3.connect(crawled.path / "data" / "ledger.db")) as db, db:
        db.execute("UPDATE runs SET state = 'failed', note = '磁盘已满', command = 'crawl gov-example'")
    channel = {"YUQING_ALERTS__URLS": hook.url, "YUQING_ALERTS__DISK_FREE_GB": "1e9"}
    said = crawled.run("alerts", "send", **channel)
    assert "geheim" not in said
    (message,) = hook.got
    assert message["title"] == "舆情监测：2 项异常"
    assert "磁盘空间不足" in message["message"]
    assert "crawl gov-example" in message["message"]
    assert "磁盘已满" in message["message"]
    assert crawled.run("alerts", "send", **channel) == "nothing to report\n"
    assert "磁盘空间不足" in crawled.run("alerts", "list", **channel)
    assert "1 channels took" in crawled.run("alerts", "test", **channel)
    assert [message["title"] for message in hook.got[1:]] == ["舆情监测：测试"]


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("yuqing.toml", "", "out = ", "yuqing.toml"),
        ("yuqing.toml", "", "out = 1", "yuqing.toml:1"),
    ],
)
def test_what_blinds_the_alerts_is_told_once_a_day(
    crawled: Home, hook: Hook, name: str, old: str, new: str, place: str
) -> None:
    channel = {"YUQING_ALERTS__URLS": hook.url}
    file = crawled.path / name
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    code = 2 if ":" in place else 1
    for _ in range(2):
        assert place in crawled.run("alerts", "send", code=code, **channel)
    assert [message["title"] for message in hook.got] == ["舆情监测：无法检查运行状况"]
    assert place in hook.got[0]["message"]
    crawled.run("alerts", "send", code=code, YUQING_CLOCK_AHEAD="86400", **channel)
    assert len(hook.got) == 2


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("sources.yaml", "tier: province-gov", "tier: provinz", "sources.yaml:4:3"),
        ("sources.yaml", "tier: province-gov", "tier: province-gov\n  verified: 2026-02-30", "sources.yaml:5:13"),
        ("sources.yaml", "tier: province-gov", "tier: 2026-13", "sources.yaml:4:3"),
        ("sources.yaml", "", "[" * 2000, "sources.yaml:1:501"),
        ("keywords.yaml", "ministries:", "ministries:\n- {name: 甲, kind: 乙, until: 2018-02-30}", "keywords.yaml:"),
        ("keywords.yaml", "", "\0", "keywords.yaml:1:1"),
    ],
)
def test_a_broken_file_of_rules_hides_nothing_and_is_told(
    crawled: Home, hook: Hook, name: str, old: str, new: str, place: str
) -> None:
    file = crawled.path / name
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    crawled.run("alerts", "send", YUQING_ALERTS__URLS=hook.url, YUQING_ALERTS__DISK_FREE_GB="1e9")
    (message,) = hook.got
    assert "磁盘空间不足" in message["message"]
    assert place in message["message"]


def test_a_ledger_damaged_inside_is_told_too(crawled: Home, hook: Hook) -> None:
    file = crawled.path / "data" / "ledger.db"
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'pages'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as opened:
        opened.seek((root - 1) * size)
        opened.write(b"\xff" * size)
    assert "yuqing doctor --repair" in crawled.run("alerts", "send", code=1, YUQING_ALERTS__URLS=hook.url)
    assert "malformed" in hook.got[0]["message"]


def test_recovery_watched_articles_and_a_refusing_channel(
    crawled: Home, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(crawled.path)
    full = AlertSettings(urls=SecretStr(hook.url), disk_free_gb=1e9, watch=["教育"])
    settings = Settings(alerts=full, schedule=[])
    when = datetime(2018, 3, 6, 9, 0, tzinfo=SHANGHAI)
    hook.status = 500
    with pytest.raises(YuqingError, match="No channel took the message") as refused:
        send_digest(settings, digest_of(settings, when))
    assert not {"geheim", "hook"} & set(re.split(r"\W", str(refused.value)))  # a webhook's path may be its secret
    hook.status = 200
    send_digest(settings, digest_of(settings, when))  # it was not lost
    assert "关注：教育" in hook.got[0]["message"]
    assert "http://www.example.gov.cn/a/1.html" in hook.got[0]["message"]
    free = settings.model_copy(update={"alerts": full.model_copy(update={"disk_free_gb": 0})})
    send_digest(free, digest_of(free, when + timedelta(days=1)))
    assert hook.got[1]["title"] == "舆情监测：1 项恢复"


def test_writes_that_wait_for_elasticsearch_are_told(crawled: Home) -> None:
    away = "elasticsearch://127.0.0.1:9"  # nobody listens there
    data = crawled.path / "data"
    with closing(open_store(str(data / "yuqing.db"))) as store:
        items = list(store.scan())
    with closing(open_store(away, spool=data / "spool.sqlite")) as store:
        assert {result.written for result in store.put(items)} == {"spooled"}
    said = crawled.run("alerts", "list", YUQING_STORE=away)
    assert "Elasticsearch 无法写入：8 次写入在本机等待" in said
    assert "条目库无法连接" in said


def test_without_a_channel_nothing_is_written_down(crawled: Home) -> None:
    for _ in range(2):
        assert "nothing was sent" in crawled.run("alerts", "send", YUQING_ALERTS__DISK_FREE_GB="1e9")
    assert "No channel is set" in crawled.run("alerts", "test", code=2)
    assert "not supported by apprise" in crawled.run("alerts", "test", code=2, YUQING_ALERTS__URLS="nonsense://geheim")
    crawled.settings('[alerts]\nurls = "json://geheim"\n')
    assert "must not be in a file" in crawled.run("alerts", "list", code=1)
