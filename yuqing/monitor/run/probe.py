"""Probing sources: runs the probe spider with the settings of yuqing.toml and records the results in the probe book."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

from crawler.probe.new_source import NewSource, look_at
from crawler.probe.probe import probe_source
from crawler.probe.records import Probe
from crawler.probe.site import BUDGET, Site
from crawler.spiders.probe import ProbeSpider, Work
from yuqing.core.errors import YuqingError
from yuqing.core.records import Source
from yuqing.core.times import now
from yuqing.core.urls import host_of
from yuqing.monitor.lock import crawl_lock
from yuqing.monitor.probe_book import ProbeBook
from yuqing.monitor.run.crawl import unstarted_settings
from yuqing.monitor.settings import Settings

TIMEOUT = 20  # seconds; a slower site is not one to crawl every day


@dataclass(frozen=True, slots=True)
class ProbeRound:
    """The probes of a round; ``complete`` is False if it was stopped, and the same command resumes it."""

    probes: list[Probe]
    complete: bool
    resumed: int = 0


def run_probe(
    settings: Settings,
    sources: Sequence[Source],
    on_result: Callable[[Probe], None],
    *,
    fresh: bool = False,
    hosts: Mapping[str, tuple[str, ...]] | None = None,
) -> ProbeRound:
    """Probe ``sources`` concurrently. ``hosts`` are additional hosts that a person allowed, by source id.

    An interrupted round is resumed, unless ``fresh``. Raises BusyError while a crawl is running: both together would
    send a site more than one request a second.
    """
    allowed = hosts or {}
    selection = " ".join(sorted(source.id for source in sources)) + "".join(f" {k}={v}" for k, v in allowed.items())
    with crawl_lock(settings.data, settings.lock_wait), closing(ProbeBook(settings.probe_file)) as book:
        begun = book.begin(selection, now(), fresh=fresh)
        done: dict[str, Probe] = {}
        if begun:
            kept = book.probes(source.id for source in sources)
            done = {name: each for name, each in kept.items() if each.at >= begun.isoformat(timespec="seconds")}
        left = [source for source in sources if source.id not in done]

        def keep(probe: Probe) -> None:
            book.add(probe)
            done[probe.source_id] = probe
            on_result(probe)

        async def work(source: Source, site: Site) -> Probe:
            known = book.asked(source.id)
            return await probe_source(source, site, known)

        chosen = [replace(source, hosts=source.hosts + allowed.get(source.id, ())) for source in left]
        resumed = len(done)
        run_spider(settings, chosen, work, keep)
        complete = all(source.id in done for source in sources)
        if complete:
            book.end(selection)
        return ProbeRound([done[source.id] for source in sources if source.id in done], complete, resumed)


def last_probes(settings: Settings, sources: Sequence[Source]) -> list[Probe]:
    """The last probe of each of ``sources`` that has ever been probed."""
    with closing(ProbeBook(settings.probe_file)) as book:
        found = book.probes()
    return [found[source.id] for source in sources if source.id in found]


def run_look(settings: Settings, url: str, taken: set[str]) -> NewSource:
    """Examine the site of ``url`` as a new source; ``taken`` are the ids in use."""
    host = host_of(url)
    found: list[NewSource] = []

    async def work(source: Source, site: Site) -> NewSource:
        return await look_at(url, site, taken)

    source = Source(id=host, name=host, tier="commercial", hosts=(host,))
    with crawl_lock(settings.data, settings.lock_wait):
        run_spider(settings, [source], work, found.append)
    return found[0] if found else NewSource(problem=f"{url}：中断，没有完成。")


def run_spider(
    settings: Settings,
    sources: Sequence[Source],
    work: Work,
    on_result: Callable[[Any], None],
    budget: int = BUDGET,
) -> None:
    """Run ``work`` over ``sources`` with Scrapy. Raises errors of the program; whatever sites do is a result."""
    if not sources:
        return
    scrapy = unstarted_settings(settings)
    scrapy.update(
        {
            "ITEM_PIPELINES": {},
            "RETRY_ENABLED": False,  # a site that does not answer is reported as such
            "DOWNLOAD_TIMEOUT": min(settings.crawl.timeout, TIMEOUT),
        },
        priority="cmdline",
    )
    process = AsyncCrawlerProcess(scrapy)
    crawler = process.create_crawler(ProbeSpider)
    failed: list[BaseException] = []
    crawling = process.crawl(
        crawler, sources=sources, work=work, on_result=on_result, budget=budget, on_error=failed.append
    )
    process.start()
    if crawling.done():
        crawling.result()
    if failed:
        raise failed[0] if isinstance(failed[0], YuqingError) else YuqingError(f"the probe failed: {failed[0]!r}")
