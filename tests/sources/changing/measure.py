"""Probe the changing web and count what is found again: ``python -m tests.sources.changing.measure [--all]``.

Every site is changed in every way (``--all``), or in five ways in turn; all are probed in one round, sure
proposals are written into the sources file, and a second probe reads what the file says now.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from crawler.probe.records import Probe, Verdict
from crawler.source_edit import appended
from crawler.sources import load_sources
from tests.sources.changing.changes import CHANGES, COLUMN, WILD, Change
from tests.sources.changing.held import HELD
from tests.sources.changing.known import KNOWN
from tests.sources.changing.site import Layout, Piece, Reply, Site
from tests.sources.changing.tuned import TUNED
from yuqing.core.jsonio import from_json, to_json
from yuqing.core.times import now
from yuqing.monitor.ops.source_mend import apply, mending
from yuqing.monitor.publish.probe_report import line_of
from yuqing.monitor.run.probe import run_probe
from yuqing.monitor.setting_tables import CrawlSettings
from yuqing.monitor.settings import Settings

GROUPS: dict[str, tuple[type[Layout], ...]] = {"known": KNOWN, "tuned": TUNED, "held out": HELD}
FRAMES = ("div", "table")


@dataclass(frozen=True)
class Case:
    """One site after one change, with the record from before it. ``truth`` are the articles by address, as they can
    be reached now."""

    id: str
    group: str
    layout: str
    change: Change
    before: Site
    after: list[Site]

    @property
    def truth(self) -> dict[str, Piece]:
        """The articles of the column by their addresses now."""
        return {url: piece for site in self.after if site.silent is None for url, piece in site.truth(COLUMN).items()}


def cases(changes: Sequence[Change], each: int, groups: Sequence[str] = tuple(GROUPS)) -> list[Case]:
    """The cases: every layout on two sites (another frame and encoding), each changed in so many ways, in turn."""
    today = now().date()
    layouts = [(group, layout) for group in groups for layout in GROUPS[group]]
    found = []
    for number, (group, layout) in enumerate(layouts):
        other = layouts[(number + 5) % len(layouts)][1]
        for copy, frame in enumerate(FRAMES):
            turn = 2 * number + copy
            for place, change in enumerate(changes):
                if (place - turn) % len(changes) >= each:
                    continue
                name = f"s{number:02}{'ab'[copy]}-{place:02}"
                encoding = "gb18030" if copy or change.name.startswith("GB") else "utf-8"
                site = Site(
                    f"www.{name}.gov-demo.cn",
                    f"示范市{number}号政府网",
                    number * 2 + copy,
                    layout(),
                    today,
                    encoding,
                    frame,
                )
                found.append(Case(name, group, layout.name, change, site, change.make(site, other())))
    return found


@contextmanager
def served(sites: Sequence[Site], late: float = 0) -> Iterator[tuple[int, dict[str, int]]]:
    """The sites on one loopback port, each answer ``late`` by so many seconds; requests by host."""
    known = {site.host: site for site in sites}
    files = lru_cache(None)(lambda host: known[host].files() if host in known else {})
    silent = {site.host: site.silent for site in sites if site.silent is not None}
    hits: dict[str, int] = defaultdict(int)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 1 << 16

        def do_GET(self) -> None:
            host = self.headers["Host"]
            hits[host] += 1
            time.sleep(late)
            reply = _answer(host, self.path)
            self.send_response(reply.status)
            for name, value in {**reply.headers, "Content-Length": str(len(reply.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):  # a body beyond the limit is not taken
                self.wfile.write(reply.body)

        def log_message(self, *args: object) -> None:
            pass

    def _answer(host: str, path: str) -> Reply:
        if host in silent:
            said = silent[host]
            if "Location" in said.headers:
                return replace(said, headers={"Location": said.headers["Location"] + path})
            return said
        return files(host).get(path) or Reply(b"<html><body><h1>404</h1></body></html>", 404)

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server.server_port, hits
    finally:
        server.shutdown()


@dataclass
class Outcome:
    """What became of a case."""

    case: Case
    first: Probe
    second: Probe | None = None

    @property
    def wrong(self) -> int:
        """Sure proposals of a list that is not the column sought, or that read a wrong title or day."""
        truth = self.case.truth
        return sum(
            any(
                sample.url not in truth
                or truth[sample.url].title != sample.title
                or (sample.day is not None and truth[sample.url].day != sample.day)
                for sample in proposal.samples
            )
            for proposal in self.first.proposals
            if proposal.kind == "list" and proposal.sure
        ) + sum(proposal.sure for proposal in self.first.proposals if proposal.kind == "host")

    @property
    def offered(self) -> bool:
        """Whether a right list was proposed at all, sure or not."""
        truth = self.case.truth
        return any(
            each.samples and all(sample.url in truth for sample in each.samples) for each in self.first.proposals
        )

    @property
    def works(self) -> bool:
        """Whether the record, as it stands after the sure mends, reads the column and its articles."""
        probe = self.second or self.first
        return probe.verdict in (Verdict.USABLE, Verdict.PARTLY) and any(
            article.whole and article.url in self.case.truth for article in probe.articles
        )


def measure(found: list[Case], folder: Path) -> list[Outcome]:
    """Probe, mend and probe again; the second probe runs in a process of its own, as Scrapy wants it."""
    file = folder / "sources.yaml"
    text = ""
    for case in found:
        text = appended(text, case.before.record(case.id, (COLUMN,)))
    file.write_text(text.lstrip(), "utf-8")
    sites = [site for case in found for site in case.after]
    with served(sites) as (port, _):
        hosts = {case.id: (case.after[1].host,) for case in found if case.change.needs_host}
        first = _probe(folder, port)
        mended = mending(file, list(first.values()), now().date())
        apply(mended)
        if hosts:
            accepted = _probe(folder, port, list(hosts), hosts)
            apply(mending(file, list(accepted.values()), now().date(), hosts=hosts))
        mendable = [case.id for case in found if case.change.mendable]
        second = _probe(folder, port, mendable) if mendable else {}
    return [Outcome(case, first[case.id], second.get(case.id)) for case in found]


def _probe(
    folder: Path, port: int, only: Sequence[str] = (), hosts: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, Probe]:
    asked = json.dumps({"folder": str(folder), "port": port, "only": list(only), "hosts": hosts or {}})
    done = subprocess.run(
        [sys.executable, "-m", "tests.sources.changing.measure", "--round", asked],
        capture_output=True, text=True, check=False, cwd=Path(__file__).resolve().parents[3],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    probes = [from_json(line, Probe) for line in done.stdout.splitlines()]
    return {probe.source_id: probe for probe in probes}


def _round(given: dict[str, Any]) -> None:
    """One probe round in this process; the probes as JSON lines."""
    folder = Path(given["folder"])
    settings = Settings(
        data=folder / "data",
        sources=folder / "sources.yaml",
        crawl=CrawlSettings(delay=0, autothrottle=False, gateway=given["port"]),
    )
    hosts = {name: tuple(each) for name, each in given["hosts"].items()}
    only = given["only"]
    sources = [source for name, source in load_sources(settings.sources).items() if not only or name in only]
    done = run_probe(settings, sources, lambda probe: None, fresh=True, hosts=hosts)
    for probe in done.probes:
        print(to_json(probe).decode())


def table(outcomes: list[Outcome]) -> str:
    """The table of changes: sites, found again and applied, offered to a person, wrong, requests."""
    lines = [f"{'change':32} sites  works after  offered  wrong  requests (mean, most)  verdicts"]
    for change in dict.fromkeys(outcome.case.change.name for outcome in outcomes):
        rows = [outcome for outcome in outcomes if outcome.case.change.name == change]
        requests = [outcome.first.requests for outcome in rows]
        verdicts: dict[str, int] = defaultdict(int)
        for outcome in rows:
            verdicts[outcome.first.verdict] += 1
        told = " ".join(f"{name} {count}" for name, count in sorted(verdicts.items()))
        lines.append(
            f"{change:32} {len(rows):5}  {sum(o.works for o in rows):11}  {sum(o.offered for o in rows):7}  "
            f"{sum(o.wrong for o in rows):5}  {sum(requests) / len(rows):8.1f} {max(requests):5}        {told}"
        )
    return "\n".join(lines)


def share(outcomes: list[Outcome]) -> tuple[int, int]:
    """Mendable cases that work after the mend, and all mendable ones."""
    rows = [outcome for outcome in outcomes if outcome.case.change.mendable]
    return sum(outcome.works for outcome in rows), len(rows)


def main() -> None:
    """Measure and print, for each group of layouts."""
    if "--round" in sys.argv:
        _round(json.loads(sys.argv[sys.argv.index("--round") + 1]))
        return
    groups = [name for name in GROUPS if f"--only={name}" in sys.argv] or list(GROUPS)
    changes = WILD if "--wild" in sys.argv else CHANGES
    found = cases(changes, len(changes) if "--all" in sys.argv else 5, groups)
    with tempfile.TemporaryDirectory() as folder:
        outcomes = measure(found, Path(folder))
    print(table(outcomes))
    for group in groups:
        works, of = share([outcome for outcome in outcomes if outcome.case.group == group])
        print(f"{group}: {works} of {of} mendable changes work after the mend")
    print(f"wrong proposals that were sure: {sum(outcome.wrong for outcome in outcomes)}")
    if "-v" in sys.argv:
        for outcome in outcomes:
            case = outcome.case
            if outcome.wrong or (case.change.mendable and not outcome.works):
                print(
                    f"\n{case.id} {case.layout} · {case.change.name}",
                    f"· then {outcome.second.verdict if outcome.second else ''}",
                )
                print("  ", line_of(outcome.first))
                for each in outcome.first.proposals:
                    print("  ", each.kind, each.sure, each.score, each.why, each.new, each.article_urls)


if __name__ == "__main__":
    main()
