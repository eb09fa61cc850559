"""Why a body or company acts in a statement, or is only mentioned: the reasons, and the rows that give them.

The rows are tried in their order and the first that holds decides. Patterns read folded text, so the comma is ``,``.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Literal, NamedTuple


class Reason(Enum):
    """The reasons as analysts read them."""

    ACTS = "行为主体"
    IN_TITLE = "在书名号内，只是文件名的一部分"
    SOURCE = "只是稿件来源"
    PART_OF_WORD = "只是另一个词的一部分"
    FOREIGN = "外国机构"
    FORMER = "说的是原机构"
    CITED = "被引用"
    BACKGROUND = "所述为背景或此前之事"
    OLD = "所述为往年之事"
    ATTRIBUTE = "作定语（……的）"
    SPOKEN_OF = "只被提及"
    LOCAL_OFFICE = "只是派驻地方机构名称的一部分"
    PERSON = "说的是该单位的人"
    ATTENDS = "只是参会"
    GUIDES = "只是指导单位"
    INVESTOR = "只是投资方"
    MARKET = "财报或行情"
    OBJECT = "只是对象"
    PRODUCT = "产品名，不是行为主体"
    COMMON = "常用词，不是企业名"
    NO_VERB = "没有行为动词"


Side = Literal["before", "after", "sentence"]
Whose = Literal["any", "ministry", "company"]


class Row(NamedTuple):
    """``pattern`` is searched on ``side`` of the mention; ``before`` is its clause up to it,
    ``after`` what follows, ``sentence`` the words before it beyond the clause."""

    reason: Reason
    side: Side
    pattern: re.Pattern[str]
    whose: Whose = "any"


def _row(reason: Reason, side: Side, pattern: str, whose: Whose = "any") -> Row:
    return Row(reason, side, re.compile(pattern), whose)


# What is read before the verb is looked for.
ROWS = (
    _row(Reason.SOURCE, "sentence", r"(?:来源|作者|编辑|转自|图源|原标题)[:: ]{0,2}$"),
    _row(Reason.PART_OF_WORD, "after", r"^(?:门|队|署(?!理)|位|件|落|属|下属|直属|分(?!别|批|期))", "ministry"),
    _row(
        Reason.FOREIGN,
        "before",
        r"(?:(?:^|[,。:;“(、])[美英法德俄日韩印]|[美英法德韩泰]国|俄罗斯|日本|印度|加拿大|澳大利亚|新西兰|新加坡|马来西亚|越南|"
        r"意大利|西班牙|乌克兰|巴西|欧盟|白宫|塞内加尔|联合国)(?:联邦|政府)?$",
        "ministry",
    ),
    _row(Reason.FORMER, "before", r"原$"),
    _row(
        Reason.PERSON,
        "after",
        r"^(?:[前原]|现任|派来的|的?(?:工程师|技术员|员工|退休|离职|前员工|高管|创始人))",
        "company",
    ),
    _row(
        Reason.BACKGROUND,
        "before",
        r"(?:^|[,。;:])(?:此前|早前|早在|之前|去年|前年|上年|据了解,?此前)|(?:多年来|近年来|长期以来|曾经?|一直|历来|此前|参照了?|不同于)[^,。;]*$",
    ),
    _row(Reason.BACKGROUND, "after", r"^(?:曾(?!与)|此前|早前|之前)|^[^,。;与和]{0,6}(?:此前的|以外的|之外的)"),
    _row(
        Reason.ATTRIBUTE,
        "after",
        r"^(?:等[^,。]{0,6})?(?:联合)?(?:认定|公布|批准|命名|授予|评选|确定|规定|发布|印发|制定|颁布|出台|提出|要求|推荐|遴选|评定)的|"
        r"^(?:、[^、,。;]{1,10})*(?:和[^、,。;]{1,8})?等?的(?!合作|战略|共同)",
    ),
    _row(
        Reason.GUIDES,
        "after",
        r"^(?:[、和与及][^、,。;]{2,16}){0,8}(?:等(?:单位|部门)?|共同|联合)*(?:的?(?:指导|支持|见证)(?=[,、。;下]|$))",
    ),
    _row(Reason.INVESTOR, "before", r"(?:老股东|投资方(?:包括|为|有)?|股东|领投方|投资人)[^,。;]{0,24}$", "company"),
    _row(
        Reason.INVESTOR,
        "after",
        r"^(?:[、和与及][^、,。;]{2,16}){0,8}(?:旗下)?[^,。;]{0,10}?(?:跟投|领投|参投|入股|基金和|出资(?!建)|赞助)",
        "company",
    ),
    _row(
        Reason.INVESTOR,
        "after",
        r"^[^,。;]{0,20}?投资[^,。;]{0,8}(?:公司|企业|平台)[^。;]{0,20}(?:未参与|轮)",
        "company",
    ),
    _row(
        Reason.ATTENDS,
        "after",
        r"^[^,。;]{0,16}?派员(?:参加|出席)|^[^,。;]{0,30}?(?:负责人|代表|嘉宾|专家|领导|人员|同志|高管|企业家|部长|主任|局长|署长)[^,。;]{0,12}?"
        r"(?:出席|参加|参会|与会|到会|分享|致辞|交流|座谈|观摩|列席|前来|给予[^,。;]{0,4}(?:肯定|评价))",
    ),
    _row(Reason.MARKET, "after", r"^[^。]*?(?:财报|净利润|营收|股价|市值|收盘|涨停|跌停|涨幅|跌幅)"),
)
