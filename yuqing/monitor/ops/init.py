"""A working folder from the starting copies that the package carries."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from yuqing.core.errors import YuqingError

NAMES = ("keywords.yaml", "sources.yaml", "yuqing.toml", "scrapy.cfg")
BASE = ".shipped"  # the copies as they came, so that a later version can tell an edit from the original


def shipped(name: str) -> bytes:
    """The starting copy of ``name`` that this version carries."""
    return files("yuqing.shipped").joinpath(name).read_bytes()


def lay(folder: Path) -> dict[str, bool]:
    """Write the starting copies into ``folder``, made where it is absent; what is there already is left as it is.

    Returns each name with whether it was written. Raises YuqingError where the folder cannot be written.
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
