"""Authentication: the accounts, their sessions, and the name vouched for by a proxy in front of the page."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.types import Scope

from yuqing.review.accounts import Accounts, Role, User

logger = logging.getLogger(__name__)
WRONG_TOKENS, WRONG_SECONDS = 10, 60
SESSION_COOKIE = "yuqing_session"
SESSION_SECONDS = 12 * 3600.0
_KEPT = 1000  # maximum number of sessions; the oldest are forgotten


class WrongTokens:
    """The wrong tokens of the last minute. After ten of them no token is checked; each is logged, but not the token
    itself."""

    def __init__(self) -> None:
        self._when: deque[float] = deque()

    def too_many(self) -> bool:
        """Whether the next token is to be rejected unchecked."""
        now = time.monotonic()
        while self._when and now - self._when[0] > WRONG_SECONDS:
            self._when.popleft()
        if len(self._when) < WRONG_TOKENS:
            return False
        logger.warning("a token was rejected unchecked: %d wrong ones in a minute", len(self._when))
        return True

    def add(self) -> None:
        """Record a wrong token."""
        self._when.append(time.monotonic())
        logger.warning("wrong token, number %d within a minute", len(self._when))

    def forget(self) -> None:
        """Reset, as after a minute."""
        self._when.clear()


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that has authenticated the person: the header it sets, the addresses it connects from, and the role of
    those without an account."""

    header: str = ""
    addresses: tuple[str, ...] = ("127.0.0.1", "::1")
    role: Role = "reader"


@dataclass(slots=True)
class Door:
    """Decides who may come in. Without accounts and proxy, everybody may."""

    accounts: Accounts | None = None
    proxy: Proxy = Proxy()
    wrong: WrongTokens = field(default_factory=WrongTokens)
    _sessions: dict[str, tuple[str, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def closed(self) -> bool:
        """Whether people must identify themselves."""
        return bool(self.proxy.header) or bool(self.accounts and self.accounts.all())

    def open_session(self, user: User) -> str:
        """Open a session for ``user``; returns the cookie value."""
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
        """The person making a request. The proxy's header counts only if the request comes from the proxy's
        addresses."""
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
        return self.accounts.user(name)  # removal of an account or role takes effect at once
