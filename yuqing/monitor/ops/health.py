"""The health of each source: what is wrong with it (as in the alerts), and its volume compared with its own past."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from yuqing.core.records import Outcome, Source
from yuqing.monitor.alerts.source_rules import source_faults
from yuqing.monitor.ledger import Ledger

WEEK = timedelta(days=7)
PAST_WEEKS = 8
LEAST_WEEKS = 2  # the first crawl of a source brings whatever its lists hold; less than this shows no rhythm
SILENT_DAYS = timedelta(days=180)
_WORST = (
    "failed",
    "refused",
    "unreached",
    "robots",
    "later",
    "list",
    "body",
    "error-page",
    "garbled",
    "date",
    "silent",
)
_ARTICLES = (Outcome.INDEXED, Outcome.REPRINT, Outcome.NOT_RELEVANT, Outcome.UNDATED)  # new ones


@dataclass(frozen=True, slots=True)
class Health:
    """The health of a source. ``rank`` sorts the worst first, ``ill`` means it needs attention.

    ``state`` says in Chinese what is wrong; ``seen`` is the last success and ``silent`` the days since the last new
    article (ISO; "" and None mean never, or not within SILENT_DAYS). ``news``, ``expected`` and ``refused`` count the
    new articles of the last seven days, those of an average earlier week, and the refusals of the last seven days.
    """

    source: Source
    state: str
    rank: int
    ill: bool
    seen: str = ""
    silent: int | None = None
    news: int = 0
    expected: float = 0.0
    refused: int = 0

    @property
    def text(self) -> str:
        """A one-line summary in Chinese."""
        name = f"{self.source.id} {self.source.name}：{self.state}"
        if self.rank > len(_WORST):
            return name
        volume = f"近7日 {self.news} 篇" + (f"，以往每周约 {self.expected:.0f} 篇" if self.expected else "")
        seen = f"最近成功 {self.seen[:16].replace('T', ' ')}" if self.seen else "从未成功"
        return f"{name}（{volume}；{seen}）"


def source_health(sources: Mapping[str, Source], ledger: Ledger, when: datetime, silent_days: int) -> list[Health]:
    """One record per source in service: failing ones first, then those with empty lists, healthy ones, and those never
    crawled."""
    faults = source_faults(sources, ledger, when, silent_days)
    week = ledger.crawl_counts(when - WEEK, when)
    past = ledger.crawl_counts(when - WEEK - PAST_WEEKS * WEEK, when - WEEK)
    empty_lists = ledger.empty_lists(when - WEEK, when)
    opinions = ledger.second_opinions(when - WEEK, when)
    last = ledger.last_success()
    news = ledger.news_days(when - SILENT_DAYS, _ARTICLES)
    lines = []
    for source in sources.values():
        if source.deprecated is not None:
            continue
        now, before = week.get(source.id, Counter()), past.get(source.id, Counter())
        seen = last.get(source.id, "")
        wrong = faults.get(source.id, {})
        if not wrong and now[Outcome.LISTING_EMPTY] and not now[Outcome.LISTING]:
            wrong = {"list": f"列表页均未给出文章链接（{now[Outcome.LISTING_EMPTY]} 次）"}
        elif not wrong and (empty := _first_pages(source, empty_lists.get(source.id, []))):
            wrong = {"list": f"{len(empty)} 个列表页未给出文章链接（{empty[0]}）"}
        if not now and not before and not seen:
            lines.append(Health(source, "尚未采集", len(_WORST) + 1, False))
            continue
        rank = min((_WORST.index(kind) for kind in wrong), default=len(_WORST))
        days = news.get(source.id)
        weeks = min(PAST_WEEKS, ((when - WEEK).date() - days[0]).days / 7) if days else 0
        lines.append(
            Health(
                source,
                "；".join(wrong.values()) or _sound(now, *opinions.get(source.id, (0, 0))),
                rank,
                bool(wrong),
                seen,
                silent=(when.date() - days[-1]).days if days else None,
                news=_new(now),
                expected=_new(before) / weeks if weeks >= LEAST_WEEKS else 0,
                refused=now[Outcome.REFUSED] + now[Outcome.BACKOFF],
            )
        )
    return sorted(lines, key=lambda line: (line.rank, line.source.id))


def _new(counts: Counter[str]) -> int:
    return sum(counts[outcome] for outcome in _ARTICLES)


def _sound(counts: Counter[str], agree: int, differ: int) -> str:
    """正常, with what is worth a look: error pages among many articles, short texts on which two extractors differ."""
    errors = counts[Outcome.ERROR_PAGE]
    parts = [f"另有 {errors} 个错误页未入库"] if errors else []
    parts += [f"短正文两种算法一致 {agree} 篇、不一致 {differ} 篇"] if differ else []
    return "，".join(("正常", *parts))


def _first_pages(source: Source, urls: list[str]) -> list[str]:
    """Those of ``urls`` that are the first page of a list of the source; a later page may simply be beyond the end."""
    begins = {listed.url for listed in source.lists}
    return [url for url in urls if url in begins]
