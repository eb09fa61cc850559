"""What every command starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yuqing.monitor.settings import Settings


def begin() -> Settings:
    """Load the settings and set up logging accordingly."""
    from yuqing.monitor.logs import set_up_logging
    from yuqing.monitor.settings import load_settings

    settings = load_settings()
    set_up_logging(settings.log_level, settings.log_format)
    return settings
