"""People's edits of the rows: labels, texts, rows merged, split, left out, or also listed in another section.

They are applied before the leads and the summary are drafted, so that these describe the rows that are printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from msgspec import structs

from yuqing.core.records import Edit, Section
from yuqing.review.issue.parts import (
    ALSO,
    HEADING,
    HIDE,
    LABEL,
    MERGE,
    NO_EDITS,
    OF_ENTRY,
    ORDER,
    SPLIT,
    TEXT,
    YES,
    IssueEdits,
    basis_of,
    mark_of,
)
from yuqing.review.report.records import Entry, Placed

SECOND = "~2"  # appended to the id of a row: the second half of a split row
ITEM_ID = 12  # characters of an item's id within an entry's id
LONG = ("summit", "special")  # sections of paragraphs with headings


@dataclass(frozen=True, slots=True)
class Drafted:
    """The program's text for a part of a row, and the facts it is drawn from."""

    text: str
    facts: str

    @property
    def basis(self) -> str:
        """What an edit of the part is based on."""
        return basis_of(mark_of((self.facts,)), self.text)


@dataclass(frozen=True, slots=True)
class Arranged:
    """The rows as they will be printed.

    ``edits`` use the current names of the entries; ``drafts`` are the program's texts for the parts of rows;
    ``left_out`` are the rows that are not printed, ``merged`` those merged into another, by its id; ``lost`` are the
    edits whose row is no longer in the report.
    """

    placed: list[Placed]
    edits: IssueEdits
    drafts: Mapping[str, Drafted] = field(default_factory=dict)
    left_out: tuple[Placed, ...] = ()
    merged: Mapping[str, tuple[Placed, ...]] = field(default_factory=dict)
    lost: tuple[Edit, ...] = ()


NOTHING = Arranged([], NO_EDITS)


def arrange(placed: Sequence[Placed], edits: IssueEdits, label_in: Callable[[Placed, Section], str]) -> Arranged:
    """The rows of ``placed`` with the edits applied; ``label_in`` gives the label of a row in a section it is added
    to."""
    edits, lost = _renamed(placed, edits)
    drafts: dict[str, Drafted] = {}
    shown = _split(_also(placed, edits, label_in), edits)
    shown = [_edited(one, edits, drafts) for one in shown]
    hidden = {name for name, value in edits.of(HIDE).items() if value == YES}
    left_out = tuple(one for one in shown if one.entry.id in hidden)
    shown, merged = _merge([one for one in shown if one.entry.id not in hidden], edits)
    return Arranged(_first_listed(shown), edits, drafts, left_out, merged, lost)


def _also(placed: Sequence[Placed], edits: IssueEdits, label_in: Callable[[Placed, Section], str]) -> list[Placed]:
    """Rows also listed in other sections; one that the program lists there anyway is not listed twice."""
    known = {one.entry.id for one in placed}
    added: list[Placed] = []
    moved: set[str] = set()
    wanted = edits.of(ALSO)
    for one in placed:
        for name in filter(None, wanted.get(one.entry.id, "").split(",")):
            section = cast("Section", name)
            key = f"{section}-{one.entry.id.partition('-')[2]}"
            if key in known:
                continue
            known.add(key)
            if one.section == "unplaced":
                moved.add(one.entry.id)
            heading = one.entry.heading or (one.title if section in LONG else "")
            entry = replace(
                one.entry, id=key, heading=heading, marker="➢" if section == "enterprise" else "", cross_listed=True
            )
            added.append(replace(one, section=section, label=label_in(one, section), entry=entry))
    return [*(one for one in placed if one.entry.id not in moved), *added]


def _split(placed: Iterable[Placed], edits: IssueEdits) -> list[Placed]:
    """Rows that were split in two, possibly more than once."""
    wanted = edits.of(SPLIT)
    found: list[Placed] = []
    for first in placed:
        one = first
        found.append(one)
        while text := wanted.get(one.entry.id):
            one = replace(one, entry=replace(one.entry, id=one.entry.id + SECOND, text=text))
            found.append(one)
    return found


def _edited(one: Placed, edits: IssueEdits, drafts: dict[str, Drafted]) -> Placed:
    """The row with its text edits applied, and its drafts recorded."""
    entry = one.entry
    decided = entry.text if entry.state != "pending" else ""
    drafts[f"{TEXT}.{entry.id}"] = Drafted(entry.text, one.facts + decided)
    drafts[f"{LABEL}.{entry.id}"] = Drafted(one.label, "")
    drafts[f"{HEADING}.{entry.id}"] = Drafted(entry.heading, "")
    entry = replace(
        entry,
        text=edits.value(f"{TEXT}.{entry.id}") or entry.text,
        heading=edits.value(f"{HEADING}.{entry.id}") or entry.heading,
    )
    return replace(one, label=edits.value(f"{LABEL}.{entry.id}") or one.label, entry=entry)


