"""The two data views: the items, and the runs of the crawler."""

from __future__ import annotations

from indexer.elastic.mapping import PROPERTIES
from indexer.kibana.objects import DataView
from indexer.kibana.runs import RUN_PROPERTIES
from yuqing.core.facets import FACETS, stored_fields
from yuqing.core.labels import OUTCOMES, RUN_STATES, STATES, TIERS

ITEMS = DataView(
    suffix="items",
    name="“互联网+”舆情",
    time_field="published_at",
    properties=PROPERTIES,
    labels={
        "title": "标题",
        "title.raw": "标题（原文）",
        "body": "正文",
        "url": "网址",
        "published_at": "发布时间",
        "day": "发布日期",
        "fetched_at": "采集时间",
        "window": "监测月份",
        "source": "来源编号",
        "source_name": "来源",
        "tier": "来源类别",
        "origin": "转载自",
        "editor": "责任编辑",
        "relevant": "相关",
        "score": "相关度",
        **{field.key: field.label for field in stored_fields()},
        "sector_path": "领域（分组/名称）",
        "province_code": "省份代码",
        "province_iso": "省份（地图代码）",
        "family.id": "转载族",
        "family.lead": "转载族首篇",
        "review.state": "审核状态",
        "review.row": "审核文字",
        "review.note": "审核备注",
        "review.by": "审核人",
    },
    values={
        **{facet.fields[0].key: facet.values for facet in FACETS if facet.values},
        "tier": TIERS,
        "review.state": STATES,
    },
)

RUNS = DataView(
    suffix="runs",
    name="采集运行",
    time_field="started",
    properties=RUN_PROPERTIES,
    labels={
        "kind": "记录类型",
        "host": "机器",
        "run": "运行",
        "command": "命令",
        "started": "开始时间",
        "ended": "结束时间",
        "seconds": "用时（秒）",
        "state": "运行状态",
        "note": "说明",
        "source": "来源编号",
        "outcome": "页面结果",
        "group": "结果类别",
        "pages": "页面数",
    },
    values={
        "state": {state: name for state, name in RUN_STATES.items() if state not in ("running", "interrupted")},
        "group": {
            "article": "文章",
            "listing": "列表页",
            "unusable": "不可用",
            "refused": "拒绝访问",
            "unreached": "无法访问",
            "failed": "程序出错",
        },
        "outcome": OUTCOMES,
    },
)
