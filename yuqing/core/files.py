"""Files that a user names: whatever the system reports about one becomes a readable error message."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yuqing.core.errors import UsageError, YuqingError


@contextmanager
def translated_errors(
    path: Path, what: str = "cannot be read", help_: str = "", kind: type[YuqingError] = UsageError
) -> Iterator[None]:
    """Turn a system error about ``path`` into an error of ``kind``: "PATH: cannot be read (reason). help_"."""
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: NUL in the name, or not UTF-8
        raise kind(f"{path_text(path)}: {what} ({reason(error)}). {help_}".rstrip()) from error


def read_file(path: Path, help_: str = "") -> bytes:
    """The bytes of ``path``. Raises UsageError if it cannot be read; ``help_`` says what is expected."""
    with translated_errors(path, help_=help_):
        return path.read_bytes()


def check_file(path: Path, help_: str = "") -> None:
    """Raises UsageError if ``path`` is not a readable file; a pipe counts as one."""
    with translated_errors(path, help_=help_):
        if not path.exists():
            raise UsageError(f"{path_text(path)}: there is no such file. {help_}".rstrip())
        if path.is_dir():
            raise IsADirectoryError(0, "it is a folder")
        if not os.access(path, os.R_OK):
            path.open("rb").close()  # raises with the system's reason


def reason(error: BaseException) -> str:
    """The system's message without the path."""
    said = getattr(error, "strerror", None)
    return str(said) if said else str(error) or type(error).__name__


def path_text(path: Path) -> str:
    """``path`` in printable form: bytes that are not UTF-8 and control characters are escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def check_writable_name(path: Path) -> None:
    """Raises UsageError if no file can be written at ``path``: it is a folder, a device, or has no name."""
    if not path.name or ((path.exists() or path.is_symlink()) and not path.is_file()):
        raise UsageError(f"{path_text(path)}: this is not a file; name the file to write.")
