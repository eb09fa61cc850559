"""The whole pipeline compared with bare Scrapy on the same pages over loopback, and its memory as it grows.

    python -m benchmarks.crawl [PAGES]

Prints pages per second for bare Scrapy (fetch only) and for ours (fetch, archive, extract, classify, cluster, store,
ledger), the ratio, and our memory at every tenth of the way: that of the crawl and its reader process, with shared
memory counted once.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.row import Row, Target
from benchmarks.synthetic import frequent_words

HOSTS = 40
ROWS = 50  # links per list page
A_DAY = 500  # pages of one day over all hosts: many days' worth of a real crawl, with 100 news articles
NEWEST = date(2018, 3, 14)
A_HOST = 1_000_000  # numbers of a host's pages
ROOT = Path(__file__).resolve().parents[1]
SEED = 7


@cache
def words() -> list[str]:
    """Frequent Chinese words of two to four characters, from jieba's dictionary."""
    return [word for word, _ in frequent_words(2, 20_000) if "互联网" not in word]


@cache
def page_text(number: int, day: date | None = None, story: int | None = None) -> str:
    """An article page of about 25 kB, as large as the smaller real ones; one in five is relevant.

    ``day``: of publication; by default, the further down its host's lists the older. Pages with the same ``story`` have
    the same text; by default each has its own.
    """
    pick = random.Random(SEED * 1_000_003 + (number if story is None else story))
    day = day or NEWEST - timedelta(days=number % A_HOST * HOSTS // A_DAY)
    subject = "推进“互联网+政务服务”" if number % 5 == 0 else "开展春季文体活动"
    body = "".join(f"<p>{'，'.join(''.join(pick.choices(words(), k=7)) for _ in range(6))}。</p>" for _ in range(12))
    menu = "".join(f"<li><a href='/c/{n}/'>栏目{n}</a></li>" for n in range(120))
    return (
        f"<html><head><meta charset='utf-8'><title>某市{subject}之{number}_示例</title></head><body><ul>{menu}</ul>"
        f"<h1>某市{subject}之{number}</h1><div class='info'>发布时间：{day}"
        f" 09:30 来源：示例日报</div>"
        f"<div class='TRS_Editor'><p>昨日，某市{subject}。</p>{body}</div>"
        f"<script>{'var a=1;' * 800}</script></body></html>"
    )


class Pages(BaseHTTPRequestHandler):
    """List pages and articles, generated on request."""

    protocol_version = "HTTP/1.1"
    total = 0

    def do_GET(self) -> None:
        if self.path.startswith("/list/"):
            first = int(self.path.removeprefix("/list/").removesuffix(".html")) * ROWS
            last = min(first + ROWS, self.total)
            rows = "".join(f"<li><a href='/a/{n}.html'>标题{n}</a></li>" for n in range(first, last))
            body = f"<html><body><ul class='news'>{rows}</ul></body></html>".encode()
        elif self.path.startswith("/a/"):
            host = int(self.headers["Host"].split(".")[0][1:])
            body = page_text(host * A_HOST + int(self.path[3:-5])).encode()
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


def write_sources(path: Path) -> None:
    """One record per host, all with the same kind of list."""
    records = [
        f"- id: bench-{n}\n  name: 示例{n}\n  tier: province-gov\n  hosts: [h{n}.example.gov.cn]\n"
        f"  article_urls: ['/a/']\n  lists:\n  - url: http://h{n}.example.gov.cn/list/0.html\n    adapter: html-list\n"
        f"    items: ul.news li\n    next: http://h{n}.example.gov.cn/list/{{n}}.html\n    first_page: 0\n    max_pages: 10000\n"  # noqa: E501
        for n in range(HOSTS)
    ]
    path.write_text("".join(records), "utf-8")


OURS = """
import json, os, sys, time
from datetime import date
from pathlib import Path
from yuqing.monitor.run.crawl import CrawlOptions, run_crawl
from yuqing.monitor.setting_tables import CrawlSettings
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import workspace
given = json.loads(sys.argv[1])
settings = Settings(data=Path(given["data"]), sources=Path(given["sources"]), keywords=Path(given["keywords"]),
    crawl=CrawlSettings(delay=0, autothrottle=False, gateway=given["port"], list_pages=10000))
marks, seen, began = [], 0, time.perf_counter()
def memory():
    readers = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    shares = (Path(f"/proc/{pid}/smaps_rollup").read_text().split("Pss:")[1] for pid in ("self", *readers))
    return sum(int(share.split()[0]) for share in shares) / 1024
def count(result):
    global seen
    seen += 1
    if seen % given["step"] == 0:
        marks.append((seen, round(memory()), round(time.perf_counter() - began, 1)))
with workspace(settings) as space:
    run = run_crawl(space, CrawlOptions(since=date(2017, 1, 1)), count)
print(json.dumps({"seconds": time.perf_counter() - began, "outcomes": run.outcomes, "marks": marks}))
"""

BARE = """
import json, sys, time
from pathlib import Path
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
given = json.loads(sys.argv[1])
class Bare(scrapy.Spider):
    name = "bare"
    pages = 0
    async def start(self):
        for n in range(given["hosts"]):
            yield scrapy.Request(f"http://h{n}.example.gov.cn/list/0.html", cb_kwargs={"number": 0})
    def parse(self, response, number):
        links = response.css("ul.news li a::attr(href)").getall()
        for link in links:
            yield response.follow(link, callback=self.article)
        if links:
            yield response.follow(f"/list/{number + 1}.html", cb_kwargs={"number": number + 1})
    def article(self, response):
        Bare.pages += 1
settings = Settings({"CONCURRENT_REQUESTS": 64, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0.001,
    "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "GATEWAY_PORT": given["port"], "COOKIES_ENABLED": False,
    "DOWNLOAD_HANDLERS": {"http": "crawler.gateway.GatewayHandler"}})
began = time.perf_counter()
process = AsyncCrawlerProcess(settings)
process.crawl(Bare)
process.start()
print(json.dumps({"seconds": time.perf_counter() - began, "pages": Bare.pages}))
"""


def run(code: str, given: dict[str, object]) -> dict[str, object]:
    """A run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(given)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def run_all(codes: list[str], pages: int) -> list[dict[str, object]]:
    """The results of each program, one after the other, with the same server process."""
    Pages.total = pages // HOSTS
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    for number in range(HOSTS * Pages.total):  # generated in advance, so that the server uses little of the two cores
        page_text(number // Pages.total * A_HOST + number % Pages.total)
    child = os.fork()
    if child == 0:
        server.serve_forever()
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "sources.yaml"
        write_sources(sources)
        given: dict[str, object] = {
            "port": server.server_port, "hosts": HOSTS, "data": f"{folder}/data", "sources": str(sources),
            "keywords": str(ROOT / "keywords.yaml"), "step": max(1, pages // 10),
        }  # fmt: skip
        results = [run(code, given) for code in codes]
    os.kill(child, signal.SIGTERM)
    os.waitpid(child, 0)
    return results


def both(pages: int) -> tuple[dict[str, object], dict[str, object]]:
    """The results of bare Scrapy and of ours."""
    bare, ours = run_all([BARE, OURS], pages)
    return bare, ours


def rates(bare: dict[str, object], ours: dict[str, object]) -> tuple[float, float, int]:
    """Pages per second of both, and our number of articles."""
    articles = sum(count for name, count in ours["outcomes"].items() if not name.startswith("listing"))  # type: ignore[attr-defined]
    return bare["pages"] / bare["seconds"], articles / ours["seconds"], articles  # type: ignore[operator]


def rows() -> list[Row]:
    """3,000 pages of 25 kB."""
    bare, mine, _ = rates(*both(3000))
    return [
        Row(job="crawl to store, 3,000 pages", unit="pages/s", ours=mine, baseline_name="bare Scrapy", baseline=bare,
            target=Target("ratio", ">=", 0.5))
    ]  # fmt: skip


def main() -> None:
    """The table."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    bare, ours = both(pages)
    bare_rate, our_rate, articles = rates(bare, ours)
    print(f"{'job':<44}{'pages':>8}{'pages/s':>10}")
    print(f"{'bare Scrapy: fetch':<44}{bare['pages']:>8}{bare_rate:>10.0f}")
    print(f"{'yuqing: fetch, archive, extract, tag, store':<44}{articles:>8}{our_rate:>10.0f}")
    print(f"ratio {our_rate / bare_rate:.2f}   outcomes {ours['outcomes']}")
    print("memory (pages, MB, seconds):", *ours["marks"], sep="\n  ")  # type: ignore[misc]


if __name__ == "__main__":
    main()
