"""Whatever is given to a command, a setting or a file: a sentence and an exit code, never a traceback.

The commands, their arguments and the types of these come from typer, the settings from their schema.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer.main
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from classifiers.check import check
from crawler.sources import load_sources
from tests import forked
from tests.few_rules import few_rules
from tests.operate.conftest import HOST, Home, article
from yuqing.core.errors import YuqingError
from yuqing.monitor.cli import app
from yuqing.monitor.setting_tables import COMMANDS
from yuqing.monitor.settings import CONFIG_FILE, Settings, load_settings

# They serve until they are told to stop, or ask machines that are not there.
SERVING = {("review",), ("schedule", "run"), ("mcp",), ("demo",), ("kibana", "import"), ("add",), ("alerts", "test")}
TEXTS = [
    *("", " ", "-", "--", "x", "互联网+教育", "\u202e", "\udc80", "a" * 5000, "%s{0}", "'; DROP TABLE items; --", "\n"),
    *("..", "*", '"', "NEAR(", "\ud83d", "0", "²", "http://[::1", "2018-03", "省/市/县/乡"),
]
NUMBERS = ["0", "1", "-1", "²", "1e9", "", "x", "9" * 30, "9" * 5000, "0x10", "1.5", "nan"]
DAYS = ["2018-02-30", "2018-03-05", "14d", "99999d", "9" * 9 + "d", "0000-01-01", "9999-12-31", "²d", "x", ""]
MONTHS = ["2018-03", "0000-01", "0001-01", "9999-12", "2018-13", "²⁰¹⁸-03", "hello", ""]
# All below the working folder: a command does what it is told.
PATHS = [
    *("none", ".", "keywords.yaml", "latin", "no/way", "sealed", "sealed/x", "bad.warc.gz", "bad.tar.gz", "m.jsonl"),
    *("\udc80", "data", "data/ledger.db", "loop", "a" * 300, "", "1.html", "bad.json", "pipe/x", "latin/x"),
]
SHARDS = ["1/2", "²/3", "0/1", "2/1", "1/0", "/", "1/" + "9" * 5000, "x"]
QUICK = settings(
    max_examples=12, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
LONG = settings(QUICK, max_examples=600, derandomize=False)


def commands(group: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command of the program with its words."""
    for name, command in (group or typer.main.get_command(app)).commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        elif (*path, name) not in SERVING and (*path,) not in SERVING:
            yield (*path, name), command


def values(parameter: Any) -> list[str]:
    """What is tried for a parameter, by its type and name."""
    name, kind = str(parameter.metavar or ""), str(parameter.type_descriptor.annotation)
    if "int" in kind or "float" in kind:
        return NUMBERS
    if "Path" in kind:
        return PATHS
    return {"DAY": DAYS, "YYYY-MM": MONTHS, "I/N": SHARDS}.get(name, TEXTS)


@st.composite
def calls(draw: st.DrawFn) -> list[str]:
    """A command with some of its arguments."""
    words, command = draw(st.sampled_from(sorted(commands(), key=lambda pair: pair[0])))
    options, arguments = [], []
    for parameter in command.params:
        if parameter.name == "help":
            continue
        if parameter.param_type_name == "argument":
            if parameter.required or draw(st.booleans()):
                arguments.append(draw(st.sampled_from(values(parameter))))
        elif getattr(parameter, "is_flag", False):
            if draw(st.integers(0, 3)) == 0:
                options.append(parameter.opts[-1])
        elif draw(st.integers(0, 2)) == 0:
            options += [parameter.opts[-1], draw(st.sampled_from(values(parameter)))]
    return [*words, *options, *arguments]


@pytest.fixture
def messy(home: Home) -> Home:
    """A working folder with files of every wrong kind in it."""
    folder = home.path
    home.settings("[crawl]\ncontact = 'x@example.org'\n")
    (folder / "latin").write_bytes("é\n".encode("latin-1") * 3)
    (folder / "sealed").mkdir(mode=0)
    (folder / "bad.warc.gz").write_bytes(b"\x1f\x8b\x08" + bytes(range(256)) * 4)
    (folder / "bad.tar.gz").write_bytes(b"\x1f\x8b\x08" + bytes(50))
    (folder / "bad.json").write_bytes(b'{"format": ' + b"[" * 3000)
    (folder / "loop").symlink_to("loop")
    (folder / "1.html").write_text(article(1), "utf-8")
    (folder / "m.jsonl").write_text(f'{{"file":"1.html","url":"http://{HOST}/a/1.html"}}\n', "utf-8")
    return home


def ends_with_a_sentence(messy: Home, words: list[str], **environment: str) -> None:
    """Run a command; fail when it ends by an error of the program."""
    done = forked.run(messy.path, {**messy.environment, "YUQING_LOCK_WAIT": "0", **environment}, words)
    said = done.stdout[-2000:] + done.stderr[-2000:]
    assert done.code in (0, 1, 2, 4), f"{words}: exit code {done.code}\n{said}"
    assert "Traceback" not in done.stdout + done.stderr, f"{words}\n{said}"
    if done.code:
        assert said.strip(), f"{words}: exit code {done.code} without a word"


