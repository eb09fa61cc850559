"""A news sentence in the report's style: without vague days, scene-setting, praise or padding."""

from __future__ import annotations

import re

from yuqing.review.draft.news import ACT, PLUS, STRONG
from yuqing.review.draft.wording import balanced

_VAGUE = re.compile(
    rf"(?:(?:^|(?<=[，。]))(?:近日|日前|近期|最近|前不久|不久前|近段时间|连日来)[，,]"
    r"|(?<![\d日号])(?:近日|日前)(?=[一-鿿“《])(?![来点益内])"
    rf"|(?<![\d日号])近期(?=正式|联合|共同|与|和|在|对|向|再次|首次|就|{STRONG.pattern}))"
    r"|(?:^|(?<=[，。]))(?:近日|日前|前不久|不久前)(?![，,])"
)
_PURPOSE = re.compile(
    r"^(?:(?:为(?!期|首|主|何|什么)|针对|随着|围绕|伴随)[^，。]{2,60}|在[^，。]{2,60}(?:基础上|背景下|之际)"
    r"|作为[^，。]{2,40}(?:前奏|之一|重头戏|序幕|(?:配套|系列)活动))[，,]"
)
_SAYS = re.compile(
    r"宣布|提出|明确|强调|指出|表示|要求|公布|认为|介绍|建议|决定|通报|包括|主题|发布|如下|分别|内容|目标"
)
_SCENE = re.compile(r"^(?P<scene>[^：。“”《》]{2,40})[：:](?=[^：:])")
_ENDS = "上线|启用|开通|启动|揭牌|投用|成立|开幕|落户|建成|推出"
_DONE = re.compile(rf"(?<=[一-鿿])(?:(?:{_ENDS})了(?=[，。；])|(?:{STRONG.pattern})了(?=[“《]))")
# The reporter's and the speaker's own words: 记者注意到，“互联网+”…, |我们|安溪县启用….
_OWN = re.compile(r"(?:^|(?<=[。，]))(?:记者(?:注意到|看到|发现|了解到)[，,]?|我们(?=[一-鿿]{2,6}?[省市县区州旗]))")
# Words that a row does without: 市民|足不出户就|能提交, 今年要建|一个|“互联网+就业”平台.
_SPARE = re.compile(r"足不出户[就便即也]?(?=[能可])|(?<=[建办设])一个(?=“)")
PRAISE = re.compile(
    r"足不出户|家门口|动动手|点点(?:手机|鼠标)|指尖|零距离|乐开花|点赞|再也不|不用再|不必再|有了|让[^，。]{2,20}更|往返奔波|跑断腿|翅膀|快[进车]键?|驶入|迈[出入上]"
    r"|谱写|新篇章|新局面|新活力|新动能|绘就|画卷|插上|最后一公里|暖心|贴心|获得感|幸福感|好评|热烈|深受|广受|备受|福音|实惠"
    r"|省心|省力|大大|老毛病|克星|红火|热闹|时间表|任务书|路线图|任务单|头一回|成了|一张网|大事|实事|喜[获迎]|惊喜|便利多了"
    r"|跑[腿路]|热[词门]|流连|忘返|掌声|气氛|吸引了|围观|人气|火了|爆|亮点|亮眼|圈粉|接地气|有声有色|如火如荼|欢迎|高度评价"
)
_LIMIT = re.compile(r"但|然而|不过|尚|暂|除外|未|并非|仅|只(?:对|限|受)")
# The subject of the clause that was cut: …认证，|一百万名领取待遇的老人，不必再到镇上排队.
_WHOSE = re.compile(r"，[^，。；]{2,24}(?:名|位|户|家|万)[^，。；]{0,14}(?:人|户|群众|居民|市民|村民|学生|企业|商户)$")
_STOP = re.compile("[。！？]")
_IN_A_ROW = 2  # sentences
_SHORTEST = 8  # characters; what must remain of a row when its end is cut


def in_voice(text: str, *, report: bool) -> str:
    """``text``, a sentence or two without their day, in the style of a row; ``report``: the row begins with …日消息.

    Only what carries no information is cut, never a clause that qualifies the statement (但…, 尚未…).
    """
    if report:
        text = _VAGUE.sub("", text)
    text = _OWN.sub("", text)
    scene = _SCENE.match(text)
    if scene and not STRONG.search(scene["scene"]) and not _SAYS.search(scene["scene"]):
        rest = text[scene.end() :]
        if STRONG.search(rest.partition("。")[0]) and balanced(rest):
            text = rest
    purpose = _PURPOSE.match(text)
    if purpose and STRONG.search(text, purpose.end()) and balanced(text[purpose.end() :]):
        text = text[purpose.end() :]
    return _SPARE.sub("", _without_praise(_DONE.sub(lambda match: match[0][:-1], text)))


def _without_praise(text: str) -> str:
    """``text`` without clauses of praise at its end."""
    while True:
        body = text.rstrip("。；;，, ")
        at = max(body.rfind(mark) for mark in "，；")
        last, before = body[at + 1 :], body[:at]
        if at < _SHORTEST or not PRAISE.search(last) or _LIMIT.search(last):
            return text
        if not (ACT.search(before) or PLUS.search(before)) or not balanced(before):
            return text
        if PLUS.search(last) and not PLUS.search(before):
            return text  # the phrase is what the report is about
        text = _WHOSE.sub("", before) + "。"


def for_table(text: str) -> str:
    """A text as a row of a table, which has one or two sentences: of a paragraph, such as a summit's, the first."""
    ends = [match.end() for match in _STOP.finditer(text) if balanced(text[: match.end()])]
    return text if len(ends) <= _IN_A_ROW else text[: ends[0]]


def shorten(text: str, limit: int, slack: int = 0) -> str:
    """A text longer than ``limit`` plus ``slack``, cut at the last punctuation mark within ``limit`` that leaves it
    well-formed.

    Never before a clause that qualifies the statement: the rest would claim more than the article does.
    """
    if len(text) <= limit + slack:
        return text
    for mark in "。；，":
        at = text.rfind(mark, 40, limit)
        while at > 0:
            if balanced(text[:at]) and (mark == "。" or not _LIMIT.search(text, at)):
                return text[:at] + "。"
            at = text.rfind(mark, 40, at)
    return text
