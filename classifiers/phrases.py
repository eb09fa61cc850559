"""互联网+X: where a phrase begins and ends, and which sector it belongs to.

The vocabulary is open: a phrase is found even if it is not in keywords.yaml. Its end is given by its quotation marks if
they enclose it, otherwise by word boundaries and the ``phrases`` lists of keywords.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from classifiers.rules import NET, PLUS, Rules
from classifiers.scan import Scan
from classifiers.wordings import either, word_lists
from yuqing.core.segment import cut, ends_phrase, is_verb, word_classes

_RUN = re.compile(r"[一-鿿A-Za-z0-9]+")
_QUOTED = re.compile(r"([一-鿿A-Za-z0-9]{1,16})[·一-鿿]*?[”’」\"']")
_LIST = r"((?:[一-鿿]{2,8}[、和与及])+[一-鿿]{2,8}?)"
_LIST_BEFORE = re.compile(
    f'{either(word_lists().about)}{_LIST}等?[一-鿿]{{0,3}}{either(word_lists().fields)}[^,。]{{0,8}}[“‘「"]?$'
)
_LIST_AFTER = re.compile(rf"[”’」\"]?(?:(?:在|与){_LIST}(?:等|中|的|领域|方面|融合)|与([一-鿿]{{2,8}}?)(?:深度)?融合)")
_ENDS_CLAUSE = re.compile(r"[”’」\"]?(?:应用)?(?:[,。;、!?\n]|$)")
_MERGES = re.compile(f"{either(word_lists().merging)}*(?:融合|结合)")
_CONVERTS = re.compile(f"{either(word_lists().converts)}[^,。;]{{2,16}}$")
_MEMBERS = re.compile(r"((?:[一-鿿]{2,8}、)*[一-鿿]{2,10})等?$")
_ITEM = re.compile(r"[”’」\"']?[、和与及/]([一-鿿]{2,8})")
_MEMBER_ENDS = re.compile(r"[等和与及列的纳]|[两二三四五六七八九十\d]+[个大项类]")  # 养老|三个领域
_ITEM_AHEAD = re.compile(rf"{re.escape(PLUS)}[一-鿿]{{2,8}}、$")
_PARALLEL = re.compile("[一-鿿]{2,8}?(?=[、等,。;])")
_SPLIT = re.compile(r"[、和与及]")
_CLOSING = ("”", "’", "」", "』", '"', "'")
_CLOSES = re.compile(rf"\s*[{''.join(_CLOSING)}]")
_RENAMED = re.compile(f'[”’」"]?{either(word_lists().renamed)}')
_CAUSES = frozenset(("让", "为", "给", "使"))
_ARRIVES = ("入", "进", "为", "成", "到")  # 写入, 走进, 成为: what follows is where it stands, not what it changes
_CITED = re.compile(r"(?:落实|贯彻|根据|按照|依据)[^,。]*$")
_FEIGNED = re.compile(f"{either(word_lists().feigned)}[“‘]?$")
_SLOGAN = re.compile(f'[”’」"]?的?{either(word_lists().slogans)}')
_NUMERAL = re.compile(r"^第?[0-9一二三四五六七八九十百两几]+[年届次批期]?$")
_NO_NAMES = frozenset(("p", "d", "r", "c", "u", "uj", "y", "m", "q", "f", "i", "l", "zg", "a", "ad", "x", "z"))
MOST_CHARS = 14  # a longer X in 互联网+X is a sentence, not a phrase


class Phrase(NamedTuple):
    """A phrase found: ``text`` is normalised (互联网+X); ``name`` and ``group`` are None for a new one."""

    text: str
    name: str | None
    group: str | None
    start: int
    end: int
    rule: str


class Found(NamedTuple):
    """The phrases of a text, the places of 互联网+ alone, and those where it is part of another word (移动互联网+)."""

    phrases: tuple[Phrase, ...]
    bare: tuple[tuple[int, int], ...]
    other: tuple[tuple[int, int], ...] = ()


def find_phrases(scan: Scan, rules: Rules) -> Found:
    """Every 互联网+X of the text, each phrase once (at its first place), and every bare 互联网+."""
    phrases: dict[str, Phrase] = {}
    cited: dict[str, Phrase] = {}
    bare: list[tuple[int, int]] = []
    other: list[tuple[int, int]] = []
    for start in scan.hits.get(rules.plus, ()):
        if scan.text.endswith(rules.grammar.not_before_plus, max(0, start - 6), start):
            other.append((start, start + len(PLUS)))
            continue
        if scan.text[start - 1 : start] == "+" and not _between_sectors(scan.text, start, rules):
            continue
        if _FEIGNED.search(scan.text, start - 6, start):
            continue
        found = list(_at(scan, rules, start))
        if not found:
            bare.append((start, start + len(PLUS)))
        for phrase in found:
            if _RENAMED.match(scan.text, phrase.end) or _SLOGAN.match(scan.text, phrase.end):
                continue
            left, _ = scan.sentence(start)
            kept = cited if _CITED.search(scan.text, left, start) else phrases
            kept.setdefault(phrase.text, phrase)
    for start in scan.hits.get(rules.net, ()):
        if not _is_form(scan, start):
            continue
        for phrase in _merged(scan, rules, start):
            phrases.setdefault(phrase.text, phrase)
        bare.append((start, start + len(NET)))
    names = {phrase.name for phrase in phrases.values()}
    for text, phrase in cited.items():
        if phrase.name is None or phrase.name not in names:
            phrases.setdefault(text, phrase)
    return Found(tuple(phrases.values()), tuple(bare), tuple(other))


def _between_sectors(text: str, start: int, rules: Rules) -> bool:
    """Whether A+互联网+B joins two sectors (电视+互联网+新媒体); otherwise it is a company's slogan and names none."""
    before = text[max(0, start - 7) : start - 1]
    ahead = any(before[-size:] in rules.sector_of for size in range(2, len(before) + 1))
    return ahead and _known_start(text[start + len(PLUS) : start + len(PLUS) + 6], rules) != ""


