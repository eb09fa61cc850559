"""Whole lines that belong to the page and not to the article: counters, switches, votes, credits, links."""

from __future__ import annotations

import re

from crawler.wordings import either, page_words

_W = page_words().lines

_COUNTED = either(_W.reads, _W.counted)
_COUNT = rf"{_COUNTED}(?:量|数|次数|率)?\s*[:：]?\s*[(（\[]?\s*\d+\s*[)）\]]?\s*[次条万+]*"
_NAMES = r"[\u4e00-\u9fa5·A-Za-z]{2,12}(?:[\s、，,/（(）)]+[\u4e00-\u9fa5·A-Za-z]{2,12}){0,5}[)）]?"
# A person: a family name with one or two characters, a nickname, or a name with a middle dot.
PERSON = (
    rf"(?:(?:欧阳|司马|上官|诸葛|夏侯|皇甫|慕容|令狐|司徒|[{page_words().names.surnames}])[\u4e00-\u9fa5]{{1,2}}"
    r"|[小阿][\u4e00-\u9fa5]{1,2}|[\u4e00-\u9fa5]{2,5}·[\u4e00-\u9fa5·]{2,8})"
)
_PERSONS = rf"{PERSON}(?:[\s、，,/]+{PERSON}){{0,6}}"
_STAGE = r"(?:[一二三初复终责][审校编核])"  # 一审, 责校, 审核: stages may be combined (一审一校)
_CREDIT = rf"(?:{either(_W.roles, _W.makers, _W.name_roles, _W.credits)}|{_STAGE}{{1,2}}|[\u4e00-\u9fa5]{{0,2}}设计)"
_CREDITS = re.compile(
    rf"^(?:\W*(?:END|end)?\W*(?:{_CREDIT}\s*[:：|丨｜/]\s*{_NAMES}"
    rf"|(?:本报|本网|本台|本刊)?\s*{either(_W.credits_by_name)}\s*[:：|丨｜]\s*{_PERSONS})\W*)+$"
)
# Button words only, with numbers between them: 分享 收藏 点赞 在看, AI朗读 女声 男声 1.0x.
_INTERFACE = re.compile(
    rf"(?=.*[\u4e00-\u9fa5A-Za-z])(?!{either(_W.brands)}$)(?:{either(_W.brands, _W.interface, _W.reads, _W.counted)}"
    r"|\d+(?:\.\d+)?\s*[xX票次条万人个分秒]?|T\s?[大中小]|A[+-]|[\W_])++$"
)
_FURNITURE = re.compile(
    r"^[\[【（(《“\s■●▲△◆*·|:：\-—]*(?:"
    r"\d+:\d\d\s*/\s*\d+:\d\d|"  # 00:00 / 03:12 of a player
    rf"(?:{_COUNT}[\s|/·]*)+|(?:\d+\s*{_COUNTED}[\s|/·]*)+"
    r"|已有\s*[\d,]+\s*人(?:阅读|参与|浏览|评论)|点击播报.{0,20}|关注.{0,14}(?:公众号|微信|微博|视频号)|(?:视力保护色?|保护视力色?|语速)(?:\s*[:：].{0,20})?|本文字数.{0,30}|(?:阅读|读完)?(?:本文|全文)?(?:大?约)需\s*\d+\s*分钟|收听(?:本文|全文).{0,16}|您的浏览器(?:不支持|版本).{0,30}|点击图片.{0,8}|用户名\s*[:：].{0,12}|还可以输入.{0,8}|(?:文章|AI|智能|内容)?(?:导读|摘要|提要|核心提示)|稿件标签|用手机(?:查看|浏览|打开).{0,8}"
    r"|(?:字数|栏目|所属栏目|信息类别|信息分类|文章分类|分类|类别|专栏|频道)\s*[:：].{0,20}|您?看到(?:此|这)篇?(?:文章|新闻).{0,16}|\d+%\s*[(（]\d+[)）]"
    r"|第?[A-Z]?\d{1,2}版\s*[:：].{0,12}|IP属地\s*[:：]?.{0,8}|功能介绍\s.{0,40}|正文结束.{0,20}|(?:您|你)对本[篇文页].{0,8}满意吗.{0,24}"
    r"|(?:新闻|投稿|[报爆]料|线索|广告|发行|订阅|举报|读者|采编|联系)[^，。:：]{0,6}[:：]\s*[\d\-—]{7,}.{0,60}"
    r"|评论\s*\d+\s*条|(?:暂无|还没有|查看全部)评论.{0,6}|点击?(?:阅读|查看|展开)全文|展开(?:全文|剩余)?|友情链接|.{0,12}官方(?:微信|微博|抖音|账号)(?:公众号)?"
    r"|(?:本文|文章)?标签[\s:：].{0,60}|(?:附件|相关附件|附件下载|附件信息|附件列表|资料下载)|分页[\s:：][\d\s]*|本文共\s*\d+\s*页.{0,10}|本(?:条|篇)(?:新闻|文章|信息).{0,8}浏览.{0,10}次"
    r"|.{0,12}←\s*[、/]?\s*→.{0,20}|.{0,16}未经.{0,8}(?:审核|审阅|审定|核实|校对)|返回[^，。]{2,6}[，,]\s*查看更多.{0,8}"
    r"|(?:全文)?(?:结束|完毕|全文完)|满意度(?:评价|调查)?\s*[:：].{0,24}|(?:该|本|此)(?:信息|文章|内容|页面)对您是否有(?:帮助|用).{0,10}"
    r"|(?:欢迎)?扫码(?:加入|进).{0,10}|.{0,24}尽在.{2,14}(?:App|APP|客户端|公众号|微信|微博)|点个.?在看.{0,14}|分享让更多人看到|本文由.{2,12}原创|(?:用户|网友|最新)?评论\s*共\s*\d+\s*条|我来说说|文章评分.{0,8}|(?:新闻)?[报爆]料请.{0,24}|本稿件所含.{0,40}版权.{0,40}"
    r"|您对.{0,12}(?:满意|有帮助)(?:吗)?|欢迎转载.{0,20}|转载(?:请|须|务必)?(?:注明|联系|授权).{0,30}|(?:本文|原文|文章|本页|新闻)(?:链接|地址|网址|URL)\s*[:：]?\s*(?:https?:|www\.)\S*"
    r")[\])】）》”\s|:：。！？…>＞\-—]*$",
    re.IGNORECASE,
)
_NOTICES = re.compile(either(_W.notices), re.IGNORECASE)
_ACTIONS = re.compile("点赞|在看|转发|收藏|星标|三连|关注我们")
MIN_ACTIONS = 2
MAX_LINE = 70  # characters


def is_interface(text: str) -> bool:
    """Whether the whole text is made of words from buttons and switches."""
    return len(text) <= MAX_LINE and _INTERFACE.match(text) is not None


def is_furniture(text: str) -> bool:
    """Whether the whole line belongs to the page."""
    if len(text) > MAX_LINE:
        return False
    return bool(is_interface(text) or _FURNITURE.match(text) or _CREDITS.match(text) or _is_notice(text))


def _is_notice(text: str) -> bool:
    """Whether the line tells readers what to do on the page: two such actions, or a fixed wording of a notice."""
    return bool(_NOTICES.search(text)) or len(set(_ACTIONS.findall(text))) >= MIN_ACTIONS
