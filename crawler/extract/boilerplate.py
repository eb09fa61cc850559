"""Lines near or inside the body's container that are not part of the article."""

from __future__ import annotations

import re

from crawler.extract.dates import find_moments, fold
from crawler.extract.page_furniture import PERSON, is_furniture
from crawler.wordings import document_labels, either, page_words

_W = page_words().lines
_OPEN = r"^[\[【（(<《“\s■●▲◆*·|:：]*"
_LABEL = re.compile(
    _OPEN + r"(?:"
    # page credits
    rf"{either(_W.desks)}?{either(_W.roles, _W.makers)}"
    r"\s*[】\]]?\s*[:：丨|︱/｜]"
    r"|(?:责任编辑|责编)\s|原标题|原题\s*[:：]|(?:本文|稿件|文章|信息|新闻|内容|图片|资料|素材)?来源(?:于)?\s*[:：]|稿源\s*[:：]"
    r"|(?:发布|发稿|更新|发表|刊发)(?:时间|日期)\s*[:：]|"
    + either(_W.reads)
    + r"(?:次数|量|数|率)?\s*[:：]?\s*[-\d]*\s*次?$"
    # notices
    r"|(?:.{0,10})(?:版权|免责)(?:声明|说明|所有(?![者人权]))|版权与免责|特别声明|声明\s*[:：]|本网站?(?:所刊登|声明|转载)|未经(?:授权|许可|允许|书面|.{0,8}网)"
    r"|凡(?:本网|注明|来源|本站)|(?:\d|[一二三四①②③④⑤])\s*[、.．]?\s*凡?.{0,12}(?:本网|本站)(?:及其子站)?(?:注明|所有|转载)|安装.{0,12}客户端|.{0,16}客户端下载$"
    r"|看.{2,16}[，,](?:关注|上手机)|[(（]?本文来自.{2,12}[，,]更多"
    # other pages
    r"|[上下前后]一?[篇条页]\s*(?:[:：>》】]|$|没有|无)|标签\s*[:：]|文章关键词|关键[字词]\s*[:：]"
    # comments
    r"|(?:我要)?评论(?:\(\d*\)|（\d*）|\s*\d*$)|(?:网友|最新|热门|全部|发表|查看)评论|我也?来说两句|跟[贴帖]|共?[\d,，]+\s*(?:条评论|人参与|条跟[贴帖])"
    # footers
    r"|网站标识码|地址[:：].*邮编|.{0,8}ICP[备证]\s*\d|.{0,8}公网安备|Copyright|©"
    r")",
    re.IGNORECASE,
)
# Whole lines: an editor without a colon, a share button, the heading of a box, a hotline.
_PEOPLE = re.compile(
    _OPEN + r"(?:(?:责任|文字|网络|网站|值班|执行|本期|本文|见习|实习|新媒体|微信|版面)?编\s*[辑缉]"
    rf"|{either(_W.roles, _W.name_roles)})"
    rf"\s*[】\]]?\s*[·•]?\s*{PERSON}(?:[\s、，,/]+{PERSON}){{0,3}}\s*[)）】\]]?$"
)
_BOX_HEAD = re.compile(
    rf"{_OPEN}{either(_W.boxes)}\s*[:：]?[\s\S]{{0,16}}$"
    r"|^\W*广告\s*[·•|:：].{0,40}$"
)
_FOOT = re.compile(
    _OPEN + r"(?:(?:本文|本篇|文章|内容|信息|本稿|以上内容|部分内容)?(?:均)?"
    rf"{either(_W.taken_from)}"
    r"\s*[:：]?\s*[《“]?.{2,24}"
    r"|(?:本文|文章)(?:经.{2,20})?(?:授权|许可)(?:转载|发布).{0,20}"
    r"|(?:[\u4e00-\u9fa5]{2,8}(?=新闻|报料|爆料))?"
    + either(_W.reports)
    + r"(?:热线|电话|邮箱|信箱|平台|QQ|微信)(?:和邮箱)?\s*[:：]?\s*[\w@.\-—－()（）、，,；;/\s]{5,80}"
    r"|(?:下载|打开|安装).{0,14}(?:APP|App|app|客户端).{0,20}|(?:编辑|投稿)(?:邮箱|信箱)\s*[:：]?\s*[\w.\-]+@.*"
    r"|[顶踩]\s*[(（]?\d*[)）]?\s*[踩顶]?\s*[(（]?\d*[)）]?|[Tt][Aa][Gg][Ss]?\s*[:：].*|.{0,30}已下载\s*\d*\s*次|.{0,16}如有侵权.{0,30}|.{0,12}版权归.{0,12}所有.{0,30}|您是(?:本站)?第?.{0,14}(?:访客|访问者|浏览者)"
    r"|(?:附件)?下载次数.{0,6}|点击(?:率|数|次数)?\s*\d*)$"
)
_TRAIL = re.compile(
    r"^(?:[^，。]{0,10}[>＞»›→/]\s*){1,6}(?:正文|详情|内容|详细)$|^(?:位置\s*[:：]\s*)?(?:首页|主页)\s*[/\-—][^，。]{0,40}$|^(?:(?:您?的?(?:当前|现在|所在)?(?:的)?位置|首页|主页)\s*[:：]?\s*)[^，。]{0,40}[>＞»›→][^，。]{0,40}$"
)
_TIP = re.compile(_OPEN + r"(?:想|我要|有料|欢迎|如?有新闻线索)\S{0,4}(?:报料|爆料|投稿)")
_TELLS = re.compile(r"[。！？]\S")  # the sentence goes on after a full stop: text
# How a button or an invitation begins; a sentence may begin the same way (“扫码乘车已覆盖……”).
_PRESSED = re.compile(
    _OPEN + r"(?:"
    rf"{either(_W.pressed)}|(?:推荐\s*\d*|\+1|附件\s*[:：]?|登录[^，。]{{0,12}})$"
    r"|【?[大中小]\s*[】|]?\s*[中小]|首页\s*[|>]?\s*[前上]一?页|.{0,12}加载中|T\s*\+\s*-|>{2,}"
    r"|扫码(?:$|[\s:：]|关注|下载|看|阅读|浏览|分享|查看|打开|订阅|听)|手机(?:看|扫一扫|扫码(?:$|\s|看|阅|浏)|浏览)"
    r"|分享(?:到|至|按钮|:|：|$)|(?:打印|关闭|纠错|朗读)(?:$|[\s】\]:：])|(?:点)?赞\s*[(（]?\d*[)）]?(?:\s|$)"
    r"|(?:举报|投诉)(?:$|[\s:：/|（(]|电话|邮箱|热线|中心|本[文页])|注册(?:$|\s)"
    r")",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    rf"{either(_W.anywhere)}|{either(_W.anywhere_labels)}\s*[:：]|【?打印】?\s*【?关闭", re.IGNORECASE
)
# News about 互联网+ mentions codes and apps too: in a whole sentence these words are a notice only with an invitation.
_INVITED = re.compile(r"扫一扫|客户端下载|下载.{0,12}(?:客户端|APP)|微信公众号|二维码", re.IGNORECASE)
_INVITATION = re.compile(r"关注|[下上左右]方|[左右]侧|长按|敬请|更多")
_ASKED = re.compile(
    r"关注|点击|[下上左右]方|[左右]侧|长按|敬请|更多|分享(?:给|到|至|本)|本[文页]|全文|原文|朋友圈|当前页|浏览器|客户端"
)
_NOTICE = re.compile(
    r"^\W*(?:特别声明\s*[:：].{0,12}(?:内容|观点|作品)|Notice\s*:\s*The (?:above )?content)"
    r"|(?:本网|本站|本报|大众网|稿件).{0,120}(?:版权|转载|授权).{0,160}(?:法律责任|追究|联系|来源|负责)"
)
_PAGER = re.compile(
    r"^(?:\s|第|共|页|全文|[\[【（(]?\d{1,3}[\])】）]?|首页|尾页|末页|[上下前后]一?页|[<>|/«»›‹·\-…]|\.\.\.)+$"
)
# No words, a counter (100.3万), or nothing but buttons in brackets ([推荐朋友][打印本稿]).
_NO_TEXT = re.compile(r"^(?:(?:\W|[A-Za-z_])*|[\d.,]+\s*[万亿]?)$")
_BRACKETS = re.compile(r"^(?:\s*[\[【(（][^\[\]【】()（）。，]{1,10}[\]】)）]){2,}\s*$")
_ISO_DAY = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?$")
_TAIL = re.compile(
    rf"{_OPEN}(?:{either(_W.others)}|相关(?:[\u4e00-\u9fa5]{{2,4}}|$)|专题$|评论$|返回.{{0,8}}列表)[^，。]{{0,16}}$"
)
_BYLINE = re.compile(
    rf"(?:{either(_W.byline)}|索\s*[引取]\s*号|(?<![\u4e00-\u9fa5])文\s*号|文件编号)"
    r"\s*(?:次数|量|数|机构|于)?\s*[:：丨|]|发布于|^\d{1,2}-\d{1,2}\s\d{1,2}:\d\d\b|^\d{1,2}\s?(?:分钟|小时|天)前\b|^\W*(?:分享|打印|收藏|关闭|评论|字号|大|中|小|\d+)\W*$|【\s*(?:大|小|打印|关闭|字)"
)
_GAP = re.compile(r"(?<=[\u4e00-\u9fa5]) (?=[\u4e00-\u9fa5]{1,2}\s?[\u4e00-\u9fa5]?\s*[:：])")
_LABEL_ALONE = re.compile(
    rf"^{either(*document_labels().values())}\s*[:：].{{0,30}}$"
    r"|^[【\[]?(?:来源|作者|时间|日期|(?:发布|发表|更新)(?:时间|日期)|编辑|责任编辑|浏览次数|点击数|字体|字号)[】\]]?$"
)
MAX_LABEL = 120
MAX_ANYWHERE = 60
MIN_TEXT = 9  # characters; a shorter line without any Chinese character is an icon or a button
MAX_BYLINE = 150
MAX_BESIDE = 40  # characters next to the days on a line without a label
MIN_SENTENCE = 14  # characters
MAX_NOTICE = 600