def _is_form(scan: Scan, start: int) -> bool:
    """Whether it is X+互联网 (旅游+互联网, 中国制造+互联网), X与互联网融合 or 推动X互联网化: on the subject, but not
    互联网+X."""
    text, end = scan.text, start + len(NET)
    if text[start - 1 : start] == "+":
        return (
            "一" <= text[start - 2 : start - 1] <= "鿿"
            and text[end : end + 1] != "+"
            and "+" not in text[start - 10 : start - 1]
        )
    if text.startswith("化", end):
        return _CONVERTS.search(text, max(0, start - 20), start) is not None
    return text[start - 1 : start] in ("与", "和", "同") and _MERGES.match(text, end) is not None


def _merged(scan: Scan, rules: Rules, start: int) -> Iterator[Phrase]:
    """推动工业、农业与互联网融合, 推动渔业互联网化: a phrase for each member that is the name of a sector."""
    if scan.text[start - 1] == "+":
        return
    left, _ = scan.sentence(start)
    end = start if scan.text.startswith("化", start + len(NET)) else start - 1
    members = _MEMBERS.search(scan.text, max(left, start - 40), end)
    at = members.start(1) if members else start
    for x in _SPLIT.split(members[1]) if members else ():
        while x and x not in rules.sector_of:  # 推动工业 → 工业
            x, at = x[1:], at + 1
        if len(x) >= 2:
            yield _phrase(x, at, at + len(x), "与互联网融合", rules)
        at += len(x) + 1


def sector_of(x: str, rules: Rules) -> tuple[str | None, str | None]:
    """The canonical sector and group of X: X itself, or else its longest known part, the last among equals."""
    known = rules.sector_of
    if x in known:
        return known[x]
    for size in range(min(len(x), rules.longest_sector), 1, -1):
        for at in range(len(x) - size, -1, -1):
            if x[at : at + size] in known:
                return known[x[at : at + size]]
    return None, None


