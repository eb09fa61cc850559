"""Makes docs/licences.md: under which licences the packages stand that this one names.

    python -m scripts.licence_docs > docs/licences.md

Run it after `make setup`; the extras `bench` and `scale` are left out. An absent package raises PackageNotFoundError.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

_HEAD = """# Licences of the dependencies

Made by `python -m scripts.licence_docs > docs/licences.md` from what the installed packages say of themselves; a test
keeps it current. The last column says what needs the package: the program itself (`yuqing`) or an extra. pip installs
them, none is bundled. `make audit` looks the pinned packages, these and what they need in turn, up in the
database of known faults.

| package | licence | needed by |
| --- | --- | --- |
"""
_APART = ("bench", "scale")  # not installed by `make setup`
_LONGEST = 40  # characters; some packages put the whole text into the field


def licence_docs(root: Path) -> str:
    """The document for the packages that ``root``/pyproject.toml names."""
    needed = _needed(root)
    return _HEAD + "".join(
        f"| {name} | {licence_of(metadata(name))} | {', '.join(extras)} |\n" for name, extras in sorted(needed.items())
    )


def licence_of(package: PackageMetadata) -> str:
    """The licence that a package states: as an expression, in a word, or by its classifier; else “not stated”."""
    stated = [name for key in ("License-Expression", "License") for name in package.get_all(key) or []]
    classified = [entry.rpartition(" :: ")[2] for entry in package.get_all("Classifier") or [] if "License ::" in entry]
    for name in [*stated, *classified]:
        if name and name != "UNKNOWN" and len(name) <= _LONGEST and "\n" not in name:
            return str(name)
    return "not stated"


def _needed(root: Path) -> dict[str, list[str]]:
    """The packages by name, each with what needs it."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    groups = {"yuqing": project["dependencies"], **project["optional-dependencies"]}
    needed: dict[str, list[str]] = {}
    for group, lines in groups.items():
        if group in _APART:
            continue
        for line in lines:
            name = re.split(r"[^\w.-]", line, maxsplit=1)[0]
            if name != project["name"]:
                needed.setdefault(name, []).append(group)
    return needed


if __name__ == "__main__":
    print(licence_docs(Path(__file__).resolve().parents[1]), end="")  # noqa: T201
