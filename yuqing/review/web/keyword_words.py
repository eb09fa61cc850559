"""The words of keywords.yaml by the places where people add them, and edits that leave every other byte unchanged.

The file is parsed only for the position of each list; words are inserted as text, so comments and layout are kept.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from yuqing.core.errors import UsageError
from yuqing.core.yamlfile import positions_parser

# Part of the file → its name, and the lists of words in each of its records.
PARTS: dict[str, tuple[str, dict[str, str]]] = {
    "sectors": ("领域", {"synonyms": "“互联网+”后的说法", "terms": "主题词"}),
    "ministries": ("部委", {"aliases": "别称"}),
    "enterprises": ("企业", {"aliases": "别称", "subsidiaries": "子公司", "products": "产品"}),
    "signals": ("信号", {"terms": "词"}),
}
WORDS_ONLY = frozenset(("synonyms",))  # lists that take no entries with conditions
MAX_WORD = 40
_BETWEEN = re.compile("[、，,；;]")
_PLAIN = set("：，。、；“”‘’（）《》·+")  # characters besides letters and digits that need no quotes in YAML


@dataclass(frozen=True, slots=True)
class Words:
    """A list of a record: its plain words, and its entries with conditions as they are written."""

    field: str
    words: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A sector, ministry, enterprise or signal with its lists."""

    name: str
    lists: tuple[Words, ...]


def records(text: str, part: str) -> list[Record]:
    """The records in a part of the file. Raises UsageError if the text cannot be parsed."""
    _, fields = _part(part)
    found = []
    for node in _records(text, part):
        lists = tuple(_words(text, field, _value(node, field)) for field in fields)
        found.append(Record(_name(node), lists))
    return found


def add_words(text: str, part: str, name: str, field: str, words: str) -> str:
    """``text`` with each of ``words`` (甲、乙) appended to a list. Raises UsageError if that is not possible."""
    for word in _BETWEEN.split(words):
        text = add_word(text, part, name, field, word)
    return text


def add_word(text: str, part: str, name: str, field: str, word: str) -> str:
    """``text`` with ``word`` appended to a list. Raises UsageError if that is not possible."""
    word = word.strip()
    if len(word) > MAX_WORD or not word.isprintable() or not any(char.isalnum() for char in word):
        raise UsageError(f"请写一个词，最多 {MAX_WORD} 个字。")
    if word in _words(text, field, _value(_record(text, part, name, field), field)).words:
        raise UsageError(f"“{name}”里已经有“{word}”。")
    return add_entry(text, part, name, field, written(word))


def add_entry(text: str, part: str, name: str, field: str, entry: str) -> str:
    """``text`` with ``entry``, as YAML, appended to a list. Raises UsageError if that is not possible."""
    node = _record(text, part, name, field)
    value = _value(node, field)
    if value is None:
        return _new_list(text, node, field, entry)
    if not isinstance(value, SequenceNode):
        raise UsageError(f"“{name}”的“{field}”写法特殊，请在全文里改。")
    if value.flow_style:
        end = value.end_mark.index - 1  # before the closing bracket
        return f"{text[:end].rstrip()}{', ' if value.value else ''}{entry}{text[end:]}"
    last = value.value[-1]
    end = _line_end(text, last)
    indent = " " * (last.start_mark.column - 2)
    return f"{text[:end]}\n{indent}- {entry}{text[end:]}"


def remove_word(text: str, part: str, name: str, field: str, word: str) -> str:
    """``text`` without an entry of a list: a plain word, or one with conditions as it is written.

    Raises UsageError if it is not in the list.
    """
    value = _value(_record(text, part, name, field), field)
    entries = value.value if isinstance(value, SequenceNode) else []
    at = next((number for number, one in enumerate(entries) if _shown(text, one) == word), None)
    if not isinstance(value, SequenceNode) or at is None:
        raise UsageError(f"“{name}”里没有“{word}”。")
    node = entries[at]
    start, end = node.start_mark.index, node.end_mark.index
    if not value.flow_style:
        line = text.rfind("\n", 0, start)
        return text[:line] + text[_line_end(text, node) :]
    if at + 1 < len(entries):
        return text[:start] + text[entries[at + 1].start_mark.index :]
    if at:
        return text[: entries[at - 1].end_mark.index] + text[end:]
    return text[:start] + text[end:]


