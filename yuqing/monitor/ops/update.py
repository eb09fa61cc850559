"""Merging newly shipped rules into edited ones: a three-way merge of named entries and of a table's keys.

It compares the copy as first written (:data:`BASE`), the operator's version, and the one this version ships. An entry
that the operator left alone becomes the new one; one that both changed stays as the operator has it, and is reported.
The operator's text is not reformatted: entries are whole lines of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

from yuqing.core.errors import YuqingError
from yuqing.core.files import translated_errors
from yuqing.core.yamlfile import parse_yaml
from yuqing.monitor.ops.init import BASE, shipped

NO_BASE = "`yuqing init` wrote it; without it there is no telling what you edited."
MERGED = ("keywords.yaml", "sources.yaml")
_TABLE = re.compile(r"([A-Za-z_]\w*):")
_KEY = re.compile(r"\s+([A-Za-z_]\w*):")
_ENTRY = re.compile(r"\s*- (?:\{\s*)?(?:name|id):\s*[\"']?([^\"',}#\n]+?)[\"']?\s*(?:[,}#].*)?$", re.DOTALL)


@dataclass(slots=True)
class Merged:
    """A file after the merge. ``taken`` and ``kept`` name entries: those updated from the new version, and those that
    both had changed and that were therefore kept."""

    name: str
    before: str
    text: str
    taken: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def diff(self) -> str:
        """What the merge changes."""
        lines = unified_diff(self.before.splitlines(), self.text.splitlines(), self.name, f"{self.name} (new)", "", "")
        return "\n".join(line.rstrip("\n") for line in lines)


def merge(folder: Path) -> list[Merged]:
    """The files of ``folder`` merged with this version; nothing is written.

    Raises YuqingError if a file or its original copy cannot be read.
    """
    found = []
    for name in MERGED:
        with translated_errors(folder / name, kind=YuqingError):
            mine = (folder / name).read_text("utf-8")
        base_file = folder / BASE / name
        with translated_errors(base_file, help_=NO_BASE, kind=YuqingError):
            base = base_file.read_text("utf-8")
        one = _merged(name, base, mine, shipped(name).decode("utf-8"))
        parse_yaml(one.text, folder / name)  # a merge that is not valid YAML is not offered
        found.append(one)
    return found


def write(folder: Path, files: list[Merged]) -> None:
    """Put the merged files in place, keeping the old ones as NAME.before and the shipped copies as the new base."""
    for one in files:
        path = folder / one.name
        with translated_errors(path, "cannot be written", kind=YuqingError):
            if one.text != one.before:
                path.with_name(path.name + ".before").write_text(one.before, "utf-8")
                path.write_text(one.text, "utf-8")
            (folder / BASE / one.name).write_bytes(shipped(one.name))


def _merged(name: str, base: str, mine: str, new: str) -> Merged:
    olds, ours, news = _pieces(base), _pieces(mine), _pieces(new)
    one = Merged(name, mine, "")
    result: dict[str, str] = {}
    for key, text in ours.items():
        old, fresh = olds.get(key), news.get(key)
        if fresh is None:
            if old == text:
                one.taken.append(f"{_shown(key)} (gone)")
                continue
            result[key] = text
        elif text == fresh or old == fresh:
            result[key] = text
        elif text == old:
            result[key] = fresh
            one.taken.append(_shown(key))
        else:
            result[key] = text
            one.kept.append(_shown(key))
    for key in news:
        if key not in ours and key not in olds:
            one.taken.append(f"{_shown(key)} (new)")
            result = _put_behind(result, key, news)
    one.text = "".join(result.values())
    return one


def _put_behind(result: dict[str, str], key: str, news: dict[str, str]) -> dict[str, str]:
    """``result`` with the new entry inserted after its predecessor in the new file, or else at the end of its table."""
    order = list(news)
    before = next((other for other in reversed(order[: order.index(key)]) if other in result), None)
    if before is None:
        return {key: news[key], **result}
    text: dict[str, str] = {}
    for other, piece in result.items():
        text[other] = piece if piece.endswith("\n") else piece + "\n"
        if other == before:
            text[key] = news[key]
    return text


def _pieces(text: str) -> dict[str, str]:
    """The lines of a file grouped by entry (table, key within it, and name), in order."""
    pieces: dict[str, str] = {}
    table, inner, depth, key = "", "", -1, " head"
    width = -1  # indentation of a table's own keys
    for line in text.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip())
        top, entry, own = _TABLE.match(line), _ENTRY.match(line), _KEY.match(line)
        if top:
            table, inner, depth, width, key = top[1], "", -1, -1, f"{top[1]} "
        elif line.strip() and not line.lstrip().startswith("#"):
            width = indent if width < 0 else width
            if own and indent == width:
                inner, depth, key = f"{own[1]} ", -1, f"{table} {own[1]} "
            elif entry and (depth < 0 or indent == depth):
                depth, key = indent, f"{table} {inner}{entry[1]}"
                while key in pieces:
                    key += "'"
        pieces[key] = pieces.get(key, "") + line
    return pieces


def _shown(key: str) -> str:
    return key.strip()
