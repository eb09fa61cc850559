"""KQL as Kibana's own parser reads it and translates it for Elasticsearch (from npm, run by Node.js)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock

from tests.pieces import missing

Json = dict[str, Any]
PARSER = "@cybernetex/kbn-es-query@1.0.2"
_ROOT = Path(__file__).resolve().parents[2]
_FOLDER = Path(os.environ.get("YUQING_CACHE", _ROOT / ".cache")) / "kql"
_SCRIPT = """
const kql = require("@cybernetex/kbn-es-query");
require("readline").createInterface({input: process.stdin}).on("line", line => {
  let answer;
  try { answer = {query: kql.toElasticsearchQuery(kql.fromKueryExpression(JSON.parse(line)))}; }
  catch (error) { answer = {error: error.message}; }
  console.log(JSON.stringify(answer));
});
"""


def to_query(text: str) -> Json:
    """The query of a KQL expression; an empty one matches everything. Raises ValueError where it is no KQL."""
    if not text.strip():
        return {"match_all": {}}
    parser = _parser()
    assert parser.stdin is not None
    assert parser.stdout is not None
    parser.stdin.write(json.dumps(text) + "\n")
    parser.stdin.flush()
    answer: Json = json.loads(parser.stdout.readline())
    if "error" in answer:
        raise ValueError(f"{text}: {answer['error']}")
    query: Json = answer["query"]
    return query


@cache
def _parser() -> subprocess.Popen[str]:
    """One process for the whole run; it ends with its standard input."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        missing("Kibana's KQL parser", "Node.js with npm")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with FileLock(_FOLDER / "install.lock"):  # two workers may begin at once
        if not (_FOLDER / "node_modules" / "@cybernetex").is_dir():
            command = [str(npm), "install", "--silent", "--no-save", "--no-package-lock", "--no-audit", PARSER]
            subprocess.run(command, cwd=_FOLDER, check=True, timeout=110)
    return subprocess.Popen([str(node), "-e", _SCRIPT], cwd=_FOLDER, stdin=-1, stdout=-1, text=True, encoding="utf-8")


def fields(query: Any) -> set[str]:
    """The fields that a query of :func:`to_query` names."""
    if isinstance(query, list):
        return {name for part in query for name in fields(part)}
    if not isinstance(query, dict):
        return set()
    found: set[str] = set()
    for key, value in query.items():
        if key in ("match", "match_phrase", "range"):
            found |= set(value)
        elif key == "exists":
            found.add(value["field"])
        elif key == "query_string":
            found |= set(value["fields"])
        else:
            found |= fields(value)
    return found
