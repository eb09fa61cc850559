"""Entries by kind of action, for the leads: one kind per entry, so that each is mentioned once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yuqing.core.records import Section
from yuqing.review.draft.places import short_province
from yuqing.review.report.prose import once
from yuqing.review.report.records import Entry, Row
from yuqing.review.report.sections import TABLES

# The wording for each kind in keywords.yaml, at the three levels, in order of precedence: a meeting or a fair with a
# platform is described as what it is. A kind that the analysts added is described by its name.
_TOLD: dict[str, tuple[str, str, str]] = {
    "出台文件": ("印发或出台相关政策文件", "出台相关政策文件", "发布相关文件"),
    "签署合作": ("签署协议或达成合作", "签署协议或达成合作", "签署协议或达成合作"),
    "会议部署": ("召开会议部署相关工作", "召开会议部署相关工作", "召开会议"),
    "活动开展": ("举办相关活动", "举办相关活动", "举办相关活动"),
    "试点示范": ("推进试点示范", "开展试点示范", "参与试点示范"),
    "平台上线": ("推出相关平台和服务", "推出各类平台和服务", "推出相关平台和服务"),
    "成效发布": ("公布工作进展", "公布工作进展", "公布业务进展"),
}


@dataclass(frozen=True, slots=True)
class KindGroup:
    """The labels with entries of one kind (label → ids of these entries), the entries, and the wording for the kind."""

    kind: str
    told: str
    labels: dict[str, tuple[str, ...]]
    entries: tuple[Entry, ...]


def kind_of(entry: Entry) -> str:
    """The single kind under which an entry is described, "" if its article reports no action."""
    return next((kind for kind in _TOLD if kind in entry.actions), entry.actions[0] if entry.actions else "")


def by_kind(rows: Sequence[Row], section: Section) -> list[KindGroup]:
    """The groups of a section's rows, those with most labels first; entries without a kind are in none."""
    found: defaultdict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for row in rows:
        for entry in row.entries:
            found[kind_of(entry)].append((short_label(row.label, section), entry))
    found.pop("", None)
    order = [*_TOLD]
    groups = [_group(kind, pairs, section) for kind, pairs in found.items()]
    return sorted(
        groups, key=lambda group: (-len(group.labels), order.index(group.kind) if group.kind in order else 99)
    )


def _group(kind: str, pairs: Sequence[tuple[str, Entry]], section: Section) -> KindGroup:
    labels: defaultdict[str, list[str]] = defaultdict(list)
    for label, entry in pairs:
        labels[label].append(entry.id)
    told = _TOLD[kind][TABLES[section].told] if kind in _TOLD else f"有“{kind}”方面的举措"
    return KindGroup(
        kind, told, {label: tuple(ids) for label, ids in labels.items()}, tuple(once(entry for _, entry in pairs))
    )


def short_label(label: str, section: Section) -> str:
    """A row's label within a sentence: 山东 for 山东省."""
    return short_province(label) if section == "province" else label


def sectors_of_entries(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """Sector → ids of its entries, the most frequent first; each story once."""
    counts: Counter[str] = Counter()
    refs: defaultdict[str, list[str]] = defaultdict(list)
    for entry in once(entries):
        for name in entry.sectors:
            counts[name] += 1
            refs[name].append(entry.id)
    return {name: tuple(refs[name]) for name, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))}
