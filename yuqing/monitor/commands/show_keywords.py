"""What the keywords and retag commands print, in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from classifiers.candidates import Candidate
from classifiers.explain import Explanation, Piece
from classifiers.regions.reasons import in_chinese
from classifiers.stats import RuleHits
from yuqing.core.facets import FACETS, facet_texts, tag_text
from yuqing.core.records import Item, RegionTag
from yuqing.core.urls import printed_url
from yuqing.monitor.commands.show import whole
from yuqing.monitor.run.retag import Retagged


def show_explanation(found: Explanation, console: Console) -> None:
    """The tags of a text, the text with its evidence highlighted, and the rejected candidates."""
    say = partial(console.print, highlight=False, soft_wrap=True)
    tags = found.tags
    say(escape(found.verdict), style="bold")
    if tags.reasons:
        say(f"  {escape('；'.join(tags.reasons))}")
    lines = {
        "领域": [f"{sector.phrase}（{sector.name or '未收录'}）" for sector in tags.sectors],
        "地区": [_place(region) for region in tags.regions],
        **{facet.label: facet_texts(facet, tags) for facet in FACETS if facet.key not in ("sector", "region")},
        "活动": [f"{event.name}（{event.kind}）" for event in tags.events],
    }
    for name, values in lines.items():
        if values:
            say(f"{name}  {escape('，'.join(values))}")
    if any(region.primary for region in tags.regions):
        console.print("（＊为事件发生地）", style="dim")
    for text in (found.title, found.body):
        if text:
            say(f"\n{_marked(text)}")
    if found.lost:
        console.print("\n未采用：", style="bold")
        for lost in found.lost:
            say(f"  {escape(tag_text(lost.tag))} “{escape(lost.text)}”：{escape(lost.reason)}")


def show_stats(rows: Iterable[RuleHits], console: Console) -> None:
    """Hits per rule, and what people decided about them."""
    names = "条数", "已审", "保留", "去掉", "不相关", "补标", "准确率", "最近命中", "命中的词"
    table = Table("类别", whole("规则"), *names, box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for row in rows:
        words = "，".join(
            f"{word.text} {word.hits}" + (f"（误 {word.wrong}）" if word.wrong else "")
            for word in sorted(row.words, key=lambda word: -word.wrong)[:5]
        )
        table.add_row(
            row.kind,
            escape(row.name),
            *map(str, (row.hits, row.reviewed, row.kept, row.removed, row.irrelevant, row.missed)),
            _precision(row),
            row.last_hit or "—",
            escape(words),
        )
    console.print(table)
    console.print(
        "准确率 = 保留 ÷（保留＋去掉＋不相关）；因重复、评论等剔除的条目不计。补标：规则漏掉、由人补上的条目。"
        "扣分的信号相反：命中不相关的条目算保留，命中采纳的条目算去掉。",
        style="dim",
        highlight=False,
        soft_wrap=True,
    )


def _precision(row: RuleHits) -> str:
    if row.precision is None:
        return "—" if row.reviewed or row.missed else "未审"
    return f"{row.precision:.0%}"


def show_candidates(found: Iterable[Candidate], console: Console) -> None:
    """Phrases to add to keywords.yaml."""
    table = Table(whole("短语"), "条数", "首次出现", "最近", Column("例", overflow="fold"))
    for row in found:
        example = f"{row.examples[0].title}\n{row.examples[0].url}" if row.examples else ""
        table.add_row(row.phrase, str(row.count), row.first_seen, row.last_seen, escape(example))
    console.print(table)


def show_near_misses(found: Iterable[Item], console: Console) -> None:
    """Items a little below the relevance threshold."""
    say = partial(console.print, highlight=False, soft_wrap=True)
    rows = sorted(found, key=lambda item: (-item.tags.score, item.article.published_at, item.id))
    say(f"接近门槛而未采用的共 {len(rows)} 条")
    for item in rows:
        say(f"\n{item.tags.score:g} 分  {item.article.published_at[:10] or '无日期'}  {escape(item.article.title)}")
        say(f"  {escape('；'.join(item.tags.reasons))}")
        say(f"  {escape(printed_url(item.article.url) or item.source_name)}", style="dim")


def show_retag(found: Retagged, console: Console, *, applied: bool) -> None:
    """What an edit of keywords.yaml adds, removes and moves, with examples."""
    say = partial(console.print, highlight=False, soft_wrap=True)
    say(f"检查 {found.items} 条，{found.changed} 条标签{'已' if applied else '将'}变动")
    for name, group in (("新增", found.added), ("去掉", found.dropped), ("变动", found.moved)):
        for label, titles in sorted(group.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            say(f"[bold]{name}[/bold] {escape(label)}：{len(titles)} 条")
            for title in titles[:10]:
                say(f"    {escape(title)}")
    if found.stale:
        say(f"{found.stale} 条在重新标注时内容已更新，保留新标签")
    if found.refused:
        say(f"{len(found.refused)} 条的新标签被 Elasticsearch 拒收，仍为旧标签（{escape(found.refused[0])}）；")
        say("运行 yuqing index reindex --force 后再重新标注")


def _place(region: RegionTag) -> str:
    name = "/".join(filter(None, (region.province or "未识别", region.city, region.county)))
    return f"{name}{'＊' if region.primary else ''}（{in_chinese(region.reason)}）"


def _marked(pieces: Sequence[Piece]) -> str:
    return "".join(f"[bold red]{escape(p.text)}[/bold red]" if p.tags else escape(p.text) for p in pieces)
