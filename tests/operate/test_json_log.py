"""With log_format = "json" every line on standard error is an object, whoever writes it."""

from __future__ import annotations

import json

from tests import forked
from tests.operate.conftest import Home


def test_every_line_of_the_commands(home: Home) -> None:
    environment = {**home.environment, "YUQING_LOG_FORMAT": "json", "YUQING_LOG_LEVEL": "INFO"}
    said = ""

    def run(*words: str) -> int:
        nonlocal said
        done = forked.run(home.path, environment, words)
        for line in done.stderr.splitlines():
            told = json.loads(line)
            assert told["time"]
            assert told["level"]
            said += told["message"] + "\n"
        return done.code

    assert run("export", "--out", "o.jsonl") == 0
    assert run("crawl", "--nonsense") == run("crwal") == run("search", "--window", "2018-99") == 2
    rules = home.path / "keywords.yaml"
    rules.write_text(rules.read_text("utf-8") + "\nnonsense: 5\n", "utf-8")
    assert run("keywords", "check") == 2
    (home.path / "yuqing.toml").write_text("delay = [", "utf-8")
    assert run("runs") == 1
    for word in ("No such option", "No such command", "2018-99", "0 rows in o.jsonl", "keywords.yaml:", "yuqing.toml"):
        assert word in said
