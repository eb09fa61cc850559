"""How long resolve() takes per article, compared with a simple method: jieba.cut and a dict of place names.

Run: ``python -m benchmarks.regions [ARTICLES]``. The texts are those of ``benchmarks/classify.py``: random Chinese of
2,000 characters with sentences on the subject inserted, with two or three places each.
"""

from __future__ import annotations

import sys
import time

import jieba

from benchmarks.classify import ARTICLES, ROUNDS, articles
from benchmarks.row import Row, in_turns
from classifiers.document import Document, prepare
from classifiers.regions import resolve
from classifiers.regions.gazetteer import gazetteer


def milliseconds(documents: list[Document]) -> tuple[float, float]:
    """For one document: resolve(), and jieba.cut with a dict."""
    names = gazetteer().names
    seconds = in_turns(
        {
            "ours": lambda: [resolve(document) for document in documents],
            "plain": lambda: [
                [word for word in jieba.cut(document.body.text) if word in names] for document in documents
            ],
        },
        ROUNDS,
    )
    return seconds["ours"] * 1000 / len(documents), seconds["plain"] * 1000 / len(documents)


def rows() -> list[Row]:
    """On the subject."""
    ours, plain = milliseconds([prepare(article) for article in articles(ARTICLES, 3)])
    return [Row(job="resolve() places", unit="ms", ours=ours, baseline_name="jieba.cut and a dict", baseline=plain)]


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    began = time.process_time()
    gazetteer()
    print(f"gazetteer read in {(time.process_time() - began) * 1000:.0f} ms")
    print(f"{'text':<22}{'resolve ms':>12}{'jieba+dict ms':>15}{'ratio':>8}{'tags':>7}")
    for label, planted in (("off the subject", 0), ("3 sentences on it", 3), ("8 sentences on it", 8)):
        documents = [prepare(article) for article in articles(count, planted)]
        tags = sum(len(resolve(document)[0]) for document in documents) / count
        ours, plain = milliseconds(documents)
        print(f"{label:<22}{ours:>12.3f}{plain:>15.2f}{plain / ours:>8.0f}{tags:>7.1f}")


if __name__ == "__main__":
    main()
