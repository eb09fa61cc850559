"""How far something has progressed: applied for, out for comment, approved, begun, ended; and the kind of document."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from yuqing.review.check.clauses import Parsed, pairs


class _Stage(NamedTuple):
    """``said`` in a row states that something has got so far; an article with none of ``told`` does not say so."""

    said: re.Pattern[str]
    told: re.Pattern[str]


def _stage(said: str, also: str = "") -> _Stage:
    return _Stage(re.compile(said), re.compile(f"{said}|{also}" if also else said))


# ``also`` are words that leave the stage open or express it differently.
_STAGES = (
    _stage("征求意见|公开征求|意见征集", "听取意见|意见稿|征集|反馈|草案|讨论稿"),
    _stage("申请(?=设立|建设|成立|批准|开展|列入)|申报(?=建设|设立)", "申请|申建|请示|上报国务院"),
    _stage("提请|报请", "审议|上报|报[^，。]{0,8}(?:批准|审批)"),
    _stage("获批|获准|核准|批复|批准|审议通过|表决通过", "同意|通过|批|准"),
    _stage("开工|动工|奠基|破土|开建", "启动|开始|着手|建设|施工"),
    _stage("竣工|完工|建成|落成|封顶", "投|完成|交付|建好|建起|建立|启用|上线|竣|开通|已建|落户|覆盖"),
    _stage("揭牌|挂牌", "成立|授牌|牌"),
    _stage("签署|签订|签约|续签|(?:协议|合同|备忘录)(?=[，。])", "签|约|协议|合同|备忘录|合作|携手|联手"),
    _stage(
        "上线|启用|开通|投用|投运|投入(?:使用|运[行营])|开业",
        "运行|运营|推出|启动|发布|开[设办放]|揭牌|接入|建成|使用|试用|推[行广]|应用|开出|[设成建]立|布设|入驻|实施|落[地户]|亮相|施行|投"
        "|面世|问世|用上|装上|改版|可[用在]|全部用|试点|开展|率先",
    ),
    _stage("撤销|收回|吊销|终止|解除|废止|注销|关停|关闭|停运|叫停", "取消|停|退出|下架|不再|清退|关|拆|淘汰|失效"),
    _stage("中标", "招标|采购|中选|入围|投标"),
    _stage("收购|并购|入股|控股", "购|股权|股"),
    _stage("获奖|荣获|夺得", "奖|冠|名次|名列"),
)
_WIDE = re.compile(
    r"全[国省市区县][各所]|各[省市区县](?=试行|推行|推开|实施|启用)|全面(?=推[行开广]|实施|铺开|取消|启用|开放)"
)
_WIDE_TOLD = re.compile(r"全面|全部|各[省市区县地]|所有|全覆盖|均|一律|统一|都")
_KINDS = re.compile(
    r"(?<=[一-鿿]{2})(?:条例|办法|细则|方案|规划|纲要|行动计划|指南|指引|标准|规范|规程|目录|白皮书|倡议书?|公约|章程|(?<!征求)(?<!听取)意见(?!稿))"
    r"(?=[，。；、》]|$|提出|明确|规定|要求)"
)
_CONTRACTS = re.compile(r"合同|协议|备忘录|意向书|承诺书|责任书|订单")
_TITLED = re.compile(r"《[^》]*》")
_OPEN = re.compile(
    r"(?:尚|还|仍|均)?[需须待](?!求|遇)|如获|未获?|若|如果|一旦|倘若|假如|经[^，。]{1,12}(?:批准|审议|同意|通过)后|报[^，。]{1,12}(?:批准|审批|审议|同意)|提请|拟"
)
_IF = re.compile(r"若|如果|一旦|倘若|假如|凡|[对将][^，。]{2,16}的(?=[一-鿿]{2})|的$")
_PASSED = re.compile(r"(?:审议|表决)?通过(?!率)|获批|获准|(?:已|获)批准")


def other_stages(said: Parsed, told: Parsed) -> list[str]:
    """The stages and kinds of document of ``said`` that ``told`` does not mention, or only as open or conditional."""
    article = told.text
    bare = _TITLED.sub("《》", said.text)
    found = [
        f"原文没有“{match[0]}”"
        for stage in _STAGES
        if (match := stage.said.search(bare)) and not stage.told.search(article)
    ]
    found += [f"原文没有“{match[0]}”" for match in _WIDE.finditer(bare) if not _WIDE_TOLD.search(article)]
    found += _other_kinds(bare, article)
    if (passed := _PASSED.search(bare)) and not _open(bare, passed):
        passings = list(_PASSED.finditer(article)) or list(re.finditer(r"审议|批准", article))
        if passings and all(_open(article, match) for match in passings):
            found.append(f"“{passed[0]}”（原文尚未）")
    return found + _conditional(bare, told)


def _other_kinds(row: str, article: str) -> list[str]:
    kinds = _KINDS.findall(article)
    found = [f"“{kind}”（原文为“{kinds[0]}”）" for kind in _KINDS.findall(row) if kinds and kind not in article]
    signed = _CONTRACTS.search(article)
    found += [
        f"“{one}”（原文为“{signed[0]}”）"
        for one in _CONTRACTS.findall(row)
        if signed and one not in article and one != "订单"
    ]
    return found


def _open(text: str, match: re.Match[str]) -> bool:
    """Whether the clause of ``match``, up to a little after it, leaves open whether it comes to that."""
    start = max(text.rfind(mark, 0, match.start()) for mark in "，。；：") + 1
    return bool(_OPEN.search(text[start : match.end() + 1]))


def _conditional(row: str, article: Parsed) -> list[str]:
    """What the article makes conditional and the row reports as done."""
    if _IF.search(row) or re.search(r"将|可能|拟", row):
        return []
    found: list[str] = []
    for sentence in article.sentences:
        for condition, then in pairwise(sentence):
            if not re.match(r"若|如果|一旦|倘若|假如", condition.text):
                continue
            others: frozenset[str] = frozenset().union(
                *(other.content for other in article.clauses if other.text != then.text)
            )
            ends = [stage for stage in _STAGES if stage.said.search(then.text)]
            if any(stage.said.search(row) for stage in ends) or len((then.content - others) & pairs(row)) >= 2:
                found.append(f"原文为“{condition.text}，{then.text}”")
    return found
