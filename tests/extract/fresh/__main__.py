"""``python -m tests.extract.fresh [FOLDER]``: pages right in each field and in all; of the read half what is wrong.

FOLDER has ``read`` and ``unread`` (or one of them) with pages and an ``expected.jsonl`` like those here; pages that may
not be copied into the project are scored where they are.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.extract.fresh.scoring import FIELDS, HERE, PRINTED, score, score_bodies


def main(folder: Path) -> None:
    """Print the halves that ``folder`` has."""
    for half in (half for half in (folder / "read", folder / "unread") if half.is_dir()):
        pages = score(half)
        wrong = Counter(field for page in pages for field in page.wrong)
        false = Counter(field for page in pages for field in page.false)
        print(f"{half.name}: {sum(page.right for page in pages)} of {len(pages)} pages right in all fields")
        print("  wrong:", ", ".join(f"{field} {wrong[field]}" for field in FIELDS))
        print("  of these not empty:", ", ".join(f"{field} {false[field]}" for field in PRINTED))
        print("  bodies found by density:", dict(score_bodies(half)))
        for page in pages if half.name == "read" else ():
            for field, (found, label) in page.wrong.items():
                print(f"  {page.file} {page.kind} {field}: {str(found)[:90]} | {str(label)[:60]}")


main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
