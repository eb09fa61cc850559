"""Each pattern of the classifier has an example that it finds and one that it must not (``structures.tsv``)."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest

import classifiers
from scripts.count_words import counted

LINES = Path(__file__).with_name("structures.tsv").read_text("utf-8").splitlines()
ROWS = [line.replace("⏎", "\n").split("\t") for line in LINES if not line.startswith("#")]
CHINESE = re.compile("[\u4e00-\u9fff]")


def patterns() -> dict[tuple[str, str], re.Pattern[str]]:
    """The patterns with Chinese words that a module makes itself, by module and name."""
    found = {}
    for info in pkgutil.walk_packages(classifiers.__path__, "classifiers."):
        module = import_module(info.name)
        source = Path(module.__file__ or "").read_text("utf-8")
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and CHINESE.search(re.sub("一-鿿", "", value.pattern)):
                made_here = re.search(rf"^{name}\b.*= ?re\.compile", source, re.MULTILINE)
                if made_here:
                    found[info.name.removeprefix("classifiers."), name] = value
    return found


PATTERNS = patterns()


def test_every_pattern_has_its_example() -> None:
    assert sorted(set(PATTERNS) - {(module, name) for module, name, *_ in ROWS}) == []


@pytest.mark.parametrize(("module", "name", "how", "found", "other"), ROWS, ids=lambda text: text[:24])
def test_a_pattern_finds_its_example(module: str, name: str, how: str, found: str, other: str) -> None:
    pattern = getattr(import_module(f"classifiers.{module}"), name)
    ask = {"search": pattern.search, "match": pattern.match, "full": pattern.fullmatch}[how]
    assert ask(found), pattern.pattern
    assert not ask(other), pattern.pattern


def test_word_lists_stay_out_of_code(root: Path) -> None:
    """`python -m scripts.count_words` prints the modules; a longer list belongs into wordings.yaml."""
    assert sum(counted(root / "classifiers").values()) < 3000