def _at(scan: Scan, rules: Rules, start: int) -> Iterator[Phrase]:
    text, at = scan.text, start + len(PLUS)
    opened = start > 0 and (text[start - 1] in "“‘「\"'" or _open_quote(scan, start))
    closed = _closed_behind_plus(scan, at)
    if opened and not closed and (match := _QUOTED.match(text, at)):
        x = _without_tail(match[1], rules)
        if x and not _no_sector(x, rules):
            end = at + match[1].index(x) + len(x)
            yield _phrase(x, start, end, "引号内短语", rules)
            yield from _further(text, start, end, rules)
            return
    elif (run := _RUN.match(text, at, at + 24)) is not None:
        x, offset = _walk(run[0], rules, drop_people=closed)
        if not x and (item := _PARALLEL.match(text, at)) is not None and _is_parallel(text, start, item.end()):
            x, offset = item[0], 0
        if x:
            rule = "已知短语" if x in rules.sector_of else "分词定界"
            yield _phrase(x, start, at + offset + len(x), rule, rules)
            if closed or text.startswith("/", at + offset + len(x)):
                yield from _further(text, start, at + offset + len(x), rules)
            return
        yield from _governed(scan, rules, start, at)
        yield from _listed(_LIST_AFTER.match(text, at), scan, rules)
        if _ENDS_CLAUSE.match(text, at):
            yield from _listed(_LIST_BEFORE.search(text, scan.sentence(start)[0], start), scan, rules)
        return
    if _ENDS_CLAUSE.match(text, at):
        left, _ = scan.sentence(start)
        yield from _listed(_LIST_BEFORE.search(text, left, start), scan, rules)
    else:
        yield from _listed(_LIST_AFTER.match(text, at), scan, rules)


def _is_parallel(text: str, start: int, end: int) -> bool:
    """Whether it is an item in a list of such phrases (“互联网+”便捷退税、“互联网+”涉税申诉)."""
    return text.startswith(f"、{PLUS}", end) or _ITEM_AHEAD.search(text, start - 14, start) is not None


def _further(text: str, start: int, end: int, rules: Rules) -> Iterator[Phrase]:
    """“互联网+”医疗、教育、交通: the further members of the enumeration, as long as they are names of sectors."""
    while (item := _ITEM.match(text, end)) is not None:
        x = _known_start(item[1], rules)
        behind = item.start(1) + len(x)
        if not x or ("一" <= text[behind : behind + 1] <= "鿿" and not _MEMBER_ENDS.match(text, behind)):
            return
        end = behind
        yield _phrase(x, start, end, "并列领域", rules)


def _phrase(x: str, start: int, end: int, rule: str, rules: Rules) -> Phrase:
    name, group = sector_of(x, rules)
    return Phrase(PLUS + x, name, group, start, end, rule)


def _open_quote(scan: Scan, start: int) -> bool:
    """Whether a quotation opened in this clause before ``start`` is still open."""
    left = max(scan.clause(start), start - 20)
    before = scan.text[left:start]
    return max(map(before.rfind, "“‘「")) > max(map(before.rfind, "”’」"))


def _closed_behind_plus(scan: Scan, at: int) -> bool:
    """Whether the original closes a quotation directly after the plus: “互联网+”教育 as opposed to “互联网+教育”."""
    title = scan.in_title(at)
    normal = scan.document.title if title else scan.document.body
    plus = normal.offset(at - 1 - (0 if title else scan.body_at))
    return _CLOSES.match(normal.source, plus + 1) is not None or normal.source[plus - 1 : plus] in _CLOSING


def _no_sector(x: str, rules: Rules) -> bool:
    """Whether X is a word that makes no sector of 互联网+: 时代, 三年, 数字经济…"""
    none = rules.grammar.not_sectors
    if x in rules.sector_of:
        return x in none
    return len(x) < 2 or x in none or _numeral(x) or x[:4] in none


def _numeral(x: str) -> bool:
    return _NUMERAL.match(x) is not None


def _without_tail(x: str, rules: Rules) -> str:
    """A phrase in quotation marks is taken as written, except for an event, platform … that it names."""
    for tail in rules.grammar.tails if rules.grammar.any_tail.search(x) else ():
        at = x.find(tail)
        if at == 0:
            return ""
        if at > 0:
            head = x[:at]
            known = _known_start(head, rules)
            return known or head
    return x


