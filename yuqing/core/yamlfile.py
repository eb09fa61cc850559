"""YAML files that analysts edit: loaded with the position of every value, so that faults can be located, in Chinese."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import ConstructorError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scanner import Scanner

from yuqing.core.errors import FileError, Problem, YuqingError
from yuqing.core.files import translated_errors
from yuqing.core.yaml_faults import fault_text, syntax_text

T = TypeVar("T")
MAX_BYTES = 2 * 1024 * 1024  # sources.yaml has 134 kB; the parser takes some five seconds per megabyte
KEPT = 2  # contents that read_once remembers: that of a file and of its edited copy
MAX_DEPTH = 500  # brackets open at once, counted regardless of quotation marks
MAX_LEVELS = 60  # the depth at which excessive nesting is reported
MAX_NODES = 200_000  # values with all aliases expanded; sources.yaml has 9,000
TOO_DEEP = "嵌套层次过深，请检查括号和缩进"
ALIASES = "别名（*）展开后内容过多或指向自身；请直接写出内容，不用别名"
HALF = "数字过大，或文字里有半个字符（\\ud800 一类）"
_SURROGATE = re.compile("[\ud800-\udfff]")
_BRACKET = re.compile(r"[\[\]{}]")


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The parsed content of ``path``; ``version`` is a short hash of its bytes."""

    path: Path
    data: Any
    version: str

    def place(self, loc: Sequence[str | int]) -> tuple[int, int]:
        """Line and column (from 1) of the key or element at ``loc``, or of its closest known ancestor."""
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
    return _version(_content(path))


def read_once(read: Callable[[Path], T]) -> Callable[[Path], T]:
    """``read``, which is not called again for a content that it has read before in this process, under whatever name.

    For what reads a file of rules or sources and returns something that nobody changes: it takes up to a second.
    """
    known: dict[str, T] = {}

    @wraps(read)
    def read_or_known(path: Path) -> T:
        version = file_version(path)
        if (found := known.get(version)) is not None:
            return found
        found = read(path)
        if file_version(path) == version:  # else somebody wrote it meanwhile
            known[version] = found
            for old in list(known)[:-KEPT]:
                known.pop(old, None)
        return found

    return read_or_known


