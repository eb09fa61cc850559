"""What the article only plans or proposes and the row reports as done."""

from __future__ import annotations

import re
from datetime import date

from yuqing.review.check.clauses import Clause, Parsed, pairs, words

_NOTHING = Clause("", frozenset())
_PLAN = re.compile(
    r"将(?!近|军)|拟|计划|原定|力争|争取|预计|有望|目标|提出|要求|明确|决定|部署|推进|探索|规划|筹|准备|待|到20\d\d年|(?<=[\d年月期底])前"
    r"|年内|(?<![月\d])\d{1,2}日起|(?:建成|投产|投用|投运|完工|上线)后|下一步|今后|未来|明年|20\d\d年(?:建成|实现|完成)"
)
_PLANNED = re.compile(
    r"(?:(?<![即])(?P<will>将)(?!军|近)(?:于|在)?|拟(?:于|在)?|(?<![比较超按])(?<!行动)计划(?:于|在)?|力争|争取|预计|有望|打算|筹备|准备|目标[是为])(?P<what>[^，。；]{4,})"
)
_GOAL = re.compile(r"(?:20\d\d年|(?<![去上前])年|月)[^，。；]{0,8}(?:底|末)?(?:前|之前)(?P<what>[^，。；]{4,})")
_UNDER_WAY = re.compile(r"(?P<what>[^，。；]{3,})[尚仍还正]在(?:设计|建设|施工|筹备|编制|研究|论证|审批)")
_FORBIDS = re.compile(r"不得|不能|不可|禁止|严禁")  # announces no future act
_ATTRIBUTE = re.compile(r"已[^，。；]{0,8}的")  # 已接入的事项: not what the clause reports as done
_OUGHT = re.compile(r"须|应当|必须|要求|应于|应在")
_DONE = re.compile(r"已(?!停产)|完成|实现了|正式|[建竣]成|投入使用|落地")
_SIGNED = re.compile(r"签[约署订]|协议|备忘录")
_TIME = re.compile(
    r"(?P<past>去年|上年|前年)?(?:(?P<year>20\d\d)年|(?<!\d)(?P<month>1[0-2]|[1-9])月(?!以来)(?:(?P<day>[12]\d|3[01]|[1-9])日)?)+"
    r"|(?:今年|本年)?(?<![去上前])年[底末内]|下半年|秋季|冬季|下个?月|明年"
)
_LATER = 9  # maximum months from the day of publication to a month without a year: 12月 in January is in the past
# Whoever announces or decides speaks of the future, unless it is said to be done.
_DECIDED = re.compile(r"宣布|公布|公告|通知|发文|会商|商定|确定|决定|批复")
_FINISHED = re.compile(r"已|完成|[建竣]成|实现|达到|了(?=[，。]|$)")


def planned_but_done(row: Parsed, told: Parsed, published: date) -> list[str]:
    """What the article plans, or expects for a time after ``published``, and the row reports as done."""
    found: list[str] = []
    article = told.marked
    for clause, after in zip(article, [*article[1:], _NOTHING], strict=True):
        follows = f"{clause.text}，{after.text}" in told.text
        content, sure = _planned(clause, after if follows else _NOTHING, published)
        if _FORBIDS.search(clause.text) or not (
            content or _UNDER_WAY.search(clause.text) or _OUGHT.search(clause.text)
        ):
            continue
        verbs = _verbs(clause.text + after.text)
        elsewhere: frozenset[str] = frozenset().union(*(c.content for c in article if c not in (clause, after)))
        under_way = _UNDER_WAY.search(clause.text)
        unfinished = pairs(under_way["what"]) if under_way else frozenset()
        if content or _OUGHT.search(clause.text):
            unfinished |= (clause.content | content) - elsewhere
        so_far = ""
        for said in row.marked:
            so_far += said.text
            shared = (content - elsewhere) & said.content
            done = re.search(r"已(?:经|全部|于)?|了$", _ATTRIBUTE.sub("", said.text))
            open_ = not sure or announces(so_far, published)
            acts = verbs & set(said.text) or not verbs
            finished = done and acts and len(unfinished & said.content) >= 2
            if finished or (len(shared) >= 2 and acts and not open_):
                found.append(f"原文是计划：“{clause.text.strip()}”")
                break
    return found


def _verbs(text: str) -> frozenset[str]:
    """The characters of the verbs of ``text``: a row that reports the act has one of them (建设, 建成)."""
    return frozenset().union(*(word for word, flag in words(text) if flag.startswith("v") and len(word) > 1))


def announces(text: str, published: date) -> bool:
    """Whether what ``text`` says is read as still to come: planned, agreed on, or at a time after ``published``."""
    if _DECIDED.search(text) and not _FINISHED.search(text):
        return True
    return bool(_SIGNED.search(text)) or ahead(text, published)


def ahead(text: str, published: date) -> bool:
    """Whether ``text`` has a word of planning or a time after ``published``."""
    return bool(_PLAN.search(text) or _later(text, published))


def plans(text: str, published: date) -> bool:
    """Whether the clause ``text`` of an article speaks of something still to come."""
    planned = _PLANNED.search(text)
    if planned:
        return not _decided(text, planned)
    goal = _GOAL.search(text)
    return bool((goal or _later(text, published)) and not _DONE.search(text[: goal.start("what")] if goal else text))


def _decided(text: str, planned: re.Match[str]) -> bool:
    """Whether 将 means 把 here: 将全省热线整合为一个号码 is decided rather than planned."""
    flag = words(text[planned.end("will") :])[0][1] if planned["will"] else ""
    return flag.startswith(("n", "m", "r", "a", "b", "s", "l", "j"))


def _planned(clause: Clause, after: Clause, published: date) -> tuple[frozenset[str], bool]:
    """What ``clause`` (with ``after``, the next one, if it gives only a time) says about what is not done yet.

    The second value is False for what is decided rather than planned: 将全省热线整合为一个号码, where 将 means 把.
    """
    goal = _GOAL.search(clause.text)
    planned = _PLANNED.search(clause.text) or goal
    if planned and not _DONE.search(clause.text.replace(planned["what"], "") if goal else ""):
        return pairs(planned["what"]), planned is goal or not _decided(clause.text, planned)
    time = _later(clause.text, published)
    if not time or re.search(r"已(?!停产)", clause.text):
        return frozenset(), True
    told = clause.text[time.end() :].strip("起止前后内，")
    return pairs(told) if told else after.content, True


def _later(text: str, published: date) -> re.Match[str] | None:
    """The first time in ``text`` that is after ``published``."""
    for match in _TIME.finditer(text):
        if match["past"]:
            continue
        if not (match["year"] or match["month"]):
            return match
        year = int(match["year"] or published.year)
        month = int(match["month"] or 12)
        day = int(match["day"] or 31)
        if (year, month, day) <= (published.year, published.month, published.day):
            continue
        if match["month"] and (match["year"] or published.month <= month <= published.month + _LATER):
            return match
        if match["year"] and year > published.year:
            return match
    return None
