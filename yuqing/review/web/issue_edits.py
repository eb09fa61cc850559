"""A person's edits of an issue: from the form to the store, and undoing them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from indexer.store import Store
from yuqing.core.errors import UsageError
from yuqing.core.records import Edit
from yuqing.core.times import now
from yuqing.review.issue.finish import Issue
from yuqing.review.issue.parts import (
    ACCEPTED,
    ALSO,
    COVER,
    ENTRIES,
    EVERY,
    HEADING,
    HIDE,
    LABEL,
    MERGE,
    ORDER,
    SPLIT,
    SWITCHES,
    TEXT,
    scope_of,
)
from yuqing.review.report.chapters import NAMED
from yuqing.review.report.records import Report
from yuqing.review.report.text import clean
from yuqing.review.web.labels import SECTIONS
from yuqing.review.web.written import limited

MAX_TEXT = 8000  # characters of a paragraph; the longest in a published issue has about 900
MAX_LINE = 200  # characters of a heading, a label, a line of the cover
_CHAPTERS = {*SECTIONS, *NAMED}
NAMES = {
    "preface": "前言", "summary": "舆情总结", "contacts": "联系人", "entries": "收录范围",
    "cover.title": "封面标题", "cover.subtitle": "封面副题", "cover.issue": "期号", "cover.period": "监测期",
    "cover.institute": "单位", "show.charts": "图表开关", "show.appendix": "附录开关", "show.versions": "版本开关",
    TEXT: "行文字", LABEL: "行的主体", HEADING: "小标题", MERGE: "并入上一行", SPLIT: "拆行", HIDE: "不印",
    ALSO: "互见", ORDER: "顺序", "lead": "导语", "chapter": "章节标题", "topic": "专题名",
}  # fmt: skip


def name_of(part: str) -> str:
    """The name of a part as shown on the page."""
    kind, _, rest = part.partition(".")
    if part in NAMES:
        return NAMES[part]
    section = rest.partition("-")[0].partition("/")[0]
    where = SECTIONS.get(section, "") if section in SECTIONS else ""
    return f"{NAMES.get(kind, kind)}{f'（{where}）' if where else ''}"


def done_text(part: str, value: str) -> str:
    """What the page says after ``part`` was set to ``value``."""
    kind = part.partition(".")[0]
    said = {MERGE: ("已并入上一行", "已拆开"), HIDE: ("这一行不印了，列在最后", "这一行照印")}
    if kind in said:
        return said[kind][0 if value else 1]
    return f"{'已改' if value else '已恢复程序草稿'}：{name_of(part)}"


def value_text(part: str, value: str) -> str:
    """The value of a part in words, for lists of edits: most values are texts, some are marks."""
    kind = part.partition(".")[0]
    if not value:
        return "（取消）" if kind in (MERGE, HIDE, ALSO, SPLIT) else "（程序草稿）"
    if kind == ORDER:
        names: list[str] = json.loads(value)
        return f"{len(names)} 行的新顺序" if "/" in part or part == f"{ORDER}.summit" else "、".join(names)
    if kind == ALSO:
        return "、".join(SECTIONS[name] for name in SECTIONS if name in value.split(","))
    marks = {MERGE: "并入另一行", HIDE: "不印", "show": "印" if value == "yes" else "不印"}
    return marks.get(kind) or {EVERY: "含待审草稿", ACCEPTED: "只含已采纳"}.get(value if part == ENTRIES else "", value)


def read_edit(form: Mapping[str, str], window: str, by: str) -> tuple[Edit, int]:
    """The edit in the form, and the version it is based on. Raises UsageError for a malformed form."""
    part, version = form.get("part", ""), form.get("version", "")
    if not is_part(part) or not (version.isascii() and version.isdigit()):
        raise UsageError("表单不完整，请刷新页面后再试。")
    lines = (clean(line).strip() for line in form.get("value", "").splitlines())
    value = ("\n" if part == "contacts" else "").join(line for line in lines if line)
    limited(value, MAX_TEXT if is_paragraph(part) else MAX_LINE, name_of(part))
    return make_edit(window, part, value, by, basis=form.get("basis", "").replace("\r\n", "\n")), int(version)


def make_edit(window: str, part: str, value: str, by: str, *, basis: str = "", undoes: int = 0) -> Edit:
    """A new edit, dated now."""
    return Edit(scope=scope_of(window), part=part, value=value, basis=basis, by=by, at=now().isoformat(), undoes=undoes)


def is_part(part: str) -> bool:
    """Whether an issue can have such a part."""
    kind, dot, rest = part.partition(".")
    if not dot:
        return kind in ("preface", "summary", "contacts", "entries")
    known = {"cover": COVER, "show": SWITCHES, "lead": SECTIONS, "chapter": _CHAPTERS}
    if kind in known:
        return rest in known[kind]
    return kind in (TEXT, LABEL, HEADING, MERGE, SPLIT, HIDE, ALSO, ORDER, "topic") and 0 < len(rest) < 200


def is_paragraph(part: str) -> bool:
    """Whether the part is a text of any length, not a line."""
    return part.partition(".")[0] in (TEXT, SPLIT, ORDER, "summary", "preface", "lead", "contacts")


def last_of(history: Sequence[Edit]) -> Edit | None:
    """The newest edit that has not been undone, which “撤销” undoes next."""
    undone: set[tuple[str, int]] = set()
    for edit in reversed(history):
        if edit.undoes:
            undone.add((edit.part, edit.undoes))
        elif (edit.part, edit.version) not in undone:
            return edit
    return None


def moment_of_action() -> str:
    """The time of an action that changes several parts, to the microsecond, so that it identifies the action."""
    return now().replace(microsecond=datetime.now().microsecond or 1).isoformat()


def take_back(store: Store, window: str, part: str, version: int, by: str) -> None:
    """Reset ``part`` to its state before its version ``version``, along with the other parts that the same action
    changed (splitting a row changes two). Raises EditConflictError if one has changed since, and UsageError if there is
    no such version."""
    history = store.edit_history(scope_of(window))
    found = next((edit for edit in history if edit.part == part and edit.version == version), None)
    if found is None:
        raise UsageError(f"“{name_of(part)}”没有第 {version} 版。")
    together = [edit for edit in history if edit.at == found.at and edit.by == found.by and "." in edit.at]
    for edit in reversed(together or [found]):
        _take_back(store, window, [one for one in history if one.part == edit.part], edit.version, by)


def _take_back(store: Store, window: str, mine: Sequence[Edit], version: int, by: str) -> None:
    """Reset the part with the edits ``mine`` to its state before one of them."""
    earlier = next((edit for edit in reversed(mine) if edit.version < version), None)
    value, basis = (earlier.value, earlier.basis) if earlier else ("", "")
    edit = make_edit(window, mine[-1].part, value, by, basis=basis, undoes=version)
    store.set_edit(edit, mine[-1].version if mine[-1].undoes else version)


def bring_back(store: Store, window: str, part: str, version: int, by: str) -> None:
    """Set ``part`` to the value of its version ``version`` (0: the program's text)."""
    mine = [edit for edit in store.edit_history(scope_of(window)) if edit.part == part]
    found = next((edit for edit in mine if edit.version == version), None)
    if found is None and version:
        raise UsageError(f"“{name_of(part)}”没有第 {version} 版。")
    edit = make_edit(window, part, found.value if found else "", by, basis=found.basis if found else "")
    store.set_edit(edit, mine[-1].version if mine else 0)


def moved(issue: Issue, key: str, to: str) -> list[tuple[str, str]]:
    """The parts and values that move the entry ``key`` as ``to`` says: "up", "down", or before or after the entry with
    another id. Moved next to a row with another label, it takes that label."""
    place = places(issue.drafted)
    if key not in place:
        raise UsageError("这一行已不在报告里，请刷新页面。")
    name, _, ids = place[key]
    if to in ("up", "down"):
        at = ids.index(key) + (1 if to == "down" else -1)
        if not 0 <= at < len(ids):
            return []
        ids.remove(key)
        ids.insert(at, key)
        return [(f"{ORDER}.{name}", _listed(ids))]
    if to not in place or key == to:
        return []
    over, target, others = place[to]
    if over == name:
        behind = ids.index(key) < ids.index(to)
        ids.remove(key)
        ids.insert(ids.index(to) + behind, key)
        return [(f"{ORDER}.{name}", _listed(ids))]
    if over.partition("/")[0] != name.partition("/")[0]:
        return []
    others.insert(others.index(to), key)
    return [(f"{LABEL}.{key}", target), (f"{ORDER}.{over}", _listed(others))]


def label_moved(issue: Issue, section: str, label: str, to: str) -> list[tuple[str, str]]:
    """The part and value that move a label of a table, or a topic, up or down."""
    if section == "special":
        labels = [topic.name for topic in issue.drafted.topics]
    else:
        labels = [row.label for table in issue.drafted.sections if table.key == section for row in table.rows]
    if label not in labels:
        return []
    at = labels.index(label) + (1 if to == "down" else -1)
    if not 0 <= at < len(labels):
        return []
    labels.remove(label)
    labels.insert(at, label)
    return [(f"{ORDER}.{section}", _listed(labels))]


def places(report: Report) -> dict[str, tuple[str, str, list[str]]]:
    """Entry → the name of the ordering that it belongs to, its label there, and the ids in that ordering."""
    found: dict[str, tuple[str, str, list[str]]] = {}
    groups = [(f"{t.key}/{row.label}", row.label, row.entries) for t in report.sections for row in t.rows]
    groups += [("summit", "", report.summits)]
    groups += [(f"special/{topic.name}", topic.name, topic.entries) for topic in report.topics]
    for name, label, entries in groups:
        ids = [entry.id for entry in entries]
        found.update((key, (name, label, list(ids))) for key in ids)
    return found


def _listed(names: Sequence[str]) -> str:
    return json.dumps(list(names), ensure_ascii=False)
