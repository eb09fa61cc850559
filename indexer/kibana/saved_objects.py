"""The objects as NDJSON for `Stack Management > Saved Objects > Import`, in the format of Kibana 8.9.

Kibana migrates older objects on import and rejects newer ones, so they are written in the oldest format that has what
they need.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from indexer.elastic.names import Names
from indexer.kibana import lens
from indexer.kibana.health import HEALTH
from indexer.kibana.monthly import MONTHLY
from indexer.kibana.objects import Control, Dashboard, DataView, Search
from indexer.kibana.searches import SEARCHES
from indexer.kibana.views import ITEMS, RUNS

CORE_LEVEL = "8.8.0"
TYPE_LEVELS = {"index-pattern": "8.0.0", "search": "8.0.0", "dashboard": "8.9.0"}
PANEL_LEVEL = "8.9.0"
VIEWS = (ITEMS, RUNS)
DASHBOARDS = (MONTHLY, HEALTH)

Json = dict[str, Any]


def object_id(names: Names, own: str) -> str:
    """The fixed id of an object: a second import replaces the first, while another prefix gives separate objects."""
    return f"{names.prefix}-{own}"


def view_id(names: Names, view: DataView) -> str:
    """The id of a data view."""
    return object_id(names, f"view-{view.suffix}")


def base_objects(names: Names) -> list[Json]:
    """The data views and the saved searches."""
    return [*(_view(names, view) for view in VIEWS), *(_search(names, search) for search in SEARCHES)]


def dashboard_objects(names: Names) -> list[Json]:
    """The dashboards."""
    return [_dashboard(names, dashboard) for dashboard in DASHBOARDS]


def ndjson(objects: Sequence[Json]) -> str:
    """One object per line."""
    return "".join(f"{_dump(entry)}\n" for entry in objects)


def _view(names: Names, view: DataView) -> Json:
    formats = {name: _value_names(values) for name, values in view.values.items()}
    if "url" in view.properties:
        formats["url"] = {"id": "url", "params": {}}
    attributes = {
        "title": f"{names.prefix}-{view.suffix}",
        "name": f"{view.name}（{names.prefix}）",
        "timeFieldName": view.time_field,
        "fields": "[]",
        "fieldAttrs": _dump({name: {"customLabel": label} for name, label in view.labels.items()}),
        "fieldFormatMap": _dump(formats),
        "sourceFilters": _dump([{"value": name} for name in ("record", "decisions") if name in view.properties]),
        "runtimeFieldMap": "{}",
        "typeMeta": "{}",
    }
    return _object("index-pattern", view_id(names, view), attributes, [])


def _value_names(values: Any) -> Json:
    entries = [{"key": key, "value": value} for key, value in values.items()]
    return {"id": "static_lookup", "params": {"lookupEntries": entries}}


def _search(names: Names, search: Search) -> Json:
    name = "kibanaSavedObjectMeta.searchSourceJSON.index"
    source = {"query": lens.kuery(search.only), "filter": [], "indexRefName": name}
    attributes: Json = {
        "title": search.title,
        "description": search.description,
        "columns": list(search.columns),
        "sort": [[search.view.time_field, "desc"]],
        "grid": {},
        "hideChart": False,
        "isTextBasedQuery": False,
        "timeRestore": bool(search.since),
        "kibanaSavedObjectMeta": {"searchSourceJSON": _dump(source)},
    }
    if search.since:
        attributes["timeRange"] = {"from": search.since, "to": "now"}
    reference = {"type": "index-pattern", "id": view_id(names, search.view), "name": name}
    return _object("search", object_id(names, f"search-{search.id}"), attributes, [reference])


def _dashboard(names: Names, dashboard: Dashboard) -> Json:
    view = view_id(names, dashboard.view)
    controls = {f"{dashboard.id}-control-{n}": control for n, control in enumerate(dashboard.controls)}
    ignored = ("ignoreFilters", "ignoreQuery", "ignoreTimerange", "ignoreValidations")
    attributes = {
        "title": dashboard.title,
        "description": dashboard.description,
        "version": 1,
        "timeRestore": True,
        "timeFrom": dashboard.since,
        "timeTo": "now",
        "refreshInterval": {"pause": True, "value": 60_000},
        "optionsJSON": _dump(
            {
                "useMargins": True,
                "syncColors": False,
                "syncCursor": True,
                "syncTooltips": False,
                "hidePanelTitles": False,
            }
        ),
        "kibanaSavedObjectMeta": {"searchSourceJSON": _dump({"query": lens.kuery(dashboard.only), "filter": []})},
        "controlGroupInput": {
            "controlStyle": "oneLine",
            "chainingSystem": "HIERARCHICAL",
            "panelsJSON": _dump({key: _control(key, n, given) for n, (key, given) in enumerate(controls.items())}),
            "ignoreParentSettingsJSON": _dump(dict.fromkeys(ignored, False)),
        },
        "panelsJSON": _dump(
            [
                {
                    "type": "lens",
                    "version": PANEL_LEVEL,
                    "panelIndex": panel.id,
                    "gridData": {"x": panel.x, "y": panel.y, "w": panel.w, "h": panel.h, "i": panel.id},
                    "title": panel.title,
                    "embeddableConfig": {"attributes": lens.attributes(panel, dashboard, view), "enhancements": {}},
                }
                for panel in dashboard.panels
            ]
        ),
    }
    references = [
        {"type": "index-pattern", "id": view, "name": f"controlGroup_{key}:optionsListDataView"} for key in controls
    ]
    for panel in dashboard.panels:
        inner = lens.reference(panel, view)
        references.append({**inner, "name": f"{panel.id}:{inner['name']}"})
    return _object("dashboard", object_id(names, f"dashboard-{dashboard.id}"), attributes, references)


def _control(key: str, order: int, control: Control) -> Json:
    by, direction = ("_key", "desc") if control.single else ("_count", "desc")
    return {
        "type": "optionsListControl",
        "order": order,
        "width": "medium",
        "grow": True,
        "explicitInput": {
            "id": key,
            "fieldName": control.field,
            "title": control.label,
            "singleSelect": control.single,
            "selectedOptions": [],
            "sort": {"by": by, "direction": direction},
            "enhancements": {},
        },
    }


def _object(kind: str, key: str, attributes: Json, references: list[dict[str, str]]) -> Json:
    return {
        "type": kind,
        "id": key,
        "attributes": attributes,
        "references": references,
        "managed": False,
        "coreMigrationVersion": CORE_LEVEL,
        "typeMigrationVersion": TYPE_LEVELS[kind],
    }


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
