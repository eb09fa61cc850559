"""Writing the proposals of probes into sources.yaml: as a diff first, then in place if requested."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import structs

from crawler.probe.records import STATES, NewList, Probe, Proposal, Verdict
from crawler.source_edit import RecordEdit, difference, edited
from crawler.sources import load_sources
from yuqing.core.errors import YuqingError
from yuqing.core.times import now
from yuqing.core.urls import host_of


@dataclass(frozen=True, slots=True)
class Mending:
    """The sources file before and after; ``sources`` are the ids of the records that change in more than their
    ``verified`` day."""

    path: Path
    before: str
    after: str
    sources: tuple[str, ...]

    @property
    def diff(self) -> str:
        """The change as a unified diff; empty if there is none."""
        return difference(self.before, self.after, self.path)


def mending(
    path: Path,
    probes: Sequence[Probe],
    today: date,
    *,
    unsure: bool = False,
    hosts: Mapping[str, tuple[str, ...]] | None = None,
) -> Mending:
    """What ``probes`` propose for the file ``path``: the reliable proposals, and with ``unsure`` the others too.

    ``hosts`` are those that a person allowed; no other host is added. Records that are usable, or fixed by a reliable
    proposal, are marked as verified ``today``. Raises YuqingError if the result would not be a valid sources file.
    """
    before = _text(path)
    edits = [_edit(probe, today, unsure, (hosts or {}).get(probe.source_id, ())) for probe in probes]
    wanted = [edit for edit in edits if edit is not None]
    after = edited(before, path, wanted, today)
    _check(path, after)
    changed = (edit.source_id for edit in wanted if edit.replaced or edit.hosts or edit.article_urls or edit.encoding)
    return Mending(path, before, after, tuple(changed))


def apply(mended: Mending) -> Path | None:
    """Write the change and keep the previous file next to it; returns the path of that copy, None if nothing changes.

    Raises YuqingError if the file was changed meanwhile or cannot be written.
    """
    if mended.before == mended.after:
        return None
    path = mended.path
    if _text(path) != mended.before:
        raise YuqingError(f"{path}: 文件在探测期间被改动过，没有写入；请再运行一次。")
    _check(path, mended.after)
    backup = path.with_name(f"{path.name}.{now():%Y%m%d-%H%M%S}.bak")
    write_beside(path, mended.after, backup)
    return backup


def write_beside(path: Path, text: str, backup: Path) -> None:
    """Replace ``path`` with ``text``, all or nothing; ``backup`` becomes a copy of the previous content."""
    temporary = ""
    try:
        shutil.copy2(path, backup)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, temporary)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise YuqingError(f"{path}: cannot be written ({error.strerror}).") from error


def chosen(probe: Probe, *, unsure: bool) -> list[Proposal]:
    """The proposals of ``probe`` that may be written: never a host, which a person has to allow first."""
    return [each for each in probe.proposals if each.kind != "host" and (each.sure or unsure)]


def list_record(new: NewList, today: date) -> dict[str, Any]:
    """A new list in the form of sources.yaml."""
    record: dict[str, Any] = {"url": new.url, "adapter": new.adapter}
    for name in ("channel", "items", "fields", "next", "params"):
        if value := getattr(new, name):
            record[name] = dict(value) if isinstance(value, Mapping) else value
    if new.next and new.first_page != 1:
        record["first_page"] = new.first_page
    record["seen"] = f"{today.year}"
    return record


def new_record(record: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The record of a new site in the form of sources.yaml."""
    made = dict(record)
    made["lists"] = [
        list_record(structs.replace(listed, channel=channel), today) for listed, channel in record["lists"]
    ]
    return {**made, "verified": today}


def _edit(probe: Probe, today: date, unsure: bool, hosts: tuple[str, ...]) -> RecordEdit | None:
    proposals = chosen(probe, unsure=unsure)
    states = {seen.url: STATES[seen.state] for seen in probe.lists}
    lists = [(each.old, list_record(each.new, today), states.get(each.old, each.why)) for each in proposals if each.new]
    named = {host_of(each.new.url) for each in proposals if each.new}
    proven = probe.verdict is Verdict.USABLE or any(each.sure and each.new for each in proposals)
    if not proposals and not proven:
        return None
    return RecordEdit(
        source_id=probe.source_id,
        verified=today if proven else None,
        replaced=lists,
        article_urls=tuple(dict.fromkeys(rule for each in proposals for rule in each.article_urls)),
        hosts=tuple(host for host in hosts if host in named),
        encoding=next((each.encoding for each in proposals if each.encoding), ""),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise YuqingError(f"{path}: cannot be read ({error}).") from error


def _check(path: Path, text: str) -> None:
    """Raise FileError if ``text`` is not a valid sources file, which must never be written."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_text(text, "utf-8")
        load_sources(copy)
