"""docs/licences.md names every package that pyproject.toml names, with the licence that the package states."""

from __future__ import annotations

import re
from email.message import Message
from pathlib import Path

import pytest

from scripts.licence_docs import licence_docs, licence_of


def test_the_licences_page_is_current(root: Path) -> None:
    assert (root / "docs/licences.md").read_text("utf-8") == licence_docs(root), (
        "docs/licences.md is old; run: python -m scripts.licence_docs > docs/licences.md"
    )


def test_no_licence_is_unknown(root: Path) -> None:
    rows = re.findall(r"^\| (\S+) \| (.+?) \|", (root / "docs/licences.md").read_text("utf-8"), re.M)[1:]
    assert len(rows) > 30
    assert not [name for name, licence in rows if licence == "not stated" or "GPL" in licence.replace("LGPL", "")]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ([("License-Expression", "MIT"), ("License", "x")], "MIT"),
        ([("License", "Apache 2.0")], "Apache 2.0"),
        ([("License", "A long\ntext"), ("Classifier", "License :: OSI Approved :: BSD License")], "BSD License"),
        ([("License", "UNKNOWN")], "not stated"),
    ],
)
def test_how_a_licence_is_stated(fields: list[tuple[str, str]], said: str) -> None:
    package = Message()
    for name, value in fields:
        package[name] = value
    assert licence_of(package) == said  # type: ignore[arg-type]
