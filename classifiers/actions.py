"""The kind of action reported: a document issued, a platform opened, an agreement signed …"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from classifiers.events import Event
from classifiers.grammar import ActionWords
from classifiers.rules import Rules
from classifiers.scan import Scan
from classifiers.statements import Clause, Mode, clauses, mode
from classifiers.wordings import either, word_lists, wordings
from yuqing.core.segment import is_word

_W = word_lists().actions
_PAIR_REACH = 40  # characters between a verb and its object in one clause
_AHEAD_REACH = 30  # and between an object and a verb after it
# The meeting of a whole province is a meeting, whatever it is called: 全省数字经济发展大会.
_MEETING = re.compile("(全[省市区县州旗盟][^,。;、]{2,16}?)大会")
# 推出“互联网+护理”: what is opened has no other name.
_NAMED = re.compile(r"[^,。;、]{0,8}?[“‘]?※++[”’]?+(?![^,。;]{0,4}[条项])")
_PARTS = frozenset(("合作", "运行", "通过", "上线", "开通", "达"))  # verbs that also occur within other words (合作社)
_PHRASE = re.compile(r"互联网\+[一-鿿]{2,12}(?<!论坛|峰会|大会|大赛)(?=[”’])")
# What a document's title mentions has not been done by anybody (印发《关于开展…试点的通知》).
_TITLE = re.compile(r"《([^》]*)》")
# One item of a list of services: 责任书签订、检疫申报等十六个事项.
_LISTED = re.compile(f"、[^,。;]*?等[^,。;]{{0,8}}{either(_W.items)}")
# 举行新闻发布会, 举办平台上线仪式: the action is what the event is held for.
_OCCASION = re.compile(f"的?[^,。;、的]{{0,16}}?{either(_W.occasions)}")
# 启动以来: since then; 合作建设: the action is building.
_SINCE = re.compile("以来|[之以]?后[^,。;]{0,8},")
_TOGETHER = re.compile(f"(?<=合作){either(_W.together)}")
_AS_NOUN = re.compile(f"(?<=试点){either(_W.nouns)}")
# 公布办件数据, 晒出成绩单: results, though no number follows.
_RESULTS = re.compile(
    f"[^,。;《、]{{0,24}}?{either(_W.results)}(?![一-鿿]{{0,8}}{either((*word_lists().actors.documents, *_W.stores))})"
)
# An event of which this is said is still to come.
_AHEAD = re.compile(either(_W.ahead))
_REPORT = re.compile("[^,。;]{0,6}《[^》]*报告[^》]*》")
_TELLS = re.compile(either(_W.tells))
_NO_DEEDS = (_LISTED, _SINCE, _TOGETHER, _AS_NOUN)
# 由县政府主办的论坛|将于5月20日举办.
_TO_COME = re.compile("[^,。;]{0,14}?(?:将|拟|定)(?:于|在)")
# Before a counted object: 四亿二|千万, 8700余|件.
_COUNT = re.compile(r"[\d.一二三四五六七八九十百千万亿两几半](?:[余多几]|成)?$")


class Action(NamedTuple):
    """A kind of action with the words in ``scan.text`` that report it."""

    kind: str
    start: int
    end: int


def find_actions(scan: Scan, rules: Rules, held: list[Event]) -> dict[str, Action]:
    """Each kind that title and lead report as done or in progress, with the first words that say so.

    A kind that counts results (成效发布) is given only where the text reports no other action.
    """
    found: dict[str, Action] = {}
    counted: dict[str, Action] = {}
    end = min(scan.lead_to, len(scan.text))
    # The X of “互联网+护理服务” names a sector; a service that is opened is mentioned next to it.
    text = scan.text[:end]
    for word in _W.no_words:
        text = text.replace(word, "〇" * len(word))
    text = _MEETING.sub(lambda match: f"{match[1]}会议", _PHRASE.sub(lambda match: "※" * len(match[0]), text))
    spoken = _TITLE.sub(lambda match: f"《{'※' * len(match[1])}》", text)
    parts = list(clauses(scan, 0, end))
    starts = [clause.start for clause in parts]
    heads: dict[int, tuple[tuple[bool, int], Action]] = {}  # by verb: for 发布互联网医院规范 the last object
    for words in rules.grammar.actions:
        for verb in words.verbs.finditer(spoken):
            clause = parts[bisect_right(starts, verb.start()) - 1]
            span = _with_object(text, verb, words, clause)
            if span is None or not _is_done(scan, text, clause, verb, span[1]):
                continue
            if words.counted:
                counted.setdefault(words.kind, Action(words.kind, *span))
                continue
            rank = (span != verb.span(), span[1])  # a verb alone says less than one with an object
            if verb.start() not in heads or heads[verb.start()][0] < rank:
                heads[verb.start()] = rank, Action(words.kind, *span)
    for _, (_, action) in sorted(heads.items()):
        found.setdefault(action.kind, action)
    if found:
        return found
    if held and _is_held(scan, held[0]):
        return {
            words.kind: Action(words.kind, held[0].start, held[0].end) for words in rules.grammar.actions if words.holds
        }
    if not counted and (results := _results(scan, text, spoken, parts)) is not None:
        return {words.kind: Action(words.kind, *results) for words in rules.grammar.actions if words.counted}
    return counted


def _is_held(scan: Scan, event: Event) -> bool:
    """Whether its sentence, or the first one behind a title, does not say that the event is still to come."""
    left, _ = scan.sentence(event.start)
    _, right = scan.sentence(max(event.start, scan.body_at))
    return not (_AHEAD.search(scan.text, left, event.start) or _AHEAD.search(scan.text, event.end, right))


def _results(scan: Scan, text: str, spoken: str, parts: list[Clause]) -> tuple[int, int] | None:
    """Where results are told without a number (公布办件数据)."""
    for clause in parts:
        for verb in _TELLS.finditer(spoken, clause.start, clause.end):
            what = _told_results(text, verb.end(), clause.end)
            if what is not None and _is_done(scan, text, clause, verb, what.end()):
                return verb.start(), what.end()
    return None


def _told_results(text: str, start: int, end: int) -> re.Match[str] | None:
    return _RESULTS.match(text, start, end) or _REPORT.match(text, start, end)


def _is_done(scan: Scan, text: str, clause: Clause, verb: re.Match[str], end: int) -> bool:
    """Whether the verb, whose object ends at ``end``, reports an action: it is not part of another word, not an item in
    a list of services, and neither planned nor demanded by a document or a meeting (要求各地…接入,
    意见提出,到2025年…突破四万家); for a press conference the action is what was announced there, not the conference."""
    if mode(scan, clause.first, clause.start, verb.start()) is not Mode.DONE:
        return False
    if wordings().asked.search(text, clause.first, verb.start()) is not None:
        return False
    if verb[0] in _PARTS and not is_word(text, *verb.span()):
        return False
    if verb[0] in _W.holds and _OCCASION.match(text, verb.end(), clause.end):
        return False
    return not any(form.match(text, verb.end(), clause.end) for form in _NO_DEEDS) and not _TO_COME.match(text, end)


def _with_object(text: str, verb: re.Match[str], words: ActionWords, clause: Clause) -> tuple[int, int] | None:
    """The span from the verb to its object after it, or from the object before the verb to the verb; a verb that is its
    own object (签约, 上线) needs none."""
    left, right = clause.start, min(clause.end, verb.end() + _PAIR_REACH)
    if verb[0] in _W.tells and _told_results(text, verb.end(), right) is not None:
        return None
    if words.counted:
        for behind in words.objects.finditer(text, verb.end(), right):
            if _COUNT.search(text, max(verb.start(), behind.start() - 3), behind.start()):
                return verb.start(), behind.end()
        return None
    if text.startswith("下", verb.end()) and text.endswith("线", left, verb.start()):
        return None  # 线|上线|下
    behind_verb = words.objects.search(text, verb.end(), right)
    if behind_verb is not None:
        return verb.start(), behind_verb.end()
    if words.opens and verb[0] in _W.puts_out and (named := _NAMED.match(text, verb.end(), right)) is not None:
        return verb.start(), named.end()
    if verb[0] in words.alone:
        return verb.span()
    ahead = words.objects.search(text, max(left, verb.start() - _AHEAD_REACH), verb.start())
    return (ahead.start(), verb.end()) if ahead is not None else None
