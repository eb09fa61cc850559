"""How each source fares: what is wrong with it (as in the alerts), and its volume beside its own past."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.records import Outcome, Source
from monitor.alerts.source_rules import source_faults
from monitor.ledger import Ledger

WEEK = timedelta(days=7)
PAST_WEEKS = 8
_WORST = ("failed", "refused", "unreached", "list", "body", "date", "silent")
_ARTICLES = (Outcome.INDEXED, Outcome.REPRINT, Outcome.NOT_RELEVANT, Outcome.UNDATED)  # new ones


@dataclass(frozen=True, slots=True)
class Health:
    """One Chinese line on a source; ``rank`` orders the worst first, ``ill`` asks for somebody's attention."""

    source: Source
    text: str
    rank: int
    ill: bool


def source_health(sources: Mapping[str, Source], ledger: Ledger, when: datetime, silent_days: int) -> list[Health]:
    """A line for every source in service: the ill ones, those whose lists are empty, the sound, the never asked."""
    faults = source_faults(sources, ledger, when, silent_days)
    week = ledger.crawl_counts(when - WEEK, when)
    past = ledger.crawl_counts(when - WEEK - PAST_WEEKS * WEEK, when - WEEK)
    last = ledger.last_success()
    lines = []
    for source in sources.values():
        if source.deprecated is not None:
            continue
        now, before = week.get(source.id, Counter()), past.get(source.id, Counter())
        seen = last.get(source.id, "")
        wrong = faults.get(source.id, {})
        if not wrong and now[Outcome.LISTING_EMPTY] and not now[Outcome.LISTING]:
            wrong = {"list": f"列表页均未给出文章链接（{now[Outcome.LISTING_EMPTY]} 次）"}
        if not now and not before and not seen:
            lines.append(Health(source, f"{source.id} {source.name}：尚未采集", len(_WORST) + 1, False))
            continue
        rank = min((_WORST.index(kind) for kind in wrong), default=len(_WORST))
        state = "；".join(wrong.values()) or "正常"
        text = f"{source.id} {source.name}：{state}（{_volume(now, before)}；{_success(seen)}）"
        lines.append(Health(source, text, rank, bool(wrong)))
    return sorted(lines, key=lambda line: (line.rank, line.source.id))


def _volume(now: Counter[str], before: Counter[str]) -> str:
    seen = sum(now[outcome] for outcome in _ARTICLES)
    expected = sum(before[outcome] for outcome in _ARTICLES) / PAST_WEEKS
    return f"近7日 {seen} 篇" + (f"，以往每周约 {expected:.0f} 篇" if before else "")


def _success(seen: str) -> str:
    return f"最近成功 {seen[:16].replace('T', ' ')}" if seen else "从未成功"
