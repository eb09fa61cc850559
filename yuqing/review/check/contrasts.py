"""Words that exclude each other: growth and decline, host and sponsor, first and second half."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from yuqing.review.check.clauses import DENIAL, Parsed, pairs
from yuqing.review.check.numbers import find_numbers

# Each line is a set of kinds; words of one kind are interchangeable, those of different kinds are not.
_SETS: tuple[tuple[str, ...], ...] = (
    (
        "增长|上升|提高|提升|增加|上涨|增至|多|扩大|延长|加快|贵|增|上调|调高|高出?(?=\\|)",
        "下降|降低|减少|减(?!免)|下滑|回落|缩减|缩短|压缩|便宜|放缓|减缓|趋缓|少|降|下调|调低|低于?(?=\\|)",
    ),
    ("主办|举办", "承办", "协办", "指导(?!意见|目录|员|价|性|思想|书)"),
    ("开工|启动建设|动工|奠基", "竣工|完工|建成|完成"),
    ("启用|上线|开通|投用|投入使用|投入运行|启动|恢复", "停用|下线|关停|关闭|停运|叫停|暂停"),
    ("国内|境内", "国际|境外|海外|国外"),
    ("小学", "初中", "高中", "中学", "大学|高校", "幼儿园"),
    ("进口", "出口"),
    ("春季", "夏季", "秋季", "冬季"),
    ("首日", "首周", "首月|首个月", "首年"),
    ("开幕|启幕", "闭幕|落幕"),
    ("线上|网上|网络|互联网|远程|在线", "线下|现场(?=办|报名|咨询|授课|培训|招聘|交易|竞拍|核验)"),
    ("上半年", "下半年"),
    ("城市|城区|城镇", "农村|乡村"),
    ("东部", "西部", "中部"),
    ("东北", "西北", "西南", "华东", "华北", "华南", "东南"),
    ("省级", "市级", "县级", "国家级", "自治区级"),
    ("强制|责令", "自愿|鼓励|倡导|引导"),
    ("高于", "低于"),
    ("试运营|试运行|试营业|试用", "正式运营|正式运行|正式营业|正式投用|正式启用"),
    ("允许|准许|鼓励|支持|放开", "禁止|严禁|不得|限制|敦促|责令"),
    ("转让|出让", "受让"),
    ("盈利|净利润", "亏损|净亏损"),
    ("提前", "推迟|延后|延期|顺延"),
    ("迁出|迁离|退出", "迁入|迁至|迁到|入驻|进驻"),
    ("全国|国内", "全球|世界|国际", "全省", "全市", "全县"),
    ("采购|购买|收购", "销售|出售|出让"),
    ("批发", "零售"),
    ("直播", "录播"),
    ("中方", "外方|美方|日方|韩方|德方|法方|俄方|港方|哈方"),
    ("免费", "收费|有偿"),
    ("签署|签约|签订|续签", "终止|解除"),
    ("征求意见|公开征求", "印发|正式发布"),
    ("同意|批准|通过|接受", "否决|驳回|不予|拒绝|婉拒"),
    ("首次", "再次|续签|再度|第二次"),
    ("试点|试行|先行", "全面推行|全面推开|全面实施|全面运行|全面铺开"),
    # Of one kind only: other words for the same.
    ("芯片|集成电路",),
    ("贸易|进出口|外贸",),
    ("节约|节省|省",),
    ("岗位|职位",),
    ("包裹|快件|快递",),
    ("户均", "人均", "亩均", "单笔", "日均|单日", "月均|单月", "年均"),
)
# Characters that replace each other only where something else is meant: 收款 and 付款, 旬报 and 月报.
_OPPOSITES = (
    "冷热", "收付", "收发", "进出", "高低", "多少", "大中小", "长短", "升降", "增减", "上下", "前后", "内外", "公私",
    "东西南北中", "省市县乡村", "日周旬月季年", "春夏秋冬", "左右", "老新旧", "男女", "红黑白", "买卖", "供需",
    "借贷还", "首末", "快慢", "主客", "甲乙丙", "早晚", "一二三四五六七八九十", "有无", "海陆空", "客货", "双单",
    "水电气热",
)  # fmt: skip
PATTERNS = tuple(tuple(re.compile(kind) for kind in kinds) for kinds in _SETS)
_UP, _DOWN = (re.compile(kind) for kind in _SETS[0])
_FLOOR = re.compile(
    r"不低于|不少于|以上|至少|(?<!不)(?<!不[得能应可会])超过|(?<!不)(?<!不[得能应可会])[高多]于|逾|下限|最低|最少"
)
_CEILING = re.compile(
    r"不[得能应可会]?超过|[不未]满|(?:[接将]|(?<![一-鿿]))?(?<![最附])近(?:[一-鿿]?)$|不到|不足|(?<!不)(?<!不[得能应可会])(?:低于|少于)|不高于|不多于|以内|以下|上限|至多|最多|最高|(?<=[时天月日])内"
)
_FROM_TO = re.compile(r"[由从][^，。；由从]{1,14}?(?:到|至|为|成)[^，。；]{1,8}")
_TURN = re.compile(
    r"[由从](?P<start>[^，。；由从\d]{2,10}?)(?:改为|变为|转为|转向|升级为|调整为|扩大[到至]|延伸[到至]|拓展[到至]|转移[到至])(?P<end>[^，。；\d]{2,10})"
)
_GRADE = re.compile(r"(?<![A-Za-z])[A-Z](?=[级类\u4e00-\u9fff]|$)")
_THAN = re.compile(r"(?P<one>\d{1,4}[月年])[^，。；\d]{0,14}[比较](?P<other>\d{1,4}[月年])")


class Around(NamedTuple):
    """What surrounds a number in one clause."""

    before: str
    after: str


def excluded_words(said: Parsed, told: Parsed) -> list[str]:
    """Words of ``said`` from a set of which ``told`` uses only another kind, about the same thing."""
    found: list[str] = []
    row, article = said.text, told.text
    for patterns in PATTERNS[1:]:
        known = [bool(pattern.search(article)) for pattern in patterns]
        for index, pattern in enumerate(patterns):
            match = pattern.search(row)
            if not match or known[index] or not any(known) or row[: match.start()].endswith(("不", "未", "无", "再")):
                continue
            near = pairs(row[max(0, match.start() - 14) : match.end() + 14])
            others = [p for rank, p in enumerate(patterns) if known[rank]]
            around = row[max(row.rfind("，", 0, match.start()), 0) : match.end() + 14]
            # 暂不网上办理 means 线下办理
            clear = (
                told.marked
                if DENIAL.search(around)
                else [clause for clause in told.marked if not DENIAL.search(clause.text)]
            )
            if any(near & clause.content for clause in clear for other in others if other.search(clause.text)):
                other = next(o.search(article) for o in others)
                found.append(f"“{match[0]}”（原文为“{other[0] if other else ''}”）")
    return found


@lru_cache(maxsize=4096)
def exclude(word: str, other: str) -> bool:
    """Whether the two words belong to one set but different kinds, or differ only in one character and its opposite."""
    differ = [(mine, its) for mine, its in zip(word, other, strict=False) if mine != its]
    if len(word) == len(other) > 1 and len(differ) == 1 and any(set(differ[0]) <= set(line) for line in _OPPOSITES):
        return True
    for patterns in PATTERNS:
        mine, its = ({rank for rank, one in enumerate(patterns) if one.fullmatch(text)} for text in (word, other))
        if mine and its and not mine & its:
            return True
    return False


def same_kind(word: str, other: str) -> bool:
    """Whether the two words are of the same kind in one set: 网上 and 网络."""
    return any(one.fullmatch(word) and one.fullmatch(other) for patterns in PATTERNS for one in patterns)


def direction_differs(row: Around, article: Around) -> bool:
    """Whether one says that a number grew by an amount and the other that it fell."""
    said, told = (
        _direction(row.before[-6:] + "|" + row.after[:2]),
        _direction(article.before[-6:] + "|" + article.after[:2]),
    )
    return bool(said and told and said != told)


def limit_differs(row: Around, article: Around) -> bool:
    """Whether a number is a lower limit in one and an upper limit in the other."""
    said, told = (_limit(around) for around in (row, article))
    return bool(said and told and said != told)


def turned_round(row: str, article: str, year: int) -> list[str]:
    """由9天缩短到4天 where the article says 由4天 … 9天; 3月比4月 where it says 4月比3月."""
    told = {(first, second) for first, second, _ in _from_to(article, year)}
    found = [
        f"“{written}”（前后）"
        for first, second, written in _from_to(row, year)
        if (second, first) in told and (first, second) not in told
    ]
    than = {(match["one"], match["other"]) for match in _THAN.finditer(article)}
    found += [
        f"“{match[0]}”（前后）"
        for match in _THAN.finditer(row)
        if (match["other"], match["one"]) in than and (match["one"], match["other"]) not in than
    ]
    moves = [(pairs(match["start"]), pairs(match["end"]), match[0]) for match in _TURN.finditer(article)]
    for match in _TURN.finditer(row):
        start, end = pairs(match["start"]), pairs(match["end"])
        for first, second, written in moves:
            crossed = bool(start & second) or bool(end & first)
            if crossed and not (start & first or end & second):
                found.append(f"“{match[0]}”（原文为“{written}”）")
    return list(dict.fromkeys(found))


def _from_to(text: str, year: int) -> list[tuple[float, float, str]]:
    found = []
    for match in _FROM_TO.finditer(text):
        values = [number.value for number in find_numbers(match[0], year)]
        values = values or [float(ord(grade)) for grade in _GRADE.findall(match[0])]
        if len(values) == 2:
            found.append((values[0], values[1], match[0]))
    return found


def _direction(text: str) -> str:
    up, down = _UP.search(text), _DOWN.search(text)
    return "" if bool(up) == bool(down) else "up" if up else "down"


def _limit(around: Around) -> str:
    floor = _FLOOR.search(around.before[-5:]) or _FLOOR.search(around.after[:6])
    ceiling = _CEILING.search(around.before[-5:]) or _CEILING.search(around.after[:6])
    return "" if bool(floor) == bool(ceiling) else "floor" if floor else "ceiling"
