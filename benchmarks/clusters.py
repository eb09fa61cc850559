"""Reprint clusters of 100,000 items, one in five a reprint: ``python -m benchmarks.clusters [COUNT]``.

Baseline: exact hashes of title and body alone, which find no reprint that was edited.
"""

from __future__ import annotations

import hashlib
import random
import resource
import sys
import time
from collections.abc import Iterator

from msgspec.structs import replace

from benchmarks.row import Row, Target, cpu_seconds
from benchmarks.synthetic import make_items
from indexer.cluster_index import clusters
from yuqing.core.records import Item
from yuqing.core.urls import item_id


def with_reprints(count: int) -> Iterator[tuple[Item, str]]:
    """Items in random order, each with the id of its original (its own for an original)."""
    rng = random.Random(2)
    pairs = []
    for item in make_items(count * 4 // 5):
        pairs.append((item, item.id))
        if rng.random() < 0.25:
            url = item.article.url.replace("example.cn", "reprint.cn")
            lines = item.article.body.splitlines()
            del lines[rng.randrange(len(lines))]
            body = "\n".join(["原标题：" + item.article.title, *lines, "责任编辑：某人"])
            article = replace(item.article, url=url, title="转载" + item.article.title, body=body)
            pairs.append((replace(item, id=item_id(url), article=article, tier="commercial"), item.id))
    rng.shuffle(pairs)
    return iter(pairs)


def measure(count: int) -> float:
    """CPU seconds for ``count`` items."""
    items = [item for item, _ in with_reprints(count)]
    return cpu_seconds(lambda: clusters(items))


def rows(count: int = 100_000) -> list[Row]:
    """No baseline: exact hashes find no reprint that was edited, so their time is meaningless."""
    return [Row(job=f"clusters of {count:,} items", unit="s", ours=measure(count), target=Target("ours", "<=", 40))]


def main() -> None:
    """Print time, memory, recall and false joins."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    pairs = list(with_reprints(count))
    start = time.perf_counter()
    for item, _ in pairs:
        hashlib.sha256(f"{item.article.title}\n{item.article.body}".encode()).digest()
    exact = time.perf_counter() - start
    start = time.perf_counter()
    found = clusters(item for item, _ in pairs)
    seconds = time.perf_counter() - start
    origin = {item.id: original for item, original in pairs}
    reprints = [(item_id_, original) for item_id_, original in origin.items() if item_id_ != original]
    joined = sum(i in found and o in found and found[i].id == found[o].id for i, o in reprints)
    wrong = sum(origin[i] != origin[cluster.id] for i, cluster in found.items())
    print(f"{len(pairs):,} items, {len(reprints):,} reprints")
    print(f"exact hash only  {exact:7.1f} s   finds 0 of them")
    pace = f"{len(pairs) / seconds:,.0f} items/s, {seconds / exact:.0f} times the baseline"
    print(f"clusters         {seconds:7.1f} s   {pace}")
    print(f"recall {joined / len(reprints):.4f}, items in a wrong cluster {wrong}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB (holds all items)")


if __name__ == "__main__":
    main()