def read_yaml(path: Path) -> YamlFile:
    """Parse ``path``. Raises YuqingError if it cannot be read, FileError if it is broken or implausible YAML."""
    raw = _content(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FileError([Problem(path, line, 1, "文件不是 UTF-8 编码，请另存为 UTF-8")]) from error
    return YamlFile(path, parse_yaml(text, path), _version(raw))


def _content(path: Path) -> bytes:
    with translated_errors(path, kind=YuqingError):
        try:
            size = path.stat().st_size
        except FileNotFoundError as error:
            told = "没有这个文件。请在工作文件夹里运行，或用 `yuqing init` 新建一个工作文件夹。"
            raise YuqingError(f"{path}: {told}") from error
        if size > MAX_BYTES:
            raise FileError([Problem(path, 1, 1, f"文件有 {size} 字节，超过上限 {MAX_BYTES}，请检查是否放错了文件。")])
        return path.read_bytes()


def _version(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:12]


def parse_yaml(text: str, path: Path) -> Any:
    """``text`` of the file ``path`` as data with positions. Raises FileError if it is broken or implausible YAML."""
    _check_brackets(path, text)
    data = _load(path, text)
    if (fault := _unusable(data)) is not None:
        raise FileError([YamlFile(path, data, "").problem(*fault)])
    return data


def _load(path: Path, text: str) -> Any:
    try:
        return positions_parser().load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = syntax_text(str(error.problem or error.context))
    except ReaderError as error:
        at = text[: error.position]
        line, column = at.count("\n") + 1, len(at) - at.rfind("\n")
        message = f"文件中不能有 U+{ord(text[error.position]):04X} 这个字符"
    except RecursionError:
        (line, column), message = _deepest(text), TOO_DEEP
    except Exception:  # bugs of ruamel: an invalid code point, a mapping merged into itself
        line, column = _last_read(text)
        message = "无法解析这里的写法"
    raise FileError([Problem(path, line, column, message)])


def positions_parser() -> YAML:
    """ruamel's parser that keeps positions, without comments: nobody writes the file back, and they take a sixth."""
    yaml = YAML(typ="rt", pure=True)
    yaml.Scanner, yaml.Parser, yaml.Constructor = Scanner, Parser, _Constructor
    return yaml


class _Map(CommentedMap):
    """ruamel's mapping, but one that others merge does not compare each with all of them (a seventh of the time)."""

    def add_referent(self, cm: CommentedMap) -> None:
        """Note that ``cm`` merges this mapping."""
        self._ref.append(cm)


class _Constructor(RoundTripConstructor):
    """ruamel's constructor, but an invalid scalar is an error with its position."""

    def construct_yaml_map(self, node: Any) -> Iterator[_Map]:
        """The mapping, at first empty: it may contain itself."""
        data = _Map()
        data._yaml_set_line_col(node.start_mark.line, node.start_mark.column)
        yield data
        self.construct_mapping(node, data, deep=True)
        self.set_collection_style(data, node)

    def construct_non_recursive_object(self, node: Any, tag: str | None = None) -> Any:
        """The value of ``node``. Raises ConstructorError for an invalid value such as 2018-02-30."""
        try:
            return super().construct_non_recursive_object(node, tag)
        except (YAMLError, RecursionError):
            raise
        except Exception as error:
            value = node.value if isinstance(node.value, str) else "这一段"
            shown = value if len(value) <= 40 else value[:40] + "…"
            raise ConstructorError(
                None, None, f"“{shown}”不是有效的值；日期须真实存在，文字请加引号", node.start_mark
            ) from error


_Constructor.add_constructor("tag:yaml.org,2002:map", _Constructor.construct_yaml_map)


def _check_brackets(path: Path, text: str) -> None:
    """Reject deeply nested brackets before parsing, which takes quadratic time for them."""
    depth = 0
    for sign in _BRACKET.finditer(text):
        depth = depth + 1 if sign[0] in "[{" else max(0, depth - 1)
        if depth > MAX_DEPTH:
            before = text[: sign.start()]
            place = before.count("\n") + 1, sign.start() - before.rfind("\n")
            raise FileError([Problem(path, *place, TOO_DEEP)])


def _deepest(text: str) -> tuple[int, int]:
    """Line and column at which the nesting exceeds MAX_LEVELS."""
    depth, place = 0, (1, 1)
    try:
        for event in positions_parser().parse(text):
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            place = event.start_mark.line + 1, event.start_mark.column + 1
            if depth > MAX_LEVELS:
                break
    except (YAMLError, RecursionError, ValueError):
        pass  # the position found so far
    return place


def _last_read(text: str) -> tuple[int, int]:
    """Line and column up to which ``text`` can be read."""
    place = (1, 1)
    try:
        for event in positions_parser().parse(text):
            place = event.end_mark.line + 1, event.end_mark.column + 1
    except Exception:  # the error that is being located
        return place
    return place


def _unusable(data: Any) -> tuple[Sequence[str | int], str] | None:
    """Where and why the values are unusable; None if they are fine.

    Aliases may make a file contain itself or grow beyond MAX_NODES; it may hold a lone surrogate or a huge number.
    """
    sizes: dict[int, int] = {}
    under_way: set[int] = set()

    def size(node: Any, loc: tuple[str | int, ...]) -> int:
        if not isinstance(node, dict | list):
            if (isinstance(node, str) and _SURROGATE.search(node)) or (isinstance(node, int) and abs(node) >= 1 << 63):
                raise _UnusableError(loc, HALF)
            return 1
        if (known := sizes.get(id(node))) is not None:
            return known
        if id(node) in under_way:
            raise _UnusableError(loc, ALIASES)
        under_way.add(id(node))
        if isinstance(node, dict) and any(isinstance(key, str) and _SURROGATE.search(key) for key in node):
            raise _UnusableError(loc, HALF)
        children = node.items() if isinstance(node, dict) else enumerate(node)
        total = 1 + sum(size(child, (*loc, key)) for key, child in children)
        if total > MAX_NODES:
            raise _UnusableError(loc, ALIASES)
        under_way.discard(id(node))
        sizes[id(node)] = total
        return total

    try:
        size(data, ())
    except _UnusableError as error:
        return error.loc, error.why
    return None


class _UnusableError(Exception):
    def __init__(self, loc: Sequence[str | int], why: str) -> None:
        super().__init__()
        self.loc, self.why = loc, why


def check(file: YamlFile, loc: tuple[str | int, ...], value: Any, adapter: TypeAdapter[T]) -> T:
    """``value`` (found at ``loc``) as the adapter's type. Raises FileError with the position of every fault."""
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        faults = [(fault, (*loc, *fault["loc"])) for fault in error.errors()]
        raise FileError([file.problem(place, fault_text(fault, place)) for fault, place in faults]) from error
