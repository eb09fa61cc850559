"""The shipped rules, shortened: what the commands of most working folders read."""

from __future__ import annotations

from functools import cache
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML


@cache
def few_rules(root: Path) -> str:
    """The rules of the checkout ``root`` with three entries of each list: they are read in a third of the time."""
    yaml = YAML()
    rules = yaml.load((root / "keywords.yaml").read_text("utf-8"))
    few = {name: list(value[:3]) if isinstance(value, list) else value for name, value in rules.items()}
    few["sectors"] = [sector for sector in rules["sectors"] if sector["name"] in ("政务服务", "教育", "旅游")]
    text = StringIO()
    yaml.dump(few, text)
    return text.getvalue()
