"""What an alert is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to report, in Chinese.

    ``subject``: the source, job, disk or article it is about; there is one finding per subject. ``kinds``: what is
    wrong with it, so that an additional fault counts as new. ``news``: an article; it is reported once and does not
    recover.
    """

    subject: str
    kinds: tuple[str, ...]
    text: str
    news: bool = False
