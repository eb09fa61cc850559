"""Creating a working folder from the starting copies shipped with the package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from yuqing.core.errors import YuqingError

NAMES = ("keywords.yaml", "sources.yaml", "yuqing.toml", "scrapy.cfg")
BASE = ".shipped"  # the copies as shipped, so that a later version can tell an edit from the original


def shipped(name: str) -> bytes:
    """The starting copy of ``name`` shipped with this version."""
    return files("yuqing.shipped").joinpath(name).read_bytes()


def lay(folder: Path) -> dict[str, bool]:
    """Write the starting copies into ``folder``, created if missing; existing files are left alone.

    Returns for each name whether it was written. Raises YuqingError if the folder cannot be written.
    """
    written = {}
    try:
        (folder / BASE).mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            path, text = folder / name, shipped(name)
            written[name] = not path.exists()
            if written[name]:
                path.write_bytes(text)
                (folder / BASE / name).write_bytes(text)
    except OSError as error:
        raise YuqingError(f"{error.filename or folder}: cannot be written ({error.strerror}).") from error
    return written
