"""Names of the indices, aliases and templates.

Items are stored in one index per review window, ``<prefix>-items-v<version>-<month>``, and read through the alias
``<prefix>-items``; ``yuqing index reindex`` builds the next version next to the one in use. ``<prefix>-ids`` holds the
month in which an id was first seen: an id is unique only within one Elasticsearch index, and this makes it unique
across all of them. ``<prefix>-edits`` holds what people wrote in addition to the items, ``<prefix>-ledger`` what each
machine's runs did, ``<prefix>-leases`` which machine holds a source and ``<prefix>-urls`` the URL memory; a reindex
leaves them unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA = 2  # of the mapping; a change needs `yuqing index reindex`
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Names:
    """All names under one ``prefix``, for one version of the indices."""

    prefix: str = "yuqing"
    version: int = 1

    @property
    def items(self) -> str:
        """The alias that reads all items."""
        return f"{self.prefix}-items"

    @property
    def ids(self) -> str:
        """The index of (id, month in which it was first seen)."""
        return f"{self.prefix}-ids"

    @property
    def edits(self) -> str:
        """The index of what people wrote in addition to the items."""
        return f"{self.prefix}-edits"

    @property
    def ledger(self) -> str:
        """The index of the runs of all machines."""
        return f"{self.prefix}-ledger"

    @property
    def leases(self) -> str:
        """The index of the leases of sources."""
        return f"{self.prefix}-leases"

    @property
    def urls(self) -> str:
        """The index of the URL memory of all machines."""
        return f"{self.prefix}-urls"

    @property
    def template(self) -> str:
        """The index template of the monthly indices."""
        return f"{self.items}-v{self.version}"

    @property
    def defaults(self) -> str:
        """The component template with this program's index settings."""
        return f"{self.prefix}@settings"

    @property
    def custom(self) -> str:
        """The component template for operators' own settings (Elastic's convention)."""
        return f"{self.prefix}@custom"

    @property
    def pattern(self) -> str:
        """All monthly indices of this version."""
        return f"{self.template}-*"

    def month(self, month: str) -> str:
        """The index of one month."""
        return f"{self.template}-{month}"
