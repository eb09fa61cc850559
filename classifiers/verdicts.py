"""Why a body or company acts in a statement, or is only mentioned: the reasons, and the rows that give them.

The rows are tried in order and the first match decides. Patterns read folded text, so the comma is ``,``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import Literal, NamedTuple

from classifiers.wordings import either, word_lists

_W = word_lists().actors
_INVESTS = either((*word_lists().places.invests, *_W.invests))


class Reason(Enum):
    """The reasons as shown to analysts."""

    ACTS = "行为主体"
    IN_TITLE = "在书名号内，只是文件名的一部分"
    SOURCE = "只是稿件来源"
    PART_OF_WORD = "只是另一个词的一部分"
    FOREIGN = "外国机构"
    FORMER = "说的是原机构"
    CITED = "被引用"
    BACKGROUND = "所述为背景或此前之事"
    OLD = "所述为往年之事"
    RUMOUR = "只是传闻"
    ATTRIBUTE = "作定语（……的）"
    SPOKEN_OF = "只被提及"
    LATER = "只在后文发言或另有工作"
    LOCAL_OFFICE = "只是派驻地方机构名称的一部分"
    PERSON = "说的是该单位的人"
    ATTENDS = "只是参会"
    GUIDES = "只是指导单位"
    INVESTOR = "只是投资方"
    CONTRACTOR = "只是承建或供应方"
    MARKET = "财报或行情"
    OBJECT = "只是对象"
    PRODUCT = "产品名，不是行为主体"
    COMMON = "常用词，不是企业名"
    NO_VERB = "没有行为动词"


Side = Literal["before", "after", "sentence", "word"]
Whose = Literal["any", "ministry", "company"]


class Row(NamedTuple):
    """``pattern`` is searched for on ``side`` of the mention; ``before`` is its clause up to it, ``after`` what
    follows, ``sentence`` the words before it outside the clause, ``word`` what follows a name that ends in 部."""

    reason: Reason
    side: Side
    pattern: re.Pattern[str]
    whose: Whose = "any"


def _row(reason: Reason, side: Side, pattern: str, whose: Whose = "any") -> Row:
    return Row(reason, side, re.compile(pattern), whose)


# Checked before the verb is searched for.
ROWS = (
    _row(Reason.SOURCE, "sentence", f"{either(_W.credits)}[:: ]{{0,2}}$"),
    _row(Reason.PART_OF_WORD, "word", r"^(?:门|队|署(?!理)|位|件|落|属|下属|直属|分(?!别|批|期))", "ministry"),
    _row(
        Reason.FOREIGN,
        "before",
        f"(?:(?:^|[,。:;“(、])[美英法德俄日韩印]|白宫|联合国|联邦|{either(word_lists().foreign)})(?:联邦|政府)?$",
        "ministry",
    ),
    _row(Reason.FORMER, "before", r"原$"),
    _row(
        Reason.PERSON,
        "after",
        f"^(?:[前原]|现任|派来的|的?{either(_W.staff)})",
        "company",
    ),
    _row(
        Reason.BACKGROUND,
        "before",
        f"(?:^|[,。;:])(?:{either(_W.earlier)}|据了解,?此前)|(?:{either(_W.ongoing)}|此前|参照了?|不同于)[^,。;]*$",
    ),
    _row(
        Reason.BACKGROUND,
        "sentence",
        r"(?:^|[,。;\n])(?:此前|不久前|[一两二三四五六七八九十半几\d]+个?[年月周]前),$",
    ),
    _row(
        Reason.BACKGROUND,
        "after",
        f"^(?:[、和与及][^、,。;]{{2,14}}){{0,8}}(?:等[^,。;]{{0,6}})?{either(_W.often)}",
    ),
    _row(
        Reason.BACKGROUND,
        "after",
        f"^(?:[、和与及][^、,。;]{{2,14}}){{0,8}}(?:等[^,。;]{{0,6}})?{either(_W.earlier)}",
        "ministry",
    ),
    _row(Reason.BACKGROUND, "after", r"^(?:曾(?!与)|此前|早前|之前)|^[^,。;与和]{0,6}(?:此前的|以外的|之外的)"),
    _row(Reason.RUMOUR, "before", f"{either(_W.rumours)}[^,。;]*$"),
    _row(
        Reason.ATTRIBUTE,
        "after",
        rf"^(?:等[^,。]{{0,6}})?(?:联合)?{either(_W.issues)}的|"
        r"^(?:、[^、,。;]{1,10})*(?:和[^、,。;]{1,8})?等?(?<!共建)(?<!合建)(?<!打造)(?<!开发)的(?!合作|战略|共同)",
    ),
    _row(
        Reason.GUIDES,
        "after",
        r"^(?:[、和与及][^、,。;]{2,16}){0,8}(?:等(?:单位|部门)?|共同|联合)*"
        f"的?{either(_W.patrons)}(?=[,、。;下]|$)",
    ),
    _row(Reason.INVESTOR, "before", f"{either(_W.investors)}[^,。;]{{0,24}}$", "company"),
    _row(
        Reason.INVESTOR,
        "after",
        r"^(?:[、和与及][^、,。;]{2,16}){0,8}(?:旗下)?[^,。;]{0,10}?" + f"(?:{_INVESTS}|出资(?!建))",
        "company",
    ),
    _row(
        Reason.INVESTOR,
        "after",
        f"^(?:[、和与及][^、,。;]{{2,14}}){{0,8}}等?{either(_W.backs)}的",
        "company",
    ),
    _row(
        Reason.INVESTOR,
        "after",
        r"^[^,。;]{0,20}?投资[^,。;]{0,8}(?:公司|企业|平台)[^。;]{0,20}(?:未参与|轮)",
        "company",
    ),
    _row(
        Reason.ATTENDS,
        "after",
        f"^[^,。;]{{0,16}}?派员(?:参加|出席)|^[^,。;]{{0,30}}?{either(_W.guests)}[^,。;]{{0,20}}?"
        f"(?:{either(_W.attends)}|给予[^,。;]{{0,4}}(?:肯定|评价))",
    ),
    _row(Reason.MARKET, "after", f"^[^。]*?{either((*_W.results, *word_lists().stocks))}"),
)


def _asked(whose: Whose) -> tuple[tuple[Reason, Side, Callable[[str], re.Match[str] | None]], ...]:
    """The rows for one kind of owner; the text after a mention is matched from its first character on."""
    return tuple(
        (row.reason, row.side, row.pattern.match if row.side in ("after", "word") else row.pattern.search)
        for row in ROWS
        if row.whose in ("any", whose)
    )


ROWS_OF_MINISTRIES = _asked("ministry")
ROWS_OF_COMPANIES = _asked("company")