def _merge(placed: list[Placed], edits: IssueEdits) -> tuple[list[Placed], dict[str, tuple[Placed, ...]]]:
    """Rows merged into others, which take over their links. A row whose target is not printed stays separate."""
    aims = edits.of(MERGE)
    by_id = {one.entry.id: one for one in placed}
    gone: defaultdict[str, list[Placed]] = defaultdict(list)
    for key, one in by_id.items():
        aim, seen = key, {key}
        while (aims.get(aim, "")) in by_id and aims[aim] not in seen:
            aim = aims[aim]
            seen.add(aim)
        if aim != key and aims.get(aim, "") not in seen:
            gone[aim].append(one)
    inside = {one.entry.id for found in gone.values() for one in found}
    merged = {key: tuple(found) for key, found in gone.items()}
    return [_with(one, merged.get(one.entry.id, ())) for one in placed if one.entry.id not in inside], merged


def _with(one: Placed, others: Sequence[Placed]) -> Placed:
    entries = [one.entry, *(other.entry for other in others)]
    links = tuple(dict.fromkeys(link for entry in entries for link in entry.links))
    items = tuple(dict.fromkeys(key for entry in entries for key in entry.item_ids))
    sectors = tuple(dict.fromkeys(name for entry in entries for name in entry.sectors))
    return replace(one, entry=replace(one.entry, links=links, item_ids=items, sectors=sectors)) if others else one


def _first_listed(placed: list[Placed]) -> list[Placed]:
    """An item counts where it occurs first; in every later section it is cross-listed."""
    order = ("ministry", "province", "enterprise", "summit", "special", "unplaced")
    seen: set[tuple[str, ...]] = set()
    first: set[str] = set()
    for one in sorted(placed, key=lambda one: order.index(one.section)):
        key = (*one.entry.item_ids, one.entry.id.partition("~")[2])
        if key not in seen:
            first.add(one.entry.id)
        seen.add(key)
    return [
        one
        if one.entry.cross_listed == (one.entry.id not in first)
        else replace(one, entry=replace(one.entry, cross_listed=one.entry.id not in first))
        for one in placed
    ]


def _renamed(placed: Sequence[Placed], edits: IssueEdits) -> tuple[IssueEdits, tuple[Edit, ...]]:
    """Edits follow their row: to the section that a retag moved it to, and to the reprint that now represents it."""
    ids = {one.entry.id for one in placed}
    members: defaultdict[str, list[Entry]] = defaultdict(list)
    for one in placed:
        for item in one.entry.item_ids:
            members[item[:ITEM_ID]].append(one.entry)
    names: dict[str, str] = {}
    lost: list[Edit] = []
    also = edits.of(ALSO)
    added = {f"{section}-{key.partition('-')[2]}" for key, value in also.items() for section in value.split(",")}
    kept: dict[str, Edit] = {}
    moved: list[tuple[str, str, str, Edit]] = []
    for part, edit in edits.by_part.items():
        kind, _, key = part.partition(".")
        base = key.partition("~")[0]
        if kind not in OF_ENTRY or base in ids or base in added:
            kept[part] = edit
        else:
            moved.append((kind, key, base, edit))
    for kind, key, base, edit in moved:  # an edit made under the current name takes precedence
        section, _, item = base.partition("-")
        found = members.get(item[:ITEM_ID], [])
        entry = next((one for one in found if one.id.startswith(f"{section}-")), found[0] if found else None)
        if entry is None:
            if edit.value:
                lost.append(edit)
            continue
        names[base] = entry.id
        kept.setdefault(f"{kind}.{entry.id}{key[len(base) :]}", edit)
    return IssueEdits(_aims_renamed(kept, names) if names else kept), tuple(lost)


def _aims_renamed(edits: dict[str, Edit], names: Mapping[str, str]) -> dict[str, Edit]:
    """The values that refer to entries, with the new names."""
    changed = dict(edits)
    for part, edit in edits.items():
        if part.partition(".")[0] in (MERGE, ORDER) and any(name in edit.value for name in names):
            value = edit.value
            for old, new in names.items():
                value = value.replace(old, new)
            changed[part] = structs.replace(edit, value=value)
    return changed
