"""Each pattern with Chinese words has an example that it finds and one that it must not.

``structures.tsv`` holds those of the classifier, ``page_structures.tsv`` those of the crawler.
"""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import classifiers
import crawler.extract
import crawler.lists
import crawler.probe
from scripts.count_words import counted

CHINESE = re.compile("[\u4e00-\u9fff]")
RANGE = re.compile(r"一-[鿿龥]|\\u4e00-\\u9f(?:a5|ff)")  # all characters: no words
FILES = {
    "structures.tsv": (classifiers,),
    "page_structures.tsv": (crawler.extract, crawler.lists, crawler.probe),
}


def read(name: str) -> list[list[str]]:
    """The rows of one of the files."""
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [line.replace("⏎", "\n").split("\t") for line in lines if not line.startswith("#")]


def patterns(packages: tuple[ModuleType, ...]) -> set[tuple[str, str]]:
    """Module and name of the patterns with Chinese words that modules of ``packages`` make themselves."""
    found = set()
    for info in (
        info for package in packages for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ):
        module = import_module(info.name)
        source = Path(module.__file__ or "").read_text("utf-8")
        for name, value in vars(module).items():
            if not isinstance(value, re.Pattern) or not isinstance(value.pattern, str):
                continue
            if CHINESE.search(RANGE.sub("", value.pattern)) and re.search(rf"^{name}\b.*= ?re\.compile", source, re.M):
                found.add((info.name.partition(".")[2], name))
    return found


ROWS = [(packages[0].__name__.partition(".")[0], *row) for name, packages in FILES.items() for row in read(name)]


@pytest.mark.parametrize("name", FILES)
def test_every_pattern_has_its_example(name: str) -> None:
    assert sorted(patterns(FILES[name]) - {(module, pattern) for module, pattern, *_ in read(name)}) == []


@pytest.mark.parametrize(("top", "module", "name", "how", "found", "other"), ROWS, ids=lambda text: text[:24])
def test_a_pattern_finds_its_example(top: str, module: str, name: str, how: str, found: str, other: str) -> None:
    pattern = getattr(import_module(f"{top}.{module}"), name)
    ask = {"search": pattern.search, "match": pattern.match, "full": pattern.fullmatch}[how]
    assert ask(found), pattern.pattern
    assert not ask(other), pattern.pattern


def test_word_lists_stay_out_of_code(root: Path) -> None:
    """`python -m scripts.count_words` prints the modules; a longer list belongs into wordings.yaml."""
    assert sum(counted(root / "classifiers").values()) < 3000
