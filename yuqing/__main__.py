"""``yuqing`` and ``python -m yuqing``. Kept small: it is loaded at once, so that Ctrl-C is handled from the start."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; Ctrl-C or SIGTERM while it is being loaded ends it silently.

    If the system does not use UTF-8 (LANG=C, GB18030), Python is restarted in its UTF-8 mode, because arguments, file
    names and output are Chinese.
    """
    if sys.getfilesystemencoding() != "utf-8" and "YUQING_ANEW" not in os.environ:
        environment = {**os.environ, "PYTHONUTF8": "1", "YUQING_ANEW": "1"}
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)
    os.environ.pop("YUQING_ANEW", None)
    try:
        from yuqing.monitor import ending

        ending.install()
    except KeyboardInterrupt:
        sys.exit(130)
    try:
        from yuqing.monitor.cli import main as run
    except BaseException:
        if code := ending.asked():  # whatever a library has made of the signal
            sys.exit(code)
        raise
    run()


if __name__ == "__main__":
    main()
