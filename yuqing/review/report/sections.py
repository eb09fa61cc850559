"""The wording about the three tables and their contents in the report's sentences, and their columns."""

from __future__ import annotations

from dataclasses import dataclass

from yuqing.core.labels import SECTIONS
from yuqing.core.names import Names
from yuqing.core.records import Section

OTHER = "其他"
"""The label of a row without one."""
_CHAPTERS = "一二三四五"


@dataclass(frozen=True, slots=True)
class TableWords:
    """``level``: 中央层面 …; ``unit`` follows a number and 等, ``counted`` a number; ``subject`` precedes
    “互联网+”相关举措; ``told``: the index of the fitting wording of a kind of action (report/kinds.py)."""

    level: str
    unit: str
    counted: str
    subject: str
    columns: tuple[str, ...]
    told: int


TABLES: dict[Section, TableWords] = {
    "ministry": TableWords("中央", "部委和单位", "个部委和单位", "国家部委", ("国家部委", "相关举措", "链接"), 0),
    "province": TableWords("地方", "地", "个省（区、市）", "地方", ("地区", "相关政策", "链接"), 1),
    "enterprise": TableWords("企业", "企业", "家企业", "电信运营商及互联网企业参与的", ("企业", "相关举措"), 2),
}


def own_titles(names: Names) -> dict[str, str]:
    """The headings that keywords.yaml overrides, for the chapters without a table."""
    chapters: tuple[Section, ...] = ("summit", "special")
    titles = {one: names.sections.get(one) or SECTIONS[one] for one in chapters}
    return {one: section_heading(one, names) for one in chapters if titles[one] != SECTIONS[one]}


def section_heading(section: Section, names: Names) -> str:
    """一、国家部委“互联网+”政策落实情况: the number of the chapter and its title in keywords.yaml."""
    return f"{_CHAPTERS[list(SECTIONS).index(section)]}、{names.sections.get(section) or SECTIONS[section]}"