def is_byline(text: str) -> bool:
    """Whether a line between title and body is a byline: a day, an origin or a counter, not a sentence."""
    if len(text) > MAX_BYLINE or text.endswith(("。", "！", "？", "”")):
        return False
    if _BYLINE.search(text) or _LABEL_ALONE.match(text):
        return True
    if "，" in text or not ("年" in text or any(map(str.isdigit, text))):
        return False
    text = fold(text)
    days = [moment.end - moment.start for moment in find_moments(text)]
    return bool(days) and len(text) - sum(days) <= MAX_BESIDE


def is_button(text: str) -> bool:
    """Whether a line or a cell is a label or a button."""
    if len(text) <= MAX_LABEL and " " in text[:10]:
        text = _GAP.sub("", text)  # 责 任 编 辑：
    if _is_whole(text):
        return True
    if len(text) <= MAX_LABEL and (_LABEL.match(text) or (_PRESSED.match(text) and not _is_told(text))):
        return True
    if len(text) > MAX_ANYWHERE:
        return False
    if _INVITED.search(text) and (not text.endswith(("。", "！", "”")) or _INVITATION.search(text)):
        return True
    return bool(_ANYWHERE.search(text))


def _is_whole(text: str) -> bool:
    """Whether the whole line names an editor, is a share button, heads a box or gives a hotline."""
    if len(text) <= MAX_ANYWHERE and _TIP.match(text):
        return True
    if len(text) > MAX_ANYWHERE or _TELLS.search(text):
        return False
    patterns = (_TRAIL, _PEOPLE, _BOX_HEAD, _FOOT)
    return is_furniture(text) or any(pattern.match(text) for pattern in patterns)


