"""What is said when a command ends by an error, of its own or of the machine."""

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
    """The sentence on ``error`` and the exit code; where it happened is in the log at level DEBUG."""
    logger.debug("the command failed", exc_info=error)
    if isinstance(error, YuqingError):
        return str(error), error.exit_code
    if isinstance(error, sqlite3.Error):
        return f"a database of the data folder cannot be used ({error}). `yuqing doctor` says which and helps.", 1
    if isinstance(error, OSError):
        where = f"{path_text(Path(str(error.filename)))}: " if error.filename else ""
        return f"{where}{reason(error)}. Look at rights and free space, then run the command again.", 1
    if isinstance(error, ValueError) and "null byte" in str(error):
        return "a name of a file holds NUL, which no file's name can.", 2
    if isinstance(error, UnicodeEncodeError):
        return "what was given holds bytes that are no UTF-8 text, or half a character; write it anew.", 2
    if isinstance(error, RecursionError) and "serializ" in str(error):
        return "a file or text that was given is nested too deep to be read.", 2
    if isinstance(error, MemoryError):
        return "the machine has no memory left for this.", 1
    steps = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(steps[-1].filename).name}:{steps[-1].lineno}" if steps else ""
    said = " ".join(str(error).split())[:300]
    sentence = (
        f"an error of the program: {type(error).__name__}: {said}{place}. Please report it; "
        "with YUQING_LOG_LEVEL=DEBUG the whole way to it is logged."
    )
    return sentence, PROGRAM_ERROR