@QUICK
@given(words=calls())
def test_no_argument_breaks_a_command(messy: Home, words: list[str]) -> None:
    ends_with_a_sentence(messy, words)


@pytest.mark.hard
@pytest.mark.timeout(3600)
@LONG
@given(words=calls())
def test_no_argument_breaks_a_command_however_long_it_is_tried(messy: Home, words: list[str]) -> None:
    ends_with_a_sentence(messy, words)


BROKE = [
    *(["search", "--window", "0000-01"], ["report", "--window", "²⁰¹⁸-03"], ["classify", "latin"], ["classify", "."]),
    *(["crawl", "--replay", "."], ["restore", "."], ["restore", "bad.tar.gz"], ["backup", "/"], ["backup", "."]),
    *(["crawl", "--shard", "²/3"], ["crawl", "--replay", "loop"], ["extract", "\udc80"], ["search", "\udc80"]),
    *(["extract", "1.html", "--url", "http://[::1"], ["sources", "table", "--out", "."], ["runs", "\udc80"]),
    *(
        ["report", "--diff", "bad.json"],
        ["keywords", "try", "\udc80"],
        ["report", "--out", "latin"],
        ["backup", "loop"],
    ),
    ["crawl", "--since", "9999-12-31", "--replay", "m.jsonl"],
    ["feed", "--address", "http://[::1"],
    ["export", "--out", "."],
    ["evaluate", "--gold", "bad.json"],
]


@pytest.mark.parametrize("words", BROKE, ids=" ".join)
def test_what_once_broke_a_command(messy: Home, words: list[str]) -> None:
    ends_with_a_sentence(messy, words)


VARIABLES = [
    *(("YUQING_WINDOWS", "{"), ("YUQING_WINDOWS", "5"), ("YUQING_SCHEDULE", "[{}]"), ("YUQING_CRAWL", "[" * 9000)),
    *(("YUQING_DATA", "sealed/x"), ("YUQING_DATA", "latin"), ("YUQING_STORE", "elasticsearch://[::1")),
    *(("YUQING_STORE", "foo://x"), ("YUQING_STORE", "."), ("YUQING_KEYWORDS", "."), ("YUQING_SOURCES", "loop")),
    *(("YUQING_CLOCK_AHEAD", "1e400"), ("YUQING_OUT", "loop"), ("YUQING_BACKUPS", "latin")),
    ("YUQING_CRAWL__DELAY", "1e400"),
]


@pytest.mark.parametrize(("name", "value"), VARIABLES)
def test_no_variable_breaks_a_command(messy: Home, name: str, value: str) -> None:
    for words in (["search"], ["backup"], ["crawl", "--replay", "m.jsonl"]):
        ends_with_a_sentence(messy, words, **{name: value})


def test_the_commands_of_the_schedule_are_those_of_the_program() -> None:
    assert set(typer.main.get_command(app).commands) == COMMANDS  # type: ignore[attr-defined]


HOSTILE = [
    *(
        "0",
        "-1",
        "9" * 40,
        "1e400",
        "nan",
        "inf",
        "true",
        '""',
        '"\\u0000"',
        '"x"',
        '"互联网"',
        '"a\\nb"',
        "[]",
        "[1, 2]",
        "{}",
    ),
    *("{a = {b = 1}}", "2018-02-28", "2018-02-28T25:00:00", '"elasticsearch://[::1"', '"elasticsearch://a:99999"'),
    *('["\\u0001"]', "[[1]]", '"' + "x" * 5000 + '"', "[" * 2000, "-0.0", "0x10", "1979-05-27", '"0 0 30 2 *"'),
    *('{"2018-03" = [2018-03-15, 2018-02-14]}', '{"hello" = [2018-02-14, 2018-03-15]}'),
    '[{name = "a", cron = "0 0 30 2 *", command = ["crawl"]}]',
    '[{name = "a", cron = "* * * * *", command = ["crwal"]}]',
    '[{name = "a", cron = "*/0 * * * 9", command = [""]}]',
]


def keys() -> list[tuple[str, str]]:
    """Every setting as (table, key)."""
    found = []
    for name, about in Settings.model_fields.items():
        kind = about.annotation
        found.append(("", name))
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += [(name, inner) for inner in kind.model_fields]
    return found


