"""Imports the objects into a Kibana through its HTTP API."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import urllib3

from indexer.elastic.names import Names
from indexer.kibana.dashboards_api import dashboard_bodies
from indexer.kibana.saved_objects import base_objects, dashboard_objects, ndjson
from yuqing.core.errors import UsageError, YuqingError

OLDEST = (8, 9)  # the format of saved objects before that is unknown
DASHBOARDS_API = (9, 5)  # generally available since then; in 9.4 it was a preview with a different schema
TIMEOUT = urllib3.Timeout(connect=10, read=120)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was imported: Kibana's version and the titles of the objects, in order."""

    version: str
    titles: list[str]


class ImportRefusedError(YuqingError):
    """Kibana refused some objects; ``refused`` has (type, title, reason) for each."""

    def __init__(self, url: str, refused: list[tuple[str, str, str]]) -> None:
        lines = "\n".join(f"  {kind} “{title}”: {reason}" for kind, title, reason in refused)
        super().__init__(f"{url}: Kibana refused {len(refused)} objects; all others were imported.\n{lines}")
        self.refused = refused


def send(url: str, names: Names, api_key: str = "", ca_file: Path | None = None) -> Sent:
    """Import everything into the Kibana at ``url`` (with /s/SPACE for a space), replacing an earlier import.

    ``api_key`` (in encoded form) is an Elasticsearch key; ``ca_file`` is the certificate of the authority that signed
    Kibana's. Raises YuqingError with advice if Kibana is down or too old, or refuses the key or an object.
    """
    kibana = _Kibana(url, api_key, ca_file)
    version = kibana.version()
    base, dashboards = base_objects(names), dashboard_objects(names)
    if _pair(version) < DASHBOARDS_API:
        kibana.import_objects([*base, *dashboards])
    else:
        kibana.import_objects(base)
        for key, body in dashboard_bodies(names).items():
            kibana.call("PUT", f"/api/dashboards/{quote(key)}", what=f"dashboard “{body['title']}”", json=body)
    return Sent(version, [entry["attributes"]["title"] for entry in (*base, *dashboards)])


class _Kibana:
    def __init__(self, url: str, api_key: str, ca_file: Path | None) -> None:
        try:
            parts = urllib3.util.parse_url(url)
        except urllib3.exceptions.LocationParseError:
            parts = urllib3.util.Url()
        if parts.scheme not in ("http", "https") or not parts.host or parts.auth or parts.query:
            raise UsageError(
                f"“{parts.scheme or ''}://{parts.host or ''}…” is not the URL of a Kibana; write for example "
                "http://localhost:5601 or https://kibana.example.cn/s/team. A key goes into YUQING_KIBANA__API_KEY."
            )
        self.url = url.rstrip("/")
        self._headers = {"kbn-xsrf": "true", "Accept": "application/json"}
        if api_key:
            self._headers["Authorization"] = f"ApiKey {api_key}"
        self._pool = urllib3.PoolManager(timeout=TIMEOUT, retries=False, ca_certs=str(ca_file) if ca_file else None)

    def version(self) -> str:
        """Kibana's version, 8.9 or later."""
        answer = self.call("GET", "/api/status", what="the status")
        found = answer.get("version")
        number = str(found.get("number", "")) if isinstance(found, dict) else ""
        if not re.match(r"\d+\.\d+", number):
            if "status" in answer:
                raise YuqingError(
                    f"{self.url}: Kibana reveals its version only to authenticated users; set YUQING_KIBANA__API_KEY."
                )
            raise YuqingError(f"{self.url}: this server is not a Kibana; check the URL.")
        if _pair(number) < OLDEST:
            raise YuqingError(f"{self.url}: this is Kibana {number}; the objects need 8.9 or later.")
        return number

    def import_objects(self, objects: list[dict[str, Any]]) -> None:
        """Import saved objects, replacing those with the same ids."""
        file = ("kibana.ndjson", ndjson(objects).encode(), "application/x-ndjson")
        answer = self.call(
            "POST", "/api/saved_objects/_import?overwrite=true", what="the import", fields={"file": file}
        )
        if not answer.get("success"):
            titles = {entry["id"]: entry["attributes"]["title"] for entry in objects}
            errors = answer.get("errors") or [{}]
            raise ImportRefusedError(self.url, [_refused(error, titles) for error in errors])

    def call(self, method: str, path: str, *, what: str, **body: Any) -> dict[str, Any]:
        """Send a request; returns the JSON of a successful response."""
        try:
            answer = self._pool.request(method, self.url + path, headers=self._headers, redirect=False, **body)
        except urllib3.exceptions.SSLError as error:
            raise YuqingError(
                f"{self.url}: the certificate cannot be verified ({error}); check YUQING_KIBANA__CA_FILE."
            ) from error
        except urllib3.exceptions.HTTPError as error:
            raise YuqingError(
                f"{self.url}: Kibana cannot be reached ({error}); check that it is running and that the URL is right."
            ) from error
        try:
            found = json.loads(answer.data)
        except ValueError:
            found = None
        if answer.status in (200, 201) and isinstance(found, dict):
            return found
        raise YuqingError(f"{self.url}: {_sentence(answer.status, found, what)}")


def _sentence(status: int, found: Any, what: str) -> str:
    reason = str(found.get("message") or found.get("error") or "") if isinstance(found, dict) else ""
    if status == 401:
        return "Kibana does not accept the key; check YUQING_KIBANA__API_KEY."
    if status == 403:
        return f"the key has no permission for this ({what}: {reason}); use a key that may manage saved objects."
    if found is None or status == 404 or 300 <= status < 400:
        return f"this server is not a Kibana, or its base path is missing in the URL ({what}: status {status})."
    if status == 503:
        return f"Kibana is not ready yet ({reason or status}); try again in a minute."
    return f"Kibana refused {what} (status {status}: {reason})."


def _refused(error: dict[str, Any], titles: dict[str, str]) -> tuple[str, str, str]:
    detail = error.get("error") or {}
    reason = str(detail.get("type", "unknown"))
    if detail.get("references"):
        missing = ", ".join(f"{entry['type']} {entry['id']}" for entry in detail["references"])
        reason += f", missing: {missing}"
    if detail.get("message"):
        reason += f", {detail['message']}"
    key = str(error.get("id", ""))
    return str(error.get("type", "object")), titles.get(key, key), reason


def _pair(version: str) -> tuple[int, int]:
    major, minor = re.findall(r"\d+", version)[:2]
    return int(major), int(minor)
