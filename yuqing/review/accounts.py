"""The accounts of the review page, for when several people use it: names, roles, passwords as Argon2 hashes."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import argon2
import msgspec

from yuqing.core.errors import UsageError, YuqingError

Role = Literal["reader", "editor", "chief"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_NAMES: dict[Role, str] = {"reader": "只读", "editor": "编辑", "chief": "主编"}
MIN_PASSWORD = 8  # characters
MAX_PASSWORD = 200
TRIES, PAUSE = 5, 300.0  # wrong passwords for one name within so many seconds, after which it is locked for that time
MAX_NAME = 20
_HASHER = argon2.PasswordHasher()
_NOBODY = _HASHER.hash("nobody")  # checked for unknown names, so that the response takes as long


@dataclass(frozen=True, slots=True)
class User:
    """The person using the page, and what that person may do."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether the person may do what needs ``role``."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Account(msgspec.Struct, frozen=True):
    """A user with the hash of the password."""

    name: str
    role: Role
    password: str


class Accounts:
    """The accounts in the file ``path``; without a file there are none, and nobody needs to log in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._wrong: dict[str, list[float]] = {}

    def all(self) -> list[Account]:
        """Every account, by name. Raises YuqingError for a damaged file."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=list[Account])
        except FileNotFoundError:
            return []
        except (OSError, msgspec.MsgspecError) as error:
            raise YuqingError(f"{self.path}: the accounts cannot be read ({error}).") from error

    def user(self, name: str) -> User | None:
        """The user of that name."""
        return next((User(one.name, one.role) for one in self.all() if one.name == name), None)

    def check(self, name: str, password: str) -> User | None:
        """The user if the password is right, else None. Raises UsageError after too many wrong ones."""
        with self._lock:
            recent = [at for at in self._wrong.get(name, []) if time.monotonic() - at < PAUSE]
            if len(recent) >= TRIES:
                raise UsageError("口令连续输错次数过多，请五分钟后再试。")
        account = next((one for one in self.all() if one.name == name), None)
        try:
            _HASHER.verify(account.password if account else _NOBODY, password[:MAX_PASSWORD])
            right = account is not None
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            right = False
        with self._lock:
            if right:
                self._wrong.pop(name, None)
            else:
                self._wrong[name] = [*recent, time.monotonic()]
        return User(account.name, account.role) if account and right else None

    def put(self, name: str, role: str, password: str) -> None:
        """Add a user or change one. Raises UsageError for an invalid name, role or password."""
        if not 1 <= len(name.strip()) <= MAX_NAME or not name.isprintable():
            raise UsageError(f"“{name[:40]}” is not a valid name; it must have 1 to {MAX_NAME} characters.")
        if role not in ROLES:
            raise UsageError(f"“{role}” is not a role; available: {', '.join(ROLES)}.")
        if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
            raise UsageError(f"A password must have {MIN_PASSWORD} to {MAX_PASSWORD} characters.")
        made = Account(name.strip(), role, _HASHER.hash(password))
        self._write([*(one for one in self.all() if one.name != made.name), made])

    def remove(self, name: str) -> None:
        """Remove a user. Raises UsageError for an unknown one."""
        known = self.all()
        if name not in {one.name for one in known}:
            raise UsageError(f"There is no user “{name}”; `yuqing users list` shows them.")
        self._write(one for one in known if one.name != name)

    def _write(self, accounts: Iterable[Account]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.json.encode(sorted(accounts, key=lambda one: one.name)))
                os.fsync(file.fileno())
            Path(temporary).replace(self.path)
        except OSError as error:
            raise YuqingError(f"{self.path}: the accounts cannot be written ({error.strerror}).") from error
