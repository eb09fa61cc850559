"""Names of media and of editors as printed after a label: without codes, addresses and the next label."""

from __future__ import annotations

import re

from crawler.extract.boilerplate import starts_tail
from crawler.extract.dates import find_moments, fold
from crawler.extract.footer import ends_text
from crawler.extract.page_furniture import PERSON, is_furniture, is_interface
from crawler.wordings import either, page_words

MAX_NAME = 40  # characters
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff]\s*[:|])")
_W = page_words().names
_WORDS = either(_W.next_labels)
_BUTTONS = either(_W.buttons)
_STOP = re.compile(
    rf"\s+(?:{_WORDS}|北京$|A[+-]|[+＋]).*$|[+＋]\s?关注.*$|(?:{_WORDS}|人)[^:\s]{{0,4}}:.*$|(?:{_BUTTONS}).*$|\s*(?<!\d)\d{{4}}[-年/.].*$|\s{{3,}}.*$|\s*[|【\[<>»].*$"
    r"|\s+[^\s:]{1,8}\s?:.*$|\s+\S*@.*$|\s*\d{1,2}:\d\d.*$",
    re.DOTALL,
)
_TRIM = " \u3000:：|,，。;；、-—_()（）[]【】〖〗《》“”\"'<>·/\\\t"
_MEDIUM = re.compile(rf"{either(_W.media)}$", re.IGNORECASE)
_ORGAN = re.compile(rf"(?:{either(_W.bodies)}|(?<!网)站)$")
_NEVER = re.compile(r"\d{5,}|@|https?:|www\.|[。！？；]", re.IGNORECASE)
_NO_NAME = re.compile(
    r"首页|正文|导航|字体|字号|热线|电话|邮箱|信箱|报料|爆料|举报|^(?:大|中|小|无|暂无|空|null|undefined|none|\W|\d)*$"
    r"|^(?:星期|周)[一二三四五六日天]$|^(?:阅读|浏览|点击|打印|分享|评论|关闭|收藏|纠错)|(?:摄|供图|图片|资料图|组图|时间|日期|次数)$",
    re.IGNORECASE,
)
_REPORTER = re.compile(
    rf"(?:特约|实习|见习)?(?:记者|通讯员)(?=\s|$|{PERSON}(?:[\s、]|$)).*$|(?<=社)\S{{0,8}}\d{{1,2}}月\d{{1,2}}日电.*$",
    re.DOTALL,
)
_EDITION = re.compile(r"\s*第?\s?[A-Z]?\d{1,2}\s?版$")
_UNCLOSED = re.compile(r"[(（][^)）]*$")
_CODE = re.compile(
    r"[(（\[【]?\s*(?:编号|工号|NO\.?|ID)?[:：]?\s*[_\-]?[A-Za-z]{0,6}[_\-]?\d{2,}[A-Za-z]{0,2}\s*[)）\]】]?$|[_\-][A-Za-z]{1,4}\d*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[(（\[【][^)）\]】]*(?:[)）\]】]|$)")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,8}$|[A-Z][A-Za-z.·-]{1,19}$")  # a lower-case letter begins an account's name
_IS_PERSON = re.compile(PERSON)
_NOBODY = re.compile(rf"(?:{either(_W.nobody)}|admin\w*)$", re.IGNORECASE)
_SYLLABLE = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_ROLE = re.compile(rf"^(?:{_WORDS})")


def close_labels(text: str) -> str:
    """``text`` with the blanks inside its labels removed: 来 源： and 作　者：."""
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
    """The medium at the start of ``text``, the text after a label; empty where there is none."""
    text = fold(text).strip()
    moment = next(find_moments(text), None)
    if moment:
        text = text[: moment.start] or text[moment.end :]
    name = _REPORTER.sub("", _STOP.sub("", text)).strip(_TRIM)
    name = _closed(_EDITION.sub("", name).strip(_TRIM), text)
    first, _, more = name.partition(" ")
    if more and (_MEDIUM.search(first) or (is_organ(first) and _IS_PERSON.fullmatch(more))):
        name = first  # followed by the site's own name or a reporter
    name = _without_word(name)
    for opening, closing in ("《》", "“”"):  # trimmed on one side only
        if name.count(opening) > name.count(closing):
            name += closing
        elif name.count(opening) < name.count(closing):
            name = opening + name
    if not 1 < len(name) <= MAX_NAME or _NEVER.search(name) or _NOBODY.match(name) or (more and _NOBODY.match(first)):
        return ""
    if is_interface(name) or starts_tail(name) or ends_text(name):  # the next button, where no name was filled in
        return ""
    return name if is_organ(name) or not _NO_NAME.search(name) else ""


def _without_word(name: str) -> str:
    """``name`` without a button that follows a medium's name without a blank: 某某日报分享."""
    ends = (len(name) - size for size in (4, 3, 2) if not is_organ(name) and is_interface(name[-size:]))
    return name[: next((end for end in ends if end > 1 and is_medium(name[:end])), len(name))]


def _closed(name: str, text: str) -> str:
    """``name`` without a bracket left open, or with it closed again where it holds a body: 市局(公司)."""
    opened = _UNCLOSED.search(name)
    if not opened:
        return name
    if f"{name})" in text and is_organ(opened[0]):
        return f"{name})"
    return name[: opened.start()].strip(_TRIM)


def editor_names(text: str) -> str:
    """The editors at the start of ``text``, the text after a label, as printed: no code, no address, no number."""
    text = _STOP.sub("", text.strip(" :|")).strip(_TRIM)
    text = _SYLLABLE.sub(r"\1\2", _ASIDE.sub(" ", f"{text} ")).strip()
    kept, end, person = "", 0, False
    for part in re.finditer(r"[^\s、,，/;；|]+", text):
        name = _without_button(_CODE.sub("", part[0]).strip(_TRIM))
        if kept and person and not _IS_PERSON.fullmatch(name):
            break  # the next role without a colon, or the medium
        if not _PERSON.fullmatch(name) or _ROLE.match(name) or _NOBODY.match(name) or _is_no_person(name):
            break
        person = person if kept else _IS_PERSON.fullmatch(name) is not None
        kept += (text[end : part.start()] if kept else "") + name
        end = part.end()
        if name != part[0]:
            break  # a code ends the names
    return kept if 1 < len(kept) <= 30 else ""


def _is_no_person(name: str) -> bool:
    """Whether ``name`` is a button, the heading of a block or a job title, and so not an editor's name."""
    return is_furniture(name) or starts_tail(name) or name.endswith(("编辑", "记者", "首页"))


def _without_button(name: str) -> str:
    """``name`` without a button that follows it without a blank."""
    ends = (end for end in (3, 2) if len(name) > end and is_interface(name[end:]) and _IS_PERSON.fullmatch(name[:end]))
    return name[: next(ends, len(name))]
