"""The documents say what the code is: fields, outcomes, settings, commands; every link leads somewhere."""

from __future__ import annotations

import re
from dataclasses import is_dataclass
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from pydantic import BaseModel

import classifiers.schema
import classifiers.wordings
import crawler.wordings
from scripts.command_docs import command_docs
from scripts.draw_flow import draw
from yuqing.core import records as core_records
from yuqing.core.facets import FACETS
from yuqing.core.item_row import COLUMNS
from yuqing.core.records import Outcome
from yuqing.monitor.setting_tables import (
    AlertSettings,
    CrawlSettings,
    ElasticSettings,
    Job,
    KibanaSettings,
    ReportSettings,
    ReviewSettings,
)
from yuqing.monitor.settings import Settings

FOR_DEVELOPERS = {"gateway"}  # told in CONTRIBUTING.md


def rows(text: str) -> list[str]:
    """The first cells of all table rows."""
    return re.findall(r"^\| `([^`]+)`", text, re.M)


def sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## +(.+)$", text, flags=re.M)
    return {title.strip(): body for title, body in zip(parts[1::2], parts[2::2], strict=True)}


def test_every_record_field_is_defined(root: Path) -> None:
    text = sections((root / "docs/fields.md").read_text("utf-8"))
    records = {
        name: kind
        for name, kind in vars(core_records).items()
        if isinstance(kind, type)
        and kind.__module__ == "yuqing.core.records"
        and (is_dataclass(kind) or (issubclass(kind, msgspec.Struct) and kind is not core_records.Record))
    }
    assert set(text) == {*records, "Outcomes", "Facets"}
    for name, kind in records.items():
        assert rows(text[name]) == list(kind.__annotations__), name
    assert set(rows(text["Outcomes"])) == {outcome.value for outcome in Outcome}
    lines = re.findall(r"^\| `.*$", text["Facets"], re.M)
    for facet, line in zip(FACETS, lines, strict=True):
        fields = ", ".join(f"`{field.key}`" for field in facet.fields)
        assert line.startswith(f"| `{facet.key}` | {facet.label} | {fields} | {'yes' if facet.correctable else ''}"), (
            line
        )


def test_every_column_of_a_row_is_described(root: Path) -> None:
    text = sections((root / "docs/export.md").read_text("utf-8"))
    assert rows(text["Columns"]) == list(COLUMNS)


@pytest.mark.parametrize(
    ("section", "model"),
    [
        ("", Settings),
        ("`[crawl]`", CrawlSettings),
        ("`[report]`", ReportSettings),
        ("`[review]`", ReviewSettings),
        ("`[alerts]`", AlertSettings),
        ("`[elastic]`", ElasticSettings),
        ("`[kibana]`", KibanaSettings),
        ("`[[schedule]]`", Job),
    ],
)
def test_every_setting_is_described(root: Path, section: str, model: type[BaseModel]) -> None:
    text = (root / "docs/settings.md").read_text("utf-8")
    body = sections(text)[section] if section else text.split("\n## ")[0]
    tables = {"crawl", "report", "review", "alerts", "elastic", "kibana", "schedule"} if model is Settings else set()
    assert set(rows(body)) == set(model.model_fields) - tables - FOR_DEVELOPERS


@pytest.mark.parametrize(
    ("page", "module"),
    [("keywords.md", classifiers.schema), ("wordings.md", classifiers.wordings), ("page-words.md", crawler.wordings)],
    ids=["keywords", "wordings", "page-words"],
)
def test_every_key_of_a_rules_file_is_described(root: Path, page: str, module: ModuleType) -> None:
    text = sections((root / "docs" / page).read_text("utf-8"))
    models = {
        name: kind
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, classifiers.schema.Strict) and kind.__module__ == module.__name__
    }
    models.pop("Strict", None)
    assert set(text) == set(models)
    for name, model in models.items():
        assert set(rows(text[name])) == {field.alias or key for key, field in model.model_fields.items()}, name


def test_the_commands_page_is_current(root: Path) -> None:
    assert (root / "docs/commands.md").read_text("utf-8") == command_docs(), (
        "docs/commands.md is old; run: python -m scripts.command_docs > docs/commands.md"
    )


def documents(root: Path) -> list[Path]:
    return [root / "README.md", root / "README.zh-CN.md", *sorted((root / "docs").rglob("*.md"))]


def test_every_link_leads_somewhere(root: Path) -> None:
    lost = []
    for document in documents(root):
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text("utf-8")):
            if not target.startswith(("http:", "https:")) and not (document.parent / target).exists():
                lost += [f"{document.name}: {target}"]
    assert not lost


def test_commands_in_the_readmes_exist(root: Path) -> None:
    known = set(re.findall(r"^#+ `yuqing ([a-z ]+?)`", command_docs(), re.M))
    for name in ("README.md", "README.zh-CN.md"):
        text = (root / name).read_text("utf-8")
        blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.S))
        for line in re.findall(r"^yuqing (.+)$", blocks, re.M):
            words = line.split()
            assert words[0] in known or " ".join(words[:2]) in known, f"{name}: yuqing {line}"


def test_the_picture_of_the_way_of_a_page_is_current(root: Path) -> None:
    assert (root / "docs/data-flow.svg").read_text("utf-8") == draw()
