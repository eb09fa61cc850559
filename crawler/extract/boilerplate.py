"""Lines that stand near or inside a body's container and are no part of the article."""

from __future__ import annotations

import re

from crawler.extract.dates import first_moment
from crawler.extract.page_furniture import is_furniture

_OPEN = r"^[\[【（(<《“\s■●▲◆*·|:：]*"
_LABEL = re.compile(
    _OPEN + r"(?:"
    # who made the page
    r"(?:本文|本期|网络|网站|文字|图片|网页|值班|执行|见习|实习|新媒体)?(?:责任?编辑?|编辑|编审|审核|校对|监制|[一二三终初复]审|审签|签发|值班(?:主任|总编|编委)"
    r"|制作|排版|录入|供稿)\s*[】\]]?\s*[:：丨|︱/｜]"
    r"|(?:责任编辑|责编)\s|原标题|原题\s*[:：]|(?:本文|稿件|文章|信息|新闻|内容|图片|资料|素材)?来源(?:于)?\s*[:：]|稿源\s*[:：]"
    r"|(?:发布|发稿|更新|发表|刊发)(?:时间|日期)\s*[:：]|(?:浏览|阅读|点击|访问)(?:次数|量|数|率)?\s*[:：]?\s*[-\d]*\s*次?$"
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
# Whole lines: an editor without a colon, a share list's entry, the head of a box, a hotline.
_PEOPLE = re.compile(
    _OPEN + r"(?:(?:责任|文字|网络|网站|值班|执行|本期|本文|见习|实习|新媒体|微信|版面)?编\s*[辑缉]"
    r"|责编|编审|审核|校对|监制|终审|[一二三初复]审|主编|签发|录入|排版|统筹|策划|值班(?:主任|编委))"
    r"\s*[】\]]?\s*(?![部室社])[\u4e00-\u9fa5·]{2,4}(?:[\s、，,/]+[\u4e00-\u9fa5·]{2,4}){0,3}\s*[)）】\]]?$"
)
_SHARE = (
    r"(?:新浪|腾讯|网易|搜狐|人民|新华)?微博|微信(?:朋友圈|好友|扫一扫|公众号)?|朋友圈|QQ(?:空间|好友)?|qq(?:空间|好友)?|人人网|豆瓣|开心网|百度(?:贴吧|搜藏|云收藏)|贴吧|飞信|钉钉|抖音|快手|今日头条"
    r"|易信|Facebook|Twitter|LinkedIn|复制(?:链接|网址)|更多(?:平台)?|一键分享|邮件|收藏|打印|分享|转发|点赞|评论|大|中|小|生成海报|海报"
)
_SHARES = re.compile(rf"^(?:\W*(?:{_SHARE})\W*){{1,20}}$")
_CERTAIN_SHARE = re.compile(
    r"微博|微信|朋友圈|[Qq]{2}空间|[Qq]{2}好友|人人网|豆瓣|贴吧|Facebook|Twitter|分享|打印|收藏|转发|海报|复制"
)
_BOX_HEAD = re.compile(
    _OPEN + r"(?:嘉宾简介|我要提问|接下来播放|新书推荐|满意度评价|来信(?:内容|标题)"
    r"|回复内容|办理结果|相关视频|相关图片|热图推荐|视频推荐|最新视频|图片推荐|推广|广告(?:位)?|作者简介)\s*[:：]?[\s\S]{0,16}$"
    r"|^\W*广告\s*[·•|:：].{0,40}$"
)
_FOOT = re.compile(
    _OPEN + r"(?:(?:本文|本篇|文章|内容|信息|本稿|以上内容|部分内容)?(?:均)?"
    r"(?:转自|转载自|摘自|来源于|来自于?|选自|原载于?|首发于)\s*[:：]?\s*[《“]?.{2,24}"
    r"|(?:本文|文章)(?:经.{2,20})?(?:授权|许可)(?:转载|发布).{0,20}"
    r"|(?:[\u4e00-\u9fa5]{2,8}(?=新闻|报料|爆料))?(?:新闻|报料|爆料|举报|投诉|违法和?不良信息举报|编辑|投稿|采编|广告|联系)(?:热线|电话|邮箱|信箱|平台|QQ|微信)(?:和邮箱)?\s*[:：]?\s*[\w@.\-—－()（）、，,；;/\s]{5,80}"
    r"|(?:下载|打开|安装).{0,14}(?:APP|App|app|客户端).{0,20}|(?:(?:编辑|投稿|电子)?(?:邮箱|信箱)|E-?mail)\s*[:：]?\s*[\w.\-]+@.*"
    r"|[顶踩]\s*[(（]?\d*[)）]?\s*[踩顶]?\s*[(（]?\d*[)）]?|[Tt][Aa][Gg][Ss]?\s*[:：].*|.{0,30}已下载\s*\d*\s*次|.{0,16}如有侵权.{0,30}|.{0,12}版权归.{0,12}所有.{0,30}|您是(?:本站)?第?.{0,14}(?:访客|访问者|浏览者)"
    r"|(?:附件)?下载次数.{0,6}|点击(?:率|数|次数)?\s*\d*)$"
)
_TRAIL = re.compile(
    r"^(?:(?:您?的?(?:当前|现在|所在)?(?:的)?位置|首页|主页)\s*[:：]?\s*)[^，。]{0,40}[>＞»›→][^，。]{0,40}$"
)
_TIP = re.compile(_OPEN + r"(?:想|我要|有料|欢迎|如?有新闻线索)\S{0,4}(?:报料|爆料|投稿)")
_TELLS = re.compile(r"[。！？]\S")  # a sentence goes on behind a full stop: text
# What a button or an invitation begins with; a sentence may begin so too (“扫码乘车已覆盖……”).
_PRESSED = re.compile(
    _OPEN + r"(?:"
    r"字号|字体|【?(?:大|中|小)\s*[】|]?\s*(?:中|小)|扫一扫|扫码(?:$|[\s:：]|关注|下载|看|阅读|浏览|分享|查看|打开|订阅|听)|微信扫|用微信"
    r"|手机(?:看|扫一扫|扫码(?:$|\s|看|阅|浏)|浏览)|分享(?:到|至|按钮|:|：|$)|我要分享"
    r"|打印(?:本页|此页|文章|页面|[】\]]|\s|$)|关闭(?:本页|窗口|页面|[】\]]|\s|$)|收藏(?:本页|$)|保存(?:本页|$)|复制(?:链接|成功)"
    r"|返回(?:顶部|首页|列表|上页)|回到顶部|加入收藏|我要纠错|纠错(?:$|[\s】\]:：])|[末尾]页$|首页\s*[|>]?\s*(?:前|上)一?页"
    r"|人工智能朗读|语音播报|朗读(?:$|[\s:：]|全文|本文)|听新闻|全文播报|视频加载中|.{0,12}加载中|若长时间无响应|隐藏边栏|进入频道|T\s*\+\s*-"
    r"|关注我们|欢迎关注|长按|识别(?:图中)?二维码|点击(?:[上下]方|阅读原文|查看|进入|下载|关注|投票)|更多(?:精彩|内容|新闻|资讯|>>)|阅读(?:原文|剩余|全文)"
    r"|查看(?:全文|评论|更多)|展开全文|加载更多|(?:点)?赞\s*[(（]?\d*[)）]?(?:\s|$)|推荐\s*\d*$|(?:举报|投诉)(?:$|[\s:：/|（(]|电话|邮箱|热线|中心|本[文页])|我要反馈|登录[^，。]{0,12}$|注册(?:$|\s)"
    r"|图集$|\+1$|附件\s*[:：]?$|>{2,}|微信$|微博$|表情$|发布$"
    r")",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"分享到|字号\s*[:：]|字体\s*[:：]|责任编辑\s*[:：]|责编\s*[:：]|原标题\s*[:：]|编辑\s*[:：]|版权声明|上一篇|下一篇|【?打印】?\s*【?关闭"
    r"|查看原文",
    re.IGNORECASE,
)
# News of 互联网+ speaks of codes and apps too: in a whole sentence these words are a notice only with an invitation.
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
_NO_TEXT = re.compile(r"^(?:\W|[A-Za-z_])*$")
_ISO_DAY = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?$")
_TAIL = re.compile(
    _OPEN + r"(?:相关(?:[\u4e00-\u9fa5]{2,4}|附件下载)|延伸阅读|推荐(?:阅读|新闻|文章|视频)|重点推荐"
    r"|热门(?:标签|推荐|新闻|文章|评论|排行|搜索|关键词)|热点(?:新闻|推荐|专题|排行)|更多(?:新闻|推荐|阅读|热点|相关)|猜你喜欢|大家都在看|今日热点"
    r"|精彩(?:推荐|图片|评论|视频)|新闻(?:排行|推荐)|图片新闻|编辑推荐|专题推荐|往期回顾|为您推荐|您?可能(?:感兴趣|会?喜欢)|网友(?:评论|跟[贴帖])"
    r"|最[新热](?:新闻|文章|推荐|资讯|评论|视频)|接下来播放|[为给]你推荐|智能推荐|今日(?:头条|推荐|看点)|专题$|新书推荐|嘉宾简介|热图推荐|视频推荐|(?:新闻|网站)链接|大家都爱看|精选推荐|更多…|更多\.\.\.|全部评论|热点图片|24小时|点击排行|阅读排行|排行榜|返回.{0,8}列表|不感兴趣|评论$)[^，。]{0,16}$"
)
_COMMENTS = re.compile(r"^\W*[\d,]*\s*(?:条评论|人参与|条跟[贴帖])|^最热评论|^网友评论")
_BYLINE = re.compile(
    r"(?:来源|稿源|作者|记者|编辑|责编|时间|日期|字号|字体|浏览|阅读|点击|访问|人气|评论|分享|打印|收藏|索\s*[引取]\s*号|(?<![\u4e00-\u9fa5])文\s*号|文件编号|(?:文章|信息|内容)(?:类型|分类))"
    r"\s*(?:次数|量|数|机构|于)?\s*[:：丨|]|发布于|^\d{1,2}-\d{1,2}\s\d{1,2}:\d\d\b|^\d{1,2}\s?(?:分钟|小时|天)前\b|^\W*(?:分享|打印|收藏|关闭|评论|字号|大|中|小|\d+)\W*$|【\s*(?:大|小|打印|关闭|字)"
)
_GAP = re.compile(r"(?<=[\u4e00-\u9fa5]) (?=[\u4e00-\u9fa5]{1,2}\s?[\u4e00-\u9fa5]?\s*[:：])")
_LABEL_ALONE = re.compile(
    r"^[【\[]?(?:来源|作者|时间|日期|(?:发布|发表|更新)(?:时间|日期)|编辑|责任编辑|浏览次数|点击数|字体|字号)[】\]]?$"
)
MAX_LABEL = 120
MAX_ANYWHERE = 60
MIN_TEXT = 9  # characters; a shorter line without any Chinese character is an icon or a button
MAX_BYLINE = 150
MIN_SENTENCE = 14  # characters
MAX_NOTICE = 600


def is_byline(text: str) -> bool:
    """Whether a line between title and body is a byline: a day, an origin, a counter, not a sentence."""
    if len(text) > MAX_BYLINE or text.endswith(("。", "！", "？", "”")):
        return False
    if _BYLINE.search(text) or _LABEL_ALONE.match(text):
        return True
    moment = first_moment(text)
    return moment is not None and len(text) - (moment.end - moment.start) <= 40 and "，" not in text


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
    """Whether the whole line names an editor, shares, heads a box or gives a hotline."""
    if len(text) <= MAX_ANYWHERE and _TIP.match(text):
        return True
    if len(text) > MAX_ANYWHERE or _TELLS.search(text):
        return False
    if is_furniture(text) or _TRAIL.match(text) or _PEOPLE.match(text) or _BOX_HEAD.match(text) or _FOOT.match(text):
        return True
    return bool(_CERTAIN_SHARE.search(text) and _SHARES.match(text))


def _is_told(text: str) -> bool:
    """Whether a line that begins like a button is a sentence that invites to nothing."""
    told = len(text) >= MIN_SENTENCE and ("，" in text or text.endswith(("。", "！", "；", "”")))
    return told and not _ASKED.search(text)


def is_pager(text: str) -> bool:
    """Whether the text only counts or turns pages."""
    return len(text) <= MAX_ANYWHERE and bool(_PAGER.match(text))


def is_boilerplate(text: str) -> bool:
    """Whether a line of the container is a label, a button, a pager or a notice rather than text."""
    if is_button(text):
        return True
    if is_pager(text) or (len(text) <= MAX_ANYWHERE and _ISO_DAY.match(text)):
        return True
    if len(text) < MIN_TEXT and _NO_TEXT.match(text):
        return True
    return len(text) <= MAX_NOTICE and bool(_NOTICE.search(text))


def is_end_mark(text: str) -> bool:
    """Whether the line names origin and editor, counts comments or turns to the next article."""
    return len(text) <= MAX_ANYWHERE and bool(_END.search(text))


_END = re.compile(
    r"责任编辑\s*[:：]|责编\s*[:：丨｜|]|^\W*编\s?辑\s*[:：丨｜|]|^\W*(?:责任)?编辑\s*[\u4e00-\u9fa5]{2,3}\W*$|^\W*(?:来源|稿源|作者)\s*[:：].{1,30}编辑\s*[:：]|^\W*[上下]一[篇条]\s*[:：]"
    r"|^[\d,]*\s*(?:条评论|人参与)|^(?:版权|免责|特别)声明|版权与免责声明|^最热评论|^我也?来说两句"
)


def starts_tail(text: str) -> bool:
    """Whether the line heads a block of other articles (相关阅读, 热门推荐, comments)."""
    return len(text) <= 40 and bool(_TAIL.match(text))
