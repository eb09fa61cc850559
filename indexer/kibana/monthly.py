"""The dashboard 月度监测."""

from __future__ import annotations

from indexer.kibana.objects import Control, Dashboard, Days, Metric, Panel, Terms
from indexer.kibana.views import ITEMS
from yuqing.core.facets import FACETS

PROVINCES = 34  # all of them: neither the map nor the bars leave any out
ITEM_COUNT = Metric(operation="count", label="条目数")
LEAD_TITLE = Metric(operation="last_value", field="title.raw", label="首篇标题", only="family.lead: true")

_COUNTS = (
    Panel(id="items", title="相关条目", chart="metric", x=0, y=0, w=12, h=6, metrics=(ITEM_COUNT,)),
    Panel(
        id="stories", title="其中首篇（不计转载）", chart="metric", x=12, y=0, w=12, h=6,
        metrics=(Metric(operation="count", label="首篇", only="not family.lead: false"),),
    ),
    Panel(
        id="publishers", title="来源数", chart="metric", x=24, y=0, w=12, h=6,
        metrics=(Metric(operation="unique_count", field="source", label="来源数"),),
    ),
    Panel(
        id="pending", title="待审", chart="metric", x=36, y=0, w=12, h=6,
        metrics=(Metric(operation="count", label="待审", only='review.state: "pending"'),),
    ),
)  # fmt: skip


def _ranking(name: str, title: str, field: str, size: int, x: int, y: int, h: int, w: int = 24) -> Panel:
    return Panel(
        id=name, title=title, chart="bar_horizontal", x=x, y=y, w=w, h=h,
        buckets=(Terms(field=field, label=title, size=size),), metrics=(ITEM_COUNT,),
    )  # fmt: skip


_RANKED = [facet for facet in FACETS if "ranking" in facet.shown]
_RANKINGS = tuple(  # in rows of two; the last one alone takes its row
    _ranking(
        facet.attribute, facet.label, facet.fields[0].key, 15, 24 * (place % 2), 54 + 14 * (place // 2), 14,
        w=48 if place % 2 == 0 and place == len(_RANKED) - 1 else 24,
    )
    for place, facet in enumerate(_RANKED)
)  # fmt: skip
_BELOW = 54 + 14 * -(-len(_RANKED) // 2)

MONTHLY = Dashboard(
    id="monthly",
    title="月度监测",
    description="“互联网+”舆情的月度概览：先在上方选择监测月份，再按领域、省份或审核状态收窄。",
    view=ITEMS,
    only="relevant: true",
    since="now-3M/d",
    controls=(
        Control(field="window", label="监测月份", single=True),
        *(
            Control(field=facet.fields[0].key, label=facet.fields[0].label)
            for facet in FACETS
            if "control" in facet.shown
        ),
        Control(field="review.state", label="审核状态"),
    ),
    panels=(
        *_COUNTS,
        Panel(
            id="days", title="每日条目", chart="bar", x=0, y=6, w=34, h=12,
            buckets=(Days(field="published_at", label="发布日期"),), metrics=(ITEM_COUNT,),
        ),
        Panel(
            id="review", title="审核状态", chart="donut", x=34, y=6, w=14, h=12,
            buckets=(Terms(field="review.state", label="审核状态", size=3),), metrics=(ITEM_COUNT,),
        ),
        Panel(
            id="map", title="各省条目（地图）", chart="map", x=0, y=18, w=24, h=20,
            buckets=(Terms(field="province_iso", label="省份", size=PROVINCES),), metrics=(ITEM_COUNT,),
        ),
        _ranking("provinces", "各省条目", "province", PROVINCES, 24, 18, 20),
        _ranking("sectors", "领域", "sector", 20, 0, 38, 16),
        Panel(
            id="phrases", title="新出现的“互联网+”词", chart="tag_cloud", x=24, y=38, w=24, h=16,
            buckets=(Terms(field="phrase", label="新词", size=50),), metrics=(ITEM_COUNT,),
        ),
        *_RANKINGS,
        _ranking("sources", "来源", "source_name", 20, 0, _BELOW, 16),
        Panel(
            id="reprints", title="转载热度", chart="table", x=24, y=_BELOW, w=24, h=16, only="family.id: *",
            buckets=(Terms(field="family.id", label="转载族", size=20),),
            metrics=(
                Metric(operation="count", label="篇数"),
                Metric(operation="unique_count", field="source", label="来源数"),
                LEAD_TITLE,
            ),
        ),
    ),
)  # fmt: skip
