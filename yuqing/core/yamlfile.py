"""YAML files that people edit: loaded with the place of every value, so that a fault can be pointed at."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from yuqing.core.errors import FileError, Problem, YuqingError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The parsed content of ``path``; ``version`` is a short hash of its bytes."""

    path: Path
    data: Any
    version: str

    def place(self, loc: Sequence[str | int]) -> tuple[int, int]:
        """Line and column (from 1) of the key or element at ``loc``, or of its nearest known parent."""
        node, found = self.data, (1, 1)
        for step in loc:
            try:
                if isinstance(node, CommentedMap) and step in node:
                    line, column = node.lc.key(step)
                elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
                    line, column = node.lc.item(step)
                else:
                    continue
            except (KeyError, AttributeError, TypeError):
                continue
            found = (line + 1, column + 1)
            node = node[step]
        return found

    def problem(self, loc: Sequence[str | int], message: str) -> Problem:
        """A fault at ``loc``."""
        line, column = self.place(loc)
        return Problem(self.path, line, column, message)


def file_version(path: Path) -> str:
    """The version of a file that people edit: a short hash of its bytes."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    except OSError as error:
        raise YuqingError(f"{path}: cannot be read ({error.strerror}).") from error


def read_yaml(path: Path) -> YamlFile:
    """Parse ``path``. Raises YuqingError when it cannot be read, FileError when it is no valid YAML."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise YuqingError(f"{path}: cannot be read ({error.strerror}).") from error
    try:
        data = parse_yaml(raw.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FileError([Problem(path, line, 1, "the file is not UTF-8; save it as UTF-8.")]) from error
    return YamlFile(path, data, hashlib.sha256(raw).hexdigest()[:12])


def parse_yaml(text: str, path: Path) -> Any:
    """``text`` of the file ``path`` as data that know their places. Raises FileError when it is no valid YAML."""
    try:
        return YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise FileError([Problem(path, line, column, str(error.problem or error.context))]) from error
    except YAMLError as error:
        raise FileError([Problem(path, 1, 1, str(error))]) from error


def check(file: YamlFile, loc: tuple[str | int, ...], value: Any, adapter: TypeAdapter[T]) -> T:
    """``value`` (found at ``loc``) as the adapter's type. Raises FileError with every fault placed."""
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        raise FileError(
            [file.problem((*loc, *e["loc"]), describe(e["type"], e["msg"], e["loc"])) for e in error.errors()]
        ) from error


def describe(kind: str, message: str, loc: tuple[str | int, ...]) -> str:
    """A pydantic error as a sentence."""
    name = ".".join(str(step) for step in loc)
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"“{loc[-1]}” is not a known key here."
    if kind in ("missing", "missing_argument"):
        return f"“{loc[-1]}” is missing."
    return f"{name}: {message}" if name else message
