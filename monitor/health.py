"""How each source fares, from the run ledger: what it gave, what it refused, what looks like a changed page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from core.records import Outcome, Source
from monitor.ledger import Ledger

_ARTICLES = (
    Outcome.INDEXED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REPRINT, Outcome.NOT_RELEVANT, Outcome.UNDATED,
)  # fmt: skip
_BODILESS = (Outcome.TOO_SHORT, Outcome.NO_TITLE, Outcome.LIST_PAGE)
_UNREACHED = (Outcome.NETWORK, Outcome.TIMEOUT, Outcome.HTTP_ERROR)


@dataclass(frozen=True, slots=True)
class Health:
    """One Chinese line on a source; ``weight`` orders the worst first, ``ill`` asks for somebody's attention."""

    source: Source
    text: str
    weight: int
    ill: bool


def source_health(sources: Mapping[str, Source], ledger: Ledger) -> list[Health]:
    """A line for every source in service, worst first."""
    counts, last = ledger.by_source(), ledger.last_success()
    lines = [
        _line(source, counts.get(source.id, Counter()), last.get(source.id, ""))
        for source in sources.values()
        if source.deprecated is None
    ]
    return sorted(lines, key=lambda line: (-line.weight, line.source.id))


def _line(source: Source, counts: Counter[str], last: str) -> Health:
    articles, bodiless, unreached = (sum(counts[o] for o in group) for group in (_ARTICLES, _BODILESS, _UNREACHED))
    refused = counts[Outcome.REFUSED] + counts[Outcome.RESTING]
    faults: list[tuple[int, str]] = []
    if not counts:
        return Health(source, f"{source.id} {source.name}：尚未采集", 0, False)
    if refused:
        faults.append((100 if not articles else 20, f"拒绝访问 {refused} 次"))
    if unreached and not articles:
        faults.append((90, f"无法访问 {unreached} 次"))
    if counts[Outcome.LISTING_EMPTY]:
        faults.append((60 if not counts[Outcome.LISTING] else 10, f"列表页无链接 {counts[Outcome.LISTING_EMPTY]} 次"))
    if bodiless > articles:
        faults.append((50, f"无正文或标题 {bodiless} 篇，版式可能已变"))
    if counts[Outcome.UNDATED]:
        faults.append((30, f"无日期 {counts[Outcome.UNDATED]} 篇"))
    if counts[Outcome.FAILED]:
        faults.append((80, f"程序出错 {counts[Outcome.FAILED]} 次"))
    weight = max((points for points, _ in faults), default=0)
    state = "；".join(text for _, text in faults) or "正常"
    seen = f"最近成功 {last[:16].replace('T', ' ')}" if last else "从未成功"
    return Health(source, f"{source.id} {source.name}：{state}（文章 {articles} 篇，{seen}）", weight, weight >= 50)
