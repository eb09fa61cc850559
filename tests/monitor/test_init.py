"""`yuqing init`: a working folder out of nothing, and nobody's edits lost."""

from __future__ import annotations

from pathlib import Path

from tests.monitor.conftest import yuqing
from yuqing.monitor.ops.init import NAMES, shipped


def test_an_empty_folder_becomes_one_to_work_in(tmp_path: Path) -> None:
    said = yuqing(tmp_path, "init")
    assert all(f"{name}: written" in said for name in NAMES)
    assert "没有发现问题" in yuqing(tmp_path, "keywords", "check")
    assert "gov-cn" in yuqing(tmp_path, "sources", "list")


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "keywords.yaml").write_text("# mine\n", "utf-8")
    said = yuqing(tmp_path, "init")
    assert "keywords.yaml: already exists, left as it is" in said
    assert (tmp_path / "keywords.yaml").read_text("utf-8") == "# mine\n"
    assert (tmp_path / "sources.yaml").read_bytes() == shipped("sources.yaml")


def test_the_starting_copies_are_those_of_the_checkout(root: Path) -> None:
    for name in NAMES:
        assert shipped(name) == (root / name).read_bytes()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = yuqing(tmp_path, "init", "file/under", code=1)
    assert "cannot be written" in said
