"""``yuqing keywords try``: the tags of a text, the words behind them, and why other words made none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from classifiers.classifier import classify
from classifiers.document import prepare
from classifiers.entities import mentions
from classifiers.events import find_events
from classifiers.phrases import find_phrases
from classifiers.rules import PLUS, Alias, Rules, TopicTerm
from classifiers.scan import Scan
from yuqing.core.records import Article, Evidence, Source, Tags


@dataclass(frozen=True, slots=True)
class Lost:
    """A word that could have made a tag but did not; ``reason`` is Chinese, offsets refer to the original."""

    tag: str
    text: str
    reason: str
    sentence: str
    field: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the original text and the tags based on it (none for plain text)."""

    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What ``keywords try`` shows. The pieces' texts joined give title and body."""

    tags: Tags
    verdict: str
    title: tuple[Piece, ...]
    body: tuple[Piece, ...]
    lost: tuple[Lost, ...]


def explain(text: str, rules: Rules, *, title: str = "", date: str = "", source: Source | None = None) -> Explanation:
    """Classify ``text`` (``date``: YYYY-MM-DD, "" if unknown) and say which words made each tag and which made none."""
    article = Article(url="", title=title, body=text, published_at=date)
    tags = classify(article, rules, source)
    scan = rules.scan(prepare(article, source))
    return Explanation(
        tags=tags,
        verdict=verdict(tags, rules),
        title=tuple(pieces(title, (e for e in tags.evidence if e.field == "title"))),
        body=tuple(pieces(text, (e for e in tags.evidence if e.field == "body"))),
        lost=tuple(_lost(scan, rules, tags)),
    )


def verdict(tags: Tags, rules: Rules) -> str:
    """The relevance in one Chinese sentence."""
    setting = rules.keywords.settings
    told = f"主题 {tags.score:g} 分（门槛 {setting.threshold:g}），行为 {tags.act:g} 分（门槛 {setting.act:g}）"
    if tags.relevant:
        return f"相关：{told}"
    short = [
        f"{name}差 {least - points:g} 分"
        for name, points, least in (("主题", tags.score, setting.threshold), ("行为", tags.act, setting.act))
        if points < least
    ]
    return f"{'接近' if tags.score >= setting.near_miss else '不相关'}：{told}，{'、'.join(short)}"


def pieces(text: str, evidence: Iterable[Evidence]) -> list[Piece]:
    """``text`` cut at the boundaries of the evidence; overlapping evidence yields pieces with several tags."""
    spans = [(e.start, e.end, e.tag) for e in evidence if e.end > e.start]
    edges = sorted({0, len(text), *(at for start, end, _ in spans for at in (start, end))})
    return [
        Piece(text[start:end], tuple(dict.fromkeys(tag for a, b, tag in spans if a <= start and end <= b)))
        for start, end in pairwise(edges)
    ]


def _lost(scan: Scan, rules: Rules, tags: Tags) -> Iterable[Lost]:
    uses = list(rules.active(scan))
    given = {*tags.ministries, *tags.enterprises}
    for mention in mentions(scan, rules, [use for use in uses if isinstance(use, Alias)], every=True):
        name = mention.owner
        kind = "enterprise"
        if name in rules.ministries:
            kind, name = "ministry", rules.ministry_on(name, scan.document.day)
        if not mention.verdict.acts and name not in given:
            yield _one(scan, f"{kind}:{name}", mention.start, mention.end, mention.verdict.told)
    for start in scan.hits.get(rules.plus, ()):
        if scan.text.endswith(rules.grammar.not_before_plus, max(0, start - 6), start):
            yield _one(scan, "sector", start - 2, start + len(PLUS), "前面的词使它成为另一个词（移动互联网+…）")
    found = find_phrases(scan, rules)
    for start, end in found.bare:
        yield _one(scan, "sector", start, end, "“互联网+”后面没有领域词")
    if not tags.relevant:
        for phrase in found.phrases:
            yield _one(scan, f"sector:{phrase.text}", phrase.start, phrase.end, "全文不相关，不记领域")
    for event in find_events(scan, rules):
        if not event.main:
            yield _one(scan, "section:summit", event.start, event.end, "只提到这个活动，不是报道它的举办")
        elif not event.section:
            yield _one(scan, "section:summit", event.start, event.end, f"“{event.kind}”不进相关峰会")
    for use in uses:
        if isinstance(use, TopicTerm) and use.topic.name not in tags.topics:
            for start, end in use.matcher.find(scan):
                yield _one(scan, f"topic:{use.topic.name}", start, end, "不在专题的监测月内")
                break


def _one(scan: Scan, tag: str, start: int, end: int, reason: str) -> Lost:
    shown = scan.evidence(tag, "", start, end)
    return Lost(tag=tag, text=shown.text, reason=reason, sentence=shown.sentence, field=shown.field)
