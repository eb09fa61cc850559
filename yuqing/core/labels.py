"""The Chinese names of what the program stores: sections, states, outcomes and more (for facets: facets.py)."""

from __future__ import annotations

from yuqing.core.records import DropReason, Outcome

SECTIONS: dict[str, str] = {
    "ministry": "国家部委",
    "province": "各省",
    "enterprise": "企业",
    "summit": "相关峰会",
    "special": "专题",
}
STATES: dict[str, str] = {"pending": "待审", "accepted": "已采纳", "dropped": "已剔除"}
REASONS: dict[DropReason, str] = {
    "": "未写理由",
    "irrelevant": "与主题无关",
    "duplicate": "重复",
    "opinion": "评论，无具体举措",
    "period": "超出监测期",
    "other": "其他",
}
RUN_STATES = {
    "running": "进行中", "done": "完成", "stopped": "中止", "failed": "失败", "crashed": "崩溃", "interrupted": "中断"
}  # fmt: skip
KINDS = {"relevant": "相关", "relevance": "相关性"}
"""Kinds of evidence that are not facets."""
OUTCOMES: dict[str, str] = {
    Outcome.INDEXED: "新条目",
    Outcome.UPDATED: "更新",
    Outcome.UNCHANGED: "未变",
    Outcome.REPRINT: "转载",
    Outcome.NOT_RELEVANT: "不相关",
    Outcome.UNDATED: "无日期",
    Outcome.NOT_STORED: "入库被拒",
    Outcome.TOO_SHORT: "正文过短",
    Outcome.SCRIPT_DRAWN: "脚本绘制",
    Outcome.NO_TITLE: "无标题",
    Outcome.LIST_PAGE: "误为列表",
    Outcome.NOT_HTML: "非网页",
    Outcome.UNDECODABLE: "无法解码",
    Outcome.GARBLED: "乱码",
    Outcome.ERROR_PAGE: "错误页",
    Outcome.PART: "分页",
    Outcome.LISTING: "列表页",
    Outcome.LISTING_EMPTY: "列表无链接",
    Outcome.CONTROL: "对照页",
    Outcome.REFUSED: "拒绝访问",
    Outcome.BACKOFF: "暂停访问",
    Outcome.ROBOTS: "robots 禁止",
    Outcome.OFF_SITE: "跳出本站",
    Outcome.REDIRECT_LOOP: "循环跳转",
    Outcome.HTTP_ERROR: "HTTP 错误",
    Outcome.TOO_LARGE: "过大",
    Outcome.TIMEOUT: "超时",
    Outcome.NETWORK: "网络故障",
    Outcome.BAD_ADDRESS: "网址有误",
    Outcome.UNREADABLE: "存档损坏",
    Outcome.FAILED: "程序出错",
}

TIERS: dict[str, str] = {
    "central-gov": "中央政府",
    "central-media": "中央媒体",
    "ministry": "部委",
    "province-gov": "省级政府",
    "province-media": "省级媒体",
    "commercial": "商业媒体",
}
