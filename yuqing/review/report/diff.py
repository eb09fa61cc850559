"""What changed between two reports of the same window."""

from __future__ import annotations

from yuqing.core.labels import STATES
from yuqing.review.report.chapters import VERSION_NAMES
from yuqing.review.report.records import Entry, Report


def diff_reports(old: Report, new: Report) -> list[str]:
    """One Chinese sentence per change: entries added, removed, moved or reworded, and versions; [] if nothing changed.

    Entries are matched by their first item's id and their section; texts are compared as printed.
    """
    changes = [f"期次：{old.window} → {new.window}"] if old.window != new.window else []
    was, now = ({version.name: version.value for version in report.versions} for report in (old, new))
    changes += [
        f"版本 {VERSION_NAMES.get(name, name)}：{was.get(name, '（无）')} → {now.get(name, '（无）')}"
        for name in sorted(set(was) | set(now))
        if was.get(name) != now.get(name)
    ]
    before, after = _placed(old), _placed(new)
    changes += [f"新增 {place}：{entry.text}" for key, (place, entry) in after.items() if key not in before]
    changes += [f"删除 {place}：{entry.text}" for key, (place, entry) in before.items() if key not in after]
    for key, (place, entry) in after.items():
        if key not in before:
            continue
        old_place, old_entry = before[key]
        if place != old_place:
            changes.append(f"移动 {old_place} → {place}：{entry.text}")
        if entry.text != old_entry.text:
            changes.append(f"改写 {place}：{old_entry.text} → {entry.text}")
        if entry.links != old_entry.links:
            changes.append(f"链接 {place}：{len(old_entry.links)} → {len(entry.links)}，{entry.text}")
        if entry.state != old_entry.state:
            changes.append(f"状态 {place}：{STATES[old_entry.state]} → {STATES[entry.state]}，{entry.text}")
    return changes


def _placed(report: Report) -> dict[str, tuple[str, Entry]]:
    """Every entry by its anchor, with section and label."""
    found = {
        entry.id: (f"{section.heading} {row.label}", entry)
        for section in report.sections
        for row in section.rows
        for entry in row.entries
    }
    found |= {entry.id: ("四、相关峰会", entry) for entry in report.summits}
    found |= {entry.id: (f"五、{topic.name}", entry) for topic in report.topics for entry in topic.entries}
    return found | {entry.id: ("未归入章节", entry) for entry in report.unplaced}
