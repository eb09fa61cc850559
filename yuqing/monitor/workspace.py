"""Everything a command needs, opened from the settings and closed again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

from classifiers.rules import Rules, load_rules
from crawler.sources import load_sources
from indexer.open import open_store
from indexer.store import Store
from yuqing.core.records import Source
from yuqing.core.yamlfile import file_version
from yuqing.monitor.ledger import Ledger
from yuqing.monitor.ledger_exchange import open_ledger
from yuqing.monitor.settings import Settings


@dataclass
class Workspace:
    """The settings, and what they refer to, opened on first use."""

    settings: Settings

    @cached_property
    def rules(self) -> Rules:
        """The rules of keywords.yaml."""
        return load_rules(self.settings.keywords)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The records of sources.yaml by id."""
        return load_sources(self.settings.sources)

    @cached_property
    def store(self) -> Store:
        """The item store."""
        return open_store(self.settings.store_url, self.settings.access, spool=self.settings.spool_file)

    @cached_property
    def ledger(self) -> Ledger:
        """The run ledger."""
        return open_ledger(self.settings)

    def versions(self) -> dict[str, str]:
        """The versions that a result depends on: of the program, the rules and the source records."""
        return {
            "yuqing": version("yuqing"),
            "keywords": self.rules.version,
            "sources": file_version(self.settings.sources),
        }

    def close(self) -> None:
        """Close what was opened."""
        for name in ("store", "ledger"):
            opened = self.__dict__.pop(name, None)
            if opened is not None:
                opened.close()


@contextmanager
def workspace(settings: Settings) -> Iterator[Workspace]:
    """A workspace that is closed at the end."""
    opened = Workspace(settings)
    try:
        yield opened
    finally:
        opened.close()
