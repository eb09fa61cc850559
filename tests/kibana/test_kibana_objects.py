"""The files that Kibana imports: every line parses, every reference resolves, every field allows its use.

No Kibana runs here, so these are checks of form; test_kibana_panels.py runs the aggregations.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from indexer.elastic.names import Names
from indexer.kibana.export import export
from indexer.kibana.objects import GRID_COLUMNS, DataView, Terms
from indexer.kibana.runs import GROUPS
from indexer.kibana.saved_objects import DASHBOARDS, VIEWS
from indexer.kibana.searches import SEARCHES
from indexer.kibana.views import ITEMS, RUNS
from tests.kibana.kql import fields, to_query
from yuqing.core.records import Outcome, ReviewState, Section, Tier

Json = dict[str, Any]
NUMBERS = {"integer", "float"}
ALLOWED = {
    "terms": {"keyword", "boolean"},
    "date_histogram": {"date"},
    "unique_count": {"keyword"},
    "sum": NUMBERS,
    "max": NUMBERS | {"date"},
    "last_value": {"keyword"},
}


def mapped(view: DataView) -> dict[str, Json]:
    """Every field of a view with its mapping, sub-fields and objects included."""

    def walk(properties: Any, before: str = "") -> Iterator[tuple[str, Json]]:
        for name, rule in properties.items():
            if "properties" in rule:
                yield from walk(rule["properties"], f"{before}{name}.")
            else:
                yield before + name, rule
                yield from walk(rule.get("fields", {}), f"{before}{name}.")

    return dict(walk(view.properties))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("kibana")
    export(Names("news"), out)
    return out


@pytest.fixture(scope="module")
def objects(folder: Path) -> list[Json]:
    return [json.loads(line) for line in (folder / "kibana.ndjson").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def dashboards(objects: list[Json]) -> list[Json]:
    return [entry for entry in objects if entry["type"] == "dashboard"]


def test_what_is_exported(objects: list[Json]) -> None:
    assert [(entry["type"], entry["attributes"].get("name") or entry["attributes"]["title"]) for entry in objects] == [
        ("index-pattern", "“互联网+”舆情（news）"),
        ("index-pattern", "采集运行（news）"),
        ("search", "本月待审"),
        ("search", "各省动态"),
        ("search", "部委动态"),
        ("search", "企业动态"),
        ("search", "新出现的“互联网+”词"),
        ("search", "未识别地区"),
        ("dashboard", "月度监测"),
        ("dashboard", "采集健康"),
    ]
    assert [entry["attributes"]["title"] for entry in objects[:2]] == ["news-items", "news-runs"]


def test_ids_are_fixed_and_belong_to_the_prefix(objects: list[Json], folder: Path, tmp_path: Path) -> None:
    ids = [entry["id"] for entry in objects]
    assert len(set(ids)) == len(ids)
    assert all(key.startswith("news-") for key in ids)
    assert not any(path.read_text("utf-8").count("yuqing") for path in folder.iterdir())
    for path in export(Names("news"), tmp_path):
        assert path.read_bytes() == (folder / path.name).read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in folder.iterdir()}


def test_levels_are_old_enough_for_every_kibana_since_8_9(objects: list[Json]) -> None:
    assert {entry["coreMigrationVersion"] for entry in objects} == {"8.8.0"}
    assert {(e["type"], e["typeMigrationVersion"]) for e in objects} == {
        ("index-pattern", "8.0.0"), ("search", "8.0.0"), ("dashboard", "8.9.0")
    }  # fmt: skip


def test_every_reference_resolves_and_is_used(objects: list[Json]) -> None:
    there = {(entry["type"], entry["id"]) for entry in objects}
    for entry in objects:
        names = [reference["name"] for reference in entry["references"]]
        assert len(set(names)) == len(names)
        assert {(each["type"], each["id"]) for each in entry["references"]} <= there
        if entry["type"] == "search":
            source = json.loads(entry["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
            assert names == [source["indexRefName"]]
        elif entry["type"] == "dashboard":
            controls = json.loads(entry["attributes"]["controlGroupInput"]["panelsJSON"])
            wanted = {f"controlGroup_{key}:optionsListDataView" for key in controls}
            for panel in json.loads(entry["attributes"]["panelsJSON"]):
                inner = panel["embeddableConfig"]["attributes"]["references"]
                assert {(each["type"], each["id"]) for each in inner} <= there
                wanted |= {f"{panel['panelIndex']}:{each['name']}" for each in inner}
            assert set(names) == wanted


def test_layers_columns_and_accessors_agree(dashboards: list[Json]) -> None:
    for dashboard in dashboards:
        for panel in json.loads(dashboard["attributes"]["panelsJSON"]):
            inner = panel["embeddableConfig"]["attributes"]
            ((layer_id, layer),) = inner["state"]["datasourceStates"]["formBased"]["layers"].items()
            assert [each["name"] for each in inner["references"]] == [f"indexpattern-datasource-layer-{layer_id}"]
            assert set(layer["columnOrder"]) == set(layer["columns"])
            bucketed = [layer["columns"][key]["isBucketed"] for key in layer["columnOrder"]]
            assert bucketed == sorted(bucketed, reverse=True), "buckets come before metrics"
            visualization = inner["state"]["visualization"]
            shown = visualization["layers"][0] if "layers" in visualization else visualization
            assert shown["layerId"] == layer_id
            used = _accessors(shown)
            assert sorted(used) == sorted(layer["columns"]), panel["title"]
            for column in layer["columns"].values():
                by = column.get("params", {}).get("orderBy", {})
                assert by.get("type") != "column" or by["columnId"] in layer["columns"]


def _accessors(shown: Json) -> list[str]:
    found: list[str] = []
    for key, value in shown.items():
        if key == "columns":
            found += [each["columnId"] for each in value]
        elif key in ("accessors", "metrics", "primaryGroups"):
            found += value
        elif key.endswith("Accessor"):
            found.append(value)
    return found


def test_every_field_exists_and_allows_what_is_asked_of_it(dashboards: list[Json]) -> None:
    for described, dashboard in zip(DASHBOARDS, dashboards, strict=True):
        known = mapped(described.view)
        for panel in json.loads(dashboard["attributes"]["panelsJSON"]):
            layers = panel["embeddableConfig"]["attributes"]["state"]["datasourceStates"]["formBased"]["layers"]
            for column in [each for layer in layers.values() for each in layer["columns"].values()]:
                if column["operationType"] == "count":
                    assert column["sourceField"] == "___records___"
                    continue
                rule = known[column["sourceField"]]
                assert rule["type"] in ALLOWED[column["operationType"]], column
                assert rule.get("doc_values", True)
                sort = column.get("params", {}).get("sortField")
                assert (sort is None) == (column["operationType"] != "last_value")
                assert sort is None or known[sort]["type"] == "date"
        for control in json.loads(dashboard["attributes"]["controlGroupInput"]["panelsJSON"]).values():
            assert known[control["explicitInput"]["fieldName"]]["type"] == "keyword"


def test_every_query_names_fields_of_its_view() -> None:
    queries = [(search.view, search.only) for search in SEARCHES]
    for dashboard in DASHBOARDS:
        queries.append((dashboard.view, dashboard.only))
        for panel in dashboard.panels:
            queries.append((dashboard.view, panel.only))
            queries += [(dashboard.view, metric.only) for metric in panel.metrics]
    for view, text in queries:
        assert fields(to_query(text)) <= set(mapped(view)), text


def test_searches_show_fields_of_their_view() -> None:
    for search in SEARCHES:
        assert set(search.columns) <= set(mapped(search.view))


def test_views_name_fields_and_values_in_chinese() -> None:
    for view in VIEWS:
        known = mapped(view)
        assert set(view.labels) <= set(known)
        assert known[view.time_field]["type"] == "date"
        assert set(view.values) <= set(view.labels)
        assert all(not text.isascii() or text == "" for text in view.labels.values())
    assert {name: set(values) for name, values in ITEMS.values.items()} == {
        "section": set(get_args(Section)), "tier": set(get_args(Tier)), "review.state": set(get_args(ReviewState))
    }  # fmt: skip
    assert set(RUNS.values["outcome"]) == set(GROUPS) == {outcome.value for outcome in Outcome}
    assert set(RUNS.values["group"]) == set(GROUPS.values())
    assert set(RUNS.labels) == set(RUNS.properties)


def test_panels_lie_on_the_grid_without_overlap() -> None:
    for dashboard in DASHBOARDS:
        ids = [panel.id for panel in dashboard.panels]
        assert len(set(ids)) == len(ids)
        cells: set[tuple[int, int]] = set()
        for panel in dashboard.panels:
            assert panel.x >= 0
            assert panel.x + panel.w <= GRID_COLUMNS
            mine = {(x, y) for x in range(panel.x, panel.x + panel.w) for y in range(panel.y, panel.y + panel.h)}
            assert not cells & mine, panel.title
            cells |= mine
        assert len(cells) == GRID_COLUMNS * (1 + max(y for _, y in cells)), f"{dashboard.title} has holes"


def test_the_map_joins_on_iso_letters_and_leaves_no_province_out() -> None:
    (panel,) = [panel for panel in DASHBOARDS[0].panels if panel.chart == "map"]
    (bucket,) = panel.buckets
    assert isinstance(bucket, Terms)
    assert (bucket.field, bucket.size) == ("province_iso", 34)


# What the public schema of the dashboards API (9.5) allows, as far as it is used; it refuses anything else.
BUCKETS = {
    "terms": {"operation", "label", "fields", "limit", "rank_by", "ems"},
    "date_histogram": {"operation", "label", "field", "suggested_interval", "include_empty_rows"},
}
METRICS = {
    "count": {"operation", "label", "filter"},
    "unique_count": {"operation", "label", "field", "filter"},
    "sum": {"operation", "label", "field", "filter"},
    "max": {"operation", "label", "field", "filter"},
    "last_value": {"operation", "label", "field", "time_field", "filter"},
}
CHARTS = {
    "metric": {"metrics"},
    "data_table": {"rows", "metrics"},
    "pie": {"group_by", "metrics"},
    "tag_cloud": {"tag_by", "metric"},
    "region_map": {"region", "metric"},
    "xy": {"layers"},
}
XY = {"bar", "bar_stacked", "bar_horizontal"}


def test_the_api_form_has_the_same_panels_and_only_known_properties(folder: Path, objects: list[Json]) -> None:
    views = {entry["id"] for entry in objects if entry["type"] == "index-pattern"}
    for described in DASHBOARDS:
        body = json.loads((folder / f"news-dashboard-{described.id}.json").read_text("utf-8"))
        assert set(body) <= {"title", "description", "time_range", "pinned_panels", "panels", "query"}
        assert [panel["config"]["title"] for panel in body["panels"]] == [panel.title for panel in described.panels]
        assert [tuple(panel["grid"].values()) for panel in body["panels"]] == [
            (panel.x, panel.y, panel.w, panel.h) for panel in described.panels
        ]
        for pinned in body["pinned_panels"]:
            assert pinned["type"] == "options_list_control"
            assert pinned["config"]["data_view_id"] in views
        for panel in body["panels"]:
            assert set(panel) == {"type", "grid", "config"}
            _check_config(panel["config"], views, described.view)


def _check_config(config: Json, views: set[str], view: DataView) -> None:
    kind, own = config["type"], CHARTS[config["type"]]
    shared = {"type", "title", "query"} | (set() if kind == "xy" else {"data_source"})
    assert own | {"type", "title"} <= set(config) <= own | shared
    charts = config["layers"] if kind == "xy" else [config]
    for chart in charts:
        source = chart["data_source"]
        assert (source["type"], set(source)) == ("data_view_reference", {"type", "ref_id"})
        assert source["ref_id"] in views
        if kind == "xy":
            assert chart["type"] in XY
            assert set(chart) <= {"type", "data_source", "x", "y", "breakdown_by"}
        for value in chart.values():
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, dict) and "operation" in part:
                    _check_operation(part, view)
                if isinstance(part, dict) and "expression" in part:
                    assert part["language"] == "kql"


def _check_operation(part: Json, view: DataView) -> None:
    allowed = {**BUCKETS, **METRICS}[part["operation"]]
    assert set(part) - {"type"} <= allowed
    used = {*part.get("fields", []), *([part["field"]] if "field" in part else [])}
    assert used <= set(mapped(view))
    assert used or part["operation"] == "count"
    if "ems" in part:
        assert part["ems"] == {"boundaries": "china_provinces", "join": "iso_3166_2"}
