"""uvicorn with an end: to a client that keeps it waiting, and to itself when it is told to stop.

uvicorn waits for a request's head and body as long as a client likes.
"""

from __future__ import annotations

import asyncio
from types import FrameType

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from yuqing.monitor.ending import end_by_force

IDLE_SECONDS = 20  # for the head of a request; a connection without one is closed
BODY_SECONDS = 60  # for the rest of it
MAX_HEAD = 32 * 1024  # bytes
MAX_CONNECTIONS = 400  # at once; whoever comes then is told to come again
STOP_SECONDS = 3  # for the answers under way


class _Impatient(H11Protocol):
    """A connection that is closed when what the client has begun does not come."""

    _awaited: object = None
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Something came."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """An answer is sent."""
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        super().connection_lost(exc)
        if self._deadline:
            self._deadline.cancel()

    def _watch(self) -> None:
        """Begin to wait when what is waited for is another; more of the same gains no time."""
        if self.conn.their_state is self._awaited:
            return
        self._awaited = self.conn.their_state
        if self._deadline:
            self._deadline.cancel()
        seconds = {h11.IDLE: IDLE_SECONDS, h11.SEND_BODY: BODY_SECONDS}.get(self.conn.their_state)
        self._deadline = self.loop.call_later(seconds, self.transport.close) if seconds else None


class Server(uvicorn.Server):
    """A server of ``app`` that waits for its threads at the end, but not for ever."""

    def __init__(self, app: ASGIApp) -> None:
        config = uvicorn.Config(
            app, http=_Impatient, ws="none", log_config=None, log_level="warning", access_log=False,
            server_header=False, timeout_keep_alive=IDLE_SECONDS, timeout_graceful_shutdown=STOP_SECONDS,
            h11_max_incomplete_event_size=MAX_HEAD, limit_concurrency=MAX_CONNECTIONS,
        )  # fmt: skip
        super().__init__(config)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal to stop."""
        end_by_force(128 + sig)
        super().handle_exit(sig, frame)
