"""Sets up the template, first indices and alias, and reads which are in use."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch
from elasticsearch import NotFoundError as MissingError

from indexer.elastic import mapping
from indexer.elastic.client import Address
from indexer.elastic.faults import faults
from indexer.elastic.names import SCHEMA, UNDATED, Names
from yuqing.core.errors import YuqingError
from yuqing.core.facets import stored_fields

# The facets of schema 2 indices whose meta does not list them yet.
_UNNAMED = ["sector", "phrase", "province", "city", "county", "ministry", "enterprise", "event", "topic", "section"]


@dataclass(frozen=True, slots=True)
class InUse:
    """The state of the indices. ``schema`` is that of the mapping; ``version`` counts how often they were built.

    ``analyzer`` is the plug-in of the sub-fields; ``moving`` says that a reindex is about to switch. ``facets`` are the
    fields derived from tags.
    """

    schema: int = SCHEMA
    version: int = 1
    analyzer: str = ""
    moving: bool = False
    facets: list[str] = field(default_factory=lambda: [field.key for field in stored_fields()])

    @property
    def meta(self) -> dict[str, Any]:
        """As stored in the index of ids."""
        return asdict(self)


def init(client: Elasticsearch, location: str, prefix: str, analyzer: str) -> InUse:
    """Create what is missing; leave the rest as it is. Raises YuqingError when another schema is in use."""
    found = in_use(client, prefix)
    if found:
        _expect_schema(location, found)
    wanted = found or InUse(analyzer=analyzer)
    names = Names(prefix, wanted.version)
    client.cluster.put_component_template(name=names.defaults, **mapping.defaults())
    client.indices.put_index_template(name=names.template, **mapping.template(names, wanted.analyzer))
    create(client, names.month(UNDATED), {})
    create(client, names.ids, mapping.ids_index(wanted.meta))
    create(client, names.edits, mapping.edits_index())
    return wanted


def check(client: Elasticsearch, location: str, prefix: str) -> InUse:
    """What is in use. Raises YuqingError when it is not set up for this program."""
    found = in_use(client, prefix)
    if found is None:
        raise YuqingError(f"{location}: the indices “{prefix}-…” are not set up; run `yuqing index init`.")
    _expect_schema(location, found)
    return found


def _expect_schema(location: str, found: InUse) -> None:
    if found.schema < SCHEMA:
        raise YuqingError(
            f"{location}: the indices have schema {found.schema}, this program writes {SCHEMA}; "
            "run `yuqing index reindex`."
        )
    if found.schema > SCHEMA:
        raise YuqingError(
            f"{location}: the indices have schema {found.schema}, this program supports {SCHEMA}; "
            "use the same version of yuqing everywhere."
        )
    if missing := [field.key for field in stored_fields() if field.key not in found.facets]:
        raise YuqingError(f"{location}: the indices lack the field “{missing[0]}”; run `yuqing index reindex`.")


def in_use(client: Elasticsearch, prefix: str) -> InUse | None:
    """What is in use, or None when nothing is set up."""
    ids = Names(prefix).ids
    try:
        answer = client.indices.get_mapping(index=ids)
    except MissingError:
        return None
    return InUse(**{"facets": _UNNAMED, **answer[ids]["mappings"]["_meta"]})


def open_beside(client: Elasticsearch, address: Address, index: str, properties: dict[str, Any]) -> None:
    """Create ``index`` with these fields next to the items at ``address``, unless it exists.

    Raises YuqingError when the store is not set up, StoreUnavailableError while it cannot be reached; the client is
    then closed.
    """
    try:
        with faults(address.server):
            check(client, address.server, address.prefix)
            create(client, index, mapping.strict_index(properties))
    except BaseException:
        client.close()
        raise


def create(client: Elasticsearch, index: str, body: dict[str, object]) -> None:
    """Create ``index``, unless it exists."""
    try:
        client.indices.create(index=index, **body)  # type: ignore[arg-type]
    except BadRequestError as error:
        if error.error != "resource_already_exists_exception":
            raise
