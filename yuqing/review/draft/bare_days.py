"""Whether a number with 日 or 号 but no month is a calendar day.

Numbers with 号 are mostly names (5号楼, 3号线, 第12号公告, 国办发〔2018〕9号), and numbers with 日 are often durations
(3日游, 5日办结). A number is a day only if its context says so; a number mistaken for a day would be printed as one.
"""

from __future__ import annotations

import re

_TIME = (
    r"(?:上午|下午|晚上|晚间|晚(?![宴餐会班报间]|高峰)|早上|早晨|凌晨|清晨|清早|中午|傍晚|夜间|夜里|当天|零时"
    r"|\d{1,2}[时点:：])"
)
_ACTS = (
    r"在|从|对外|向|与|和|同|就|将|由|经|接|被|联合|共同|分别|同时|再次|正式|首次|首批"
    r"|首个|应邀|如期|隆重|集中|全面|专题|视频|主持|率|赴|召开|举行|举办|印发|发布|公布|宣布"
    r"|公示|启动|开幕|闭幕|闭会|开始|出台|上线|签署|签约|审议|通过|组织|推出|推介|下发|发出"
    r"|成立|揭牌|揭幕|投入|投产|落户|落地|会见|介绍|前往|抵达|参加|出席|透露|获悉|了解|报道"
    r"|消息|止|为止|以来|批复|批准|颁布|颁发|刊登|刊发|回应|致电|致信|听取|视察|考察|调研"
    r"|作出|做出|结束|拉开|播出|披露|来到|走进|强调|指出|部署|研究|通报|约谈|会同|授|提出"
    r"|转发|更新|发表|发行|开通|开业|开工|开庭|开学|开播|启用|亮相|升级|施行|实施|生效|执行"
    r"|试运行|试点|表示|称|晒出|推送|建成|交付|揭晓|收到|接受|发文|发函|联动|援引|裁定|宣判"
    r"|判决|预测|自行|迎来|全国|全省|全市"
)
_STARTS = r"起(?=[，,。；;\s至在到]|陆续|正式|施行|实施|执行|开始|全)"
_TOLD = re.compile(rf"\s*(?:{_TIME}|{_STARTS}|{_ACTS}|讯(?!息)|电(?![子话商脑力动视信])|说(?!明)|要求(?!完成|办结))")
_TIMED = re.compile(_TIME)
_FROM_ON = re.compile(_STARTS)
_COMMA = re.compile(r"[，,]|[（(](?:星期|周)")
_SPOKEN_DAY = re.compile(
    r"(?:[今昨前明后当同]天|[今昨明当翌次]日|(?:[上本这下]?周|星期)[一二三四五六日天]|月底|月初)[（(]?$"
)
_CHAINED = re.compile(r"月\s*\d{1,2}\s*[日号]?\s*(?:、|和|及|与|至|到|[-－—–―~～]{1,2})$")
_OPEN = re.compile(r"(?:^|[，,。；;！？!?\s“]|记者|时间|本报讯|于|自|截至|截止到?|定于|将于|拟于)$")
_NAMED = re.compile(r"[令字#＃A-Za-z·路街道巷弄里村组院楼栋幢座室厅馆线门站台井港桥洞标榜头代编型牌电信挂]$")
_COUNTED = re.compile(
    r"[第〕］\]共约近满达超每逾余足整凡百千万亿十零两几数半隔延时期前后仅只要花过限需用停休放续短至到为缩在减间延长等内提以于少]$"
)
_LENGTH = re.compile(r"(?:开始|全面)?(?:办|审|内|游|之|间|左右|免费|无理由|均)")
_THING = re.compile(
    r"[线楼机令码段院馆厅门栋幢座室井炉桥洞柜箱船舰轮库仓店站口台岗桩墩区坑墓塔星油车卡字]|公告|文(?!化|旅)|通知|决定|通告"
    r"|会议室|[提议]案|地块|航站楼|发射|工程|信箱|首长|展[厅馆位台]|泊位|码头|平台|隧道|轨道|高速|公路|种子|选手|作品|产品"
    r"|商铺|病[区房]|教学楼|实验"
)


def is_day(text: str, start: int, end: int, mark: str, *, month: bool, span: bool) -> bool:
    """Whether ``text[start:end]``, a number or two with ``mark`` (日 or 号), is a day or a span of days.

    ``month``: the number is preceded by 本月, 上月 …. ``span``: it is two numbers (5日至6日).
    """
    before = text[max(0, start - 12) : start]
    told = bool(_TOLD.match(text, end))
    comma = bool(_COMMA.match(text, end))
    if is_name(text, end) or _LENGTH.match(text, end):
        return False
    if month or _SPOKEN_DAY.search(before):
        return mark == "日" or told or comma or end == len(text)
    if _CHAINED.search(before):
        return told or text[end : end + 1] in ("", "，", ",", "。", "；", "、", "（", "(")
    opens = bool(_OPEN.search(before))
    counted = bool(_COUNTED.search(before))
    if mark == "日":
        return told or comma if opens else told and not counted
    if span and opens:
        return told or comma
    return (bool(_TIMED.match(text, end)) and not (counted or _NAMED.search(before))) or (
        opens and bool(_FROM_ON.match(text, end))
    )


def is_name(text: str, end: int) -> bool:
    """Whether the number ending in 号 at ``end`` is the name of a thing (5号楼, 3号线, 12号文件)."""
    return end > 0 and text[end - 1] == "号" and bool(_THING.match(text, end))


def is_told(text: str, end: int) -> bool:
    """Whether what follows a day at ``end`` says what was done on it, or at what time."""
    return bool(_TOLD.match(text, end) or _COMMA.match(text, end) or text[end : end + 1] in ("）", ")"))
