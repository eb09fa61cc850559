"""Place names that are also ordinary words, or may be cut out of ordinary words, and what they require.

The lists are in ``data/ordinary.tsv``. They are short because counties are matched by their full names: in the
gazetteer, 279 short county names are ordinary words (资源, 合作, 公安, 光明 …).
"""

from __future__ import annotations

from importlib.resources import files


def _read() -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    for line in files(__package__).joinpath("data", "ordinary.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, words = line.split("\t")
            lists.setdefault(kind, set()).update(words.split())
    return {kind: frozenset(words) for kind, words in lists.items()}


_LISTS = _read()
NO_ALONE = _LISTS["no-alone"]
AT_BOUNDARY = _LISTS["at-boundary"]
FULL_ONLY = _LISTS["full-only"]
NOT_BEFORE = _LISTS["not-before"]
_BUT = tuple(_LISTS["not-before-but"])
NOT_CHILD = _LISTS["not-child"]


def ends_in_word(text: str, end: int) -> bool:
    """Whether a name that ends there ends within another word (南京市|场)."""
    return text[end - 1 : end + 1] in NOT_BEFORE and (text[end - 1] == "市" or not text.startswith(_BUT, end))