def _known_start(x: str, rules: Rules) -> str:
    for size in range(min(len(x), rules.longest_sector), 1, -1):
        if x[:size] in rules.sector_of:
            return x[:size]
    return ""


def _walk(run: str, rules: Rules, *, drop_people: bool) -> tuple[str, int]:
    """X at the start of ``run`` by word boundaries, and its offset; empty where 互联网+ is used alone.

    Words are taken up to the first stop word; what follows the last known sector word (or one of ``phrases.joins``:
    综合, 服务 …) is then dropped, so that 便捷交通|重点任务 ends where it should; only after a sector of two characters
    one more short word is kept (社区|矫正).
    """
    grammar = rules.grammar
    offset = 0
    for word in grammar.lead_in:
        if run.startswith(word) and run != word and (drop_people or not _known_start(run, rules)):
            offset = len(word)
            break
    rest = run[offset:]
    known = _known_start(rest, rules)
    words = cut(rest)
    if drop_people and not known and (is_verb(words[0]) or words[0] in _ARRIVES):
        return "", 0
    x, sure = "", len(known)
    for token in words:
        past = len(x) >= len(known)
        if past and (token in grammar.stop or _numeral(token) or token.endswith(grammar.events)):
            if token.endswith("会") and len(token) > 2 and token[:-1] in rules.sector_of:
                x += token[:-1]
                sure = len(x)
            break
        if len(x) + len(token) > MOST_CHARS or (past and grammar.stop_long.match(rest, len(x))):
            break
        if past and sure and x and token not in rules.sector_of and token not in grammar.joins and ends_phrase(token):
            break
        x += token
        if token in rules.sector_of or token in grammar.joins:
            sure = max(sure, len(x))
    if sure > 2 or len(x) > sure + 2:
        x = x[:sure] or x
    if drop_people and not sure and x == words[0] and sector_of(x, rules)[0] is None:
        return "", 0  # “互联网+”步伐, “互联网+”春风: a single noun after the closed quotation is a head noun itself
    return (
        ("", 0) if _no_sector(x, rules) or not (sure or _names_something(x, rules, bare=drop_people)) else (x, offset)
    )


def _names_something(x: str, rules: Rules, *, bare: bool) -> bool:
    """Whether an unknown X looks like a name: not 发声, 鸣锣开道, 现在很热 but 车货匹配, 可信身份认证.

    ``bare``: the quotation closes after the plus, so that a verb is more likely its predicate (“互联网+”展开对话).
    """
    if x[:2] in rules.grammar.not_sectors:
        return False
    flags = word_classes(x)
    if flags[0].startswith("v") and flags[0] != "vn":
        return not bare and len(flags) > 1 and len(x) >= 4 and flags[-1][0] in "nvj"
    return flags[0] not in _NO_NAMES


def _governed(scan: Scan, rules: Rules, start: int, at: int) -> Iterator[Phrase]:
    """“互联网+”激发党建活力: a bare plus whose verb is closely followed by the name of a sector as its object."""
    around = _RUN.match(scan.text, at, at + 12)
    verb = cut(around[0])[0] if around else ""
    acts = verb in _CAUSES or (len(verb) > 1 and is_verb(verb) and not verb.endswith(_ARRIVES))
    if around is None or not (acts or rules.grammar.governs.match(scan.text, at)):
        return
    first = at + len(verb)
    run = _RUN.match(scan.text, first, first + 8)
    if run is None:
        return
    for offset in range(len(run[0])):
        for size in (4, 3, 2):
            x = run[0][offset : offset + size]
            if len(x) == size and x in rules.sector_names:
                end = first + offset + size
                yield _phrase(x, start, end, f"“互联网+”{verb}…{x}", rules)
                return


def _listed(match: re.Match[str] | None, scan: Scan, rules: Rules) -> Iterator[Phrase]:
    """在医疗、养老、教育等领域推进“互联网+”: each name of a sector in the list."""
    if match is None:
        return
    number = match.lastindex or 1
    at = match.start(number)
    for x in _SPLIT.split(match[number]):
        if x in rules.sector_names or (len(x) > 2 and x in rules.sector_of):
            start = scan.text.find(x, at)
            yield _phrase(x, start, start + len(x), "并列领域", rules)
