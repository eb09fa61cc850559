"""`yuqing init --update`: new shipped rules come into edited ones, by name; what the operator wrote stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers.check import check
from crawler.sources import load_sources
from yuqing.core.errors import YuqingError
from yuqing.monitor.ops import update
from yuqing.monitor.ops.init import BASE, lay, shipped

BASE_TEXT = """# head
sectors:
  - {name: 教育, group: 民生}
  - {name: 医疗, group: 民生}
  # about it
  - name: 旅游
    group: 消费
  - {name: 旧, group: 消费}
topics:
  - name: 两会
    terms: [两会]
"""


def merged(mine: str, new: str) -> update.Merged:
    return update._merged("keywords.yaml", BASE_TEXT, mine, new)


def test_entries_of_three_versions_are_merged_by_name() -> None:
    mine = BASE_TEXT.replace("group: 消费\n  - {name: 旧", "group: 文旅  # ours\n  - {name: 旧").replace(
        "topics:", "  - {name: 自有, group: 其他}\ntopics:"
    )
    new = (
        BASE_TEXT.replace("{name: 医疗, group: 民生}", "{name: 医疗, group: 卫生}")
        .replace("  - {name: 旧, group: 消费}\n", "")
        .replace("    group: 消费\n", "    group: 出行\n")
        .replace("  # about it", "  - {name: 养老, group: 民生}\n  # about it")
    )
    one = merged(mine, new)
    assert "{name: 医疗, group: 卫生}" in one.text
    assert "group: 文旅  # ours" in one.text
    assert "{name: 自有, group: 其他}" in one.text
    assert "旧" not in one.text
    assert one.text.index("医疗") < one.text.index("养老") < one.text.index("topics:")
    assert any("养老 (new)" in name for name in one.taken)
    assert one.kept == ["sectors 旅游"]
    assert "+  - {name: 养老, group: 民生}" in one.diff


def test_what_nobody_shipped_anew_is_left_to_the_letter() -> None:
    mine = BASE_TEXT.replace("教育", "教育培训") + "  - {name: 我}"
    assert merged(mine, BASE_TEXT).text == mine


def test_a_table_is_merged_by_its_keys() -> None:
    base = (
        "settings:\n  threshold: 5\n  near: 3\n"
        "relevance:\n  actor: 2\n  signals:\n    - name: 甲\n      weight: 1\n  last: 1\n"
    )
    mine = base.replace("threshold: 5", "threshold: 6  # ours").replace("last: 1", "last: 2")
    new = base.replace("threshold: 5\n", "threshold: 3\n  act: 2\n").replace("actor: 2", "actor: 3\n  unit: 1")
    new = new.replace("weight: 1\n", "weight: 4\n    - name: 乙\n      weight: 2\n")
    one = update._merged("keywords.yaml", base, mine, new)
    assert one.text == (
        "settings:\n  threshold: 6  # ours\n  act: 2\n  near: 3\nrelevance:\n  actor: 3\n  unit: 1\n"
        "  signals:\n    - name: 甲\n      weight: 4\n    - name: 乙\n      weight: 2\n  last: 2\n"
    )
    assert one.kept == ["settings threshold"]


def test_a_folder_is_brought_up_to_date(tmp_path: Path) -> None:
    lay(tmp_path)
    for name in update.MERGED:  # an older version had shipped less
        text = shipped(name).decode("utf-8")
        pieces = update._pieces(text)
        last = list(pieces)[-3]
        older = "".join(piece for key, piece in pieces.items() if key != last)
        (tmp_path / BASE / name).write_text(older, "utf-8")
        (tmp_path / name).write_text(older + "# mine\n", "utf-8")
    files = update.merge(tmp_path)
    assert all(len(one.taken) == 1 and not one.kept for one in files)
    update.write(tmp_path, files)
    assert not [fault for fault in check(tmp_path / "keywords.yaml") if fault.line < 1]
    assert load_sources(tmp_path / "sources.yaml")
    assert "# mine" in (tmp_path / "sources.yaml").read_text("utf-8")
    assert not any(one.diff for one in update.merge(tmp_path))


def test_without_the_copy_it_began_with_it_says_so(tmp_path: Path) -> None:
    for name in update.MERGED:
        (tmp_path / name).write_bytes(shipped(name))
    with pytest.raises(YuqingError, match=r"\.shipped.*yuqing init"):
        update.merge(tmp_path)