def _is_told(text: str) -> bool:
    """Whether a line that begins like a button is an ordinary sentence without an invitation."""
    told = len(text) >= MIN_SENTENCE and ("，" in text or text.endswith(("。", "！", "；", "”")))
    return told and not _ASKED.search(text)


def is_pager(text: str) -> bool:
    """Whether the text consists of page numbers and page links only."""
    return len(text) <= MAX_ANYWHERE and bool(_PAGER.match(text))


def is_boilerplate(text: str) -> bool:
    """Whether a line of the container is a label, a button, a pager or a notice rather than text."""
    if is_button(text):
        return True
    if is_pager(text) or (len(text) <= MAX_ANYWHERE and _ISO_DAY.match(text)):
        return True
    if (len(text) < MIN_TEXT and _NO_TEXT.match(text)) or _BRACKETS.match(text):
        return True
    return len(text) <= MAX_NOTICE and bool(_NOTICE.search(text))


def is_end_mark(text: str) -> bool:
    """Whether the line names origin and editor, counts comments or links to the next article."""
    return len(text) <= MAX_ANYWHERE and bool(_END.search(text))


_END = re.compile(
    r"责任编辑\s*[:：]|责编\s*[:：丨｜|]|^\W*编\s?辑\s*[:：丨｜|]|^\W*(?:责任)?编辑\s*[\u4e00-\u9fa5]{2,3}\W*$|^\W*(?:来源|稿源|作者)\s*[:：].{1,30}编辑\s*[:：]|^\W*[上下]一[篇条]\s*[:：]"
    r"|^[\d,]*\s*(?:条评论|人参与)|^(?:版权|免责|特别)声明|版权与免责声明|^最热评论|^我也?来说两句"
)


def starts_tail(text: str) -> bool:
    """Whether the line is the heading of a block of other articles (相关阅读, 热门推荐, comments)."""
    return len(text) <= 40 and bool(_TAIL.match(text))
