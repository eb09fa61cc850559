"""A sentence that describes the news, told as the news: 这是甲局开通的首个平台 as 甲局开通首个平台."""

from __future__ import annotations

import re

from yuqing.review.draft.news import STRONG

_VERB = rf"(?:{STRONG.pattern}|开行|首发|设立|开设)"
_MADE = "推广|打造|建设|开发|研发|组织|主办"  # what may have been done at any time
_THIS_IS = re.compile(
    rf"^这(?:也|就)?是(?P<who>(?!继|该|此|首|全国首|我国|目前)[^，。：]{{1,60}}?)(?P<verb>{_VERB}|{_MADE})的(?P<what>[^，。]{{4,}}[，。].*)$",
    re.DOTALL,
)
_DOER = re.compile(
    r"(?:[部委局厅署院府团司会行心校县市区省社]|我们|公司|集团)(?:\d{4}年|\d{1,2}月(?:\d{1,2}日)?|首次|联合|正式|共同|自主|今天|昨天)*$"
)
_EARLIER_ON = re.compile(r"\d[年月]")
_GAVE_ANSWERS = re.compile(
    r"(印发|发布|出台|公布|下发)的(《[^《》]+》)(?:给出了?|作出了?|做出了?|提供了?|带来了?)(?:明确)?(?:答案|回应|回答|解答)(?=[。，])"
)
_AT_THE_SCENE = re.compile(
    r"^(?P<day>[^，]{0,16}日(?:上午|下午)?，)?在(?P<what>[^，。]{6,50}(?P<act>启用|揭牌|投用|投入使用|开通|开业|开幕|上线|启动))"
    r"(?:仪式)?(?:现场|上)，(?P<scene>[^，。]+)。$"
)
_HAPPENS = re.compile(rf"{_VERB}|驶出|开出|发车|抵达|起飞|首飞")
# 10月9日下午，阳光正好。 before …论坛在湛江开幕。
_SCENE = re.compile(
    rf"^(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日[^，。]{{0,4}}，(?!.*(?:{STRONG.pattern}|记者|走进|来到|看到))[^。]{{2,24}}。$"
)
_CEREMONY = re.compile(
    r"(?:仪式|大会|峰会|论坛|博览会|会议|推进会|签约会)[^，。]{0,16}(?:举行|举办|召开|开幕|闭幕|启幕)|揭牌|揭幕|开业"
)
_EARLIER = re.compile(r"已|去年|此前|目前|近年|曾|\d月|前不久|[日近]前")
_VISITED = re.compile(r"记者|走进|来到|看到|体验|前往")


def as_news(text: str) -> str:
    """``text`` as a statement of who did what; unchanged if it is one, or does not say who did it."""
    text = _GAVE_ANSWERS.sub(r"\1\2", text)
    scene = _AT_THE_SCENE.match(text)
    if scene and not STRONG.search(scene["scene"]):
        return f"{scene['day'] or ''}{scene['what']}。"
    found = _THIS_IS.match(text)
    if not found or not _DOER.search(found["who"]):
        return text
    return f"{found['who']}{found['verb']}{found['what']}"


def opens_the_scene(above: str, text: str) -> bool:
    """Whether the sentence ``above`` only names the day and the weather of the ceremony that ``text`` reports."""
    return bool(_SCENE.match(above)) and bool(_CEREMONY.search(text)) and not _EARLIER.search(text)


def is_of_the_day(text: str, above: str) -> bool:
    """Whether ``text`` (这是…) describes what the sentence ``above`` reports, and was done on the day of that one.

    Not if that one reports a visit, or ``text`` says what has been done at some time.
    """
    found = _THIS_IS.match(text)
    if (
        not found
        or not _DOER.search(found["who"])
        or _EARLIER_ON.search(found["who"])
        or found["verb"] in _MADE.split("|")
    ):
        return False
    return bool(_HAPPENS.search(above)) and not _VISITED.search(above)
