"""``yuqing mcp``: the store for an assistant, over the Model Context Protocol."""

from __future__ import annotations


def mcp() -> None:
    """Serve search, items with evidence, facets, window summaries and keywords try over MCP (standard input/output)."""
    from yuqing.monitor.logs import set_up_logging
    from yuqing.monitor.publish.mcp_server import create_server
    from yuqing.monitor.settings import load_settings
    from yuqing.monitor.workspace import workspace

    settings = load_settings()
    set_up_logging(settings.log_level, settings.log_format)
    with workspace(settings) as space:
        create_server(space).run("stdio")
