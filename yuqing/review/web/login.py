"""Who is let in: the accounts, their sessions, and the name that a proxy before the page vouches for."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.types import Scope

from yuqing.review.accounts import Accounts, Role, User

SESSION_COOKIE = "yuqing_session"
SESSION_SECONDS = 12 * 3600.0
_KEPT = 1000  # sessions; the oldest are forgotten


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that has asked who is there: the header that it sets, the addresses it comes from, and the role of
    those who have no account."""

    header: str = ""
    addresses: tuple[str, ...] = ("127.0.0.1", "::1")
    role: Role = "reader"


@dataclass(slots=True)
class Door:
    """Who may come in. Without accounts and proxy everybody may, as before."""

    accounts: Accounts | None = None
    proxy: Proxy = Proxy()
    _sessions: dict[str, tuple[str, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def closed(self) -> bool:
        """Whether people must say who they are."""
        return bool(self.proxy.header) or bool(self.accounts and self.accounts.all())

    def open_session(self, user: User) -> str:
        """A new session of ``user``; what the cookie holds."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[token] = (user.name, time.monotonic() + SESSION_SECONDS)
            while len(self._sessions) > _KEPT:
                self._sessions.pop(next(iter(self._sessions)))
        return token

    def close_session(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(token, None)

    def who(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> User | None:
        """The person of a request. The proxy's header counts only from the proxy's own addresses."""
        client = scope.get("client")
        if self.proxy.header and client and client[0] in self.proxy.addresses:
            name = headers.get(self.proxy.header, "").encode("latin-1", "replace").decode("utf-8", "replace").strip()
            if name:
                known = self.accounts.user(name) if self.accounts else None
                return known or User(name[:40], self.proxy.role)
        with self._lock:
            name, until = self._sessions.get(cookies.get(SESSION_COOKIE, ""), ("", 0.0))
        if not name or time.monotonic() > until or self.accounts is None:
            return None
        return self.accounts.user(name)  # who was removed, or lost a role, has lost it at once
