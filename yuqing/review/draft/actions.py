"""What kind of act a row tells, for the lead paragraphs: one kind a row, so that counts add up."""

from __future__ import annotations

import re
from typing import Literal

Action = Literal["document", "cooperation", "platform", "pilot", "meeting", "other"]

# In order: the first that fits is the row's kind. Signing goes first, because a signing is also a meeting
# and often promises a platform; a pilot that a document orders is a document.
_KINDS: tuple[tuple[Action, re.Pattern[str]], ...] = (
    (
        "cooperation",
        re.compile(
            r"(?:签署|签订|续签|签约|签下|达成).{0,40}(?:协议|合作|备忘录|框架|仪式)|签约仪式|战略合作|联合开展合作"
        ),
    ),
    (
        "document",
        re.compile(
            r"(?:印发|出台|下发|颁布|公布|发布|制定|制订|施行|实施|审议通过)[^，。；]{0,20}(?:《|意见|办法|方案|规划|通知|规定|标准|规范|条例|细则)"
            r"|印发|出台.{0,30}(?:政策|措施|意见|方案)|《[^》]+》.{0,12}(?:印发|出台|发布|施行|实施|公布)"
        ),
    ),
    (
        "platform",
        re.compile(
            r"(?:上线|启用|开通|投用|投入使用|试运行|推出|开发|建成|建设|搭建|运行|打造).{0,30}"
            r"(?:平台|系统|APP|客户端|小程序|公众号|网站|社保卡|身份证|大厅)"
            r"|(?:平台|系统|APP|App|客户端|小程序|公众号|网站|售取票机).{0,16}(?:上线|启用|开通|投用|投入使用|试运行|推出|运行|建成)"
            r"|正式上线|上线运行|上线试运行"
        ),
    ),
    ("pilot", re.compile(r"试点|示范区|示范城市|示范项目|先行先试|率先(?:推行|开展|实行)")),
    (
        "meeting",
        re.compile(
            r"(?:召开|举行|举办|主持|组织).{0,40}(?:会|培训|论坛|仪式)|会议|座谈会|推进会|工作会|汇报|部署|商讨|研究.{0,16}措施|调研|督查"
        ),
    ),
)
ACTION_NAMES: dict[Action, str] = {
    "document": "出台文件",
    "cooperation": "签署合作",
    "platform": "平台上线",
    "pilot": "试点示范",
    "meeting": "会议部署",
    "other": "其他举措",
}


def action_of(row: str) -> Action:
    """The kind of act that ``row`` tells."""
    return next((kind for kind, pattern in _KINDS if pattern.search(row)), "other")
