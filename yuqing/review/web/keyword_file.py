"""keywords.yaml as text: checked before saving, the old version kept, nobody's edit overwritten."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

from classifiers.check import check
from classifiers.keywords import parse_keywords
from yuqing.core.errors import FileError, Problem, YuqingError

_SAVING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Edited:
    """The file as it is now."""

    text: str
    version: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The faults of a text; ``fatal`` ones make it unusable, the others are warnings."""

    problems: tuple[Problem, ...]
    fatal: bool


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a diff; ``kind``: "add", "del", "at" (where) or "" (unchanged)."""

    kind: str
    text: str


class ChangedMeanwhileError(YuqingError):
    """The file has changed since the edit began."""


def read_rules(path: Path) -> Edited:
    """The file with normalized line ends. Raises YuqingError if it cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise YuqingError(f"{path.name} 读不出来：{error.strerror}。") from error
    return Edited(plain(raw.decode("utf-8-sig", "replace")), _version(raw))


def plain(text: str) -> str:
    """``text`` as a browser sends it, with \\n line ends and one at the end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"


@contextmanager
def as_file(text: str, name: str) -> Iterator[Path]:
    """``text`` in a temporary file called ``name``, for functions that read files."""
    with tempfile.TemporaryDirectory(prefix="yuqing-") as folder:
        path = Path(folder) / name
        path.write_text(text, "utf-8")
        yield path


def check_text(text: str, name: str) -> Checked:
    """All faults of ``text`` with positions, under the file's usual name."""
    with as_file(text, name) as path:
        found = check(path)
        fatal = bool(found) and not _usable(path)
    return Checked(tuple(replace(problem, file=Path(name)) for problem in found), fatal)


def _usable(path: Path) -> bool:
    try:
        parse_keywords(path)
    except FileError:
        return False
    return True


def diff(before: str, after: str) -> list[DiffLine]:
    """What an edit changes, with three lines of context."""
    kinds = {"+": "add", "-": "del", "@": "at"}
    lines = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3))[2:]
    return [DiffLine(kinds.get(line[:1], ""), line) for line in lines]


def save_rules(path: Path, text: str, base: str, kept: Path) -> tuple[str, str]:
    """Replace the file, all or nothing, if it still has the version ``base``; returns (old text, new version).

    The old version is kept in ``kept`` under the version name that tags carry. Line ends and a byte-order mark are
    preserved. Raises ChangedMeanwhileError if somebody else has saved it, YuqingError if it cannot be written.
    """
    with _SAVING:
        old = read_rules(path)
        if old.version != base:
            raise ChangedMeanwhileError(
                f"{path.name} 在您编辑期间已被改动（现为 {old.version}，您编辑的是 {base}），没有保存。"
            )
        raw = path.read_bytes()
        written = text.replace("\n", "\r\n") if b"\r\n" in raw else text
        data = (b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b"") + written.encode("utf-8")
        try:
            kept.mkdir(parents=True, exist_ok=True)
            (kept / f"{path.stem}-{old.version}.yaml").write_bytes(raw)
            _replace(path, data)
        except OSError as error:
            raise YuqingError(f"{path.name} 没有保存：{error.strerror}。") from error
    return old.text, _version(data)


def _replace(path: Path, data: bytes) -> None:
    target = path.resolve()  # a symbolic link remains one
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(target.stat().st_mode & 0o777)
        Path(temporary).replace(target)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _version(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:12]
