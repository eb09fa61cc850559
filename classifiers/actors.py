"""Actor or mere mention: does the body or company itself issue, hold, sign, launch, say something here?"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from classifiers.rules import Alias, Rules
from classifiers.scan import Scan

_REST_OF_NAME = re.compile(
    r"(?:集团|控股|科技|云计算|云|研究院|总部|总公司|(?:股份)?(?:有限)?(?:责任)?公司|[一-鿿]{2,8}?分公司)+"
)
_PART_OF_WORD = re.compile(r"^(?:门|队|署|位|件|落|属|下属|直属|分(?!别|批|期))")
_ATTRIBUTE = re.compile(
    r"^(?:等[^,。]{0,6})?(?:联合)?(?:认定|公布|批准|命名|授予|评选|确定|规定|发布|印发|制定|颁布|出台|提出|要求|推荐|遴选|评定)的"
)
_POSSESSIVE = re.compile(r"^(?:、[^、,。;]{1,10})*(?:和[^、,。;]{1,8})?等?的(?!合作|战略|共同)")
_SPOKEN_OF = re.compile(
    r"^(?:关于|(?:有关|相关)(?:规定|文件|要求|通知|精神|政策)|文件精神|工作部署|决策部署|报道|讯|频道|客户端|用户|账号|官方微博|粉丝)"
)
_DOCUMENT = re.compile(r"[^,。;]*(?:意见|通知|方案|决定|公告|办法|批复|复函|规划|纲要|计划|通报|细则)[^一-鿿]*$")
_TAKES_PART = re.compile(
    r"^[^,。;]{0,30}?(?:负责人|代表|嘉宾|专家|领导|人员|同志|高管|企业家)[^,。;]{0,12}?"
    r"(?:出席|参加|参会|与会|到会|分享|致辞|交流|座谈|观摩|列席|前来|给予[^,。;]{0,4}(?:肯定|评价))"
)
# A bureau whose full name begins with its ministry: 国家税务总局深圳市税务局, 国家能源局华东监管局.
_LOCAL_OFFICE = re.compile(
    r"^驻?([一-鿿]{2,9}?)(?:税务局|监管局|监管分局|监管办|监管专员办|专员办|特派员?办|监察局|调查总?队|分局|分行|支行|营业管理部|分院|管理局)"
)
_AREAS = frozenset(("华东", "华北", "华中", "华南", "东北", "西北", "西南", "南方"))
_HABIT = re.compile(r"^(?:近年来|近几年|多年来|长期以来|一直|历来|连续多年|曾)")
_FINANCE = re.compile(r"财报|净利润|营收|股价|市值|收盘|涨停|跌停|涨幅|跌幅")
_VISITED = re.compile(
    r"(?:到|赴|在|走访|参观|考察|来到|走进|前往|拜访|调研|会见|获得?|被|报|向|经|受|对|给|为|从|通过|依托|借助|使用|利用|登录|关注|打开|下载|用)$"
)
_JOINS = re.compile(r"签|合作|联合|携手|共同|共建|联手|主办|举办|承办|牵手")
_SOURCE = re.compile(r"(?:来源|作者|编辑|转自|图源|原标题)[:: ]{0,2}$")
_SUBJECT_AHEAD = re.compile(r"(?:^|[,。;:\n”》)]|\d日|消息|讯|近日|日前|今日|昨日|当天|由|与|和|联合|携手|会同|、)$")
_FOREIGN = re.compile(
    r"(?:(?:^|[,。:;“(、])[美英法德俄日韩印]|[美英法德韩泰]国|俄罗斯|日本|印度|加拿大|澳大利亚|新西兰|新加坡|马来西亚|越南|"
    r"意大利|西班牙|乌克兰|巴西|欧盟|白宫)(?:联邦|政府)?$"
)
_EARLIER = re.compile(r"此前|早前|早在|之前|据了解,?此前|去年|前年|上年")
_YEAR = re.compile(r"(20\d\d)年(?:(\d{1,2})月)?")
FOREIGN = "外国机构"
OLD_MONTHS = 3  # an act dated earlier than this is background in a news text


class Verdict(NamedTuple):
    """Whether a mention acts, and the Chinese reason."""

    acts: bool
    reason: str


def judge(scan: Scan, rules: Rules, alias: Alias, start: int, end: int) -> Verdict:
    """Read the words around the mention ``scan.text[start:end]``."""
    text = scan.text
    left, right = scan.sentence(start)
    clause = scan.clause(start)
    before = text[clause:start]
    if _inside_book_title(text, left, start):
        return Verdict(False, "在书名号内，只是文件名的一部分")
    if _SOURCE.search(text, max(left, start - 6), start):
        return Verdict(False, "只是稿件来源")
    if alias.owner in rules.ministries and alias.owner.endswith("部") and _PART_OF_WORD.match(text[end : end + 3]):
        return Verdict(False, "只是“部门”等词的一部分")
    if alias.owner in rules.ministries and _FOREIGN.search(before[-8:]):
        return Verdict(False, FOREIGN)
    if before.endswith("原"):
        return Verdict(False, "说的是原机构")
    if (cited := rules.grammar.cited.search(before)) is not None:
        return Verdict(False, f"被引用：“{cited[0][:8]}…”之后")
    if _EARLIER.match(before):
        return Verdict(False, "所述为此前之事")
    if _is_old(text, left, start, scan.document.article.day):
        return Verdict(False, "所述为往年之事")
    if (rest := _REST_OF_NAME.match(text, end, right)) is not None:
        end = rest.end()
    after = text[end : min(right, end + 60)]
    if _ATTRIBUTE.match(after):
        return Verdict(False, "作定语（……的）")
    if _POSSESSIVE.match(after):
        return Verdict(False, "作定语（……的）")
    heads = start <= 2 or 0 <= start - scan.body_at <= 2
    if _SPOKEN_OF.match(after) and not (heads and _DOCUMENT.match(text[end:right])):
        return Verdict(False, "只被提及")
    if alias.owner in rules.ministries and _is_local_office(after, rules):
        return Verdict(False, "只是派驻地方机构名称的一部分")
    if _HABIT.match(after) and "。" in text[scan.body_at : start]:
        return Verdict(False, "所述为一贯做法或此前之事")
    if _TAKES_PART.match(after):
        return Verdict(False, "只是参会")
    if _FINANCE.search(after.split("。", 1)[0]):
        return Verdict(False, "财报或行情")
    joined = rules.grammar.joined.search(before) is not None
    if not joined and _VISITED.search(before):
        return Verdict(False, f"只是对象（“{before[-1:]}”之后）")
    if alias.weak and not _SUBJECT_AHEAD.search(text[max(left, start - 3) : start]):
        return Verdict(False, "产品名，不是行为主体")
    head = after.partition(";")[0].partition("。")[0]
    clause_after = head.split(",", 1)[0]
    verb = rules.grammar.verbs.search(clause_after)
    if verb is None and not clause_after and "," in head:
        verb = rules.grammar.verbs.search(head[:30])
    if verb is None:
        return Verdict(False, "同一分句内没有行为动词")
    if verb[0] in rules.grammar.present:
        return Verdict(False, f"只是参会（“{verb[0]}”）")
    if alias.weak and verb.start() > 10 and not (joined and _JOINS.search(clause_after)):
        return Verdict(False, "产品名，不是行为主体")
    return Verdict(True, f"行为主体（“{verb[0]}”）")


def _is_local_office(after: str, rules: Rules) -> bool:
    """Whether the name of a place and an office follow: …深圳市税务局."""
    match = _LOCAL_OFFICE.match(after)
    return match is not None and (
        match[1] in _AREAS or any(match[1][:size] in rules.places for size in range(2, len(match[1]) + 1))
    )


def _inside_book_title(text: str, left: int, start: int) -> bool:
    opened = text.rfind("《", left, start)
    return opened >= 0 and text.find("》", opened, start) < 0


def _is_old(text: str, left: int, start: int, day: date | None) -> bool:
    """Whether the nearest year before the mention in its sentence lies well before the article's day."""
    if day is None or text.find("年", left, start) < 0:
        return False
    years = list(_YEAR.finditer(text, left, start))
    if not years:
        return False
    last = years[-1]
    year, month = int(last[1]), int(last[2] or 0)
    if not month:
        return day.year - year > 1 or (day.year - year == 1 and day.month > OLD_MONTHS)
    return (day.year - year) * 12 + day.month - month > OLD_MONTHS
