"""What the indices, aliases and templates are called.

Items lie in one index a review window, ``<prefix>-items-v<schema>-<month>``, and are read through the alias
``<prefix>-items``. ``<prefix>-ids`` remembers the month in which an id was first seen: an id is unique only
within one Elasticsearch index, and this makes it unique over all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA = 1
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Names:
    """All names below one ``prefix``, for one version of the mapping."""

    prefix: str = "yuqing"
    schema: int = SCHEMA

    @property
    def items(self) -> str:
        """The alias that reads all items."""
        return f"{self.prefix}-items"

    @property
    def ids(self) -> str:
        """The index of (id, month of the first sight)."""
        return f"{self.prefix}-ids"

    @property
    def template(self) -> str:
        """The index template of the monthly indices."""
        return f"{self.items}-v{self.schema}"

    @property
    def pattern(self) -> str:
        """All monthly indices of this schema."""
        return f"{self.template}-*"

    def month(self, month: str) -> str:
        """The index of one month."""
        return f"{self.template}-{month}"
