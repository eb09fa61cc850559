"""The report as JSON, byte for byte reproducible; its schema; and the reader."""

from __future__ import annotations

import json
from inspect import cleandoc
from pathlib import Path

import msgspec

from yuqing.core.errors import YuqingError
from yuqing.core.jsonio import from_json, to_json
from yuqing.review.report.records import FORMAT, Report

SCHEMA_FILE = Path(__file__).with_name("report.schema.json")


def render_json(report: Report) -> bytes:
    """Indented by two spaces, keys in the order of the fields, UTF-8."""
    return msgspec.json.format(to_json(report), indent=2) + b"\n"


def read_report(path: Path) -> Report:
    """A report written by :func:`render_json`. Raises YuqingError if it is not one."""
    try:
        report = from_json(path.read_bytes(), Report)
    except OSError as error:
        raise YuqingError(f"{path}: cannot be read ({error.strerror}).") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise YuqingError(f"{path}: is not a report written by `yuqing report --format json` ({error}).") from error
    if report.format != FORMAT:
        raise YuqingError(f"{path}: has format {report.format}, this program writes format {FORMAT}; create it again.")
    return report


def schema() -> str:
    """The JSON Schema of a report, as stored in SCHEMA_FILE."""
    (found,), parts = msgspec.json.schema_components([Report], ref_template="#/$defs/{name}")
    for part in parts.values():
        if "description" in part:
            part["description"] = cleandoc(
                part["description"]
            )  # like Python 3.13, while earlier versions keep the indentation
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "yuqing report"}
    return json.dumps({**whole, **found, "$defs": parts}, ensure_ascii=False, indent=2) + "\n"
