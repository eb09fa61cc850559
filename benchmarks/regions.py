"""How long resolve() takes for an article, beside the plain way: jieba.cut and a dict of place names.

Run: ``python -m benchmarks.regions [ARTICLES]``. The texts are those of ``benchmarks/classify.py``: random
Chinese of 2,000 characters with sentences of the subject, two or three places each, set in between.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import jieba

from benchmarks.classify import articles
from benchmarks.row import Row
from classifiers.document import Document, prepare
from classifiers.regions import resolve
from classifiers.regions.gazetteer import gazetteer


def milliseconds(work: Callable[[Document], object], documents: list[Document]) -> float:
    """For one document, the best of five rounds."""
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for document in documents:
            work(document)
        best = min(best, (time.process_time() - began) * 1000 / len(documents))
    return best


def rows() -> list[Row]:
    """On the subject."""
    names = gazetteer().names
    documents = [prepare(article) for article in articles(200, 3)]
    return [
        Row(job="resolve() places", unit="ms", baseline_name="jieba.cut and a dict",
            ours=milliseconds(resolve, documents),
            baseline=milliseconds(lambda d: [w for w in jieba.cut(d.body.text) if w in names], documents[:20]))
    ]  # fmt: skip


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    began = time.process_time()
    gazetteer()
    print(f"gazetteer read in {(time.process_time() - began) * 1000:.0f} ms")
    names = gazetteer().names
    print(f"{'text':<22}{'resolve ms':>12}{'jieba+dict ms':>15}{'ratio':>8}{'tags':>7}")
    for label, planted in (("off the subject", 0), ("3 sentences on it", 3), ("8 sentences on it", 8)):
        documents = [prepare(article) for article in articles(count, planted)]
        tags = sum(len(resolve(document)[0]) for document in documents) / count
        ours = milliseconds(resolve, documents)
        plain = milliseconds(lambda d: [w for w in jieba.cut(d.body.text) if w in names], documents[:20])
        print(f"{label:<22}{ours:>12.3f}{plain:>15.2f}{plain / ours:>8.0f}{tags:>7.1f}")


if __name__ == "__main__":
    main()
