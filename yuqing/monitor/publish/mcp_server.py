"""The items for an AI assistant: a read-only Model Context Protocol server over the store and the rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec

from pydantic import Field

from classifiers import classify
from indexer.filters import filters
from yuqing.core.errors import YuqingError
from yuqing.core.jsonio import to_plain
from yuqing.core.records import Article
from yuqing.monitor.workspace import Workspace
from yuqing.review.api import read

if TYPE_CHECKING:
    from mcp.server import MCPServer

P = ParamSpec("P")
MAX_ITEMS = 50  # per response
_ABOUT = """News of China's 互联网+ (Internet Plus) programme as stored by yuqing: articles of government and media with
tags. Every tag rests on evidence: a rule and the words in the text. Cite items by their url. `search` gives rows
without texts; `item` gives one with its text and evidence. Pass filters by name: {filters}."""

Given = Annotated[dict[str, str], Field(description="Filters by name, for example {'window': '2018-03'}")]


def _telling(tool: Callable[P, dict[str, Any]]) -> Callable[P, dict[str, Any]]:
    """``tool`` with its user-fixable errors passed on as messages."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def run(*given: P.args, **named: P.kwargs) -> dict[str, Any]:
        try:
            return tool(*given, **named)
        except YuqingError as error:
            raise ToolError(str(error)) from error

    return run


def create_server(space: Workspace) -> MCPServer:
    """The server over ``space``. Raises YuqingError if the package mcp is missing."""
    try:
        from mcp.server import MCPServer
    except ImportError as error:
        raise YuqingError("The package mcp is missing; install it with `pip install 'yuqing[mcp]'`.") from error
    named = "; ".join(f"{one.key} ({one.help})" for one in filters())
    server = MCPServer("yuqing", instructions=_ABOUT.format(filters=named))

    @server.tool()
    @_telling
    def search(
        text: Annotated[str, Field(description="Words that must all occur in title or text")] = "",
        filters: Given | None = None,
        limit: Annotated[int, Field(ge=1, le=MAX_ITEMS)] = 10,
        after: Annotated[str, Field(description="`next` of the previous response")] = "",
    ) -> dict[str, Any]:
        """Items that match, newest first, with their total number."""
        query = read.query_from(space.store, {**(filters or {}), **({"text": text} if text else {})})
        return read.item_page(space.store, query, limit, read.place_of(after), body=False)

    @server.tool()
    @_telling
    def item(id: Annotated[str, Field(description="The id of a row")]) -> dict[str, Any]:  # noqa: A002
        """One item with its text and the evidence of its tags."""
        return read.item_detail(space.store, id)

    @server.tool()
    @_telling
    def facets(text: str = "", filters: Given | None = None) -> dict[str, Any]:
        """How many matching items each sector, place, ministry, enterprise, source, day … has."""
        query = read.query_from(space.store, {**(filters or {}), **({"text": text} if text else {})})
        return read.facet_counts(space.store, query)

    @server.tool()
    @_telling
    def window_summary(window: Annotated[str, Field(description="YYYY-MM")]) -> dict[str, Any]:
        """A monthly review window in numbers: its days and the counts of its relevant items."""
        return read.window_summary(space.store, space.settings.review_windows, window)

    @server.tool()
    @_telling
    def keywords_try(text: str, title: str = "", day: str = "") -> dict[str, Any]:
        """The tags that keywords.yaml gives a text, each with its evidence; nothing is stored."""
        tags: dict[str, Any] = to_plain(
            classify(Article(url="", title=title, body=text, published_at=day), space.rules)
        )
        return tags

    return server
