"""``yuqing`` and ``python -m yuqing``. Little stands here: it is loaded at once, and Ctrl-C finds it ready."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; Ctrl-C while it is being loaded ends it without a word."""
    try:
        from yuqing.monitor.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
