"""The API's parameters and responses for OpenAPI, derived from the filters, the facets and the columns of a row."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model
from pydantic.json_schema import SkipJsonSchema

from indexer.facets import counted_fields
from indexer.filters import filters
from yuqing.core.item_row import COLUMNS

MAX_PAGE = 200  # items per response
_NOT_GIVEN: Any = SkipJsonSchema[None]  # type: ignore[misc]  # a parameter may be left out, but null is not a value
LONGEST = 200  # characters of a filter
WINDOW = r"^[12][0-9]{3}-(0[1-9]|1[0-2])$"
DAY = r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$"  # as in yuqing.core.times: date arithmetic cannot overflow
PLACE = r"^([12][0-9]{3}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9]:[0-5][0-9])?)?~[0-9a-f]{32}$"


def _written_as_day(value: object) -> object:
    """Reject numbers: pydantic would read “0” as the first day of 1970."""
    if isinstance(value, str) and not re.fullmatch(DAY, value):
        raise ValueError("write YYYY-MM-DD")
    return value


_DAY_SCHEMA = {"type": "string", "format": "date", "pattern": DAY}
Day = Annotated[date, BeforeValidator(_written_as_day), WithJsonSchema(_DAY_SCHEMA)]


class Filters(BaseModel):
    """The filters of a search; other parameters are rejected."""

    model_config = ConfigDict(extra="forbid")

    saved: str | SkipJsonSchema[None] = Field(
        None, min_length=1, max_length=LONGEST, description="The name of a saved search, whose filters apply too"
    )

    def given(self) -> dict[str, str]:
        """The filters as strings."""
        named = {one.key: (one, getattr(self, one.key)) for one in filters()}
        return {key: "yes" if one.flag else str(value) for key, (one, value) in named.items() if value}


def _filter_fields() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for one in filters():
        kind: Any = str
        more: dict[str, Any] = {"max_length": LONGEST}
        if one.flag:
            fields[one.key] = (bool, Field(False, description=one.help))
            continue
        if one.values:
            kind, more = Literal[one.values], {}
        elif one.key == "window":
            kind, more = Annotated[str, Field(pattern=WINDOW)], {}
        elif one.key in ("since", "until"):
            kind, more = Day, {}
        about = one.help.partition(":")[0] if kind is Day else one.help
        fields[one.key] = (kind | _NOT_GIVEN, Field(None, description=about, **more))
    return fields


_filters: Any = create_model("_Filters", __base__=Filters, **_filter_fields())
_row: Any = create_model(  # type: ignore[call-overload]
    "_Row", **{name: (kind, ...) for name, kind in COLUMNS.items() if name != "body"}
)


class SearchFilters(_filters):  # its fields are those of indexer/filters.py
    """The filters of a search."""


class PageFilters(SearchFilters):
    """The filters of a search, and which page of it."""

    limit: int = Field(50, ge=1, le=MAX_PAGE, description="Items in this response")
    after: Annotated[str, Field(pattern=PLACE)] | SkipJsonSchema[None] = Field(
        None, description="`next` of the previous response; default: the first page"
    )
    body: bool = Field(False, description="Include the texts")


class Row(_row):  # its fields are those of yuqing/core/item_row.py
    """An item as one flat row."""

    body: str | None = Field(description="The text, if requested")


class ItemPage(BaseModel):
    """A page of what a search matches, newest first."""

    total: int = Field(description="Number of items that the search matches")
    items: list[Row]
    next: str | None = Field(description="Pass it as `after` to get the next page; null: there is none")


class EvidenceOut(BaseModel):
    """Why a tag was given; offsets are in characters of the field."""

    tag: str
    rule: str
    text: str
    start: int
    end: int
    sentence: str
    field: str


class RelatedOut(BaseModel):
    """A page that explains an official document (解读), or the document that a page explains (文件)."""

    kind: str
    title: str
    url: str


class DocumentOut(BaseModel):
    """The metadata of an official document; ``found_in`` has the words that each field was read from."""

    number: str
    index: str
    issuer: str
    written_on: str
    published_on: str
    topic: str
    validity: str
    related: list[RelatedOut]
    found_in: dict[str, str]


class ItemDetail(BaseModel):
    """An item with its text, the evidence of its tags, and the metadata of an official document."""

    item: Row
    evidence: list[EvidenceOut]
    document: DocumentOut | None


class Count(BaseModel):
    """A value and the number of items that have it."""

    value: str
    count: int


_counts: Any = create_model(  # type: ignore[call-overload]
    "_Counts", **dict.fromkeys(counted_fields(), (list[Count], ...))
)


class Counts(_counts):  # its fields are those of indexer/facets.py
    """The counts by facet, most frequent first; days in chronological order."""


class Facets(BaseModel):
    """Counts over everything that a search matches."""

    total: int
    facets: Counts


class WindowSummary(BaseModel):
    """A review window in figures: its days, both inclusive, and the counts of its relevant items."""

    window: Annotated[str, Field(pattern=WINDOW)]
    first: date
    last: date
    total: int
    facets: Counts


class SavedSearchOut(BaseModel):
    """A saved search: its filters as strings."""

    name: str
    filters: dict[str, str]
    alert: bool


class SourceOut(BaseModel):
    """A source."""

    id: str
    name: str


class Fault(BaseModel):
    """An error message."""

    detail: str
