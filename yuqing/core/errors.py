"""Errors that a user can mend. The command line prints the sentence and exits with the code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class YuqingError(Exception):
    """Something a user can mend; the message says what, where and what to do."""

    exit_code = 1


class UsageError(YuqingError):
    """A command was called with something that does not exist or does not fit."""

    exit_code = 2


class BusyError(YuqingError):
    """Another process works on the same data; nothing was done, and later the same command may go through."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a YAML file, with its place (lines and columns count from 1)."""

    file: Path
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class FileError(YuqingError):
    """A file that people edit does not say what it should; all faults at once."""

    exit_code = 2

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems
