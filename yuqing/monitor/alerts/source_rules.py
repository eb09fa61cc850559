"""What is wrong with a source: the last days of its crawls compared with its own past."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise

from yuqing.core.records import Outcome, Source
from yuqing.monitor.alerts.finding import Finding
from yuqing.monitor.ledger import Ledger

RECENT = timedelta(days=3)
PAST = timedelta(days=60)
MEMORY = timedelta(days=180)  # how far back a source's publishing rhythm is read
MIN_PAGES = 3  # fewer pages without body or date prove nothing
MIN_DAYS = 6  # days with news that are needed to know the rhythm
BEYOND = 1.5  # silence this many times as long as the longest before is reported

_NEWS = (Outcome.INDEXED, Outcome.REPRINT, Outcome.NOT_RELEVANT)
_READ = (*_NEWS, Outcome.UPDATED, Outcome.UNCHANGED)
_BODILESS = (Outcome.TOO_SHORT, Outcome.SCRIPT_DRAWN, Outcome.NO_TITLE, Outcome.LIST_PAGE)
_UNREACHED = (Outcome.NETWORK, Outcome.TIMEOUT, Outcome.HTTP_ERROR)


def source_faults(
    sources: Mapping[str, Source], ledger: Ledger, when: datetime, silent_days: int
) -> dict[str, dict[str, str]]:
    """What is wrong with each source in service that was crawled lately: Chinese text by kind, by source id."""
    recent = ledger.crawl_counts(when - RECENT, when)
    past = ledger.crawl_counts(when - RECENT - PAST, when - RECENT)
    lists = ledger.lists_without_links(when - RECENT, when)
    days = ledger.news_days(when - MEMORY, [*_NEWS, Outcome.UNDATED])
    found: dict[str, dict[str, str]] = {}
    for source in sources.values():
        now = recent.get(source.id, Counter())
        if source.deprecated is not None or not now:
            continue
        faults = dict(_faults(now, past.get(source.id, Counter())))
        if broken := lists.get(source.id):
            faults["list"] = f"{len(broken)} 个列表页不再给出文章链接，版式可能已变（{broken[0]}）"
        # a fault explains a silence
        if not faults and (quiet := _silence(days.get(source.id, []), when.date(), silent_days)):
            faults["silent"] = quiet
        if faults:
            found[source.id] = faults
    return found


def source_findings(
    sources: Mapping[str, Source], ledger: Ledger, when: datetime, silent_days: int, probed: Mapping[str, str]
) -> Iterator[Finding]:
    """A finding for each source in service that was crawled lately and does worse than before.

    ``probed`` is what a probe has since found about a source, by its id.
    """
    for name, faults in source_faults(sources, ledger, when, silent_days).items():
        told = [*faults.values(), *([probed[name]] if name in probed else [])]
        text = f"{sources[name].name}（{name}）：{'；'.join(told)}"
        yield Finding(f"source:{name}", tuple(sorted(faults)), text)


def _faults(now: Counter[str], past: Counter[str]) -> Iterator[tuple[str, str]]:
    read, bodiless, unreached = (sum(now[o] for o in group) for group in (_READ, _BODILESS, _UNREACHED))
    told = now[Outcome.UNDATED] + now[Outcome.ERROR_PAGE] + now[Outcome.GARBLED]
    reached = read + bodiless + told + now[Outcome.LISTING] + now[Outcome.LISTING_EMPTY]
    if now[Outcome.REFUSED] and (now[Outcome.BACKOFF] or not reached):
        yield "refused", f"拒绝访问 {now[Outcome.REFUSED]} 次，暂停采集"
    elif now[Outcome.BACKOFF] and not reached:
        yield "later", f"要求暂缓访问，{now[Outcome.BACKOFF]} 个网页未取"
    elif now[Outcome.ROBOTS] and not (reached or unreached):
        yield "robots", f"robots.txt 不允许访问，{now[Outcome.ROBOTS]} 个网页未取"
    elif unreached and not reached:
        yield "unreached", f"无法访问，连续 {unreached} 次"
    if bodiless >= MIN_PAGES and bodiless > read and not _worse_before(past, _BODILESS):
        yield "body", f"{bodiless} 篇取不到正文或标题，版式可能已变"
    if (errors := now[Outcome.ERROR_PAGE]) and (errors >= MIN_PAGES or errors > read):
        yield "error-page", f"{errors} 个网页是错误页（页面不存在、系统维护、已迁移、要求登录等），未入库"
    if (garbled := now[Outcome.GARBLED]) and garbled > read:
        yield "garbled", f"{garbled} 篇是乱码，未入库"
    undated = now[Outcome.UNDATED]
    if undated >= MIN_PAGES and undated > read and not _worse_before(past, (Outcome.UNDATED,)):
        yield "date", f"{undated} 篇取不到日期，版式可能已变"
    if now[Outcome.FAILED]:
        yield "failed", f"程序出错 {now[Outcome.FAILED]} 次"


def _worse_before(past: Counter[str], bad: tuple[Outcome, ...]) -> bool:
    """Whether the fault is as old as the source: then it is not new."""
    faults = sum(past[outcome] for outcome in bad)
    return faults >= MIN_PAGES and faults > sum(past[outcome] for outcome in _READ)


def _silence(days: list[date], today: date, least: int) -> str:
    """A sentence if the source has been silent much longer than ever before; else an empty string."""
    if len(days) < MIN_DAYS:
        return ""
    longest = max((later - earlier).days for earlier, later in pairwise(days))
    silent = (today - days[-1]).days
    if silent <= max(least, BEYOND * longest):
        return ""
    return f"已 {silent} 天没有新文章（此前最长 {longest} 天）"
