"""The sentences of an article, with their positions, without 电头, by-lines and editors' notes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from yuqing.core.records import Article
from yuqing.review.draft.dates import find_days

_SENTENCE = re.compile(r"[\s　\u200b\xa0]*([^。！？!?\n]*(?:[。！？!?]+[”’」』）)]*|\n|$))")
# The dateline of agencies and papers: 本报讯; or outlet, place and day before 电, 讯 or 消息; or without a day, but
# then a mark must follow (腾讯公司 and 电子 are not datelines).
_OUTLET = r"(?:本报|本网|本站|本台|[\w《》·]{2,14}?(?:社|网|报|台|客户端|频道|在线))"
_PORTAL = r"(?:网易|新浪|搜狐|凤凰|腾讯)[\u4e00-\u9fff]{0,4}"
_ANY_OUTLET = r"[\u4e00-\u9fff·—/]{2,12}(?<![腾通资简短视音])讯(?=[\s　（(【\[：:])"
# How a company opens a release: 【2018年9月12日，成都】, （上海，4月2日）, 2018年9月12日，北京——.
_DAY = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
_CITY = r"[\u4e00-\u9fff·]{2,6}"
_WHERE_WHEN = rf"(?:{_CITY}[，, 　]\s?{_DAY}|{_DAY}[，, 　]\s?{_CITY})"
_RELEASE = rf"(?:[（(【\[]{_WHERE_WHEN}[）)】\]]|{_WHERE_WHEN}\s?[—–-]{{1,2}})"
_DATELINE = re.compile(
    rf"[\s　【\[（(]*(?:(?:据|来自)?{_OUTLET}(?:"
    r"[\u4e00-\u9fff　 ]{0,12}?(?:\d{4}年)?\d{1,2}月\d{1,2}日\s?(?:电|讯|消息|报道)"
    r"|[\u4e00-\u9fff]{0,8}?(?:电|(?<!腾)讯|消息)(?=[\s　（(：:，,】\]])"
    rf")|本[报网站台]讯|(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日\s?(?:电|讯|消息)(?=[\s　（(：:，,】\]])"
    rf"|{_PORTAL}讯[\s　：:]+(?:\d{{1,2}}月\d{{1,2}}日\s?(?:电|讯|消息|报道))?"
    rf"|编者按[：:]|{_ANY_OUTLET})[】\]）)]?|[\s　]*{_RELEASE}"
)
_BYLINE = re.compile(
    r"[\s　]*(?:[（(【\[][^）)】\]\n]{0,10}(?:记者|通讯员|见习|实习|特约|编辑|作者|文/|图/)[^）)】\]\n]{0,60}[）)】\]]"
    r"|[□■◆●]?\s*(?:本报|本网|本台|本站)?(?:见习|实习|特约)?(?:首席)?(?:全媒体)?(?:记者|通讯员)[\s　：:]*"
    r"[\u4e00-\u9fff·]{2,4}(?:[\s　、/]+(?:(?:实习|见习)?(?:记者|通讯员)[\s　：:]*)?[\u4e00-\u9fff·]{2,4}){0,4}"
    r"[\s　]*(?=\n|$|[—-]))"
)
_LEAD_PUNCTUATION = re.compile(r"[\s　：:，,、—\-－]*")
_NOTE = re.compile(
    r"^[\s　（(【\[]*(?:原标题|原题|来源|稿源|责编|责任编辑|编辑|编审|审核|校对|监制|值班|作者|文字|摄影|图片|供稿"
    r"|撰稿|关键词|标签|分享到?|扫一扫|更多|相关(?:新闻|阅读|链接)|延伸阅读|版权声明|免责声明|声明|附件|联系电话"
    r"|(?:本报)?记者|通讯员|图为|上图|下图)\s*[：:/｜|　 ]"
)
# Who speaks in an interview, what he does meanwhile, or a heading: 局长：, 答：, （拿出手机）, 二、主要内容 .
_OFFICES = r"(?:[局部厅市县区院校处司会行署台社所科站]长|书记|主任|总裁|总经理|负责人|发言人|专家|教授)"
_SPEAKER = re.compile(
    rf"(?:(?:问|答|[一-鿿]{{0,6}}记者|主持人|嘉宾|[一-鿿]{{0,6}}{_OFFICES})[：:]"
    r"|[一二三四五六七八九十]{1,3}、[一-鿿]{2,10}[\s　]+)?"
    r"(?:[（(](?![^）)]*(?:\d|[一二三四五六七八九十][）)]|此件|来源|试行|完))[一-鿿，]{3,12}[）)])?\s*"
)
_LABEL = re.compile(r"^[\s　]*([一-鿿]{2,4})[：:]", re.MULTILINE)
_NOTE_CHARS = 100  # a by-line or note is a line of its own; a longer paragraph that starts like one is text
_TAIL = re.compile(
    r"[\s　]*[（(【\[](?:完|责编|责任编辑|编辑|原标题|来源|记者|通讯员)[^）)】\]\n]{0,60}[）)】\]][\s　]*$"
)
_TAIL_END = ("）", ")", "】", "]")
_QUOTE_CHARS = 300  # a quotation longer than this has lost its closing mark
_DATELINE_DAYS = timedelta(days=10)  # a reprint follows within days; an older dateline is another story's


class Sentence(NamedTuple):
    """``text`` is ``body[start:end]`` of the article; ``first`` marks the first sentence of a paragraph.

    A tuple, not a dataclass: an article has thirty, and a frozen dataclass takes three times as long to create.
    """

    start: int
    end: int
    text: str
    first: bool


@dataclass(frozen=True, slots=True)
class ArticleSentences:
    """The sentences that state the news; ``written`` is the day that 今天 and 5日 refer to."""

    sentences: tuple[Sentence, ...]
    written: date


def dateline_end(paragraph: str) -> int:
    """The number of characters of 电头 and by-lines at the start of ``paragraph``; 0 if there are none."""
    end = 0
    for _ in range(3):
        match = _BYLINE.match(paragraph, end) or (_DATELINE.match(paragraph, end) if end == 0 else None)
        if not match or match.end() == end:
            break
        end = match.end()
    if not end:
        return 0
    rest = _LEAD_PUNCTUATION.match(paragraph, end)
    return rest.end() if rest else end


def article_sentences(
    article: Article, published: date, limit: int = 30, scanned: int | None = None
) -> ArticleSentences:
    """At most ``limit`` sentences of the body of ``article``, cleaned.

    With ``scanned``, only the paragraphs with that sentence and the next, unless the rest mentions 互联网.
    """
    sentences: list[Sentence] = []
    written = published
    body = article.body
    labels = Counter(_LABEL.findall(body)) if "：" in body else Counter()
    speakers = tuple(f"{name}：" for name, lines in labels.items() if lines > 1)
    start = 0
    while start < len(body) and len(sentences) < limit:
        if scanned is not None and len(sentences) > scanned and body.find("互联网", start) < 0:
            break
        stop = body.find("\n", start)
        stop = len(body) if stop < 0 else stop
        paragraph = body[start:stop]
        if paragraph.strip() and not _is_note(paragraph):
            skip = dateline_end(paragraph)
            if skip and not sentences:
                written = _written(paragraph[:skip], published)
            tail = _TAIL.search(paragraph) if paragraph.rstrip().endswith(_TAIL_END) else None
            _split(paragraph[: tail.start()] if tail else paragraph, skip, start, speakers, sentences)
        start = stop + 1
    return ArticleSentences(tuple(sentences[:limit]), written)


def _is_note(paragraph: str) -> bool:
    return bool(_NOTE.match(paragraph)) and (len(paragraph) < _NOTE_CHARS and "。" not in paragraph[:-1])


def written_day(body: str, published: date) -> date:
    """The day that 今天 and 5日 refer to: that of the dateline, if ``body`` has one, else the day of publication."""
    first = body.lstrip().partition("\n")[0]
    return _written(first[: dateline_end(first)], published)


def _written(dateline: str, published: date) -> date:
    days = [day.first for day in find_days(dateline, published) if day.first] if dateline else []
    if days and published - _DATELINE_DAYS <= days[0] <= published:
        return days[0]
    return published


def _split(paragraph: str, skip: int, offset: int, speakers: tuple[str, ...], into: list[Sentence]) -> None:
    quotes = "“" in paragraph
    first = True
    begin = -1
    for match in _SENTENCE.finditer(paragraph, skip):
        if begin < 0:
            begin = match.start(1)
        text = paragraph[begin : match.end()].rstrip()
        if quotes and _open_quote(text) and 0 <= paragraph.find("”", match.end()) - begin < _QUOTE_CHARS:
            continue  # a full stop within “…” does not end the sentence
        spoken = _SPEAKER.match(text, text.find("：") + 1 if text.startswith(speakers) else 0)
        if spoken:
            begin += spoken.end()
            text = text[spoken.end() :]
        if len(text) > 1:
            into.append(Sentence(offset + begin, offset + begin + len(text), text, first))
            first = False
        begin = -1


def _open_quote(text: str) -> bool:
    return text.count("“") > text.count("”")
