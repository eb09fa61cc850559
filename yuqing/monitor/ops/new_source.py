"""Examining a new site by its URL: the record it would get, and what that record reads."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from crawler.probe.records import ArticleSeen
from crawler.source_edit import appended, difference
from crawler.sources import load_sources, source_for
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.jsonio import to_json
from yuqing.core.records import Link
from yuqing.core.times import now
from yuqing.core.urls import host_of
from yuqing.monitor.ops.source_mend import Mending, apply, new_record
from yuqing.monitor.run.fetch_page import check_address
from yuqing.monitor.run.probe import run_look
from yuqing.monitor.settings import Settings

SECONDS = 240.0  # about ten requests to a site that takes its full 20 s for each


class ProposedSource(msgspec.Struct):
    """The sources file before and after adding the record, and what the record reads; ``problem`` says why there is
    none."""

    problem: str = ""
    source_id: str = ""
    name: str = ""
    before: str = ""
    after: str = ""
    diff: str = ""
    links: tuple[Link, ...] = ()
    article: ArticleSeen | None = None
    text: str = ""
    score: float = 0.0
    requests: int = 0

    @property
    def whole(self) -> bool:
        """Whether it may be written: an article of its list was read with title, day and body."""
        return not self.problem and self.article is not None and self.article.whole


def propose_source(settings: Settings, url: str) -> ProposedSource:
    """Examine the site of ``url`` by a probe's rules. Nothing is written. Raises UsageError if it is not a URL or
    belongs to a source, BusyError while a crawl is running.
    Raises UsageError for what is no address or belongs to a source, BusyError while a crawl runs.
    """
    address = check_address(url)
    known = load_sources(settings.sources)
    _refuse_known(address, settings)
    found = run_look(settings, address, set(known))
    if found.problem:
        return ProposedSource(problem=found.problem, requests=found.requests)
    before = settings.sources.read_text("utf-8-sig")
    record: Mapping[str, Any] = found.record
    after = appended(before, new_record(record, now().date()))
    return ProposedSource(
        source_id=str(record["id"]),
        name=str(record["name"]),
        before=before,
        after=after,
        diff=difference(before, after, settings.sources),
        links=found.links,
        article=found.article,
        text=found.text,
        score=found.score,
        requests=found.requests,
    )


def propose_apart(settings: Settings, url: str) -> ProposedSource:
    """The same in a separate process: Scrapy's reactor can only be started once per process."""
    address = check_address(url)
    _refuse_known(address, settings)
    command = [sys.executable, "-m", __name__, address]
    try:
        done = subprocess.run(
            command, input=settings.model_dump_json(), capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return ProposedSource(problem=f"{address}：{SECONDS:.0f} 秒没有看完。")
    try:
        return msgspec.json.decode(done.stdout, type=ProposedSource)
    except msgspec.MsgspecError:
        last = done.stderr.strip().splitlines()[-1:] or ["no answer"]
        raise YuqingError(f"{address}: the site could not be examined ({last[0][:300]}).") from None


def keep_source(settings: Settings, proposed: ProposedSource) -> Path | None:
    """Write the record; returns the backup of the previous file. Raises YuqingError if the file has changed
    meanwhile."""
    if not proposed.whole:
        raise YuqingError("列表中的文章未能读全（标题、日期、正文缺一不可），没有写入；请检查网址，或手工编写记录。")
    return apply(Mending(settings.sources, proposed.before, proposed.after, (proposed.source_id,)))


def _refuse_known(address: str, settings: Settings) -> None:
    if owner := source_for(address, load_sources(settings.sources)):
        raise UsageError(
            f"{host_of(address)} 已经属于来源 {owner.id}（{owner.name}）；请运行 yuqing sources probe {owner.id}。"
        )


def _main() -> None:
    given = Settings(**json.loads(sys.stdin.read()))
    try:
        found = propose_source(given, sys.argv[1])
    except YuqingError as error:
        found = ProposedSource(problem=str(error))
    sys.stdout.buffer.write(to_json(found))


if __name__ == "__main__":
    _main()
