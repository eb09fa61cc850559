"""How it is said: must, may or must not; done where every mention in the article is still to come, and vice versa."""

from __future__ import annotations

import re
from datetime import date

from yuqing.review.check.clauses import DENIAL, Clause, Parsed, pairs, words
from yuqing.review.check.plans import announces, plans

_MOODS = {
    "must": re.compile(r"必须|(?<!无)(?<!不)须(?!知)|应当|(?<![不非])强制|务必"),
    "may": re.compile(r"自愿|可以|可(?=[一-鿿]{2})(?![能见谓靠持视])|鼓励|允许|自主"),
    "not": re.compile(r"不得|不可|不能(?!够?不)|禁止|严禁|不准|不允许|不予|不再"),
}
_DONE = re.compile(r"已经?(?:全部|正式|全面|陆续|投入|于[^，。；]{1,6})?|同日|当[日天]|即[日时]起?|立即")
_WAITS = re.compile(r"(?:尚|还|仍|正)?[待](?=[^遇])|有待|等待|正在?申[报请]|尚未获?")
_OPEN = re.compile(
    r"[尚还仍]未|未(?!成年|来)|正?在(?:研究|论证|调试|内测|测试|筹|建|编制|起草|磋商|洽谈|申|审)|论证|争取|力争|拟|筹备|待|将|(?<![目日此提以先])前$"
)
_ATTRIBUTE = re.compile(r"的(?=[一-鿿])")  # 已接入的事项: not what the clause reports
_TITLED = re.compile(r"《[^》]*》|“[^”]*”|行动计划|计划生育")
_COMPLETED = re.compile(r"印发|出台|启用|上线|投用|开通|开工|竣工|揭牌|成立|签署|投产|试运行|开业")
_VAGUE = re.compile(
    r"完成|实现|达到|进行|开展|成为|覆盖|提供|超过|建设|发展|推进|增[长加]|下降|提高|减少|要求|提出|明确"
)
_SHARED = 3
_MOST = 0.6  # share of the row's clause that the article's must have
_REACH = 24  # characters between what is waited for and the word that says so


def other_moods(row: Parsed, article: Parsed, published: date) -> list[str]:
    """What ``row`` orders, allows, forbids, or reports as done, and ``article`` only the opposite of."""
    found: list[str] = []
    for clause in row.clauses:
        if clause.text in article.text:
            continue
        found += _ordered(clause, article)
        for verb in _said_done(clause.text, published):
            told = _mentions(verb, row, article)
            if told and f"已{verb[-1]}" not in article.text and all(_still_open(one, verb, published) for one in told):
                found.append(f"“{verb}”（原文为“{told[0].text}”）")
        waits = _WAITS.search(clause.text)
        if waits:
            verbs = _verbs(clause.text[waits.end() : waits.end() + _REACH])
            for verb in verbs:
                told = _mentions(verb, row, article)
                if told and not any(_still_open(one, verb, published) or DENIAL.search(one.text) for one in told):
                    found.append(f"“{waits[0]}…{verb}”（原文为“{told[0].text}”）")
    return list(dict.fromkeys(found))


def _ordered(clause: Clause, article: Parsed) -> list[str]:
    mine = _mood(clause.text)
    if not mine:
        return []
    own = _without_mood(clause.text)
    same = [
        one
        for one in article.clauses
        if len(own & (its := _without_mood(one.text))) >= max(_SHARED, _MOST * min(len(own), len(its)))
    ]
    moods = {_mood(one.text) for one in same}
    if same and "" not in moods and mine not in moods:
        return [f"“{clause.text}”（原文为“{same[0].text}”）"]
    return []


def _without_mood(text: str) -> frozenset[str]:
    for words_ in _MOODS.values():
        text = words_.sub("", text)
    return pairs(text)


def _mood(text: str) -> str:
    """The one mood of a clause, "" where it has none or several."""
    found = [name for name, words_ in _MOODS.items() if words_.search(text)]
    return found[0] if len(found) == 1 else ""


def _said_done(text: str, published: date) -> list[str]:
    """The verb that a clause reports as done."""
    done = _DONE.search(text)
    if not done and (act := _COMPLETED.search(text)) and not announces(text, published) and not DENIAL.search(text):
        return [act[0]]
    if not done or _OPEN.search(text[: done.start()]) or announces(text[: done.start()], published):
        return []
    return _verbs(_ATTRIBUTE.split(text[done.end() :])[-1])[:1]


def _verbs(text: str) -> list[str]:
    found = [word for word, flag in words(text) if flag.startswith("v") and len(word) > 1]
    return [verb for verb in found if not _VAGUE.search(verb)]


def _mentions(verb: str, row: Parsed, article: Parsed) -> list[Clause]:
    """The clauses of ``article`` with ``verb``; none unless a sentence with it speaks of what ``row`` does."""
    own = pairs(row.text) - pairs(verb)
    told: list[Clause] = []
    about = False
    before: tuple[Clause, ...] = ()
    for sentence in article.sentences:
        mentions = [one for one in sentence if verb in one.text]
        told += mentions
        about |= bool(mentions) and (not own or any(own & one.content for one in (*before, *sentence)))
        before = sentence
    return told if about else []


def _still_open(clause: Clause, verb: str, published: date) -> bool:
    """Whether the clause mentions ``verb`` as planned, under study, not yet done or for a later time."""
    before = clause.text[: clause.text.find(verb)]
    return bool(plans(_TITLED.sub("", clause.text), published) or _OPEN.search(before))
