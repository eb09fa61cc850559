"""The house style of an institute: its own template, or the header and footer of the built-in form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """``template`` is a .docx with placeholders (docs/editing.md); without one, ``header`` is printed above the pages
    of the body, and ``footer`` before the page numbers."""

    template: Path | None = None
    header: str = ""
    footer: str = ""
