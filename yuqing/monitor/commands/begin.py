"""What every command begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yuqing.monitor.settings import Settings


def begin() -> Settings:
    """The settings, with the log set up as they say."""
    from yuqing.monitor.logs import set_up_logging
    from yuqing.monitor.settings import load_settings

    settings = load_settings()
    set_up_logging(settings.log_level, settings.log_format)
    return settings
