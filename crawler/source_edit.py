"""sources.yaml changed in place: only the lines of a change are touched, so that comments and spelling stay.

ruamel.yaml says where each key and value stands; it does not write the file, because it would lay out anew what
people laid out (lists over several lines, columns of one-line records).
"""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from crawler.dialects import SYSTEMS
from yuqing.core.errors import FileError, Problem, UsageError
from yuqing.core.yamlfile import parse_yaml

_SCALAR = re.compile(r"(?P<key>^\s*(?:- )?{key}:\s*)(?P<value>'[^']*'|\"[^\"]*\"|[^#\n]*?)(?P<rest>\s*(?:#.*)?)$")
_COMMENT = re.compile(r"^\s*(?:#.*)?$")
_INDENT = re.compile(r"\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEdit:
    """The changes of one record. ``replaced`` are new lists by the address of the list that each takes the place of
    (empty: none), which is kept as deprecated with its ``reason``; ``lists`` are mappings as the file has them."""

    source_id: str
    verified: date | None = None
    replaced: Sequence[tuple[str, Mapping[str, Any], str]] = ()
    article_urls: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    encoding: str = ""


def edited(text: str, path: Path, edits: Sequence[RecordEdit], today: date) -> str:
    """``text`` of the sources file ``path`` with ``edits``. Raises UsageError for what the file does not hold."""
    for edit in edits:
        text = _edit(text, path, edit, today)
    return text


def appended(text: str, record: Mapping[str, Any]) -> str:
    """``text`` with one record more at its end, its lists one a line."""
    lines = []
    for key, value in record.items():
        if key == "lists":
            lines += ["lists:", *(f"  - {flow(listed)}" for listed in value)]
        elif key == "select":
            lines += ["select:", *(f"  {name}: {flow(css)}" for name, css in value.items())]
        else:
            lines.append(f"{key}: {flow(value)}")
    block = "\n".join(("- " if number == 0 else "  ") + line for number, line in enumerate(lines))
    return f"{text.rstrip()}\n\n{block}\n"


def difference(before: str, after: str, path: Path) -> str:
    """A unified diff of the two texts of ``path``; empty where they are equal."""
    name = path.name
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="", n=2)
    return "\n".join(lines)


def flow(value: Any) -> str:
    """``value`` as YAML on one line, with quotes where YAML wants them."""
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


class _Record:
    """The lines of one record, and where its keys stand."""

    def __init__(self, text: str, path: Path, source_id: str) -> None:
        data = parse_yaml(text, path)
        records: Any = data if isinstance(data, CommentedSeq) else []
        place = next((n for n, each in enumerate(records) if each.get("id") == source_id), None)
        if place is None:
            raise UsageError(f"{path}: there is no source “{source_id}”.")
        self.path = path
        self.lines = text.splitlines()
        self.node: CommentedMap = records[place]
        self.end = records.lc.item(place + 1)[0] if place + 1 < len(records) else len(self.lines)
        self.indent = self.node.lc.col

    def key_line(self, key: str) -> int:
        """The number of the line that holds ``key`` of the record."""
        return int(self.node.lc.key(key)[0])

    def key_end(self, key: str) -> int:
        """The number of the line after the last line of the value of ``key``, comments and blank lines left out."""
        start = self.key_line(key)
        later = [self.key_line(other) for other in self.node if other in self._own and self.key_line(other) > start]
        return self.trimmed(start, min(later, default=self.end))

    def trimmed(self, start: int, end: int) -> int:
        """``end`` without the comments and blank lines before it."""
        while end > start + 1 and _COMMENT.match(self.lines[end - 1]):
            end -= 1
        return end

    def insert(self, line: int, *texts: str) -> None:
        """Put lines before the line ``line``."""
        self.lines[line:line] = texts

    @property
    def _own(self) -> set[str]:
        return {key for key, _ in self.node.non_merged_items()}

    def fault(self, line: int, message: str) -> FileError:
        """An error at a line (from 0)."""
        return FileError([Problem(self.path, line + 1, 1, message)])


