"""How many Chinese characters of rules are in code: ``python -m scripts.count_words [FOLDER …]``.

It counts the characters in string literals, not those in docstrings and comments. Most of those left are messages and
reasons that people read, and patterns with what comes between their words.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_CHINESE = re.compile("[\u4e00-\u9fff]")


def counted(folder: Path) -> dict[Path, int]:
    """The characters in each module below ``folder`` that has any, most first."""
    found = {path: in_code(path.read_text("utf-8")) for path in folder.rglob("*.py")}
    return dict(sorted(((path, n) for path, n in found.items() if n), key=lambda pair: -pair[1]))


def in_code(source: str) -> int:
    """The Chinese characters in the string literals of ``source`` that are not docstrings."""
    nodes = list(ast.walk(ast.parse(source)))
    told = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    texts = (node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return sum(len(_CHINESE.findall(str(node.value))) for node in texts if id(node) not in told)


def main() -> None:
    """Print the counts."""
    for name in sys.argv[1:] or ["classifiers"]:
        modules = counted(ROOT / name)
        lines = [f"{n:6}  {path.relative_to(ROOT)}" for path, n in modules.items()]
        sys.stdout.write("\n".join((*lines, f"{sum(modules.values()):6}  {name}")) + "\n")


if __name__ == "__main__":
    main()
