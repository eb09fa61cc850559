"""The sign-off of an issue: from then on the signed version is printed, with later corrections appended."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import msgspec

from indexer.store import Store
from yuqing.core.errors import YuqingError
from yuqing.core.jsonio import from_json, to_json
from yuqing.core.records import Edit
from yuqing.core.times import now
from yuqing.review.report.records import Report
from yuqing.review.report.render_json import render_json

SCOPE = "signoff:"  # prefix of the window's name
_ISSUE = "issue"
_CORRECTION = "correction."


@dataclass(frozen=True, slots=True)
class SignOff:
    """A signed issue: ``report`` as it was signed, its SHA-256, who signed it and when, and the corrections since."""

    report: Report
    sha256: str
    edit: Edit
    corrections: tuple[Edit, ...]

    @property
    def printed(self) -> Report:
        """The report with the corrections appended."""
        return replace(self.report, corrections=tuple(edit.value for edit in self.corrections))


class _Signed(msgspec.Struct):
    sha256: str
    report: Report


def report_hash(report: Report) -> str:
    """The SHA-256 of the report's JSON, as `sha256sum` gives it for the file without corrections."""
    return hashlib.sha256(render_json(replace(report, corrections=()))).hexdigest()


def sign_off(store: Store, window: str) -> SignOff | None:
    """The sign-off of ``window``; None before it and after it was revoked.

    Raises YuqingError if the stored report is no longer the one that was signed.
    """
    edits = store.edits(SCOPE + window)
    edit = edits.get(_ISSUE)
    if edit is None or not edit.value:
        return None
    signed = from_json(edit.value, _Signed)
    if report_hash(signed.report) != signed.sha256:
        raise YuqingError(f"签发的 {window} 期与签发时的校验值不符，不能输出；请从备份恢复，或由主编退回后重新签发。")
    notes = (e for part, e in edits.items() if part.startswith(_CORRECTION) and e.basis == signed.sha256)
    return SignOff(signed.report, signed.sha256, edit, tuple(notes))


def is_signed(store: Store, window: str) -> bool:
    """Whether ``window`` is signed, without reading its report."""
    edit = store.edits(SCOPE + window).get(_ISSUE)
    return edit is not None and bool(edit.value)


def sign(store: Store, report: Report, by: str) -> SignOff:
    """Sign ``report``. Raises EditConflictError if somebody else has signed it meanwhile."""
    signed = _Signed(report_hash(report), report)
    current = store.edits(SCOPE + report.window).get(_ISSUE)
    _set(store, report.window, _ISSUE, to_json(signed).decode(), by, current)
    found = sign_off(store, report.window)
    assert found is not None
    return found


def take_back(store: Store, signed: SignOff, by: str) -> None:
    """Revoke a sign-off: the issue can be edited again."""
    _set(store, signed.report.window, _ISSUE, "", by, signed.edit)


def correct(store: Store, signed: SignOff, text: str, by: str) -> None:
    """Append a correction to a signed issue."""
    taken = store.edits(SCOPE + signed.report.window)
    number = sum(part.startswith(_CORRECTION) for part in taken) + 1
    edit = Edit(
        scope=SCOPE + signed.report.window,
        part=f"{_CORRECTION}{number}",
        value=text,
        basis=signed.sha256,
        by=by,
        at=now().isoformat(),
    )
    store.set_edit(edit, 0)


def _set(store: Store, window: str, part: str, value: str, by: str, current: Edit | None) -> None:
    edit = Edit(scope=SCOPE + window, part=part, value=value, by=by, at=now().isoformat())
    store.set_edit(edit, current.version if current else 0)
