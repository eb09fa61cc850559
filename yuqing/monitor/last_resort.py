"""The message when a command ends with an unexpected error, of the program or of the machine."""

from __future__ import annotations

import logging
import sqlite3
import traceback
from pathlib import Path

from yuqing.core.errors import YuqingError
from yuqing.core.files import path_text, reason

PROGRAM_ERROR = 3
logger = logging.getLogger(__name__)


def sentence_of(error: Exception) -> tuple[str, int]:
    """The message for ``error`` and the exit code; the traceback is logged at level DEBUG."""
    logger.debug("the command failed", exc_info=error)
    if isinstance(error, YuqingError):
        return str(error), error.exit_code
    if isinstance(error, sqlite3.Error):
        return (
            f"a database in the data folder cannot be used ({error}). `yuqing doctor` says which one and what to do.",
            1,
        )
    if isinstance(error, OSError):
        where = f"{path_text(Path(str(error.filename)))}: " if error.filename else ""
        return f"{where}{reason(error)}. Check permissions and free space, then run the command again.", 1
    if isinstance(error, ValueError) and "null byte" in str(error):
        return "a file name contains a NUL character, which is not allowed.", 2
    if isinstance(error, UnicodeEncodeError):
        return "the input contains bytes that are not UTF-8, or a lone surrogate; correct it.", 2
    if isinstance(error, RecursionError) and "serializ" in str(error):
        return "the input is nested too deeply to be read.", 2
    if isinstance(error, MemoryError):
        return "the machine is out of memory.", 1
    steps = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(steps[-1].filename).name}:{steps[-1].lineno}" if steps else ""
    said = " ".join(str(error).split())[:300]
    sentence = (
        f"internal error: {type(error).__name__}: {said}{place}. Please report it; "
        "YUQING_LOG_LEVEL=DEBUG logs the full traceback."
    )
    return sentence, PROGRAM_ERROR
