"""From the rules to the message, recorded once it is delivered."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from yuqing.core.errors import YuqingError
from yuqing.monitor.alerts.book import AlertBook
from yuqing.monitor.alerts.channels import send
from yuqing.monitor.alerts.digest import Digest, compose
from yuqing.monitor.alerts.rules import findings
from yuqing.monitor.schedule.job_log import JobLog
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace


def digest_of(settings: Settings, when: datetime) -> Digest:
    """What is to be sent at ``when``. Raises YuqingError if that cannot be determined."""
    with ExitStack() as stack, _reading(settings.ledger_file):
        space = stack.enter_context(workspace(settings))
        log = JobLog(settings.ledger_file)
        book = stack.enter_context(closing(AlertBook(settings.ledger_file)))
        found = findings(space, log, when)
        return compose(found, book.sent(), when, timedelta(days=settings.alerts.remind_days))


@contextmanager
def _reading(ledger: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise YuqingError(f"{ledger}: the file cannot be read ({error}); try `yuqing doctor --repair`.") from error


def tell_blindness(settings: Settings | None, why: Exception, when: datetime) -> None:
    """Report, once a day, that nothing can be checked: what is wrong stops crawls and alerts alike.

    ``settings`` is None if they are what cannot be read; the channels are in the environment. The alert book may be
    what is damaged, so the day is recorded in a separate file.
    """
    urls = settings.alerts.urls.get_secret_value() if settings else os.environ.get("YUQING_ALERTS__URLS", "")
    mark = (settings.data if settings else Path("data")) / "alerts.failed"
    with suppress(OSError, UnicodeDecodeError):
        if mark.read_text("utf-8") == f"{when:%F}":
            return
    if not urls:
        return
    send(urls, "舆情监测：无法检查运行状况", f"{why}\n\n请在服务器上运行 yuqing doctor。")
    with suppress(OSError):  # a full disk: then it is reported again
        mark.write_text(f"{when:%F}", "utf-8")


def send_digest(settings: Settings, digest: Digest) -> None:
    """Send ``digest`` and record that it was sent. Raises YuqingError if a channel failed."""
    failed = send(settings.alerts.urls.get_secret_value(), digest.title, digest.body)
    with closing(AlertBook(settings.ledger_file)) as book:
        book.write(digest.sent)
    if failed:
        raise YuqingError(f"Sent, but not by every channel: {', '.join(failed)} failed.")
