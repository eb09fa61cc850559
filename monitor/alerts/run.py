"""From the rules to the message, written down once somebody took it."""

from __future__ import annotations

from contextlib import ExitStack, closing
from datetime import datetime, timedelta

from core.errors import YuqingError
from monitor.alerts.book import AlertBook
from monitor.alerts.channels import send
from monitor.alerts.digest import Digest, compose
from monitor.alerts.rules import findings
from monitor.jobs import JobLog
from monitor.settings import Settings
from monitor.workspace import workspace


def digest_of(settings: Settings, when: datetime) -> Digest:
    """What is to be told at ``when``."""
    with ExitStack() as stack:
        space = stack.enter_context(workspace(settings))
        ledger = space.ledger
        log = JobLog(settings.ledger_file)
        book = stack.enter_context(closing(AlertBook(settings.ledger_file)))
        found = findings(settings, space.sources, ledger, log, space.store, when)
        return compose(found, book.told(), when, timedelta(days=settings.alerts.remind_days))


def send_digest(settings: Settings, digest: Digest) -> None:
    """Send ``digest`` and write down that it was told. Raises YuqingError where a channel did not take it."""
    failed = send(settings.alerts.urls.get_secret_value(), digest.title, digest.body)
    with closing(AlertBook(settings.ledger_file)) as book:
        book.write(digest.told)
    if failed:
        raise YuqingError(f"Sent, but not by every channel: {', '.join(failed)} did not take it.")
