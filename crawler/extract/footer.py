"""Lines that end any article: the editor, a footer; and contacts, which appear in both footers and notices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.boilerplate import starts_tail
from crawler.wordings import either, page_words

_MARK = r"责任编辑\s*[:：]|责编\s*[:：]|(?:19|20)\d\d-\d\d-\d\d \d\d:\d\d(?::\d\d)?$"
_WORDS = page_words().lines.footer
_FOOTER = rf"{either(_WORDS)}|许可证\S{{0,4}}\s*[:：]|建议使用.{{0,16}}(?:浏览器|分辨率)"
_CONTACT = (
    r"(?:^|\s)(?:主办|承办|技术支持)(?:单位)?\s*[:：]|(?:主办|承办)\s*$"
    r"|^(?:公司|联系|单位|办公|医院)?(?:地\s*址|电\s*话|总机|传\s*真|邮编|邮政编码|邮箱|电子[信邮]箱|热线)\s*[:：]"
)
_IS_FOOTER = re.compile(_FOOTER)
_ENDS = re.compile(f"{_MARK}|{_FOOTER}")
_IS_CONTACT = re.compile(_CONTACT)
_COPYRIGHT = re.compile(r"\W{0,3}(?:Copyright|©)", re.IGNORECASE)  # begins a footer of any length
# The first characters of all alternatives: most positions in a line fail here at once.
_FIRST = "".join(sorted({word[0] for word in _WORDS} | set("责12许建主承技公联单办医地电总传邮热")))
_IS_ANY = re.compile(rf"(?=[\s{_FIRST}])(?:{_MARK}|{_FOOTER}|{_CONTACT})")
MAX_FOREIGN = 150  # characters; a longer line is text even if it contains a footer's words


def is_footer(texts: Sequence[str], number: int) -> bool:
    """Whether a line with addresses, telephones or hosts belongs to the page's footer and not to a notice's contacts.

    A footer has a copyright or a registration next to it; in a notice 主办单位 or 电话 is surrounded by text.
    """
    if not is_contact(texts[number]):
        return False
    near = texts[max(0, number - 3) : number + 7]
    return any(len(text) < MAX_FOREIGN and _IS_FOOTER.search(text) for text in near)


def is_footer_words(text: str) -> bool:
    """Whether the line has the words of a footer: the copyright, a registration, the site's map."""
    return len(text) < MAX_FOREIGN and bool(_IS_FOOTER.search(text))


def is_foreign(texts: Sequence[str], number: int) -> bool:
    """Whether the line ends any article: the editor, only day and time, a footer, the heading of another block."""
    text = texts[number]
    return starts_tail(text) or ends_text(text) or is_footer(texts, number)


def ends_text(text: str) -> bool:
    """Whether the line by itself is the editor's, a day with time, or part of a footer."""
    return _COPYRIGHT.match(text) is not None or (len(text) < MAX_FOREIGN and bool(_ENDS.search(text)))


def is_contact(text: str) -> bool:
    """Whether the line gives an address, a telephone or a host."""
    return len(text) < MAX_FOREIGN and bool(_IS_CONTACT.search(text))


def is_around(text: str) -> bool:
    """Whether the line ends a text or gives a contact: one search instead of two, for most lines do neither."""
    return len(text) < MAX_FOREIGN and bool(_IS_ANY.search(text))
