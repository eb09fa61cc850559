"""Control characters in settings, which no path, name or header can hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pydantic import SecretStr

# What no setting holds: NUL, which ends a path for the system, other control characters, and half a character.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def unprintable(value: Any, loc: tuple[int | str, ...]) -> tuple[int | str, ...] | None:
    """Where a text holds what no path, name or header can hold; None where none does."""
    if isinstance(value, dict):
        pairs: list[tuple[Any, Any]] = list(value.items())
    elif isinstance(value, list | tuple):
        pairs = list(enumerate(value))
    else:
        text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        return loc if isinstance(value, str | Path | SecretStr) and _CONTROL.search(text) else None
    return next((found for key, inner in pairs if (found := unprintable(inner, (*loc, key)))), None)
