"""Writes the objects to files; the same objects give the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

from indexer.elastic.names import Names
from indexer.kibana.dashboards_api import dashboard_bodies
from indexer.kibana.saved_objects import base_objects, dashboard_objects, ndjson
from yuqing.core.errors import YuqingError


def export(names: Names, folder: Path) -> list[Path]:
    """Write ``kibana.ndjson`` and, for Kibana 9.5 and later, ``<id>.json`` for each dashboard; returns the paths."""
    texts = {"kibana.ndjson": ndjson([*base_objects(names), *dashboard_objects(names)])}
    for key, body in dashboard_bodies(names).items():
        texts[f"{key}.json"] = json.dumps(body, ensure_ascii=False, indent=2) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise YuqingError(f"{folder}: the Kibana objects cannot be written ({error.strerror}).") from error
    return [folder / name for name in texts]
