"""The reasons of region tags as shown to analysts."""

from __future__ import annotations

import re
from enum import Enum


class Reason(Enum):
    """Why a place is where the news happens, or is not: as stored, and as shown to analysts."""

    BODY_ACTS = ("a body of the place acts", "当地机构为主体")
    ACTS = ("the place acts", "该地为主体")
    ACTS_WITH = ("acts together with another", "共同主体")
    TOGETHER = ("several provinces act together", "多省共同行动")
    VENUE = ("where it happens", "事件发生地")
    DATELINE = ("the dateline", "电头")
    LIST = ("a list of provinces", "多地列举")
    RANKING = ("a ranking", "排名")
    PROPOSAL = ("a proposal", "建议")
    AREA = ("a region of several provinces", "跨省地区")
    ROUTE = ("an end of a route", "线路起讫")
    EXAMPLE = ("an example or a comparison", "举例或对比")
    BANK_BRANCH = ("branch of a bank", "银行分行")
    DELEGATES = ("delegates to a congress", "参会代表")
    COMPANY_BRANCH = ("local branch of a company", "企业的地方分公司")
    COMPANY_NAME = ("part of a company's name", "企业名称的一部分")
    BANK_NAME = ("part of a financial company's name", "金融机构名称的一部分")
    MEDIUM = ("part of a medium's name", "媒体名称的一部分")
    UNIVERSITY = ("part of a university's name", "高校名称的一部分")
    PERSON = ("a person's affiliation", "人物任职单位")
    PEOPLE = ("people from there", "来自当地的人")
    ORIGIN = ("where somebody comes from", "人物籍贯或来处")
    SOURCE = ("the province of the source", "来源网站所在省")
    PARTNER = ("remote partner", "远程合作方")
    SEAT = ("seat of a company", "企业所在地")
    SHARES = ("share prices", "股市行情")
    LISTED = ("where shares are listed", "上市地")
    SPOKE = ("speaks at a national meeting", "全国性会议上的发言")
    SENDER = ("the sender or an address", "发件方或地址")
    SWINDLER = ("told by a swindler", "骗子的说辞")
    NAMED = ("named", "文中提及")
    LATER = ("named further down", "后文提及")
    GUIDES = ("guides an event of others", "指导单位")
    UNIT = ("a hospital, school or firm of the place", "当地单位")
    SUPPOSED = ("supposed", "传闻或误以为")
    MARKET = ("a company's market", "企业的市场")
    RELEASE = ("the dateline of a press release", "新闻稿的发稿地")
    OLD = ("told of earlier times", "所述为往年之事")
    SCENERY = ("scenery of a story about people or a firm", "人物或企业故事里的地方")
    INVESTOR = ("an investor's name", "投资方名称")
    SIGNED = ("the body that signed the document", "文件落款")

    def __init__(self, stored: str, chinese: str) -> None:
        self.stored = stored
        self.chinese = chinese


# How a name was resolved to that place, as stored.
_HOW = {
    "name": "地名",
    "parent": "上级地名在前",
    "supported": "文中另有佐证",
    "zone": "功能区",
    "group": "地区合称",
    "letter": "简称",
    "short": "县名简称",
    "chosen": "据上下文判定",
    "unresolved": "未能判定",
    "its city is named in the text": "所属城市见于文中",
    "its province is named in the text": "所属省份见于文中",
    "province of the source": "来源网站所在省",
    "the only place of that name on that day": "当时唯一的同名地",
}
_CHINESE = {**_HOW, **{reason.stored: reason.chinese for reason in Reason}}
_NAMED_BEFORE = re.compile(r"(.+) is named before it")
_MAY_LIE = re.compile(r"(.+) may lie in (.+)")


def in_chinese(reason: str) -> str:
    """``reason`` of a RegionTag in Chinese; an unknown part stays as it is."""
    return "；".join(_part(part) for part in reason.split("; ")) if reason else ""


def _part(part: str) -> str:
    head, colon, rest = part.partition(": ")
    if not colon:
        return _CHINESE.get(part, part)
    if match := _NAMED_BEFORE.fullmatch(rest):
        rest = f"前文有{match[1]}"
    elif match := _MAY_LIE.fullmatch(rest):
        rest = f"{match[1]}可能属于{match[2].replace('/', '、')}"
    else:
        rest = _CHINESE.get(rest, rest)
    return f"{_CHINESE.get(head, head)}：{rest}"
