"""The part of an article that a reprint shares with its original: without dateline, credits and punctuation."""

from __future__ import annotations

import re

from indexer.tokens import words
from yuqing.core.records import Article

_PERSON = r"(?:本报|本网|本台|见习|实习|特约|首席)*(?:记者|通讯员|作者|编辑|实习生|摄影)"
# 新华社北京3月1日电（记者 …） · 人民网杭州3月2日电 · 本报讯 · 央视网消息： · （某某网讯）
_DATELINE = re.compile(
    r"^\s*[（(【\[]?\s*(?:据\s*)?"
    r"(?:[^，。；：:“《\d]{0,24}(?:\d{4}年)?(?:\d{1,2}月)\s*\d{1,2}日\s*(?:电|讯|消息|报道)"
    r"|[^，。；：:“《\d]{0,12}(?:本报|本网|本刊|本台|[网社台报刊])\s*(?:综合)?(?:讯|消息|电))"
    r"\s*[）)】\]]?[\s:：]*"
)
_BYLINE = re.compile(rf"^\s*[（(]\s*{_PERSON}[^）)]{{0,60}}[）)]\s*|^\s*{_PERSON}[\s:：][^，。]{{1,30}}\s*$")
_CREDIT = re.compile(
    r"^[\s（(【\[*·—-]*(?:责任编辑|责编|本文编辑|编辑|编审|校对|审核|监制|原标题|原题|(?:本文|文章|稿件|信息|新闻)?来源"
    r"|转载(?:自|请)|本文转自|转自|作者|文/图|图/文|摄影|供稿|版权(?:声明|所有)|免责声明|声明|特别声明|打印|分享到|扫一扫"
    r"|更多(?:内容|精彩)|点击(?:查看|进入)|相关(?:链接|阅读|新闻)|延伸阅读|上一篇|下一篇)\s*(?:[：:]|$|于|自|本|注明)"
)
_CREDIT_CHARS = 90  # a credit is a short line; a paragraph starting with 来源 is text
_TAIL = re.compile(
    r"[（(【\[]\s*(?:责任编辑|责编|编辑|来源|原标题|作者|记者|通讯员|转自|供稿|本文来源)[^）)】\]]{0,60}[）)】\]]\s*$"
)


def core_body(article: Article) -> str:
    """The body's letters, digits and characters in sequence, without what a reprint adds or drops."""
    lines = [_TAIL.sub("", line.strip()) for line in article.body.splitlines()]
    lines = [line for line in lines if line and not (len(line) <= _CREDIT_CHARS and _CREDIT.match(line))]
    for at in range(min(2, len(lines))):
        lines[at] = _BYLINE.sub("", _DATELINE.sub("", lines[at]))
    return "".join(words("\n".join(lines)))


def core_title(article: Article) -> str:
    """The title in the same form."""
    return "".join(words(article.title))
