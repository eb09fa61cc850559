"""What an alert is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to be told, in Chinese.

    ``subject``: the source, job, disk or article it is about; there is one finding a subject. ``kinds``: what is
    wrong with it, so that a further fault is news. ``news``: an article; it is told once and does not recover.
    """

    subject: str
    kinds: tuple[str, ...]
    text: str
    news: bool = False
