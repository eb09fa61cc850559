"""The reasons of region tags as analysts read them."""

from __future__ import annotations

import re

_CHINESE = {
    "name": "地名",
    "named": "文中提及",
    "parent": "上级地名在前",
    "supported": "文中另有佐证",
    "zone": "功能区",
    "group": "地区合称",
    "letter": "简称",
    "chosen": "据上下文判定",
    "unresolved": "未能判定",
    "a body of the place acts": "当地机构为主体",
    "the place acts": "该地为主体",
    "acts together with another": "共同主体",
    "several provinces act together": "多省共同行动",
    "where it happens": "事件发生地",
    "the dateline": "电头",
    "a list of provinces": "多地列举",
    "a ranking": "排名",
    "a proposal": "建议",
    "a region of several provinces": "跨省地区",
    "an end of a route": "线路起讫",
    "an example or a comparison": "举例或对比",
    "branch of a bank": "银行分行",
    "delegates to a congress": "参会代表",
    "its city is named in the text": "所属城市见于文中",
    "its province is named in the text": "所属省份见于文中",
    "local branch of a company": "企业的地方分公司",
    "part of a company's name": "企业名称的一部分",
    "part of a financial company's name": "金融机构名称的一部分",
    "part of a medium's name": "媒体名称的一部分",
    "part of a university's name": "高校名称的一部分",
    "a person's affiliation": "人物任职单位",
    "people from there": "来自当地的人",
    "where somebody comes from": "人物籍贯或来处",
    "province of the source": "来源网站所在省",
    "the province of the source": "来源网站所在省",
    "remote partner": "远程合作方",
    "seat of a company": "企业所在地",
    "share prices": "股市行情",
    "where shares are listed": "上市地",
    "speaks at a national meeting": "全国性会议上的发言",
    "the only place of that name on that day": "当时唯一的同名地",
    "the sender or an address": "发件方或地址",
    "told by a swindler": "骗子的说辞",
    "named further down": "后文提及",
}
_NAMED_BEFORE = re.compile(r"(.+) is named before it")
_MAY_LIE = re.compile(r"(.+) may lie in (.+)")


def in_chinese(reason: str) -> str:
    """``reason`` of a RegionTag in Chinese; a part that is not known stays as it is."""
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
