"""A working folder whose crawls go to a small web of its own, with real processes on both sides."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import forked
from tests.crawl.web import Web, serve
from tests.few_rules import few_rules
from tests.operate.soak_trouble import small_disk
from tests.pieces import missing

HOST = "www.example.gov.cn"
SOURCES = f"""
- id: gov-example
  name: 示例省人民政府
  tier: province-gov
  hosts: [{HOST}]
  article_urls: ['/a/']
  lists:
  - url: http://{HOST}/list/
    adapter: html-list
    items: ul.news li
"""
_LETTERS = "全省各地单位群众企业服务建设改革试点工作推进完成办理平台数据信息网络城市农村学校医院公司市场项目资金人员"
_THINGS = ("政务服务", "教育", "医疗健康", "现代农业", "智慧物流", "养老", "旅游", "税务", "监管", "人社")


def article(number: int) -> str:
    """An article page; no two are reprints of each other."""
    thing = _THINGS[number % len(_THINGS)]
    chance = random.Random(number)
    text = "".join("".join(chance.choices(_LETTERS, k=20)) + "。" for _ in range(12))
    return (
        f"<html><head><title>示例省推进“互联网+{thing}”（{number}）</title></head><body>"
        f"<h1>示例省推进“互联网+{thing}”（{number}）</h1>"
        f"<div class='info'>发布时间：2018-03-05 09:30 来源：示例日报</div>"
        f"<div class='TRS_Editor'><p>示例省印发“互联网+{thing}”行动方案，编号{number}。</p><p>{text}</p></div>"
        "</body></html>"
    )


@dataclass
class Home:
    """A working folder and its web."""

    path: Path
    web: Web
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ, "COLUMNS": "200", "NO_COLOR": "1", "YUQING_CRAWL__GATEWAY": str(self.web.port),
            "YUQING_CRAWL__DELAY": "0", "YUQING_CRAWL__AUTOTHROTTLE": "false", "YUQING_CRAWL__RETRIES": "0",
        }  # fmt: skip

    def articles(self, count: int) -> set[str]:
        """Let the web have ``count`` articles; their URLs."""
        rows = ""
        for number in range(count):
            self.web.put(f"{HOST}/a/{number}.html", article(number))
            rows += f"<li><a href='/a/{number}.html'>示例省推进第{number}项</a><span>2018-03-05</span></li>"
        self.web.put(f"{HOST}/list/", f"<html><body><ul class='news'>{rows}</ul></body></html>")
        return {f"http://{HOST}/a/{number}.html" for number in range(count)}

    def start(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        """Begin a command; it is killed at the end of the test if it still runs."""
        process = subprocess.Popen(
            [sys.executable, "-m", "yuqing", *words],
            cwd=self.path, env={**self.environment, **more},
            stdout=(self.path / "stdout").open("ab"), stderr=(self.path / "stderr").open("ab"),
        )  # fmt: skip
        self.started.append(process)
        return process

    def run(self, *words: str, code: int = 0, **more: str) -> str:
        """Run a command to its end; what it printed."""
        done = forked.run(self.path, {**self.environment, **more}, words)
        assert done.code == code, f"exit code {done.code}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout + done.stderr

    def settings(self, text: str) -> None:
        (self.path / "yuqing.toml").write_text(text, "utf-8")

    @property
    def log(self) -> str:
        """What the commands begun with :meth:`start` wrote to standard error."""
        return (self.path / "stderr").read_text("utf-8")


def until(condition: Callable[[], object], what: str, seconds: float = 40) -> None:
    """Wait for a condition of the world outside; fail naming it when it does not come."""
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, f"waited {seconds} s for {what}"
        time.sleep(0.02)


@contextmanager
def own_disk(folder: Path, size: str) -> Iterator[Path]:
    """``folder`` on a file system of its own; the test is skipped where mounting is forbidden."""
    with small_disk(folder, size) as disk:
        if disk is None:
            missing("a small file system of their own", "run as root with the right to mount")
        yield disk


@pytest.fixture(scope="session")
def crawled_data(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The data folder of a crawl of eight articles, to be copied."""
    folder = tmp_path_factory.mktemp("crawled")
    with serve() as web:
        made = _furnish(folder, root, web)
        made.articles(8)
        made.run("crawl")
    return folder / "data"


@pytest.fixture
def crawled(home: Home, crawled_data: Path) -> Home:
    """A working folder after a crawl of eight articles."""
    home.articles(8)
    shutil.copytree(crawled_data, home.path / "data")
    return home


def _furnish(folder: Path, root: Path, web: Web) -> Home:
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    (folder / "keywords.yaml").write_text(few_rules(root), "utf-8")
    (folder / "yuqing.toml").touch()
    web.put(f"{HOST}/robots.txt", "User-agent: *", Content_Type="text/plain")
    return Home(folder, web)


@pytest.fixture
def home(tmp_path: Path, root: Path) -> Iterator[Home]:
    """An empty working folder with one source."""
    with serve() as web:
        made = _furnish(tmp_path, root, web)
        yield made
        for process in made.started:
            if process.poll() is None:
                process.kill()
            process.wait()
