"""What only the row says: a clause most of whose words the article does not have in any form."""

from __future__ import annotations

import re

from yuqing.review.check.clauses import Parsed, words

_CONTENT = ("n", "v", "a", "j", "l", "i", "b", "z")
# Words of the one who writes, and for any act: they add nothing.
_GENERAL = re.compile(
    r"[公发颁宣]布|表示|介绍|通报|透露|显示|指出|提出|强调|要求|明确|印发|出台|召开|举[行办]|对外|有关|相关|部门|单位|数据|消息"
    r"|提供|进行|开展|实[现施行]|达到|完成|加快|推[动进]|成为|作为|给予|目前|[业服]务|项目|活动|工作|计划|情况|其中|共计|合计|用时|总[量数额]|全[国省市县区]|位居|当地"
)
_ENOUGH = 3  # words that the article does not have
_FIGURE = re.compile(r"\d[\d.]+")  # what has the article's figure is not only the row's
_APART = 4  # characters in which the second of an abbreviation follows the first
_KNOWN = 0.75  # share of their characters that the article may have
_MOST = 0.6  # of those of the clause


def only_in_row(row: Parsed, article: Parsed) -> list[str]:
    """The clauses of ``row`` that say what ``article`` does not speak of."""
    found: list[str] = []
    for clause, _ in row.marked:
        if any(figure in article.text for figure in _FIGURE.findall(clause)):
            continue
        content = [
            word
            for word, flag in words(clause)
            if len(word) > 1 and flag.startswith(_CONTENT) and not flag.startswith("ns") and not _GENERAL.search(word)
        ]
        absent = [word for word in content if not _spoken_of(word, article.text)]
        if len(absent) >= max(_ENOUGH, _MOST * len(content)):
            letters = "".join(absent)
            if sum(char in article.text for char in letters) < _KNOWN * len(letters):
                found.append(f"原文没有说“{clause}”")
    return found


def _spoken_of(word: str, article: str) -> bool:
    """Whether ``article`` has a part of ``word``: two of its characters side by side, or each of a short word's."""
    if len(word) == 2 and any(word[1] in after[:_APART] for after in article.split(word[0])[1:]):
        return True  # 建行 of 建设银行
    return any(word[at : at + 2] in article for at in range(len(word) - 1))
