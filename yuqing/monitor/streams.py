"""Makes standard input and output safe in any environment: closed, full, or a terminal that cannot show Chinese."""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
from typing import TextIO

from yuqing.core.errors import UsageError


def open_streams() -> None:
    """Give closed streams the null device, and escape characters that a stream cannot encode as in JSON.

    A closed one has to be opened: the next file opened would get its descriptor, and messages would be written into it.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    codecs.register_error("json-escape", _escape)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError, OSError):  # a stream replaced by a test has no such method
            stream.reconfigure(errors="json-escape")  # type: ignore[union-attr]


def flush() -> str:
    """Flush the output; returns why that failed, or ""."""
    said = ""
    for stream, number in ((sys.stdout, 1), (sys.stderr, 2)):
        try:
            stream.flush()
        except (OSError, ValueError) as error:
            said = said or getattr(error, "strerror", "") or str(error)
            discard(stream, number)
    return said


def discard(stream: TextIO, number: int) -> None:
    """Send what a stream still holds to the null device; otherwise Python would complain about it at exit."""
    with contextlib.suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, number)
        os.close(null)
        stream.flush()


def read_input() -> str:
    """All of standard input as text. Raises UsageError if it is not UTF-8."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"standard input is not UTF-8 text (byte {error.start + 1}); convert it first.") from None


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    text = "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
    return text, error.end
