"""uvicorn with time limits: for clients that keep it waiting, and for itself when it is told to stop.

By itself, uvicorn waits indefinitely for a request's head and body.
"""

from __future__ import annotations

import asyncio
from types import FrameType

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from yuqing.monitor.ending import end_by_force

IDLE_SECONDS = 20  # for the head of a request; an idle connection is closed
BODY_SECONDS = 60  # for the rest of the request
MAX_HEAD = 32 * 1024  # bytes
MAX_CONNECTIONS = 400  # concurrent ones; further clients are told to retry
STOP_SECONDS = 3  # for responses in progress


class _Impatient(H11Protocol):
    """A connection that is closed if the client does not finish what it began."""

    _awaited: object = None
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Data has arrived."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """A response has been sent."""
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        super().connection_lost(exc)
        if self._deadline:
            self._deadline.cancel()

    def _watch(self) -> None:
        """Restart the timer when the awaited part changes; more data of the same part does not extend it."""
        if self.conn.their_state is self._awaited:
            return
        self._awaited = self.conn.their_state
        if self._deadline:
            self._deadline.cancel()
        seconds = {h11.IDLE: IDLE_SECONDS, h11.SEND_BODY: BODY_SECONDS}.get(self.conn.their_state)
        self._deadline = self.loop.call_later(seconds, self.transport.close) if seconds else None


class Server(uvicorn.Server):
    """Serves ``app``; at shutdown it waits for its threads, but only for a limited time."""

    def __init__(self, app: ASGIApp) -> None:
        config = uvicorn.Config(
            app, http=_Impatient, ws="none", log_config=None, log_level="warning", access_log=False,
            server_header=False, timeout_keep_alive=IDLE_SECONDS, timeout_graceful_shutdown=STOP_SECONDS,
            h11_max_incomplete_event_size=MAX_HEAD, limit_concurrency=MAX_CONNECTIONS,
        )  # fmt: skip
        super().__init__(config)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Handle a signal to stop."""
        end_by_force(128 + sig)
        super().handle_exit(sig, frame)
