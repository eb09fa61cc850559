"""The run ledger: what became of every page of every run (SQLite)."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime

from yuqing.core.errors import YuqingError
from yuqing.core.records import Outcome, PageResult
from yuqing.core.times import now
from yuqing.core.urls import printable
from yuqing.monitor.ledger_file import COLUMNS, FROM_JSON, OURS, Run
from yuqing.monitor.ledger_rows import outcome_of, versions_of
from yuqing.monitor.ledger_sharing import SharedLedger


class Ledger(SharedLedger):
    """The ledger in the file ``path``. A run is open from :meth:`start` to :meth:`finish`."""

    def start(self, command: str, versions: dict[str, str]) -> str:
        """Open a run; its id is its start time: YYYYMMDD-HHMMSS, with a letter if two started at once."""
        base = f"{now():%Y%m%d-%H%M%S}"
        for suffix in ("", *"abcdefghijklmnopqrstuvwxyz"):
            try:
                self._db.execute(
                    "INSERT INTO runs (id, command, started, state, versions) VALUES (?, ?, ?, 'running', ?)",
                    (base + suffix, printable(command), now().isoformat(), json.dumps(versions)),
                )
            except sqlite3.IntegrityError:
                continue
            except sqlite3.Error as error:
                raise YuqingError(f"the run ledger cannot be written ({error}).") from error
            return f"{base}{suffix}"
        raise YuqingError("27 runs began within one second; try again.")

    @contextmanager
    def recording(self, command: str, versions: dict[str, str]) -> Iterator[str]:
        """A run that ends as ``done``, as ``stopped`` by a signal, or as ``failed`` with the error's message."""
        run = self.start(command, versions)
        try:
            yield run
        except (KeyboardInterrupt, SystemExit):
            self.finish(run, "stopped")
            raise
        except BaseException as error:
            with suppress(YuqingError):  # not even this can be written on a full disk
                self.fail(run, str(error) if isinstance(error, YuqingError) else repr(error))
            raise
        self.finish(run, "done")

    def add(self, run: str, *results: PageResult) -> None:
        """Count the pages of an article, all or none of them."""
        at = now().isoformat()
        rows = [
            (run, printable(r.url), r.source_id, r.outcome.value, printable(r.detail), r.status, r.links, r.item_id, at)
            for r in results
        ]
        if rows:
            self._write("INSERT INTO pages SELECT " + FROM_JSON, [json.dumps(rows)])

    def rule_off(self, run: str, rule: str, url: str) -> None:
        """Record that ``rule`` took too long for the page ``url`` and was switched off in ``run``."""
        values = (run, printable(rule), printable(url), now().isoformat())
        self._write("INSERT OR IGNORE INTO rules_off VALUES (?, ?, ?, ?)", values)

    def rules_off(self, since: datetime, version: str) -> dict[str, str]:
        """The rules switched off since then while keywords.yaml had this version, each with a page."""
        query = (
            "SELECT rule, rules_off.url, versions FROM rules_off JOIN runs ON runs.id = run WHERE at >= ? ORDER BY at"
        )
        rows = self._db.execute(query, (since.isoformat(),))
        return {rule: url for rule, url, versions in rows if versions_of(versions).get("keywords") == version}

    def finish(self, run: str, state: str, note: str = "") -> None:
        """Close a run as ``done``, ``stopped``, ``failed`` or ``crashed``; its note names the rules it switched off."""
        rules = self._db.execute("SELECT rule, url FROM rules_off WHERE run = ? ORDER BY at", (run,)).fetchall()
        slow = (f"the rule /{rule}/ took too long for {url}: it was switched off" for rule, url in rules)
        note = "; ".join(filter(None, [note, *slow]))
        self._write(
            "UPDATE runs SET ended = ?, state = ?, note = ? WHERE id = ?",
            (now().isoformat(), state, note, run),
        )

    def fail(self, run: str, note: str) -> None:
        """Mark a run as failed. It is closed at the next start, which counts what it archived but could not store."""
        self._write("UPDATE runs SET state = 'failed', note = ? WHERE id = ?", (note, run))

    def unclosed(self) -> list[Run]:
        """This machine's runs that failed or crashed and are not closed yet (or are running, while a command is at
        work)."""
        rows = self._db.execute(f"SELECT {COLUMNS} FROM runs WHERE ended IS NULL AND id NOT LIKE '%/%' ORDER BY id")
        return [self._to_run(row) for row in rows.fetchall()]

    def counted(self, run: str) -> Counter[str]:
        """How often each URL was counted in ``run``."""
        rows = self._db.execute("SELECT url, count(*) FROM pages WHERE run = ? GROUP BY url", (run,))
        return Counter(dict(rows.fetchall()))

    def last_counted(self, source_id: str, item_id: str) -> datetime | None:
        """When a page of the source that yielded the item was last counted, by any machine; None if never."""
        query = "SELECT max(at) FROM pages WHERE source_id = ? AND item_id = ?"
        (at,) = self._db.execute(query, (source_id, item_id)).fetchone()
        return datetime.fromisoformat(at) if at else None

    def runs(self, limit: int = 20) -> list[Run]:
        """The latest runs, newest first."""
        rows = self._db.execute(f"SELECT {COLUMNS} FROM runs ORDER BY started DESC, id DESC LIMIT ?", (limit,))
        return [self._to_run(row) for row in rows.fetchall()]

    def answered(self, run: str = "%") -> tuple[set[str], dict[str, str]]:
        """The URLs for which this machine's runs, or one run, got a response, and the URLs of the items by item id.

        The former must be in the archive. An item is identified by its id, and its URL is one of those that yielded it.
        """
        values = (Outcome.UNREADABLE.value, Outcome.FAILED.value, run)
        query = f"SELECT DISTINCT url FROM pages WHERE status > 0 AND outcome NOT IN (?, ?) AND run LIKE ? AND {OURS}"
        rows = self._db.execute(query, values)
        items = self._db.execute(
            f"SELECT item_id, max(url) FROM pages WHERE item_id <> '' AND run LIKE ? AND {OURS} GROUP BY item_id",
            (run,),
        )
        return {url for (url,) in rows}, dict(items.fetchall())

    def states(self) -> Counter[str]:
        """How many runs ended in each state."""
        return Counter(dict(self._db.execute("SELECT state, count(*) FROM runs GROUP BY state").fetchall()))

    def by_source(self, run: str | None = None) -> dict[str, Counter[str]]:
        """Pages by outcome for each source, of one run or of all."""
        where, values = ("WHERE run = ?", (run,)) if run else ("", ())
        counts: dict[str, Counter[str]] = {}
        query = f"SELECT source_id, outcome, count(*) FROM pages {where} GROUP BY 1, 2 ORDER BY 1, 2"
        for source, outcome, count in self._db.execute(query, values):
            counts.setdefault(source, Counter())[outcome] = count
        return counts

    def crawl_counts(self, since: datetime, until: datetime) -> dict[str, Counter[str]]:
        """Pages by outcome for each source, for the crawls between two times (rebuilds and replays excluded).

        A page with the same result each time counts once; refusals and lists count each time.
        """
        counts: dict[str, Counter[str]] = {}
        marks = ",".join("?" * len(_STANDING))
        crawled = "FROM pages JOIN runs ON runs.id = run WHERE at >= ? AND at < ? AND command LIKE 'crawl%'"
        query = (
            f"SELECT source_id, outcome, count(*) {crawled} AND outcome NOT IN ({marks}) GROUP BY 1, 2 UNION ALL "
            f"SELECT source_id, outcome, count(DISTINCT url) {crawled} AND outcome IN ({marks}) GROUP BY 1, 2"
        )
        values = (since.isoformat(), until.isoformat(), *_STANDING)
        for source, outcome, count in self._db.execute(query, values * 2):
            counts.setdefault(source, Counter())[outcome] = count
        return counts

    def crawl_days(self, since: date) -> dict[str, Counter[str]]:
        """Pages by outcome for each day (ISO) from ``since`` on, for the crawls (rebuilds and replays excluded)."""
        days: dict[str, Counter[str]] = {}
        query = f"SELECT substr(at, 1, 10), outcome, count(*) FROM pages WHERE {_CRAWLED_SINCE} GROUP BY 1, 2"
        for day, outcome, count in self._db.execute(query, (since.isoformat(), since.isoformat())):
            days.setdefault(day, Counter())[outcome] = count
        return days

    def crawl_examples(self, since: date, outcomes: Sequence[Outcome]) -> list[tuple[int, str, PageResult]]:
        """For each of ``outcomes`` and each source: the number of pages since then, the time of the last one, and that
        page.

        Most frequent first; crawls only.
        """
        marks = ",".join("?" * len(outcomes))
        query = (  # SQLite takes the other columns from the row that has the maximum
            "SELECT count(*), max(at), url, source_id, outcome, detail, status, links FROM pages "
            f"WHERE {_CRAWLED_SINCE} AND outcome IN ({marks}) GROUP BY outcome, source_id ORDER BY 1 DESC, 3"
        )
        values = (since.isoformat(), since.isoformat(), *(outcome.value for outcome in outcomes))
        return [
            (count, at, PageResult(url=url, source_id=source, outcome=outcome_of(name), detail=detail, status=status,
                                   links=links))
            for count, at, url, source, name, detail, status, links in self._db.execute(query, values)
        ]  # fmt: skip

    def lists_without_links(self, since: datetime, until: datetime) -> dict[str, list[str]]:
        """List pages by source that yielded links at least twice before ``since``, and none since although
        requested."""
        query = (
            "SELECT source_id, url FROM pages WHERE outcome IN (?, ?) AND at < ? GROUP BY 1, 2 "
            "HAVING sum(outcome = ? AND at < ?) >= 2 AND sum(outcome = ? AND at >= ?) = 0 AND sum(at >= ?) > 0"
        )
        empty, full = Outcome.LISTING_EMPTY.value, Outcome.LISTING.value
        begin = since.isoformat()
        lists: dict[str, list[str]] = {}
        for source, url in self._db.execute(query, (empty, full, until.isoformat(), full, begin, full, begin, begin)):
            lists.setdefault(source, []).append(url)
        return lists

    def second_opinions(self, since: datetime, until: datetime) -> dict[str, tuple[int, int]]:
        """By source: for how many of its short texts trafilatura agreed with us in that period, and for how many it did
        not."""
        query = (
            "SELECT source_id, count(DISTINCT url) FILTER (WHERE detail LIKE '%trafilatura agrees'), "
            "count(DISTINCT url) FILTER (WHERE detail LIKE '%trafilatura differs') "
            "FROM pages WHERE detail LIKE '%trafilatura %' AND at >= ? AND at < ? GROUP BY 1"
        )
        return {
            source: (agree, differ)
            for source, agree, differ in self._db.execute(query, (since.isoformat(), until.isoformat()))
        }

    def empty_lists(self, since: datetime, until: datetime) -> dict[str, list[str]]:
        """List pages by source that yielded no link in that period although requested, whatever they yielded before."""
        query = (
            "SELECT source_id, url FROM pages WHERE outcome IN (?, ?) AND at >= ? AND at < ? GROUP BY 1, 2 "
            "HAVING sum(outcome = ?) = 0"
        )
        empty, full = Outcome.LISTING_EMPTY.value, Outcome.LISTING.value
        lists: dict[str, list[str]] = {}
        for source, url in self._db.execute(query, (empty, full, since.isoformat(), until.isoformat(), full)):
            lists.setdefault(source, []).append(url)
        return lists

    def news_days(self, since: datetime, outcomes: Sequence[Outcome]) -> dict[str, list[date]]:
        """The days since then, in order, on which a crawl found pages with these outcomes, for each source."""
        marks = ",".join("?" * len(outcomes))
        query = (
            "SELECT DISTINCT source_id, substr(at, 1, 10) FROM pages JOIN runs ON runs.id = run "
            f"WHERE at >= ? AND command LIKE 'crawl%' AND outcome IN ({marks}) ORDER BY 1, 2"
        )
        days: dict[str, list[date]] = {}
        for source, day in self._db.execute(query, (since.isoformat(), *(o.value for o in outcomes))):
            with suppress(ValueError):  # a row not written by this program
                days.setdefault(source, []).append(date.fromisoformat(day))
        return days

    def last_success(self) -> dict[str, str]:
        """When each source last yielded an article or a list with links."""
        good = [
            o.value
            for o in (Outcome.INDEXED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REPRINT,
                      Outcome.NOT_RELEVANT, Outcome.LISTING)
        ]  # fmt: skip
        marks = ",".join("?" * len(good))
        query = f"SELECT source_id, max(at) FROM pages WHERE outcome IN ({marks}) GROUP BY 1"
        return dict(self._db.execute(query, good).fetchall())

    def pages(self, run: str, outcome: Outcome | None = None) -> Iterator[PageResult]:
        """The pages of a run in the order they were counted."""
        where, values = ("AND outcome = ?", (run, outcome.value)) if outcome else ("", (run,))
        query = (
            "SELECT url, source_id, outcome, detail, status, links, item_id FROM pages "
            f"WHERE run = ? {where} ORDER BY rowid"
        )
        for url, source, name, detail, status, links, item in self._db.execute(query, values):
            yield PageResult(
                url=url, source_id=source, outcome=outcome_of(name), detail=detail,
                status=status, links=links, item_id=item,
            )  # fmt: skip


# Only the few runs of that period, whose pages have an index; scanning a year's pages takes seconds.
_CRAWLED_SINCE = (
    "run IN (SELECT id FROM runs WHERE command LIKE 'crawl%' AND (ended IS NULL OR ended >= ?)) AND at >= ?"
)
_STANDING = tuple(
    outcome.value
    for outcome in (Outcome.UNDATED, Outcome.TOO_SHORT, Outcome.SCRIPT_DRAWN, Outcome.NO_TITLE, Outcome.LIST_PAGE,
                    Outcome.GARBLED, Outcome.ERROR_PAGE)
)  # fmt: skip
