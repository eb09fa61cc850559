"""Control characters in settings, which no path, name or header may contain."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pydantic import SecretStr

# Not allowed in a setting: NUL, which ends a path for the system, other control characters, and lone surrogates.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def unprintable(value: Any, loc: tuple[int | str, ...]) -> tuple[int | str, ...] | None:
    """The location of a text that contains such a character; None if there is none."""
    if isinstance(value, dict):
        pairs: list[tuple[Any, Any]] = list(value.items())
    elif isinstance(value, list | tuple):
        pairs = list(enumerate(value))
    else:
        text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        return loc if isinstance(value, str | Path | SecretStr) and _CONTROL.search(text) else None
    return next((found for key, inner in pairs if (found := unprintable(inner, (*loc, key)))), None)
