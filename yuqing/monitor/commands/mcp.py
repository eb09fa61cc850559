"""``yuqing mcp``: the store for an AI assistant, over the Model Context Protocol."""

from __future__ import annotations

from yuqing.monitor.commands.begin import begin


def mcp() -> None:
    """Serve search, items with evidence, facets, window summaries and keywords try over MCP (standard input/output)."""
    from yuqing.monitor.publish.mcp_server import create_server
    from yuqing.monitor.workspace import workspace

    settings = begin()
    with workspace(settings) as space:
        create_server(space).run("stdio")
