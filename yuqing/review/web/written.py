"""What people write into the forms: days, and texts that have a limit. Nothing is cut off silently."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from yuqing.core.errors import UsageError

_DAY = re.compile(r"([12]\d{3})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|([12]\d{3})(\d\d)(\d\d)", re.ASCII)


def written_day(text: str) -> date:
    """The day in ``text``: 2018-03-09, 2018/3/9, 20180309 or 2018年3月9日, digits of any width.

    Raises UsageError for others.
    """
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        if not match:
            raise ValueError(text)
        return date(*map(int, filter(None, match.groups())))
    except ValueError:
        raise UsageError(f"“{text[:40]}”不是日期，请写成 2018-03-09 这样。") from None


def too_long(text: str, most: int, name: str) -> str:
    """What is wrong with a text of more than ``most`` characters, in Chinese; "" if nothing."""
    return f"{name}有 {len(text)} 个字，最多 {most} 个字；请删短后再试。" if len(text) > most else ""


def limited(text: str, most: int, name: str) -> str:
    """``text``. Raises UsageError if it has more than ``most`` characters."""
    if fault := too_long(text, most, name):
        raise UsageError(fault)
    return text
