"""Puts the number of an official document after its title: 《…的通知》（国办发〔2018〕12号）."""

from __future__ import annotations

import re

from yuqing.core.records import Article

_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》(?![（(])")
_MARKS = re.compile(r"[\W_]+")
_NOTICE = re.compile(
    r"(?<=方案|办法|规定|规划|计划|要点|细则|规则|制度|指南|清单|意见|规范|措施|纲要)的(?:通知|函|批复|公告|决定)$"
)
MIN_LETTERS = 6


def with_number(text: str, article: Article) -> str:
    """``text`` with the number of the article's own document after its title; unchanged if that is not named.

    The number is the one on the page: another document named in the text gets none.
    """
    document = article.document
    if document is None or not document.number or document.number in text or "号" not in document.number:
        return text
    whole = _letters(article.title)
    for match in _TITLE.finditer(text):
        name = _letters(match[1])
        if len(name) >= MIN_LETTERS and any(
            title.endswith(name) or name.endswith(whole) for title in (whole, _issued(whole))
        ):
            return f"{text[: match.end()]}（{document.number}）{text[match.end() :]}"
    return text


def _issued(title: str) -> str:
    """What a notice issues: 关于印发…实施方案的通知 without the trailing 的通知."""
    return _NOTICE.sub("", title)


def _letters(text: str) -> str:
    return _MARKS.sub("", text)
