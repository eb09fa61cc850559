"""The groups in which `yuqing --help` shows the commands."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

GROUPS: dict[str, tuple[str, ...]] = {
    "采集 (collect)": ("crawl", "add", "sources", "runs", "rebuild", "archive", "extract"),
    "审核与报告 (review and report)": ("review", "report", "search", "searches", "export", "feed", "users"),
    "规则 (rules)": ("keywords", "retag", "evaluate", "classify"),
    "运维 (operate)": ("doctor", "schedule", "alerts", "backup", "restore", "index", "kibana", "init", "demo", "mcp"),
}
OTHERS = "其他 (others)"


class GroupedHelp(TyperGroup):
    """The command line with its commands in :data:`GROUPS`; those in none of them are listed under :data:`OTHERS`."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the groups; called for ``--help``."""
        shown = {
            name: command
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None and not command.hidden
        }
        width = formatter.width - 6 - max(map(len, shown))
        grouped = {name for names in GROUPS.values() for name in names}
        for title, names in (*GROUPS.items(), (OTHERS, tuple(name for name in shown if name not in grouped))):
            if rows := [(name, shown[name].get_short_help_str(width)) for name in names if name in shown]:
                with formatter.section(title):
                    formatter.write_dl(rows)