@settings(QUICK, max_examples=150)
@example(key=("crawl", "user_agent"), value='""')
@given(key=st.sampled_from(keys()), value=st.sampled_from(HOSTILE))
def test_no_setting_breaks_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: tuple[str, str], value: str
) -> None:
    table, name = key
    monkeypatch.chdir(tmp_path)
    text = f"[{table}]\n{name} = {value}\n" if table else f"{name} = {value}\n"
    (tmp_path / CONFIG_FILE).write_text(text, "utf-8")
    try:
        made = load_settings()
    except YuqingError as error:
        said = str(error)
        made = None
    if made is None:
        assert CONFIG_FILE in said
        return
    for first, last in made.windows.values():
        assert isinstance(first, date)
        assert first <= last
    assert made.crawl.delay < float("inf")
    assert made.agent


@pytest.mark.parametrize(
    "value",
    ['schedule = [{name = "a", cron = "0 0 30 2 *", command = ["crawl"]}]',
     'schedule = [{name = "a", cron = "* * * * *", command = ["crwal"]}]', "[crawl]\ndelay = 1e400", 'data = "\\u0000"',
     'store = "elasticsearch://[::1"', '[windows]\nhello = [2018-02-14, 2018-03-15]', "out = " + "[" * 5000,
     '[windows]\n"2018-03" = [2018-03-15, 2018-02-14]', 'data = "\ud800"'],
)  # fmt: skip
def test_what_was_accepted_without_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / CONFIG_FILE).write_bytes(value.encode("utf-8", "surrogatepass"))
    with pytest.raises(YuqingError, match=CONFIG_FILE.replace(".", r"\.")):
        load_settings()
    (tmp_path / CONFIG_FILE).unlink()
    (tmp_path / CONFIG_FILE).mkdir()
    with pytest.raises(YuqingError, match="not a file"):
        load_settings()


YAML = [
    *("", "~", "5", "-1", "9" * 30, ".nan", ".inf", "2018-02-28", "2018-02-30", "x", "''", "[]", "[x]", "[[]]", "{}"),
    *("{a: b}", "[~]", "[{}]", "true", '"\\ud800"', '"\\0"', "!!binary eA==", "*a", "&a [*a]", "(", "'(a+)+$'"),
    *(
        "{any: []}",
        "{regex: '['}",
        "{regex: '(a*)*'}",
        "{any: [x], within: 999}",
        "1e999",
        "0x10",
        "'http://['",
        "[a, a]",
    ),
]


@settings(QUICK, max_examples=60)
@given(data=st.data())
def test_no_value_breaks_the_readers_of_rules_and_sources(root: Path, tmp_path: Path, data: st.DataObject) -> None:
    text = few_rules(root) if data.draw(st.booleans()) else SOURCES
    lines = text.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    head, mark, _ = lines[at].partition(":")
    value = data.draw(st.sampled_from(YAML))
    lines[at] = f"{head}: {value}" if mark else f"{lines[at].partition('-')[0]}- {value}"
    path = tmp_path / "f.yaml"
    path.write_text("\n".join(lines), "utf-8")
    for problem in check(path):
        assert problem.line >= 1
    said = "f.yaml:"
    try:
        load_sources(path)
    except YuqingError as error:
        said = str(error)
    assert "f.yaml:" in said


SOURCES = f"""
- id: gov-example
  name: 示例省人民政府
  tier: province-gov
  province: '11'
  hosts: [{HOST}]
  article_urls: ['/a/']
  url_date: '/(?P<y>\\d+)(?P<m>\\d+)(?P<d>\\d+)/'
  select:
    title: [h1]
    remove: [.x]
  verified: 2026-01-01
  deprecated:
    date: 2026-01-01
    reason: x
  lists:
  - url: http://{HOST}/list/
    adapter: html-list
    items: ul.news li
    fields:
      title: a
    next: index_{{n}}.html
    first_page: 1
    max_pages: 3
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("closed", "target", "encoding"),
    [
        ((0,), "", ""),
        ((1,), "", ""),
        ((0, 1, 2), "", ""),
        ((), "/dev/full", ""),
        ((), "", "ascii"),
        ((0,), "", "ascii"),
    ],
)
def test_streams_of_every_kind(crawled: Home, closed: tuple[int, ...], target: str, encoding: str) -> None:
    environment = {**crawled.environment, "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    if encoding:
        environment["PYTHONIOENCODING"] = encoding

    def shut() -> None:
        for number in closed:
            os.close(number)

    for words in (["search", "互联网+", "--json"], ["runs"], ["keywords", "try", "互联网+教育"]):
        with open(target or crawled.path / "out.txt", "wb") as out:
            done = subprocess.run(
                [sys.executable, "-m", "yuqing", *words], cwd=crawled.path, env=environment, stdin=subprocess.DEVNULL,
                stdout=out, stderr=subprocess.PIPE, preexec_fn=shut, timeout=100,
            )  # fmt: skip
        said = done.stderr.decode("utf-8", "replace")
        assert "Traceback" not in said, said
        assert "Exception ignored" not in said, said
        assert done.returncode in (0, 1, 2), said
        if target:
            assert done.returncode == 1
            assert "No space left" in said
