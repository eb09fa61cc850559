"""Editing sources.yaml in place: only the changed lines are touched, so that comments and formatting are kept.

ruamel.yaml provides the position of each key and value; it does not write the file, because it would reformat what
people laid out (lists over several lines, columns of one-line records).
"""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from crawler.dialects import SYSTEMS
from yuqing.core.errors import FileError, Problem, UsageError
from yuqing.core.yamlfile import parse_yaml

_SCALAR = r"(?P<key>^\s*(?:- )?KEY:\s*)(?P<value>'[^']*'|\"[^\"]*\"|[^#]*?)(?P<rest>\s*(?:#.*)?)$"
_COMMENT = re.compile(r"^\s*(?:#.*)?$")
_EMPTY = re.compile(r"^\[\s*\][ \t]*$", re.MULTILINE)  # a file without records

Replaced = tuple[str, Mapping[str, Any], str]
"""The URL of the list that is replaced (empty: none), the new one in the form of the file, and the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEdit:
    """The changes to one record; a replaced list is kept as deprecated."""

    source_id: str
    verified: date | None = None
    replaced: Sequence[Replaced] = ()
    article_urls: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    encoding: str = ""


def edited(text: str, path: Path, edits: Sequence[RecordEdit], today: date) -> str:
    """``text`` of the sources file ``path`` with ``edits`` applied. Raises UsageError for an unknown source."""
    if not edits:
        return text
    lines = text.splitlines()
    data: Any = parse_yaml(text, path)
    records: Any = data if isinstance(data, CommentedSeq) else []
    places = {record.get("id"): place for place, record in enumerate(records)}
    changes: list[_Change] = []
    for edit in edits:
        place = places.get(edit.source_id)
        if place is None:
            raise UsageError(f"{path}: there is no source “{edit.source_id}”.")
        end = records.lc.item(place + 1)[0] if place + 1 < len(records) else len(lines)
        changes += _changes(_Record(records[place], lines, end, path), edit, today)
    # From the end, so that line numbers stay valid; at the same place, replacements before insertions.
    for _, change in sorted(enumerate(changes), key=lambda pair: (-pair[1].start, pair[1].is_new, -pair[0])):
        lines[change.start : change.end] = change.lines
    return "\n".join(lines) + "\n"


def appended(text: str, record: Mapping[str, Any]) -> str:
    """``text`` with ``record`` appended, one list per line."""
    lines = []
    for key, value in record.items():
        if key == "lists":
            lines += ["lists:", *(f"  - {flow(listed)}" for listed in value)]
        elif key == "select":
            lines += ["select:", *(f"  {name}: {flow(css)}" for name, css in value.items())]
        else:
            lines.append(f"{key}: {flow(value)}")
    block = "\n".join(("- " if number == 0 else "  ") + line for number, line in enumerate(lines))
    return f"{_EMPTY.sub('', text).rstrip()}\n\n{block}\n".lstrip("\n")


def difference(before: str, after: str, path: Path) -> str:
    """A unified diff of the two texts of ``path``; empty if they are equal."""
    name = path.name
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="", n=2)
    return "\n".join(lines)


def flow(value: Any) -> str:
    """``value`` as YAML on one line, quoted where YAML requires it."""
    yaml = YAML(typ="rt", pure=True)
    yaml.default_flow_style = True
    yaml.width = 1_000_000
    out = io.StringIO()
    yaml.dump(_plain(value), out)
    return out.getvalue().removesuffix("\n").removesuffix("\n...").strip()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value


@dataclass(frozen=True, slots=True)
class _Change:
    """The lines ``start`` to ``end`` (from 0, half-open) become ``lines``."""

    start: int
    end: int
    lines: tuple[str, ...]

    @property
    def is_new(self) -> bool:
        """Whether it is an insertion."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class _Record:
    """One record of the file: its node, all lines, and the line after its last one."""

    node: CommentedMap
    lines: list[str]
    end: int
    path: Path

    @property
    def indent(self) -> str:
        """The indentation of its keys."""
        return " " * int(self.node.lc.col)

    def key_line(self, key: str) -> int:
        """The number of the line with ``key``."""
        return int(self.node.lc.key(key)[0])

    def key_end(self, key: str) -> int:
        """The line after the value of ``key``, not counting comments and blank lines that follow."""
        start = self.key_line(key)
        later = [line for line in map(self.key_line, self.own) if line > start]
        return self.trimmed(start, min(later, default=self.end))

    def trimmed(self, start: int, end: int) -> int:
        """``end`` moved up before any comments and blank lines."""
        while end > start + 1 and _COMMENT.match(self.lines[end - 1]):
            end -= 1
        return end

    @property
    def own(self) -> list[str]:
        """Its own keys, without the merged ones."""
        return [key for key, _ in self.node.non_merged_items()]

    def fault(self, line: int, message: str) -> FileError:
        """An error at a line of the file."""
        return FileError([Problem(self.path, line + 1, 1, message)])


