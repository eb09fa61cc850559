"""Layouts that were written after the induction was tuned; none was looked at before its first figure was told."""

from __future__ import annotations

from tests.sources.changing.site import Layout

HELD: tuple[type[Layout], ...] = ()
