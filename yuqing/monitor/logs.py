"""Where the log goes: to standard error, as text for people or as JSON for a log collector."""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime

from yuqing.core.times import SHANGHAI

# To these each unreachable server is a traceback; it is an outcome in the ledger, an alert or an error message to us.
_LOUD = (
    "scrapy.downloadermiddlewares.retry", "scrapy.downloadermiddlewares.robotstxt",
    "elastic_transport.transport", "elastic_transport.node_pool",
)  # fmt: skip
_context: dict[str, str] = {}  # what every line of this process carries: the run


class _Json(logging.Formatter):
    """One object a line: time, level, logger, message, and run, source and job where they are known."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, str] = {
            "time": datetime.fromtimestamp(record.created, SHANGHAI).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_context,
        }
        for name in ("source", "job"):
            if value := getattr(record, name, ""):
                line[name] = str(value)
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(level: str, style: str) -> None:
    """Send the log to standard error at ``level``, as ``style`` says (text or json)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)  # Scrapy sets its own loggers to DEBUG
    if level != "DEBUG":
        handler.addFilter(lambda record: record.name not in _LOUD)
    handler.setFormatter(_Json() if style == "json" else logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)


def log_run(run: str) -> None:
    """Every further line of this process belongs to ``run``."""
    _context["run"] = run
