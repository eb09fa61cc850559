"""A stored document that cannot be read, for another hand wrote it or a disk spoiled it.

It is as if it were not there: it stops nobody, and the next version of its item is written over it.
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
        logger.warning("a stored document cannot be read (%s); it is passed over", error)
        return None
