"""The MCP server, as a real client of the protocol drives it over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

import pytest

from tests.monitor.conftest import Demo

mcp = pytest.importorskip("mcp")


def test_a_client_searches_reads_counts_and_tries(demo: Demo) -> None:
    asyncio.run(_drive(demo))


async def _drive(demo: Demo) -> None:
    from mcp import Client, StdioServerParameters
    from mcp.client.stdio import stdio_client

    environment = {**os.environ, "YUQING_DATA": "data"}
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "yuqing.monitor.cli", "mcp"], cwd=demo.home, env=environment
    )
    async with Client(stdio_client(server)) as client:

        async def call(name: str, **given: Any) -> dict[str, Any]:
            result = await client.call_tool(name, given)
            assert not result.is_error, result.content
            assert isinstance(result.structured_content, dict)
            return result.structured_content

        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert tools == {"search", "item", "facets", "window_summary", "keywords_try"}
        page = await call("search", text="互联网+教育", filters={"window": "2018-03"}, limit=1)
        assert page["total"] > len(page["items"]) == 1
        second = await call("search", text="互联网+教育", filters={"window": "2018-03"}, limit=1, after=page["next"])
        assert second["items"][0]["id"] != page["items"][0]["id"]
        found = await call("item", id=page["items"][0]["id"])
        assert found["item"]["url"] == page["items"][0]["url"]
        for evidence in found["evidence"]:
            text = found["item"][evidence["field"]] if evidence["field"] in ("title", "body") else ""
            assert not text or text[evidence["start"] : evidence["end"]] == evidence["text"]
        assert found["evidence"]
        facets = await call("facets", filters={"window": "2018-03"})
        summary = await call("window_summary", window="2018-03")
        assert summary["total"] == facets["total"]
        assert summary["facets"] == facets["facets"]
        tags = await call("keywords_try", text="3月9日，教育部印发《关于开展“互联网+教育”试点的通知》。")
        assert tags["ministries"] == ["教育部"]
        refused = await client.call_tool("search", {"filters": {"colour": "red"}})
        assert refused.is_error
        assert "“colour” is not a filter" in str(refused.content)
