"""How well furniture of a page is told from text, line by line: ``python -m tests.extract.fresh.lines``.

650 lines of a writer who had not seen the rules, each with its place on a page. The half in ``lines_read.jsonl`` is
read and fitted to; of ``lines_unread.jsonl`` only the totals are printed. A line's half is the parity of the SHA-256 of
its text.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.extract.boilerplate import is_boilerplate, is_byline, is_end_mark, starts_tail
from crawler.extract.footer import is_foreign

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Lines:
    """The furniture that is kept as text, and the text that is cut as furniture, with how many lines there are."""

    furniture: int
    kept: list[str]
    text: int
    cut: list[str]


def score(half: str) -> Lines:
    """The lines of one half, ``read`` or ``unread``."""
    rows = [json.loads(line) for line in (HERE / f"lines_{half}.jsonl").read_text("utf-8").splitlines()]
    furniture = [row for row in rows if row["furniture"]]
    text = [row for row in rows if not row["furniture"]]
    kept = [row["text"] for row in furniture if not is_cut(row)]
    return Lines(len(furniture), kept, len(text), [row["text"] for row in text if is_cut(row)])


def is_cut(row: dict[str, Any]) -> bool:
    """Whether a line at its place is left out of the article."""
    text = " ".join(row["text"].split())
    if row["where"] == "above":
        return is_boilerplate(text) or is_byline(text)
    ends = row["where"] == "below" and is_end_mark(text)
    return ends or is_boilerplate(text) or starts_tail(text) or is_foreign([text], 0)


def main() -> None:
    """Print both halves; of the one that is read, each line that is wrong."""
    for half in ("read", "unread"):
        found = score(half)
        sys.stdout.write(
            f"{half}: furniture left out {found.furniture - len(found.kept)} of {found.furniture},"
            f" text left out {len(found.cut)} of {found.text}\n"
        )
        if half == "read":
            sys.stdout.writelines(f"  kept | {line}\n" for line in found.kept)
            sys.stdout.writelines(f"  cut  | {line}\n" for line in found.cut)


if __name__ == "__main__":
    main()