def _changes(record: _Record, edit: RecordEdit, today: date) -> list[_Change]:
    changes = list(_lists(record, edit.replaced, today))
    if edit.article_urls:
        # state explicitly what was implied without the key
        implied = SYSTEMS.get(record.node.get("cms", ""), ()) if "article_urls" not in record.node else ()
        changes.append(_words(record, "article_urls", (*implied, *edit.article_urls)))
    if edit.hosts:
        changes.append(_words(record, "hosts", edit.hosts))
    if edit.encoding:
        changes.append(_scalar(record, "encoding", edit.encoding))
    if edit.verified:
        changes.append(_scalar(record, "verified", edit.verified.isoformat()))
    return changes


def _scalar(record: _Record, key: str, value: str) -> _Change:
    """Set the one-line value of ``key``, which is added at the end of the record if missing."""
    if key not in record.node:
        last = max(map(record.key_end, record.own))
        return _Change(last, last, (f"{record.indent}{key}: {value}",))
    line = record.key_line(key)
    match = re.match(_SCALAR.replace("KEY", re.escape(key)), record.lines[line])
    if not match:
        raise record.fault(line, f"“{key}” is not on one line; edit it by hand.")
    return _Change(line, line + 1, (f"{match['key']}{value}{match['rest']}",))


def _words(record: _Record, key: str, values: Sequence[str]) -> _Change:
    """A list of words with ``values`` added, on one line."""
    known = list(record.node.get(key) or ())
    line = f"{record.indent}{key}: {flow([*known, *(value for value in values if value not in known)])}"
    if key in record.node:
        return _Change(record.key_line(key), record.key_end(key), (line,))
    at = record.key_end("lists" if "lists" in record.node else "hosts")
    return _Change(at, at, (line,))


def _lists(record: _Record, replaced: Sequence[Replaced], today: date) -> Iterator[_Change]:
    """New lists, each after the one it replaces, which is marked as deprecated."""
    lists: CommentedSeq | None = record.node.get("lists")
    if not replaced:
        return
    if not lists:
        at, end = (
            (record.key_line("lists"), record.key_end("lists"))
            if "lists" in record.node
            else (record.key_end("hosts"), record.key_end("hosts"))
        )
        lines = (f"{record.indent}  - {flow(new)}" for _, new, _ in replaced)
        yield _Change(at, end, (f"{record.indent}lists:", *lines))
        return
    if lists.fa.flow_style():
        raise record.fault(record.key_line("lists"), "the lists are on one line; put each on a line of its own.")
    starts = [_dash_line(record, lists, place) for place in range(len(lists))]
    indent = record.lines[starts[0]][: record.lines[starts[0]].index("-")]
    for old, new, reason in replaced:
        line = f"{indent}- {flow(new)}"
        in_use = [None if "deprecated" in each else each.get("url") for each in lists]
        place = in_use.index(old) if old in in_use else None
        if place is None and old and new["url"] in in_use:
            continue  # already written
        if place is None:
            at = record.key_end("lists")
            yield _Change(at, at, (line,))
            continue
        item: CommentedMap = lists[place]
        following = starts[place + 1] if place + 1 < len(lists) else record.key_end("lists")
        end = record.trimmed(item.lc.line, following)
        mark = f"deprecated: {flow({'date': today, 'reason': reason})}"
        if item.fa.flow_style():
            last = record.lines[end - 1]
            at = last.rindex("}")
            yield _Change(end - 1, end, (f"{last[:at]}, {mark}{last[at:]}", line))
        else:
            yield _Change(end, end, (f"{' ' * item.lc.col}{mark}", line))


def _dash_line(record: _Record, lists: CommentedSeq, place: int) -> int:
    """The line of an item's dash; an anchor may stand between it and the item."""
    line = int(lists.lc.item(place)[0])
    while not record.lines[line].lstrip().startswith("- "):
        line -= 1
    return line
