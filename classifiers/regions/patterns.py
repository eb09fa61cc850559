"""The wordings around a place that show its role. They are matched against folded text, so the comma is ``,`` and not
``，``.

The words are in classifiers/wordings.yaml (``places``); this module combines them. A pattern that is searched for in
every lead is written as alternatives that each begin with a literal character: the search then looks for all of these
at once, which takes a quarter of the time of a group followed by more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from classifiers.wordings import each, either, word_lists

_W = word_lists().places
_RANK = "(?:省|市|自治区|区|县|州|盟)?"

# --- after the place: it is part of another name ---------------------------------------------------------
UNIVERSITY = re.compile(
    f"(?:省|市)?{either(_W.school_subjects)}*"
    f"(?:大学(?!生|毕业|城|校园|招聘|创业)|{either(_W.schools)}|理工(?=[校在与和]))"
)
BANK = re.compile(
    f"(?:省|市)?{either(_W.banks)}?"
    f"(?:银行(?!{either(_W.no_bank)})|证券(?!业)|信托(?!业)|期货|人寿|财险|航空(?!{either(_W.no_airline)}))"
)
BANK_BRANCH = re.compile(f"(?:省|市)?{either(_W.bank_branches)}")
MEDIUM = re.compile(
    f"{either(_W.media_subjects)}*{either(_W.papers)}" + rf"|{either(_W.stations)}(?=记者|讯|报道|消息|\d)"
)
COMPANY = re.compile(
    f"(?:省|市)?(?:(?!{either(_W.firm_verbs)})"
    r"[^,。;:、!?\s“”\"《》()与和及在由向对为将以被的委局厅办署院会联]){0,14}?"
    f"(?:{either(_W.firms)}|集团(?!军|化|总医院))"
)
BRACKET_COMPANY = re.compile(r"[)][^,。;:、\s]{0,12}(?:公司|集团)")
SERVICE = re.compile(f"(?:省|市)?{either(_W.services)}")
_NO_CARRIER = either((*word_lists().no_carrier, *_W.no_carrier))
CARRIER = re.compile(f"(?:省|市)?{either(_W.carriers)}(?!{_NO_CARRIER})|(?:省|市)?(?:分公司|公司)")
LISTED = re.compile(f"[^,。;]{{0,4}}{either(_W.exchanges)}")
ROAD = re.compile(
    "(?:市|省)?(?:[东西南北中]|[一二三四五六七八九十]|步行)*"
    f"(?:路(?!{either(_W.no_road)})|大街|大道|街(?!{either(_W.no_street)})|立交桥)"
)

# --- after the place: people from there, not the place ---------------------------------------------------
DELEGATES = re.compile(
    f"{_RANK}(?:(?:代表)?团(?=代表|审议|举行|驻地|全体|分组|开放|小组|的|,|召开|会议)|(?:全国)?{either(_W.delegates)})"
    f"|[^,。;:、]{{0,20}}(?:代表|委员){either(_W.says)}"
)
ATTENDS = re.compile(_RANK + "(?:出席|参加|列席)[^,。;]{0,8}(?:两会|人代会|人民代表大会|人大会议|政协)")
PERSON = re.compile(rf"[^,。;:、与和在\s]{{0,14}}{either(_W.experts)}[一-鿿]{{0,4}}{either(_W.says)}")
_OF_A_FIRM = f"(?:某|一家|一位|一名)[^,。;:、]{{0,8}}?{either(_W.businesses)}[^,。;:、]{{0,4}}{either(_W.owners)}"
ORIGIN = re.compile(f"(?:省|市)?(?:{_OF_A_FIRM}|{either(_W.people)}|青年(?=[在来赴到])|人(?={either(_W.surnames)}))")
THEIR_PEOPLE = re.compile(f"(?:省|市)?(?:[、和与][^,。;、]{{2,6}})?的{either(_W.people)}")
PARTNER = re.compile(f"(?:省|市)?[^,。;:]{{0,10}}?{either(_W.helpers)}[^,。;:]{{0,6}}{either(_W.remotely)}")
# 北京专家昨天走进|贵州毕节: the news is where they go.
_GO = either(word for word in _W.trips if len(word) > 1)
VISITING = re.compile(f"(?:省|市)?[^,。;、]{{0,6}}?{either(_W.helpers)}[^,。;、]{{0,8}}?{_GO}")
NATIVE = re.compile("(?:省|市|县|区)?人(?=[,。;])")
HOSTED = re.compile(f"[省市区县州]?[^,。;、与和在]{{1,10}}?{either(_W.hosted)}")
IMPOSTOR = re.compile(f'{either(_W.police)}[”"]')

# --- after the place: it acts ----------------------------------------------------------------------------
BODY = re.compile(
    _RANK + '[^,。:;、“”"《》\\s与在于]{0,12}?'
    f"(?:{either(_W.bodies)}|局(?!面|势|部|限|域)|"
    "委(?=[,、与和联在印发将组召宣出启会书主副\\d]|$)|(?<![举主承协创兴])办(?=[,、与和联在印发将组召宣出启主\\d]|$))"
)
BODY_DOES = re.compile(f"(?:{BODY.pattern})[^,。;]{{0,8}}?{either(_W.acts)}")
_ON_A_DAY = r"(?:(?:\d{1,2}月)?\d{1,2}日(?:上午|下午|晚|起)*)?"
ACTS = re.compile(f"{_RANK}{_ON_A_DAY}{either(_W.act_adverbs)}*{either(_W.acts)}")

# --- before the place ------------------------------------------------------------------------------------
ARRIVES = re.compile(f"{either(_W.arrives)}$")
SETTLES = re.compile(f"{either(_W.settles)}$")
FROM = re.compile(each(_W.comes_from, "[^,。;]{0,6}$") + "|驻(?<![入进]驻)$")
# Where somebody was or went, which concerns the person: 他辞职去了|深圳, 您在|雄安做课题.
WENT = re.compile(f"[您你我他她](?![国省市县区校院们])[^的,。;:]{{0,6}}{either(_W.went)}$")
WAS = re.compile(f"{either(_W.was)}(?:[^,。;、]{{2,6}}、)*$")
GOES = re.compile(f"(?<![直来得想谈说提])(?<!达){either(_W.goes)}(?:[^,。;、]{{2,8}}[、和])*$")
LEARNS = re.compile(f"(?:省|市)?(?:[、和][^,。;、]{{2,8}})*(?:等地)?(?:参加|考察|开展)?{either(_W.learns)}")
# Where a product is already in use, mentioned next to what a company launches: 平台已在|宁夏、湖南的一百多所学校试用.
IN_USE = re.compile(f"{either(_W.in_use)}(?:[^,。;、]{{2,6}}、)*$")
AND_MORE = re.compile("(?:省|市)?[、和与及]")
ELSEWHERE = re.compile(r"(?:省|市)?等(?:[多\d一二三四五六七八九十]+个?)?(?:地|省|市)")
SUPPOSED = re.compile(f"{either(_W.supposed)}[^,。;]{{0,12}}$")
WITHDRAWS = re.compile(f"{either(_W.markets)}[^,。;]{{0,14}}$")
MARKET = re.compile("[^,。;]{0,8}市场(?![监价交里])")
_NOT_TO = "(?<![来回赶解悉看听收得])"
FROM_TO = re.compile(f"[从由自][^,。;]{{1,9}}{_NOT_TO}[到至]$")  # 从北京到|贵州
TO_FROM = re.compile(f"[^,。;、]{{0,6}}{_NOT_TO}[到至]")  # 从|北京到贵州
SENDER = re.compile(f"{each(_W.senders, '[^,。;]{0,8}$')}|{each(_W.addresses, '[^。;]{0,12}$')}|各省[^。;]{{0,24}}$")
EXAMPLE = re.compile(f"{each(_W.examples, '[^。;,]{0,14}$')}|{each(_W.compared, '[^。;,]{0,3}$')}")
EXAMPLE_AS = re.compile(r"(?:^|[,。;、\s])以[^。;,]{0,12}$")
EXAMPLE_AS_END = re.compile("[^。;,]{0,14}为例")
SPEECH = re.compile(f"(?:{either(_W.pretends)}|电话[^。;,]{{0,6}}[称说])[^。;]*$")
PROPOSAL = re.compile(each(_W.asks, "[^。;,]{0,12}$") + "|希望(?!工程|小学)[^。;,]{0,12}$")
DEPUTY = re.compile(each(_W.delegates, "[、,:]?$"))
CAMPUS = re.compile(each(("大学", "学院"), "[(]$"))
FAR_END = re.compile(f"{either(_W.far_ends)},?$")
LINKED = re.compile(each(_W.links, "$"))
JOINED = re.compile(f"{either(_W.joins)}$")

# --- the whole sentence or text --------------------------------------------------------------------------
STOCKS = re.compile(each(word_lists().stocks))
SWINDLE = _W.swindle  # searched for one after the other: half the time of one regex
SIGNING = re.compile(each(_W.signing))
EVENT = re.compile(either(_W.events))
# The dateline of a company's press release (广州,2017年1月11日——): the company's seat.
RELEASE = re.compile(r"(?:市|省)?,?20\d\d年\d{1,2}月\d{1,2}日\s*(?:/|-|—)")
DATELINE = re.compile(r"(?:\d{1,2}月)?\d{1,2}日?(?:电|讯|专电|报道|消息)|(?:电|讯|报道)?[(][^)]{0,16}(?:记者|通讯员)")

# --- adjacent provinces ----------------------------------------------------------------------------------
GAP = re.compile(r"(?:省|市|自治区)?(?:、|和|与|及|以及|/)")
REACHES = re.compile(f"{either(_W.reaches)}[^。;,]{{0,14}}$")
LIST_GAP = re.compile("(?:[一-鿿]{0,2}|的[一-鿿]{1,4})、")
WIDEST_GAP = 6  # characters that GAP (自治区以及) or LIST_GAP (的西红柿子、) can take
SPOKE = re.compile(f"[^,。;]{{0,10}}{either(_W.speaks)}")  # at a meeting of a national body
RANKING = re.compile(rf"[^。;]{{0,10}}(?:{either(_W.ranks)}|前[二三四五六七八九十\d]+[位名强]?)")
RANKED = re.compile(f"(?:{either(_W.ranked)}|前[二三四五六七八九十])[^。;,]{{0,8}}[为是有:]$")
SUCH_AS = re.compile(r"(?:省|市)?(?:等(?![级待于候同])|的?(?:一些|部分|多[个家所地]))")
TOGETHER = re.compile(f"[^,。;]{{0,10}}{either(_W.together)}")
SEVERAL = re.compile("[两三四](?:地|省|市|省市|省区|省一市)|(?:共同|联合|签|携手)")

UNIT = re.compile(rf"(?:省|市|区|县)?(?:一家|某|[^,。;、与和]{{0,8}}?){either(_W.units)}(?=[、,与和])")
TRIP = re.compile(f"{either(_W.trips)}$")
AFTER_OTHERS = re.compile(r"继[^,。;]{0,20}$")
AFTER_OTHERS_END = re.compile(r"[^,。;]{0,20}?(?:之后|后)")
SELECTED = re.compile(f"[^,。;:、]{{0,24}}?{either(_W.listed_in)}")
FAR_UNIT = re.compile(f"(?:市|省)?[^,。;、]{{0,8}}?{either(_W.partner_units)}")
REMOTE = re.compile(each(_W.remote))
AND_OTHERS = re.compile(r"(?:省|市)?等(?:全国)?(?:\d+|[一二三四五六七八九十]+)[多余]?个?(?:省|市|地|区|试点)")
GUIDES = re.compile(r"[^,。;、]{0,12}(?:[、和与及][^,。;、]{2,16}){0,8}(?:共同|联合)?指导(?=[,、。;下]|单位|$)")
GUIDED = re.compile(r"[^,。;]{0,16}?指导(?=[,、。;下]|单位)|(?:同意|批准|授权),")
LONG_AGO = re.compile(each(_W.long_ago))
OFTEN = re.compile(f"[^,。;]{{0,24}}?{either(word_lists().actors.often)}")
_AND_OTHER_BODIES = "(?:[、和与及][^、,。;]{2,14}){0,8}(?:等[^,。;]{0,6})?"
# Behind a central body: what it did in an earlier year, or a mere attribute (某部确定的试点).
EARLIER = re.compile(
    f"{_AND_OTHER_BODIES}(?:{either(word_lists().actors.earlier)}|(?:联合)?{either(word_lists().actors.issues)}的)"
)
INVESTS = re.compile(each((*_W.invests, *_W.investing)))
INVESTOR = re.compile(f"(?:省|市)?[^,。;、]{{2,12}}(?:[、和与][^,。;]{{0,40}})?{either(_W.invests)}")
SIGNATURE = re.compile(rf"[^,。;\n]{{0,24}}{either(_W.signing_bodies)}\s*\n?\s*(?:20\d\d年\d{{1,2}}月\d{{1,2}}日\s*)?$")

# --- the source's own place ------------------------------------------------------------------------------
OURS = re.compile(r"[我本](?:省|市)(?!域|级)")
# The start of a clause is checked by looking back: the search then jumps from one such character to the next.
WHOLE = re.compile(r"全(?:省|市|疆)(?!域)|省(?<![^,。;、\s].)(?:政府|委(?=[,、办书常])|[一-鿿]{1,8}厅)")
# A year at the start of the sentence that applies to what follows.
DAY = re.compile(rf"\d日|{each(_W.days)}|(?:报|网|社)[一-鿿]{{0,4}}[电讯]|记者(?![::问])")
PEOPLE = re.compile(f"[他她我您](?![国省市县区校院])|[问者]:|{either(_W.stories)}")
YEAR_OPENS = ("19", "20", "在", "早", "从")
YEAR = re.compile(r"(?:早在|在|从)?((?:19|20)\d\d)年(?![^,。;]{0,12}(?:以来|至今|起))")
NOW = re.compile(rf"{each(_W.now)}|(?<!\d月)(?<!\d)\d{{1,2}}日")
_BODIES = (*word_lists().deeds.local_bodies, *word_lists().deeds.local_offices, "办")
LOCAL_BODY = re.compile(rf"[省市区县州](?<![^,。;、与和同\s].)[一-鿿]{{1,8}}?{either(_BODIES)}")


def national(ministries: Iterable[str]) -> re.Pattern[str]:
    """Finds a central body: one of ``ministries`` (names as spelled in keywords.yaml), or one of that form."""
    told = ("国家", "国务院", "中央", "全国", "最高")  # by their form, below
    names = dict.fromkeys((*_W.national, *(name for name in ministries if len(name) > 2 and not name.startswith(told))))
    behind = {"部": "部(?!门)", "总局": "总[局署]", "总署": "总[局署]"}
    spelled = []
    for name in names:
        ending = next((one for one in behind if name.endswith(one)), "")
        spelled.append(re.escape(name.removesuffix(ending)) + behind.get(ending, ""))
    return re.compile(  # a branch belongs to its place: 中国电信四川公司, 国家税务总局深圳市税务局
        "(?:中央[一-鿿]{1,6}(?:办|部|委|会议)|国家(?!级|重点|示范|区域)[一-鿿]{1,9}(?:局|委|部|办|署|院)|"
        f"最高(?:人民)?(?:法|检)|全国{either(_W.of_the_nation)}|中国{either(_W.of_china)}|"
        + "|".join(spelled)
        + f")(?![一-鿿]{{2,9}}?{either(_W.branches)})"
    )
