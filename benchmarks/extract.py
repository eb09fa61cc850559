"""Extraction compared with trafilatura (with metadata) and gne: pages per second and scores on the same saved pages.

    python -m benchmarks.extract [FOLDER]      FOLDER holds manifest.jsonl and the pages (default: ../shared/pages)

Each extractor gets what its users would give it: bytes for this project (decoding is part of its work), decoded text
for the others, so their figures exclude decoding. gne and readability-lxml are compared if they can be imported, and
news-please if ``make bench-setup`` has created its own venv (its boto3 needs an older python-dateutil than the pinned
one). Medians of ROUNDS alternating runs over the article pages.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import trafilatura

from benchmarks.row import Row, Target
from crawler.decode import decode
from crawler.extract import extract
from yuqing.core.records import Article, Page
from yuqing.core.times import SHANGHAI

try:
    import gne
except ImportError:
    gne = None
try:
    import readability
except ImportError:
    readability = None

ROUNDS = 3
OURS = "this project"
TARGETS = {"trafilatura": Target("ratio", ">=", 6), "news-please": Target("ratio", ">=", 10)}
NEWSPLEASE = Path(sys.prefix) / "newsplease" / "bin" / "python"
SCRIPT = Path(__file__).with_name("newsplease_pages.py")
DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "pages"
CONTRADICTED = Path(__file__).resolve().parents[1] / "tests" / "extract" / "contradicted.json"
Found = tuple[str, str, str, str]  # title, published, origin, body
Extractor = Callable[[list["Saved"]], tuple[float, list[Found]]]  # returns CPU seconds, and what it found on each page


@dataclass
class Saved:
    """A saved article page and its record."""

    page: Page
    text: str
    record: dict[str, Any]
    wrong: set[str]  # fields of the record that the page itself contradicts
    no_body: tuple[str, ...]  # the first words of passages in the record that are not text of the article


@dataclass
class Score:
    """Correct answers out of those expected, by field."""

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
    except Exception:  # gne raises various errors on pages it cannot read
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


def score(pages: list[Saved], answers: list[Found]) -> Score:
    """Exact titles (letters and digits), days, printed origins, and passages found in the body."""
    result = Score()
    for saved, (title, published, origin, body) in zip(pages, answers, strict=True):
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


def here(extractor: Callable[[Saved], Found]) -> Extractor:
    """An extractor of this process."""

    def read(pages: list[Saved]) -> tuple[float, list[Found]]:
        started = time.process_time()
        found = [extractor(saved) for saved in pages]
        return time.process_time() - started, found

    return read


def with_newsplease(pages: list[Saved]) -> tuple[float, list[Found]]:
    """In a process of its own venv."""
    given = json.dumps([(saved.page.url, saved.text) for saved in pages])
    done = subprocess.run(
        [NEWSPLEASE, "-W", "ignore", SCRIPT], input=given, stdout=subprocess.PIPE, text=True, check=True
    )
    seconds, found = json.loads(done.stdout.splitlines()[-1])
    return seconds, [tuple(one) for one in found]


def others() -> dict[str, Extractor]:
    """The extractors that are installed."""
    found: dict[str, Extractor] = {"trafilatura": here(with_trafilatura)}
    if gne is not None:
        found["gne"] = here(with_gne)
    if readability is not None:
        found["readability-lxml"] = here(with_readability)
    if NEWSPLEASE.exists():
        found["news-please"] = with_newsplease
    return found


@dataclass
class Outcome:
    """How long an extractor takes (CPU seconds, median) and how accurate it is."""

    seconds: float
    score: Score


def measured(pages: list[Saved]) -> dict[str, Outcome]:
    """All extractors over all pages, alternating; this project's is named OURS."""
    extractors = {OURS: here(ours), **others()}
    extractors[OURS](pages[:10])  # compile selectors and tables
    seconds: dict[str, list[float]] = {name: [] for name in extractors}
    scores: dict[str, Score] = {}
    for _ in range(ROUNDS):
        for name, extractor in extractors.items():
            took, found = extractor(pages)
            seconds[name].append(took)
            scores[name] = score(pages, found)
    return {name: Outcome(statistics.median(took), scores[name]) for name, took in seconds.items()}


def rows() -> list[Row]:
    """A row for each other extractor; empty if ../shared is missing."""
    if not (DEFAULT / "manifest.jsonl").exists():
        return []
    pages = load(DEFAULT)
    outcomes = measured(pages)
    mine, made = outcomes.pop(OURS), []
    for name, theirs in outcomes.items():
        shown = "; ".join(f"{key} {mine.score.show(key)} against {theirs.score.show(key)}" for key in mine.score.asked)
        made.append(
            Row(job=f"extract() beside {name}", unit="pages/s", ours=len(pages) / mine.seconds, baseline_name=name,
                baseline=len(pages) / theirs.seconds, target=TARGETS.get(name), note=shown)
        )  # fmt: skip
    return made


def main() -> None:
    pages = load(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
    outcomes = measured(pages)
    print(f"{len(pages)} pages, {sum(len(saved.page.body) for saved in pages) / len(pages) / 1000:.0f} KB on average")
    print(f"{'':16}{'pages/s':>9}{'ours':>8}{'title':>9}{'day':>9}{'origin':>9}{'passage':>10}")
    base = outcomes[OURS].seconds
    for name, outcome in outcomes.items():
        fields = "".join(f"{outcome.score.show(key):>9}" for key in ("title", "day", "origin"))
        print(f"{name:16}{len(pages) / outcome.seconds:9.1f}{outcome.seconds / base:7.1f}x{fields}", end="")
        print(f"{outcome.score.show('passage'):>10}")


if __name__ == "__main__":
    main()