def add_record(text: str, part: str, entry: str, after: str) -> str:
    """``text`` with the record ``entry``, as YAML, after the one called ``after`` ("": at the end)."""
    found = list(_records(text, part))
    node = next((one for one in found if _name(one) == after), found[-1] if found and not after else None)
    if node is None:
        raise UsageError(f"没有叫“{after}”的{_part(part)[0]}。" if found else "这一部分还是空的，请在全文里写第一条。")
    indent = " " * (node.start_mark.column - 2)
    end = _line_end(text, node)
    return f"{text[:end]}\n{indent}- {entry}{text[end:]}"


def _part(part: str) -> tuple[str, dict[str, str]]:
    if part not in PARTS:
        raise UsageError("没有这一部分。")
    return PARTS[part]


def _records(text: str, part: str) -> Iterator[MappingNode]:
    root = _read(text)
    holder = _value(root, "relevance") if part == "signals" else root
    found = _value(holder, part)
    if isinstance(found, SequenceNode):
        yield from (node for node in found.value if isinstance(node, MappingNode))


@lru_cache(maxsize=2)
def _read(text: str) -> Any:
    """The nodes of the file; they must not be modified."""
    try:
        return positions_parser().compose(io.StringIO(text))
    except YAMLError as error:
        raise UsageError("规则文件现在有错误，请先在“全文”里改正。") from error


def _record(text: str, part: str, name: str, field: str) -> MappingNode:
    title, fields = _part(part)
    if field not in fields:
        raise UsageError("没有这一栏。")
    for node in _records(text, part):
        if _name(node) == name:
            return node
    raise UsageError(f"没有叫“{name}”的{title}。")


def _value(node: Node | None, key: str) -> Node | None:
    pairs: Sequence[tuple[Node, Node]] = node.value if isinstance(node, MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _name(node: MappingNode) -> str:
    value = _value(node, "name")
    return str(value.value) if value else ""


def _words(text: str, field: str, value: Node | None) -> Words:
    entries = value.value if isinstance(value, SequenceNode) else []
    words = tuple(str(one.value) for one in entries if isinstance(one, ScalarNode))
    return Words(field, words, tuple(_shown(text, one) for one in entries if not isinstance(one, ScalarNode)))


def _shown(text: str, entry: Node) -> str:
    """A plain word as it is; an entry with conditions as written, on one line."""
    if isinstance(entry, ScalarNode):
        return str(entry.value)
    return " ".join(text[entry.start_mark.index : entry.end_mark.index].split())


def _new_list(text: str, node: MappingNode, field: str, entry: str) -> str:
    """A list that the record does not have yet, after its last key."""
    if node.flow_style:
        end = node.end_mark.index - 1
        return f"{text[:end].rstrip()}, {field}: [{entry}]{text[end:]}"
    key, value = node.value[-1]
    end = _line_end(text, value)
    return f"{text[:end]}\n{' ' * key.start_mark.column}{field}: [{entry}]{text[end:]}"


def _line_end(text: str, node: Node) -> int:
    """The end of the line on which ``node`` ends (a block ends after its last line)."""
    end = len(text[: node.end_mark.index].rstrip())
    found = text.find("\n", end)
    return found if found >= 0 else len(text)


def written(word: str) -> str:
    """``word`` as YAML: quoted if it could be read as something else."""
    plain = all(char.isalnum() or char in _PLAIN for char in word) and not word[0].isdigit() and word[0] not in "“‘+"
    if plain and word.lower() not in {"true", "false", "yes", "no", "null", "on", "off", "y", "n"}:
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
