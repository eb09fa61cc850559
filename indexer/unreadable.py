"""Stored documents that cannot be read, because something else wrote them or the disk damaged them.

Such a document counts as missing: it raises no error, and the next version of its item overwrites it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

import msgspec

S = TypeVar("S")
T = TypeVar("T")
logger = logging.getLogger(__name__)
UNREADABLE = (msgspec.MsgspecError, LookupError, TypeError, ValueError, AttributeError, RecursionError)


def or_none(read: Callable[[S], T], stored: S) -> T | None:
    """What ``read`` makes of ``stored``; None, with a line in the log, where it cannot be read."""
    try:
        return read(stored)
    except UNREADABLE as error:
        logger.warning("a stored document cannot be read (%s); it is skipped", error)
        return None
