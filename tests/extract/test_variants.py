"""Other markup for the same page changes nothing of what is read (``python -m tests.extract.variants`` prints more)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.variants import VARIANTS, compared

PAGES = Path(__file__).parent / "pages"
# These take away what a page may need: its names, its metas, its <title>.
POORER = ("no_names", "no_metas", "no_title")


@pytest.mark.parametrize("name", [name for name in VARIANTS if name not in POORER])
def test_the_same_page_in_other_markup(name: str) -> None:
    differs = [(path, fields) for path, variant, fields in compared(PAGES, (name,)) if fields]
    assert differs == []