def _edit(text: str, path: Path, edit: RecordEdit, today: date) -> str:
    for old, new, reason in edit.replaced:
        text = _replace_list(text, path, edit.source_id, old, new, reason, today)
    if edit.article_urls:
        text = _extend(text, path, edit.source_id, "article_urls", edit.article_urls)
    if edit.hosts:
        text = _extend(text, path, edit.source_id, "hosts", edit.hosts)
    if edit.encoding:
        text = _set(text, path, edit.source_id, "encoding", edit.encoding)
    if edit.verified:
        text = _set(text, path, edit.source_id, "verified", edit.verified.isoformat())
    return text


def _set(text: str, path: Path, source_id: str, key: str, value: str) -> str:
    """``text`` with the one-line value of ``key`` set; the key is added at the record's end where it has none."""
    record = _Record(text, path, source_id)
    if key not in record.node:
        last = max(record.key_end(each) for each, _ in record.node.non_merged_items())
        record.insert(last, f"{' ' * record.indent}{key}: {flow(value) if key != 'verified' else value}")
    else:
        line = record.key_line(key)
        pattern = re.compile(_SCALAR.pattern.replace("{key}", re.escape(key)))
        match = pattern.match(record.lines[line])
        if not match:
            raise record.fault(line, f"“{key}” does not stand on one line; edit it by hand.")
        record.lines[line] = f"{match['key']}{value}{match['rest']}"
    return "\n".join(record.lines) + "\n"


def _extend(text: str, path: Path, source_id: str, key: str, values: Sequence[str]) -> str:
    """``text`` with ``values`` added to a list of words; it is written on one line."""
    record = _Record(text, path, source_id)
    known = list(record.node.get(key) or ())
    if not known and key == "article_urls":  # what held without the key is said now
        known = list(SYSTEMS.get(record.node.get("cms", ""), ()))
    line = f"{' ' * record.indent}{key}: {flow([*known, *(value for value in values if value not in known)])}"
    if key in record.node:
        start, end = record.key_line(key), record.key_end(key)
        record.lines[start:end] = [line]
    else:
        record.insert(record.key_end("lists" if "lists" in record.node else "hosts"), line)
    return "\n".join(record.lines) + "\n"


def _replace_list(
    text: str, path: Path, source_id: str, old: str, new: Mapping[str, Any], reason: str, today: date
) -> str:
    """``text`` with the list ``new`` behind ``old``, which is marked as deprecated."""
    record = _Record(text, path, source_id)
    line = flow(new)
    if "lists" not in record.node or not record.node["lists"]:
        at = record.key_end("hosts")
        if "lists" in record.node:
            at = record.key_line("lists")
            del record.lines[at : record.key_end("lists")]
        record.insert(at, f"{' ' * record.indent}lists:", f"{' ' * (record.indent + 2)}- {line}")
        return "\n".join(record.lines) + "\n"
    lists: CommentedSeq = record.node["lists"]
    if lists.fa.flow_style():
        raise record.fault(record.key_line("lists"), "the lists stand on one line; put each on a line of its own.")
    place = next((n for n, each in enumerate(lists) if each.get("url") == old), None)
    dash = _INDENT.match(record.lines[_dash_line(record, lists, 0)])
    indent = dash[0] if dash else " " * (record.indent + 2)
    if place is None:
        record.insert(record.key_end("lists"), f"{indent}- {line}")
        return "\n".join(record.lines) + "\n"
    item: CommentedMap = lists[place]
    following = _dash_line(record, lists, place + 1) if place + 1 < len(lists) else record.key_end("lists")
    end = record.trimmed(item.lc.line, following)
    mark = flow({"date": today, "reason": reason})
    if item.fa.flow_style():
        last = record.lines[end - 1]
        at = last.rindex("}")
        record.lines[end - 1] = f"{last[:at]}, deprecated: {mark}{last[at:]}"
    else:
        record.insert(end, f"{' ' * item.lc.col}deprecated: {mark}")
        end += 1
    record.insert(end, f"{indent}- {line}")
    return "\n".join(record.lines) + "\n"


def _dash_line(record: _Record, lists: CommentedSeq, place: int) -> int:
    """The line of the dash of an item; an anchor may stand between it and the item."""
    line = int(lists.lc.item(place)[0])
    while not record.lines[line].lstrip().startswith("- "):
        line -= 1
    return line
