"""``yuqing evaluate``: the current rules compared with people's decisions on the review page. The output is Chinese."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from classifiers.scoring import Scores, case_of, read_cases, score, scored_facets
from yuqing.core.errors import YuqingError
from yuqing.core.facets import FACETS
from yuqing.core.labels import REASONS, SECTIONS
from yuqing.monitor.workspace import Workspace
from yuqing.review.gold import Coverage, gold_rows

FACET_NAMES = {
    "relevance": "相关性", "provinces": "省份", **{facet.attribute: facet.label for facet in FACETS},
}  # fmt: skip


@dataclass(slots=True)
class Evaluation:
    """Scores of the current rules on labelled texts; if these are decisions, also how much was reviewed, by window."""

    scores: Scores
    texts: int
    windows: dict[str, Coverage] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)


def evaluate_reviews(space: Workspace, windows: Sequence[str]) -> Evaluation:
    """The rules on the reviewed items of ``windows`` (default: all). Raises YuqingError if nothing was reviewed."""
    chosen = list(windows) or [name for name, count in space.store.status().windows if name and count]
    coverage: dict[str, Coverage] = {}
    rows: list[dict[str, Any]] = []
    for window in chosen:
        seen = Coverage()
        rows += gold_rows(space.store.scan(window=window), seen)
        if seen.reviewed or windows:
            coverage[window] = seen
    if not rows:
        raise YuqingError(
            f"监测期 {'、'.join(chosen) or '（无）'} 里还没有可作标注的审核结果"
            "（采纳的条目，或以“与主题无关”剔除的条目）。"
        )
    return Evaluation(score(map(case_of, rows), space.rules, space.sources), len(rows), coverage, rows)


def evaluate_files(space: Workspace, files: Iterable[Path]) -> Evaluation:
    """The rules on labelled texts, written by :func:`write_rows` or by hand."""
    cases = [case for file in files for case in read_cases(file)]
    return Evaluation(score(cases, space.rules, space.sources), len(cases))


def write_rows(rows: Iterable[dict[str, Any]], path: Path) -> None:
    """Write labelled texts as JSONL. Raises YuqingError if the file cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    except OSError as error:
        raise YuqingError(f"{path}：写不进去（{error.strerror}）；请换一个地方。") from error


def show_evaluation(found: Evaluation, console: Console, *, differences: bool) -> None:
    """Show how much was reviewed, the score table, and where rules and people disagree."""
    say = partial(console.print, highlight=False, soft_wrap=True)
    for window, seen in found.windows.items():
        reasons = "，".join(f"{REASONS[name]} {count}" for name, count in seen.dropped.most_common())
        dropped = f"剔除 {seen.dropped.total()}" + (f"（{reasons}）" if reasons else "")
        say(f"{window}：相关条目 {seen.relevant}，已审 {seen.reviewed}：采纳 {seen.accepted}，{dropped}")
    say(f"有标注的文本 {found.texts} 篇")
    table = Table("标签", *(name for name in ("文本", "标注", "对", "误", "漏", "准确率", "召回率", "F1")))
    for facet in scored_facets():
        count = found.scores.counts[facet]
        measures = [f"{value:.3f}" for value in (count.precision, count.recall, count.f1)] if count.texts else ["—"] * 3
        numbers = (count.texts, count.support, count.right, count.wrong, count.missed)
        table.add_row(FACET_NAMES[facet], *map(str, numbers), *measures)
    console.print(table)
    if found.windows:
        say("审核时标签是预先勾好的，低于门槛的条目也很少有人看，因此召回率是上限。", style="dim")
    say(f"规则与人不一致 {len(found.scores.differences)} 处" + ("" if differences else "（--differences 逐条列出）"))
    for one in found.scores.differences if differences else ():
        wrong, missed = ("、".join(_shown(one.facet, names)) for names in (one.wrong, one.missed))
        parts = "；".join(filter(None, (wrong and f"误标 {wrong}", missed and f"漏标 {missed}")))
        say(escape(f"  {FACET_NAMES[one.facet]}  {parts}  《{one.case.article.title}》 {one.case.id}"))


def _shown(facet: str, names: Sequence[str]) -> list[str]:
    if facet == "relevance":
        return ["相关" for _ in names]
    return [SECTIONS.get(name, name) for name in names]
