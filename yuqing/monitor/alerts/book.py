"""What was already sent (a table in the file of the run ledger)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from yuqing.core.errors import YuqingError
from yuqing.core.sqlite import connect
from yuqing.monitor.alerts.finding import Finding

_SCHEMA = """
CREATE TABLE IF NOT EXISTS alerts (
    subject TEXT PRIMARY KEY, kinds TEXT NOT NULL, text TEXT NOT NULL, news INTEGER NOT NULL,
    since TEXT NOT NULL, sent TEXT NOT NULL, open INTEGER NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class SentFinding:
    """A finding as it was last sent. ``since``: when it began; ``open``: its recovery has not been sent yet."""

    finding: Finding
    since: datetime
    sent: datetime
    open: bool


class AlertBook:
    """The book in the file ``path``. Raises YuqingError if it cannot be opened."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = connect(path, _SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise YuqingError(f"{path}: the alert book cannot be opened ({error}). `yuqing doctor` helps.") from error

    def sent(self) -> dict[str, SentFinding]:
        """Everything sent, by subject."""
        rows = self._db.execute("SELECT subject, kinds, text, news, since, sent, open FROM alerts ORDER BY since")
        return {
            subject: SentFinding(
                Finding(subject, tuple(kinds.split(",")), text, bool(news)),
                datetime.fromisoformat(since), datetime.fromisoformat(sent), bool(is_open),
            )
            for subject, kinds, text, news, since, sent, is_open in rows
        }  # fmt: skip

    def write(self, sent: list[SentFinding]) -> None:
        """Record what was just sent, all or nothing."""
        rows = [
            (t.finding.subject, ",".join(t.finding.kinds), t.finding.text, int(t.finding.news),
             t.since.isoformat(), t.sent.isoformat(), int(t.open))
            for t in sent
        ]  # fmt: skip
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT OR REPLACE INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise YuqingError(
                f"the message was sent, but could not be recorded ({error}): it will be sent again next time. "
                "Free some space if the disk is full."
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()
