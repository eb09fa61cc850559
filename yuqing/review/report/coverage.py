"""覆盖说明: an explicit statement of what the report cannot show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from yuqing.review.draft.places import short_province
from yuqing.review.report.form import Form
from yuqing.review.report.prose import Text
from yuqing.review.report.records import Entry, Paragraph

_STATES = {"silent": "无新稿件", "refused": "拒绝访问", "failed": "抓取失败"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """A source that yielded nothing in the window, and why."""

    name: str
    state: Literal["silent", "refused", "failed"]
    detail: str = ""


def coverage_notes(
    unplaced: Sequence[Entry],
    present: Sequence[str],
    form: Form,
    sources: Sequence[SourceNote],
) -> tuple[Paragraph, ...]:
    """The notes, one per paragraph; notes that do not apply are left out."""
    notes: list[Paragraph] = []
    absent = [short_province(name) for name in form.names.mainland if name not in set(present)]
    if absent:
        notes.append(Text().say(f"本期未监测到条目的省（区、市）共{len(absent)}个：{'、'.join(absent)}。").done())
    for state, said in _STATES.items():
        named = sorted((note for note in sources if note.state == state), key=lambda note: note.name)
        if named:
            listed = "、".join(note.name + (f"（{note.detail}）" if note.detail else "") for note in named)
            notes.append(Text().say(f"本期{said}的监测来源共{len(named)}个：{listed}。").done())
    if unplaced:
        notes.append(Text().say("另有").number(unplaced).say("条相关信息未归入以上章节，列于文末。").done())
    return tuple(notes)
