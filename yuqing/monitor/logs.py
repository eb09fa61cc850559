"""Logging to standard error, as text for people or as JSON for a log collector.

With JSON every line is an object, whoever writes it: a command, a library, or Python itself.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
import threading
from datetime import datetime
from typing import Any

from yuqing.core.times import SHANGHAI

# These log a traceback for each unreachable server, or a warning for each page that is too large; for us that is an
# outcome in the ledger, an alert or an error.
_LOUD = (
    "scrapy.core.downloader.handlers.http11",
    "scrapy.downloadermiddlewares.retry", "scrapy.downloadermiddlewares.robotstxt",
    "elastic_transport.transport", "elastic_transport.node_pool",
)  # fmt: skip
_context: dict[str, str] = {"style": "text"}  # how the log is written, and the run that its lines belong to


class _Json(logging.Formatter):
    """One object per line: time, level, logger, message, and run, source and job if known."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, str] = {
            "time": datetime.fromtimestamp(record.created, SHANGHAI).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{name: value for name, value in _context.items() if name != "style"},
        }
        for name in ("source", "job"):
            if value := getattr(record, name, ""):
                line[name] = str(value)
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class _Text(logging.Formatter):
    """A line for people; tracebacks only at DEBUG, otherwise just the final error."""

    def __init__(self, *, traces: bool) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self._traces = traces

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's name
        """The error of a record."""
        return super().formatException(ei) if self._traces else f"({ei[0].__name__}: {ei[1]})"

    def formatStack(self, stack_info: str) -> str:  # noqa: N802  # logging's name
        """The stack of a record."""
        return super().formatStack(stack_info) if self._traces else ""


class _Lines(io.TextIOBase):
    """Replaces standard error if the log is JSON: plain text written to it becomes lines of the log."""

    def __init__(self, handler: logging.Handler, under: Any) -> None:
        super().__init__()
        self.under = under
        self._handler = handler
        self._begun = ""
        self._lock = threading.RLock()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Present so that libraries write here rather than bypass it."""
        return "utf-8"

    @property
    def errors(self) -> str:  # type: ignore[override]
        """Present for the same reason."""
        return "backslashreplace"

    @property
    def buffer(self) -> Any:
        """For output that is already JSON: the log of a child process."""
        return self.under.buffer

    def fileno(self) -> int:
        """The underlying file descriptor."""
        number: int = self.under.fileno()
        return number

    def writable(self) -> bool:
        """True, as io requires for writing."""
        return True

    def write(self, text: str) -> int:
        """Take ``text`` and pass on each complete line."""
        with self._lock:
            *lines, self._begun = (self._begun + text).split("\n")
            for line in filter(str.strip, lines):
                self._handler.handle(logging.makeLogRecord({"name": "stderr", "levelname": "INFO", "msg": line}))
        return len(text)

    def flush(self) -> None:
        """Pass on an incomplete line too."""
        with self._lock:
            if self._begun:
                self.write("\n")
        self.under.flush()


def set_up_logging(level: str, style: str) -> None:
    """Send the log to standard error at ``level`` in ``style`` (text or json), along with Python's warnings."""
    under = sys.stderr.under if isinstance(sys.stderr, _Lines) else sys.stderr
    handler = logging.StreamHandler(under)
    sys.stderr = _Lines(handler, under) if style == "json" else under
    handler.setLevel(level)  # Scrapy sets its own loggers to DEBUG
    if level != "DEBUG":
        handler.addFilter(lambda record: record.name not in _LOUD)
    handler.setFormatter(_Json() if style == "json" else _Text(traces=level == "DEBUG"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.raiseExceptions = False  # standard error may be a full disk: no traceback for that
    logging.captureWarnings(True)
    _context["style"] = style


def say(message: str) -> None:
    """Print a message to the user on standard error, or a log line if the log is JSON."""
    if _context["style"] == "json":
        logging.getLogger("yuqing").error(message)
        return
    with contextlib.suppress(OSError, ValueError):
        print(f"yuqing: {message}", file=sys.stderr, flush=True)  # noqa: T201


def log_run(run: str) -> None:
    """Attribute every further line of this process to ``run``."""
    _context["run"] = run
