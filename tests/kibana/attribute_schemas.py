"""What Kibana's servers check in the attributes of saved objects, as JSON Schema, version by version.

Written after the schemas that Kibana publishes for its types ``dashboard`` (8.8 and the model versions 1 to 4) and
``search`` (8.8 and 1 to 12): names, types, bounds and what must be there. Until model version 1 of dashboards, and in
all of searches, a name that is not known is refused.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "number"}
FLAG: Json = {"type": "boolean"}
DENSITIES = ["compact", "expanded", "normal"]


def strict(required: dict[str, Json], optional: dict[str, Json]) -> Json:
    """An object with these fields and no others."""
    return {
        "type": "object", "properties": required | optional, "required": list(required), "additionalProperties": False,
    }  # fmt: skip


def listed(entries: Json, **bounds: int) -> Json:
    """An array of ``entries``."""
    return {"type": "array", "items": entries, **bounds}


def without_refusal(schema: Json) -> Json:
    """``schema``, where unknown names are passed over."""
    return {**schema, "additionalProperties": True}


SOURCE = strict({}, {"searchSourceJSON": TEXT})
CONTROLS = dict.fromkeys(("panelsJSON", "controlStyle", "chainingSystem", "ignoreParentSettingsJSON"), TEXT)
DASHBOARD: dict[str, Json] = {
    **dict.fromkeys(("description", "timeFrom", "timeTo", "panelsJSON", "optionsJSON"), TEXT),
    "timeRestore": FLAG,
    "kibanaSavedObjectMeta": SOURCE,
    "refreshInterval": strict({"pause": FLAG, "value": NUMBER}, {"display": TEXT, "section": NUMBER}),
    "controlGroupInput": without_refusal(strict({}, CONTROLS)),
    "hits": NUMBER,
    "version": NUMBER,
}
SECTION = strict({"title": TEXT, "gridData": strict({"y": NUMBER, "i": TEXT}, {})}, {"collapsed": FLAG})


def dashboard(version: int) -> Json:
    """The schema of a dashboard's attributes; 0 is that of Kibana 8.8."""
    fields = dict(DASHBOARD)
    if version >= 2:
        fields["controlGroupInput"] = without_refusal(strict({}, {**CONTROLS, "showApplySelections": FLAG}))
    if version >= 3:
        fields["sections"] = listed(SECTION)
    if version >= 4:
        fields["projectRouting"] = TEXT
    schema = strict({"title": TEXT}, fields)
    return without_refusal(schema) if version >= 2 else schema


SEARCH_NEEDED: dict[str, Json] = {"kibanaSavedObjectMeta": strict({"searchSourceJSON": TEXT}, {})}
SEARCH: dict[str, Json] = {
    "columns": listed(TEXT),
    "sort": {"anyOf": [listed(listed(TEXT, maxItems=2)), listed(TEXT, maxItems=2)]},
    "grid": strict({}, {"columns": {"type": "object", "additionalProperties": strict({}, {"width": NUMBER})}}),
    **dict.fromkeys(("rowHeight", "rowsPerPage", "hits", "version"), NUMBER),
    **dict.fromkeys(
        ("hideChart", "isTextBasedQuery", "usesAdHocDataView", "timeRestore", "hideAggregatedPreview"), FLAG
    ),
    "breakdownField": TEXT,
    "timeRange": strict({"from": TEXT, "to": TEXT}, {}),
    "refreshInterval": strict({"pause": FLAG, "value": NUMBER}, {}),
    "viewMode": {"enum": ["documents", "aggregated"]},
}
# What each model version adds to the search itself, and from 6 on to each of its tabs.
ADDED: dict[int, dict[str, Json]] = {
    1: {"sampleSize": {"type": "number", "minimum": 10, "maximum": 10_000}},
    2: {"headerRowHeight": NUMBER},
    3: {"visContext": {"type": "object"}},
    4: {"viewMode": {"enum": ["documents", "patterns", "aggregated"]}},
    5: {"density": {"enum": DENSITIES}},
    8: {"controlGroupJson": TEXT},
    11: {"chartInterval": TEXT},
    12: {"hideTable": FLAG},
}


def search(version: int) -> Json:
    """The schema of a search's attributes; 0 is that of Kibana 8.8."""
    fields = SEARCH | {key: one for since, more in ADDED.items() if since <= version for key, one in more.items()}
    named = {"title": TEXT}
    if version < 6:
        return strict(named | SEARCH_NEEDED, fields | {"description": TEXT})
    in_tab = fields | ({"chartInterval": TEXT} if version >= 10 else {})
    tab = strict({"id": TEXT, "label": TEXT, "attributes": strict(SEARCH_NEEDED, in_tab)}, {})
    tabs = {"tabs": listed(tab, minItems=1, **({"maxItems": 25} if version >= 12 else {}))}
    if version == 6:
        return strict(named | SEARCH_NEEDED, fields | tabs | {"description": TEXT})
    needed = named | (tabs if version < 9 else {})  # from 9 on a client of the old interface may leave them out
    return strict(needed, fields | tabs | SEARCH_NEEDED | {"description": TEXT})
