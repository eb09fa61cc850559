"""Errors that a user can fix. The command line prints the message and exits with the code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class YuqingError(Exception):
    """Something a user can fix; the message says what is wrong, where, and what to do."""

    exit_code = 1


class UsageError(YuqingError):
    """A command was called with an argument that does not exist or is not valid."""

    exit_code = 2


class BusyError(YuqingError):
    """Another process is working on the same data; nothing was done, and the same command may succeed later."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a YAML file, with its position (lines and columns count from 1)."""

    file: Path
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class FileError(YuqingError):
    """A file that people edit is not valid; carries all of its faults."""

    exit_code = 2

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems
