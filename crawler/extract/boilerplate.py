"""Lines that stand in a body's container and are no part of the article."""

from __future__ import annotations

import re

from crawler.extract.dates import first_moment

_LABEL = re.compile(
    r"^[\[【（(<《\s■●▲◆*>·|]*(?:"
    r"(?:本文|本期|网络|网站|文字|图片|网页|值班|执行|见习|实习)?(?:责任?编辑?|编辑|编审|审核|校对|监制|终审|初审|复审|审签|签发|制作|排版)\s*[:：丨|/]"
    r"|责任编辑|责编|原标题|原题|(?:稿件|文章|信息|新闻|内容|图片|资料)?来源\s*[:：]|稿源\s*[:：]"
    r"|(?:发布|发稿|更新|发表|刊发)(?:时间|日期)\s*[:：]|浏览(?:次数|量)?\s*[:：]?\s*\d*$|阅读(?:次数|量)?\s*[:：]?\s*\d*$|点击(?:数|量|率|次数)?\s*[:：]"
    r"|字号|字体|【?(?:大|中|小)\s*[】|]?\s*(?:中|小)|扫一扫|扫码|微信扫|用微信|手机(?:看|扫|浏览)|分享(?:到|至|按钮)?|我要分享"
    r"|打印(?:本页|此页|文章)?|关闭(?:本页|窗口|页面)?|收藏|保存|复制链接|复制成功|返回(?:顶部|首页|列表|上页)|回到顶部|加入收藏|我要纠错|纠错"
    r"|上一?[篇条页]|下一?[篇条页]|前一?[篇条]|后一?[篇条]|末页|尾页|首页$"
    r"|(?:版权|免责)(?:声明|说明|所有)|(?:特别)?声明\s*[:：]|本网站?(?:所刊登|声明|转载)|未经(?:授权|许可|允许|书面)|凡(?:本网|注明|来源|本站)"
    r"|关注我们|欢迎关注|长按|识别(?:图中)?二维码|点击(?:阅读原文|查看|进入|下载|关注)|更多(?:精彩|内容|新闻|资讯|>>)|阅读原文|查看全文|展开全文|加载更多|查看更多"
    r"|(?:我要)?评论(?:\(\d*\)|（\d*）|\s*\d*$)|网友评论|最新评论|热门评论|全部评论|发表评论|我来说两句|跟贴|登录|注册"
    r"|(?:点)?赞\s*(?:\(?\d*\)?)?$|推荐\s*\d*$|举报|投诉|人工智能朗读|语音播报|朗读|听新闻|播放|视频加载中"
    r"|主办[:：]|主办单位|承办单位|技术支持|网站标识码|地址[:：].*邮编|.{0,8}ICP[备证]|.{0,8}公网安备|Copyright|©"
    r")",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"扫一扫|分享到|【字号|字号[:：]|字体[:：]|\[?责任编辑[:：]|（?责编[:：]|【?原标题[:：]|版权声明|上一篇|下一篇|【?打印】?\s*【?关闭|人民日报客户端下载"
    r"|微信公众号|二维码"
)
_TAIL = re.compile(
    r"^[\[【（(<《\s■●▲◆*>·|:：]*(?:相关(?:新闻|链接|阅读|文章|稿件|报道|推荐|专题|内容|信息|资讯|附件下载|解读|文件|政策)|延伸阅读|推荐(?:阅读|新闻|文章|视频)"
    r"|热门(?:标签|推荐|新闻|文章|评论|排行|搜索|关键词)|热点(?:新闻|推荐|专题|排行)|更多(?:新闻|推荐|阅读|热点|相关)|猜你喜欢|大家都在看|今日热点|精彩推荐"
    r"|精彩图片|精彩评论|新闻排行|新闻推荐|图片新闻|编辑推荐|专题推荐|往期回顾|为您推荐|您可能感兴趣|相关评论|网友评论|最新评论|全部评论|网友跟贴|热点图片|24小时"
    r"|最新(?:新闻|文章|推荐|资讯)|点击排行|阅读排行|排行榜|返回.{0,8}列表)[^，。]{0,16}$"
)
_BYLINE = re.compile(
    r"(?:来源|稿源|作者|记者|编辑|责编|时间|日期|字号|字体|浏览|阅读|点击|访问|人气|评论|分享|打印|收藏|发布于|索\s*引\s*号|文\s*号|编号)\s*(?:次数|量|数|机构)?"
    r"\s*[:：丨|]|^\W*(?:分享|打印|收藏|关闭|评论|字号|大|中|小|\d+)\W*$|【\s*(?:大|小|打印|关闭|字)"
)
MAX_LABEL = 120
MAX_ANYWHERE = 60


def is_byline(text: str) -> bool:
    """Whether a line between title and body is a byline: a day, an origin, a counter, not a sentence."""
    if len(text) > 150 or text.endswith(("。", "！", "？", "”")):
        return False
    if _BYLINE.search(text):
        return True
    moment = first_moment(text)
    return moment is not None and len(text) - (moment.end - moment.start) <= 40 and "，" not in text


def is_boilerplate(text: str) -> bool:
    """Whether a line of the container is a label, a button or a notice rather than text."""
    if len(text) <= MAX_LABEL and _LABEL.match(text):
        return True
    return len(text) <= MAX_ANYWHERE and bool(_ANYWHERE.search(text))


def starts_tail(text: str) -> bool:
    """Whether the line heads a block of other articles (相关阅读, 热门推荐, comments)."""
    return len(text) <= 40 and bool(_TAIL.match(text))
