"""Extraction against trafilatura (with metadata) and gne: pages a second and scores on the same saved pages.

    python -m benchmarks.extract [FOLDER]      FOLDER holds manifest.jsonl and the pages (default: ../shared/pages)

Each extractor gets what its users give it: bytes for this project (decoding is part of its work), decoded text for the
others, so their figures lack the decoding. gne is compared where it can be imported. Medians of ROUNDS runs over the
article pages, one process, one after the other in turns.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import trafilatura

from benchmarks.row import Row, Target
from core.records import Article, Page
from core.times import SHANGHAI
from crawler.decode import decode
from crawler.extract import extract

try:
    import gne
except ImportError:
    gne = None
try:
    import readability
except ImportError:
    readability = None

ROUNDS = 3
DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "pages"
CONTRADICTED = Path(__file__).resolve().parents[1] / "tests" / "extract" / "contradicted.json"
Found = tuple[str, str, str, str]  # title, published, origin, body


@dataclass
class Saved:
    """A saved article page and its record."""

    page: Page
    text: str
    record: dict[str, Any]
    wrong: set[str]  # fields of the record that the page itself contradicts
    no_body: tuple[str, ...]  # how passages of the record begin that are no text of the article


@dataclass
class Score:
    """Right answers of those asked, by field."""

    right: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, right: bool) -> None:
        self.right[name] = self.right.get(name, 0) + right
        self.asked[name] = self.asked.get(name, 0) + 1

    def show(self, name: str) -> str:
        return f"{self.right.get(name, 0)}/{self.asked.get(name, 0)}"


def ours(saved: Saved) -> Found:
    result = extract(saved.page)
    return (result.title, result.published_at, result.origin, result.body) if isinstance(result, Article) else ("",) * 4


def with_trafilatura(saved: Saved) -> Found:
    found = trafilatura.bare_extraction(saved.text, url=saved.page.url, with_metadata=True)
    if found is None:
        return ("",) * 4
    return found.title or "", found.date or "", found.sitename or "", found.text or ""


def with_gne(saved: Saved) -> Found:
    try:
        found = gne.GeneralNewsExtractor().extract(saved.text)
    except Exception:  # gne raises all sorts on pages it cannot read
        return ("",) * 4
    return found["title"], found["publish_time"], found.get("source", ""), found["content"]


def with_readability(saved: Saved) -> Found:
    try:
        found = readability.Document(saved.text)
        return found.short_title(), "", "", found.summary()
    except Exception:  # as gne
        return ("",) * 4


def load(folder: Path) -> list[Saved]:
    pages = []
    contradicted = json.loads(CONTRADICTED.read_text(encoding="utf-8"))
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] != "article":
            continue
        body = (folder / row["file"]).read_bytes()
        url = row["url"] or f"http://{row['site']}/saved.html"
        page = Page(url=url, body=body, source_id="", fetched_at=datetime(2026, 11, 24, tzinfo=SHANGHAI))
        mine = [item for item in contradicted if item["file"] == row["file"]]
        wrong = {item["field"] for item in mine if item["field"] != "passage"}
        no_body = tuple(item["begins"] for item in mine if item["field"] == "passage")
        pages.append(Saved(page, decode(body, {}).text, row["gold"] or row["silver"] or {}, wrong, no_body))
    return pages


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def day(text: str) -> str:
    found = re.search(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})", text)
    return "{}-{:0>2}-{:0>2}".format(*found.groups()) if found else ""


def score(pages: list[Saved], extractor: Callable[[Saved], Found]) -> Score:
    """Exact titles (letters and digits), days, printed origins, and passages found in the body."""
    result = Score()
    for saved in pages:
        title, published, origin, body = extractor(saved)
        record = saved.record
        if record.get("title") and "title" not in saved.wrong:
            result.add("title", letters(title) == letters(record["title"]))
        if record.get("publish_time") and "day" not in saved.wrong:
            result.add("day", day(published) == day(record["publish_time"]))
        source = re.sub(r"\[(.*?)\]\(.*?\)", r"\1", record.get("source") or "").strip()
        if source and "origin" not in saved.wrong:
            result.add("origin", letters(origin) == letters(source))
        for passage in record.get("body_contains") or ():
            if passage.startswith(saved.no_body):
                continue
            result.add("passage", letters(passage) in letters(body))
    return result


def timed(pages: list[Saved], extractor: Callable[[Saved], Found]) -> float:
    """CPU seconds: other programs on the machine do not count."""
    started = time.process_time()
    for saved in pages:
        extractor(saved)
    return time.process_time() - started


def others() -> dict[str, Callable[[Saved], Found]]:
    """The extractors that are installed."""
    found: dict[str, Callable[[Saved], Found]] = {"trafilatura": with_trafilatura}
    if gne is not None:
        found["gne"] = with_gne
    if readability is not None:
        found["readability-lxml"] = with_readability
    return found


def measured(pages: list[Saved]) -> dict[str, float]:
    """Median CPU seconds over all pages, by extractor, in turns."""
    extractors = {"this project": ours, **others()}
    timed(pages[:10], ours)  # compile selectors and tables
    seconds: dict[str, list[float]] = {name: [] for name in extractors}
    for _ in range(ROUNDS):
        for name, extractor in extractors.items():
            seconds[name].append(timed(pages, extractor))
    return {name: statistics.median(found) for name, found in seconds.items()}


def rows() -> list[Row]:
    """A row for each other extractor; none where ../shared is absent."""
    if not (DEFAULT / "manifest.jsonl").exists():
        return []
    pages = load(DEFAULT)
    seconds = measured(pages)
    mine, made = score(pages, ours), []
    for name, other in others().items():
        theirs = score(pages, other)
        shown = "; ".join(f"{key} {mine.show(key)} against {theirs.show(key)}" for key in mine.asked)
        target = Target("ratio", ">=", 6) if name == "trafilatura" else None
        made.append(
            Row(job=f"extract() beside {name}", unit="pages/s", ours=len(pages) / seconds["this project"],
                baseline_name=name, baseline=len(pages) / seconds[name], target=target, note=shown)
        )  # fmt: skip
    return made


def main() -> None:
    pages = load(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
    seconds = measured(pages)
    print(f"{len(pages)} pages, {sum(len(saved.page.body) for saved in pages) / len(pages) / 1000:.0f} KB on average")
    print(f"{'':14}{'pages/s':>9}{'ratio':>8}{'title':>9}{'day':>9}{'origin':>9}{'passage':>10}")
    base = seconds["trafilatura"]
    for name, extractor in {"this project": ours, **others()}.items():
        median = seconds[name]
        found = score(pages, extractor)
        fields = "".join(f"{found.show(key):>9}" for key in ("title", "day", "origin"))
        print(f"{name:14}{len(pages) / median:9.1f}{base / median:7.1f}x{fields}{found.show('passage'):>10}")


if __name__ == "__main__":
    main()
