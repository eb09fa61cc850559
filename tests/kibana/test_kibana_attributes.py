"""Attributes of the saved objects against the schemas that Kibana's servers check on import."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from indexer.elastic.names import Names
from indexer.kibana.saved_objects import base_objects, dashboard_objects
from tests.kibana.attribute_schemas import dashboard, search

Json = dict[str, Any]


def attributes(kind: str) -> list[Json]:
    names = Names("news")
    objects = [*base_objects(names), *dashboard_objects(names)]
    return [entry["attributes"] for entry in objects if entry["type"] == kind]


def check(schema: Json, value: Json) -> None:
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(value)


@pytest.mark.parametrize("version", range(5))
def test_dashboards_are_what_each_version_takes(version: int) -> None:
    found = attributes("dashboard")
    assert len(found) == 2
    for one in found:
        check(dashboard(version), one)


@pytest.mark.parametrize("version", range(13))
def test_searches_are_what_each_version_takes(version: int) -> None:
    found = attributes("search")
    assert len(found) == 6
    for one in found:
        # From version 6 on Kibana itself makes a tab of what older searches say, before it checks them.
        inside = {key: value for key, value in one.items() if key not in ("title", "description")}
        tab = {"id": "1", "label": one["title"], "attributes": inside}
        check(search(version), one | ({"tabs": [tab]} if version >= 6 else {}))


@pytest.mark.parametrize(
    ("kind", "schema", "fault"),
    [
        ("dashboard", dashboard(0), {"panels": []}),
        ("dashboard", dashboard(1), {"sections": []}),
        ("dashboard", dashboard(4), {"refreshInterval": {"pause": "no", "value": 1}}),
        ("dashboard", dashboard(4), {"timeRestore": "yes"}),
        ("search", search(0), {"density": "compact"}),
        ("search", search(5), {"sort": [["published_at", "desc", "x"]]}),
        ("search", search(12), {"grid": {"width": 1}}),
        ("search", search(7), {}),  # tabs must be there
    ],
)
def test_what_a_version_refuses_is_refused_here(kind: str, schema: Json, fault: Json) -> None:
    with pytest.raises(ValidationError):
        check(schema, attributes(kind)[0] | fault)
