"""Sets up template, first indices and alias."""

from __future__ import annotations

from elasticsearch import BadRequestError, Elasticsearch
from elasticsearch import NotFoundError as MissingError

from core.errors import YuqingError
from indexer.elastic import mapping
from indexer.elastic.names import SCHEMA, UNDATED, Names


def init(client: Elasticsearch, location: str, names: Names) -> None:
    """Make what is missing; leave what is there. Raises YuqingError when an older schema is in use."""
    present = schema_in_use(client, names)
    if present not in (None, SCHEMA):
        raise YuqingError(f"{location}: the indices have schema {present}, this program writes {SCHEMA}.")
    client.indices.put_index_template(name=names.template, **mapping.template(names))
    create(client, names.month(UNDATED), {})
    create(client, names.ids, mapping.ids_index())


def check(client: Elasticsearch, location: str, names: Names) -> None:
    """Raises YuqingError when the indices are not set up for this program."""
    present = schema_in_use(client, names)
    if present is None:
        raise YuqingError(f"{location}: the indices “{names.prefix}-…” are not set up; run `yuqing index init`.")
    if present != SCHEMA:
        raise YuqingError(
            f"{location}: the indices have schema {present}, this program knows {SCHEMA}; "
            "use the same version of yuqing everywhere."
        )


def schema_in_use(client: Elasticsearch, names: Names) -> int | None:
    """The schema of the indices, or None when there are none."""
    try:
        answer = client.indices.get_mapping(index=names.ids)
    except MissingError:
        return None
    return int(answer[names.ids]["mappings"]["_meta"]["schema"])


def create(client: Elasticsearch, index: str, body: dict[str, object]) -> None:
    """Make ``index``, unless it is there."""
    try:
        client.indices.create(index=index, **body)  # type: ignore[arg-type]
    except BadRequestError as error:
        if error.error != "resource_already_exists_exception":
            raise
