"""``python -m tests.extract.fresh``: pages right in each field and in all; of the read half also what is wrong."""

from __future__ import annotations

from collections import Counter

from tests.extract.fresh.scoring import FIELDS, score, score_bodies


def main() -> None:
    """Print both halves."""
    for half in ("read", "unread"):
        pages = score(half)
        wrong = Counter(field for page in pages for field in page.wrong)
        print(f"{half}: {sum(page.right for page in pages)} of {len(pages)} pages right in all fields")
        print("  wrong:", ", ".join(f"{field} {wrong[field]}" for field in FIELDS))
        print("  bodies found by density:", dict(score_bodies(half)))
        for page in pages if half == "read" else ():
            for field, (found, label) in page.wrong.items():
                print(f"  {page.file} {page.kind} {field}: {str(found)[:90]} | {str(label)[:60]}")


main()
