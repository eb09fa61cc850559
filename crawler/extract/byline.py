"""Where an article comes from (来源) and who edited it (责任编辑): as printed on the page, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from crawler.extract.claims import claim_tails, clean_title, is_title, letters
from crawler.extract.dates import find_moments, fold
from crawler.extract.footer import ends_text
from crawler.extract.layout import PageLayout
from crawler.extract.names import close_labels, editor_names, is_medium, is_organ, next_label, origin_name
from crawler.extract.page_furniture import PERSON
from crawler.extract.select import select, text_of
from crawler.wordings import either, page_words
from yuqing.core.records import Source

_KIND = r"(?:信息|文章|稿件|新闻|内容|资料|本文|图文|消息|转载|原文|文稿|网站|本文章|作品)?\s*"
_WORD = (
    r"(?<![图数素])(?<!图片)(?<!数据)(?<!素材)(?<!照片)(?:来\s*源(?:\s*[于自]|网站|媒体|单位|部门|\s*/\s*作者)?"
    r"|來\s*源|稿\s*源|\bSource|出\s*处|来\s*自|转\s*载?\s*自|摘\s*自|原\s*载\s*于?)"
)
_LABEL = re.compile(rf"{_KIND}{_WORD}\s*[】\]]?\s*[:|丨︱｜/](?:\s*[:|])*\s*|[【\[]\s*{_KIND}{_WORD}\s*[】\]]\s*:?\s*")
_BARE_LABEL = re.compile(rf"(?:^|[\s|)】\]\d]){_KIND}(?:来\s*源|来\s*自|稿\s*源|出\s*处)\s*(?![:|于自])(?=\S)")
_LABELS = re.compile(rf"^{_KIND}{_WORD}[\s:|】\]]*$")
_TOLD = re.compile(
    r"^\W*(?:综合)?据\s*[《“]?([^，。；：“”《》\s]{2,20}?)[》”]?\s*(?:\d{1,2}月\d{1,2}日)?\s*(?:消息|报道|讯|电)(?=[，,：:\s）)]|$)"
)
_EDITOR_WORD = r"(?:责\s*任\s*编\s*[辑缉]|责\s*编)"
_SUB_EDITOR_WORD = (
    r"(?<![总主副])(?:文字|网络|网站|值班|执行|本期|本文|新媒体|微信|当班|版面|见习|实习|主管)?"
    rf"\s*(?:编\s*辑|编\s*缉|小\s*编)(?:\s*[/、]?\s*{either(page_words().lines.roles)})?"
)
_EDITOR = re.compile(
    rf"{_EDITOR_WORD}(?:\s*[】\]])?\s*[:|丨︱｜/]\s*|{_EDITOR_WORD}\s*[】\]]?\s*(?=[\u4e00-\u9fa5]{{2,3}}(?:[\s、)）】\]]|$))"
)
_SUB_EDITOR = re.compile(rf"{_SUB_EDITOR_WORD}(?:\s*[】\]])?\s*[:|丨︱｜/]\s*")
_LONE_EDITOR = re.compile(
    rf"(?:^\W*|[\[【〖]\s*){_SUB_EDITOR_WORD}\s*[】\]]?\s*(?=[\u4e00-\u9fa5]{{2,3}}(?:[\s、)）】\]]|$))|(?:^|[|\s]){_SUB_EDITOR_WORD}\s+(?=[\u4e00-\u9fa5]{{2,3}}(?:[\s、|)）】\]]|$))"
)
_IS_PERSON = re.compile(PERSON)
_EDITOR_ALONE = re.compile(rf"^\W*(?:{_EDITOR_WORD}|{_SUB_EDITOR_WORD})\W*$")
_ROLE_ALONE = re.compile(either(page_words().lines.credits, page_words().lines.makers, page_words().lines.roles))
_ORIGIN_META = ("contentsource", "source", "og:article:source", "mediaid")
_NAMED = re.compile(r"source|laiyuan|origin|\bly\b|\bsour\b", re.IGNORECASE)
_TRAIL = re.compile(r"[>»›→]|位置|^[—–-]")  # a breadcrumb, a subtitle
_OPEN_END = re.compile(r"[\s:|】\]]*$")
ABOVE = 8  # lines above the title searched for the byline
MAX_BYLINE = 300  # characters of a line that is searched for labels
MAX_ALONE = 20  # characters of a name on a line of its own
MAX_EDITOR_LINE = 40


def find_origin(
    layout: PageLayout, source: Source | None, metas: Mapping[str, str], head: tuple[int, int], body: tuple[int, int]
) -> str:
    """The origin as printed on the page: from the source's selectors, a 来源 label or a name in the byline, then a
    label below the text; otherwise from the metas.

    If the byline has a label with nothing after it, no name is guessed from its neighbours.
    """
    for css in source.select.origin if source else ():
        for element in select(layout.root, css):
            name = origin_name(_LABEL.sub("", close_labels(fold(text_of(element))), count=1))
            if name:
                return name
    near = range(max(0, head[0] - ABOVE), head[0])
    above = range(head[0], min(body[0] + 3, len(layout.lines)))
    below = range(max(body[1] - 5, body[0]), min(body[1] + 9, len(layout.lines)))
    if name := _labelled(layout, above, body[0]) or _labelled(layout, near, body[0]):
        return name
    name = _labelled(layout, below, body[1])
    if not name and not any(_is_label(layout.lines[number].apart) for number in (*near, *range(head[0], body[0]))):
        name = _beside_day(layout, range(head[0], body[0])) or _by_name(layout, head[0], body[0])
    return (
        name
        or next((name for name in (_meta_name(metas.get(key, "")) for key in _ORIGIN_META) if name), "")
        or _told(layout, head[0], body[0])
    )


def _is_label(text: str) -> bool:
    return len(text) < MAX_BYLINE and _LABEL.search(close_labels(fold(text))) is not None


def _meta_name(text: str) -> str:
    return origin_name(_LABEL.sub("", close_labels(fold(text)), count=1))


def _labelled(layout: PageLayout, numbers: range, end: int) -> str:
    """The name after 来源 in the lines ``numbers``; taken from the next line where the label is alone on its own.

    A label without a colon (来源 水利在线) counts only above ``end``, where there is no text.
    """
    for number in numbers:
        text = layout.lines[number].apart
        if len(text) >= MAX_BYLINE:
            continue
        text = close_labels(fold(text))
        match = _LABEL.search(text)
        if match is None and number < end and (match := _BARE_LABEL.search(text)):
            name = origin_name(text[match.end() :])
            # 来自广东 is where the writer's address is.
            ends = match.end() + len(name) >= len(text) and "自" not in match[0]
            if name and len(name) <= MAX_ALONE and (is_organ(name) or ends):
                return name
            continue
        lone = match is None and number < end and _LABELS.match(text)
        if match is None and not lone:
            continue
        rest = text[match.end() :] if match else ""
        name = origin_name(rest)
        if not name and _OPEN_END.match(rest) and number + 1 < numbers.stop:  # not the title below a breadcrumb
            name = _alone(layout, number + 1)
        if name:
            return name
    return ""


def _alone(layout: PageLayout, number: int) -> str:
    """The name that makes up the line ``number``, below a label alone on its line."""
    text = close_labels(fold(layout.lines[number].apart))
    if len(text) > MAX_BYLINE or ":" in text.replace("://", "") or _TRAIL.search(text) or _is_label(text):
        return ""
    name = origin_name(text)
    return name if len(name) <= MAX_ALONE and (is_organ(name) or len(text) <= len(name) + 2) else ""


def _beside_day(layout: PageLayout, numbers: range) -> str:
    """The medium or the site named without a label beside the day or on the next line (“广州日报 2016-06-26”)."""
    titles = (clean_title(text_of(element)) for element in layout.root.iter("title"))
    site = {letters(tail) for title in titles for tail in claim_tails(title)[-1:] if is_title(tail)}
    for number in numbers:
        text = fold(layout.lines[number].apart)
        moment = next(find_moments(text), None) if len(text) < MAX_BYLINE else None
        if moment is None:
            continue
        heads = number > numbers.start and layout.lines[number - 1].kind != "heading"
        above = fold(layout.lines[number - 1].apart) if heads else ""
        below = fold(layout.lines[number + 1].apart) if number + 1 < min(numbers.stop + 1, len(layout.lines)) else ""
        for near, around in ((True, (text[: moment.start], text[moment.end :])), (False, (above, below))):
            for piece in (part for one in around if not _TRAIL.search(one) for part in _without_roles(one)):
                named = (is_organ(piece) if near else is_medium(piece)) or letters(piece) in site
                if 2 <= len(piece) <= 16 and named and not next_label(piece) and ":" not in piece:
                    name = origin_name(piece)
                    if name:
                        return name
    return ""


def _without_roles(text: str) -> list[str]:
    """The pieces of a byline without those behind a role: 作者: 市水利局 is the author."""
    pieces = re.split(r"[\s|•·]+", text)
    return [piece for before, piece in pairwise(["", *pieces]) if not _ROLE_ALONE.fullmatch(before.rstrip(":"))]


def _by_name(layout: PageLayout, start: int, end: int) -> str:
    """The text of an element between title and body whose id or class says that it holds the origin."""
    for span in layout.spans:
        if start <= span.start and span.end <= end and span.end - span.start == 1 and _NAMED.search(span.names):
            name = origin_name(re.split(r"[•·]", layout.lines[span.start].apart)[0])
            if name and len(name) <= 16 and " " not in name:
                return name
    return ""


def _told(layout: PageLayout, start: int, body: int) -> str:
    """The medium that the byline or the first words of the text cite (据新华社报道)."""
    for line in layout.lines[start : body + 1]:
        match = _TOLD.match(fold(line.text))
        if match and is_medium(match[1]):
            return origin_name(match[1])
    return ""


def find_editor(layout: PageLayout, source: Source | None, metas: Mapping[str, str], body: tuple[int, int]) -> str:
    """The editor as printed on the page (责任编辑, 责编, 编辑), otherwise the editor meta; never an address or a
    code."""
    for css in source.select.editor if source else ():
        for element in select(layout.root, css):
            text = close_labels(fold(text_of(element)))
            name = editor_names(_SUB_EDITOR.sub("", _EDITOR.sub("", text, count=1), count=1))
            if name:
                return name
    lines = [
        (close_labels(fold(line.apart)), number)
        for number in (*range(body[0], len(layout.lines)), *range(body[0]))
        if len((line := layout.lines[number]).text) < MAX_BYLINE and "编" in line.text  # folding them all took 3 %
    ]
    for pattern in (_EDITOR, _SUB_EDITOR, _LONE_EDITOR):
        for text, number in lines:
            match = pattern.search(text)
            if not match or (pattern is _LONE_EDITOR and len(text) > MAX_EDITOR_LINE):
                continue
            rest = text[match.end() :]
            name = editor_names(rest)
            if not name and not rest.strip(" :|】]") and number + 1 < len(layout.lines):
                name = _next_name(layout.lines[number + 1].text)
            if name:
                return name
    return _below_label(layout, lines) or editor_names(metas.get("editor", ""))


def _below_label(layout: PageLayout, lines: list[tuple[str, int]]) -> str:
    """The person on the line below 责任编辑 without a colon, as in a list of terms."""
    for text, number in lines:
        if number + 1 < len(layout.lines) and _EDITOR_ALONE.match(text):
            name = layout.lines[number + 1].text.strip()
            if _IS_PERSON.fullmatch(name) and (found := _next_name(name)):
                return found
    return ""


def _next_name(text: str) -> str:
    """The name on the line below a label alone on its line; the whole line must be a name, and not one of a footer."""
    name = editor_names(fold(text))
    return (
        name
        if name and len(text) <= len(name) + 2 and len(name) <= 8 and not (ends_text(text) or is_organ(name))
        else ""
    )
