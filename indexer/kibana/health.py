"""The dashboard 采集健康, from the index of runs."""

from __future__ import annotations

from indexer.kibana.objects import Control, Dashboard, Days, Metric, Panel, Terms
from indexer.kibana.views import RUNS

PAGES = Metric(operation="sum", field="pages", label="页面数")
IS_RUN, IS_PAGES = 'kind: "run"', 'kind: "pages"'

HEALTH = Dashboard(
    id="health",
    title="采集健康",
    description="采集运行的结果：哪些来源正常、哪些拒绝访问或长期没有文章。",
    view=RUNS,
    since="now-14d/d",
    controls=(Control(field="source", label="来源编号"), Control(field="host", label="机器")),
    panels=(
        Panel(
            id="runs", title="运行次数", chart="metric", x=0, y=0, w=12, h=6, only=IS_RUN,
            metrics=(Metric(operation="count", label="运行次数"),),
        ),
        Panel(
            id="broken", title="失败或崩溃", chart="metric", x=12, y=0, w=12, h=6, only=IS_RUN,
            metrics=(Metric(operation="count", label="失败或崩溃", only='state: ("failed" or "crashed")'),),
        ),
        Panel(id="pages", title="页面数", chart="metric", x=24, y=0, w=12, h=6, only=IS_PAGES, metrics=(PAGES,)),
        Panel(
            id="indexed", title="新条目", chart="metric", x=36, y=0, w=12, h=6, only=IS_PAGES,
            metrics=(Metric(operation="sum", field="pages", label="新条目", only='outcome: "indexed"'),),
        ),
        Panel(
            id="days", title="每日页面（按结果类别）", chart="bar_stacked", x=0, y=6, w=30, h=14, only=IS_PAGES,
            buckets=(Days(field="started", label="日期"), Terms(field="group", label="结果类别", size=6)),
            metrics=(PAGES,),
        ),
        Panel(
            id="outcomes", title="页面结果", chart="bar_horizontal", x=30, y=6, w=18, h=14, only=IS_PAGES,
            buckets=(Terms(field="outcome", label="页面结果", size=25),), metrics=(PAGES,),
        ),
        Panel(
            id="sources", title="各来源", chart="table", x=0, y=20, w=30, h=20, only=IS_PAGES,
            buckets=(Terms(field="source", label="来源编号", size=200),),
            metrics=(
                PAGES,
                Metric(operation="sum", field="pages", label="文章", only='group: "article"'),
                Metric(operation="sum", field="pages", label="新条目", only='outcome: "indexed"'),
                Metric(operation="sum", field="pages", label="拒绝访问", only='group: "refused"'),
                Metric(operation="max", field="started", label="最近成功", only='group: ("article" or "listing")'),
            ),
        ),
        Panel(
            id="troubled", title="拒绝或无法访问的来源", chart="bar_horizontal", x=30, y=20, w=18, h=20,
            only=f'{IS_PAGES} and group: ("refused" or "unreached" or "failed")',
            buckets=(Terms(field="source", label="来源编号", size=20),), metrics=(PAGES,),
        ),
        Panel(
            id="latest", title="最近的运行", chart="table", x=0, y=40, w=48, h=14, only=IS_RUN,
            buckets=(Terms(field="run", label="运行", size=50, newest=True),),
            metrics=(
                PAGES,
                Metric(operation="max", field="seconds", label="用时（秒）"),
                Metric(operation="last_value", field="command", label="命令"),
                Metric(operation="last_value", field="state", label="运行状态"),
                Metric(operation="last_value", field="note", label="说明"),
            ),
        ),
    ),
)  # fmt: skip
