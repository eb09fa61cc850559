"""Names of media and of editors as pages print them behind a label: without codes, addresses and the next label."""

from __future__ import annotations

import re

from crawler.extract.dates import find_moments, fold

MAX_NAME = 40  # characters
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff]\s*[:|])")
_WORDS = (
    "作者|记者|通讯员|通信员|发布|发稿|时间|日期|责任编辑|责编|编辑|编审|编稿|审核|审稿|校对|监制|字号|字体|字数|大小|浏览|点击|阅读|访问|人气|分享|打印|关闭|收藏|来源|发表|举报"
    "|参与互动|进入|我来说|纠错|已有|稿源|更新|摄影|撰稿|撰文|供稿|签发|扫一扫|评论|我要|文章|信息|索引|文号|下载|手机|保护视力|视力|背景|关注|微信|微博|朋友圈|查看|切换|电子信箱|电子邮箱|电子邮件|邮箱|信箱"
    "|邮编|电话|热线|传真|投稿|报料|爆料|标签|关键|主题|类别|分类|栏目|导读|语音|朗读|听新闻|点赞|推荐|转发|复制|值班|统筹|策划|设计|制图|版式|版面|见习|实习"
)
_BUTTONS = (
    r"字号|字体|参与互动|打印本页|关闭窗口|浏览次数|点击数|阅读量|我要纠错|扫一扫|分享到|保护视力|参与评论|手机看新闻"
)
_STOP = re.compile(
    rf"\s+(?:{_WORDS}|北京$).*$|(?:{_WORDS}|人)[^:\s]{{0,4}}:.*$|(?:{_BUTTONS}).*$|\s*(?<!\d)\d{{4}}[-年/.].*$|\s{{3,}}.*$|\s*[|【\[<>»].*$"
    r"|\s+[^\s:]{1,8}\s?:.*$|\s+\S*@.*$|\s*\d{1,2}:\d\d.*$",
    re.DOTALL,
)
_TRIM = " \u3000:：|,，。;；、-—_()（）[]【】《》“”\"'<>·/\\\t"
_MEDIUM = re.compile(
    r"(?:报|社|网|台|刊|参考消息|杂志|周刊|月谈|客户端|在线|频道|广播|电视|发布|新闻|头条|政府|局|委|厅|办|部|中心|\.com|\.cn|号外|观察|财经|融媒体?|海外版|网络版|电子版)$",
    re.IGNORECASE,
)
_ORGAN = re.compile(r"(?:[处科室所馆院队校]|(?<!网)站|管委会|公司|大学|集团|协会|学会)$")
_NEVER = re.compile(r"\d{5,}|@|https?:|www\.|[。！？；]", re.IGNORECASE)
_NO_NAME = re.compile(
    r"首页|正文|导航|字体|字号|热线|电话|邮箱|信箱|报料|爆料|举报|^(?:大|中|小|无|暂无|空|null|undefined|none|\W|\d)*$"
    r"|^(?:星期|周)[一二三四五六日天]$|^(?:阅读|浏览|点击|打印|分享|评论|关闭|收藏|纠错)|(?:摄|供图|图片|资料图|组图)$",
    re.IGNORECASE,
)
_EDITION = re.compile(r"\s*第?\s?[A-Z]?\d{1,2}\s?版$")
_UNCLOSED = re.compile(r"[(（][^)）]*$")
_CODE = re.compile(
    r"[(（\[【]?\s*(?:编号|工号|NO\.?|ID)?[:：]?\s*[_\-]?[A-Za-z]{0,6}[_\-]?\d{2,}[A-Za-z]{0,2}\s*[)）\]】]?$|[_\-][A-Za-z]{1,4}\d*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[(（\[【][^)）\]】]*(?:[)）\]】]|$)")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,8}$|[A-Z][A-Za-z.·-]{1,19}$")  # a small letter begins an account's name
_NOBODY = re.compile(  # what a system fills in where nobody typed a name
    r"(?:(?:图片|视频|最新|热点|相关|今日|国内|国际|社会|时政|综合|地方|本地)?新闻|未知|不详|佚名|匿名|原创|转载|其[他它]|(?:网络|互联网)(?:转载|整理|综合)?|admin\w*|editor|编辑部|(?:系统|网站|超级)?管理员)$",
    re.IGNORECASE,
)
_SYLLABLE = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_ROLE = re.compile(rf"^(?:{_WORDS})")


def close_labels(text: str) -> str:
    """``text`` with the blanks inside its labels taken out: 来 源： and 作　者：."""
    return _GAP.sub("", text)


def is_medium(name: str) -> bool:
    """Whether ``name`` ends like the name of a medium or a government."""
    return bool(_MEDIUM.search(name))


def is_organ(name: str) -> bool:
    """Whether ``name`` ends like the name of a medium, a government or any other body."""
    return bool(_MEDIUM.search(name) or _ORGAN.search(name))


def next_label(text: str) -> bool:
    """Whether ``text`` begins with the next label, a button or a day instead of a name."""
    return bool(_STOP.match(text))


def origin_name(text: str) -> str:
    """The medium that ``text``, what follows a label, begins with; empty where it is none."""
    text = fold(text).strip()
    moment = next(find_moments(text), None)
    if moment:
        text = text[: moment.start] or text[moment.end :]
    name = _STOP.sub("", text).strip(_TRIM)
    name = _closed(_EDITION.sub("", name).strip(_TRIM), text)
    first, _, more = name.partition(" ")
    name = first if more and _MEDIUM.search(first) else name  # the site's own name or a reporter follows
    for opening, closing in ("《》", "“”"):  # trimmed on one side only
        if name.count(opening) > name.count(closing):
            name += closing
        elif name.count(opening) < name.count(closing):
            name = opening + name
    if not 1 < len(name) <= MAX_NAME or _NEVER.search(name) or _NOBODY.match(name):
        return ""
    return name if is_organ(name) or not _NO_NAME.search(name) else ""


def _closed(name: str, text: str) -> str:
    """``name`` without a bracket that was left open, or with it closed again where it holds a body: 市局(公司)."""
    opened = _UNCLOSED.search(name)
    if not opened:
        return name
    if f"{name})" in text and is_organ(opened[0]):
        return f"{name})"
    return name[: opened.start()].strip(_TRIM)


def editor_names(text: str) -> str:
    """The editors that ``text``, what follows a label, begins with, as printed: no code, no address, no number."""
    text = _STOP.sub("", text.strip(" :|")).strip(_TRIM)
    text = _SYLLABLE.sub(r"\1\2", _ASIDE.sub(" ", f"{text} ")).strip()
    kept, end = "", 0
    for part in re.finditer(r"[^\s、,，/;；|]+", text):
        name = _CODE.sub("", part[0]).strip(_TRIM)
        if not _PERSON.fullmatch(name) or _ROLE.match(name) or _NOBODY.match(name):
            break
        kept += (text[end : part.start()] if kept else "") + name
        end = part.end()
        if name != part[0]:
            break  # a code ends the names
    return kept if 1 < len(kept) <= 30 else ""
