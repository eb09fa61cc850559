"""Where an article comes from (来源) and who edited it (责任编辑)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crawler.extract.dates import find_moments, fold
from crawler.extract.layout import PageLayout
from crawler.extract.select import select, text_of
from yuqing.core.records import Source

_NEXT = (
    r"作者|记者|通讯员|发布|发稿|时间|日期|责任编辑|责编|编辑|编审|审核|校对|字号|字体|大小|浏览|点击|阅读|访问|分享|打印|关闭|收藏|来源|发表|举报|参与互动|进入|我来说|纠错|北京$|已有"
    r"|稿源|更新|摄影|监制|扫一扫|评论|我要|纠错|文章|信息|索引|文号|下载|手机|保护视力|视力|背景|关注|微信|微博|通信员|查看|切换"
)
_BARE = r"字号|字体|参与互动|打印本页|关闭窗口|浏览次数|点击数|阅读量|我要纠错|扫一扫|分享到|保护视力"
_LABEL = re.compile(r"(?:信息|文章|稿件|新闻|内容|资料)?(?:[来來]源于?|稿源|出处)\s*[:|]+\s*")
_STOP = re.compile(
    rf"\s+(?:{_NEXT}).*$|(?:{_NEXT}|人)[^:]{{0,4}}:.*$|(?:{_BARE}).*$|\s*\d{{4}}[-年/.].*$|\s{{3,}}.*$|\s*[|【\[<>].*$",
    re.DOTALL,
)
_EDITOR = re.compile(
    r"(?:责任编辑|责编)(?:\s*[:|丨︱/]\s*|\s+(?!打印|关闭|收藏|分享|举报)(?=[\u4e00-\u9fa5]{2,3}(?:[\s、)】\]]|$)))"
)
_SUB_EDITOR = re.compile(r"编\s*辑\s*[:|丨︱/]\s*")
_EDITOR_META = ("editor", "author")
_ORIGIN_META = ("contentsource", "source", "og:article:source", "mediaid")
_TRIM = " \u3000:：|,，。;；、-—_()（）[]【】《》“”\"'<>·\t"
_MEDIUM = re.compile(
    r"(?:报|社|网|台|刊|参考消息|杂志|周刊|月谈|客户端|在线|频道|广播|电视|发布|新闻|头条|政府|局|委|厅|办|部|中心|\.com|\.cn|号外|观察|财经|融媒体?|海外版)$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"source|laiyuan|origin|\bly\b|\bsour\b", re.IGNORECASE)
_UNCLOSED = re.compile(r"[(（][^)）]*$")
_URL = re.compile(r"https?:|www\.")
MAX_NAME = 40  # characters
ABOVE = 8  # lines above the title that may hold the byline
MAX_BYLINE = 300  # characters of a line that may hold labels


def find_origin(
    layout: PageLayout, source: Source | None, metas: Mapping[str, str], head: tuple[int, int], body: tuple[int, int]
) -> str:
    """The origin as the page prints it: the source's selectors, a 来源 label or a name at its
    head, then a label below its text; else its metas."""
    for css in source.select.origin if source else ():
        for element in select(layout.root, css):
            name = _origin_name(text_of(element))
            if name:
                return name
    near = range(max(0, head[0] - ABOVE), head[0])
    above = range(head[0], min(body[0] + 3, len(layout.lines)))
    below = range(max(body[1] - 5, body[0]), min(body[1] + 8, len(layout.lines)))
    return (
        _labelled(layout, above)
        or _labelled(layout, near)
        or _beside_day(layout, range(head[0], body[0]))
        or _by_name(layout, head[0], body[0])
        or _labelled(layout, below)
        or next((name for name in (_origin_name(metas.get(key, "")) for key in _ORIGIN_META) if name), "")
    )


def _labelled(layout: PageLayout, numbers: range) -> str:
    """The name after 来源 in the lines ``numbers``; on the next line where the label stands alone."""
    for number in numbers:
        text = fold(layout.lines[number].text)
        match = _LABEL.search(text) if len(text) < MAX_BYLINE else None
        if not match:
            continue
        name = _origin_name(text[match.start() :])
        if not name and not text[match.end() :].strip(_TRIM) and number + 1 < len(layout.lines):
            name = _origin_name(fold(layout.lines[number + 1].text))
        if name:
            return name
    return ""


def _beside_day(layout: PageLayout, numbers: range) -> str:
    """The medium named without a label beside, just above or just below the day (“广州日报 2016-06-26 07:34:29”)."""
    for number in numbers:
        text = fold(layout.lines[number].text)
        moment = next(find_moments(text), None) if len(text) < MAX_BYLINE else None
        if moment is None:
            continue
        above = fold(layout.lines[number - 1].text) if number > numbers.start else ""
        below = fold(layout.lines[number + 1].text) if number + 1 < numbers.stop else ""
        pieces = (text[: moment.start], text[moment.end :], above, below)
        for piece in (part for text_piece in pieces for part in re.split(r"[\s|•·]+", text_piece)):
            if 2 <= len(piece) <= 16 and _MEDIUM.search(piece) and not (_STOP.match(piece) or _URL.match(piece)):
                return piece.strip(_TRIM)
    return ""


def _by_name(layout: PageLayout, start: int, end: int) -> str:
    """The text of an element between title and body whose id or class says that it holds the origin."""
    for span in layout.spans:
        if start <= span.start and span.end <= end and span.end - span.start == 1:
            element = span.element
            if _NAMED.search(f"{element.get('id', '')} {element.get('class', '')}"):
                name = _origin_name(re.split(r"[•·]", layout.lines[span.start].text)[0])
                if name and len(name) <= 16 and " " not in name:
                    return name
    return ""


def find_editor(layout: PageLayout, source: Source | None, metas: Mapping[str, str], body: tuple[int, int]) -> str:
    """The editor as the page prints it (责任编辑, 责编), else the editor meta."""
    for css in source.select.editor if source else ():
        for element in select(layout.root, css):
            name = _editor_name(_EDITOR.sub("", fold(text_of(element)), count=1))
            if name:
                return name
    lines = [
        fold(line.text) for line in (*layout.lines[body[0] :], *layout.lines[: body[0]]) if len(line.text) < MAX_BYLINE
    ]
    for pattern in (_EDITOR, _SUB_EDITOR):
        for text in lines:
            match = pattern.search(text)
            name = _editor_name(text[match.end() :]) if match else ""
            if name:
                return name
    return _editor_name(metas.get("editor", ""))


def _origin_name(text: str) -> str:
    text = _LABEL.sub("", fold(text[:MAX_BYLINE]).strip(), count=1)
    moment = next(find_moments(text), None)
    if moment:
        text = text[: moment.start] or text[moment.end :]
    name = _STOP.sub("", text).strip(_TRIM)
    name = _UNCLOSED.sub("", name).strip(_TRIM)
    first, _, more = name.partition(" ")
    name = first if more and _MEDIUM.search(first) else name  # the site's own name or a reporter follows
    if name.count("《") > name.count("》"):
        name += "》"
    return name if 1 < len(name) <= MAX_NAME and not _URL.match(name) else ""


def _editor_name(text: str) -> str:
    name = _STOP.sub("", text[:MAX_BYLINE].strip(" :|")).strip(_TRIM)
    name = re.split(r"[)）\]】]", name)[0].strip(_TRIM)
    return name if 1 < len(name) <= 30 else ""
