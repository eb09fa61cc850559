"""Actor or mere mention: does the body or company itself issue, hold, sign, launch or say something here?"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from classifiers.rules import Alias, Rules
from classifiers.scan import Scan
from classifiers.verdicts import ROWS_OF_COMPANIES, ROWS_OF_MINISTRIES, Reason
from classifiers.wordings import either, word_lists, wordings
from yuqing.core.segment import is_word, tagged, word_classes

_W = word_lists().actors
_REST_OF_NAME = re.compile(
    f"(?:{either(_W.parts)}|(?:股份)?(?:有限)?(?:责任)?公司|[一-鿿]{{2,8}}?分公司|(?:(?!的)[一-鿿]){{2,5}}公司)+"
)
_ASSEMBLY = re.compile(r"(?:常务|全体|专题|党组)会议")
_SPOKEN_OF = re.compile(f"^(?:(?:有关|相关){either(_W.rulings)}|{either(_W.spoken_of)})")
_DOCUMENT = re.compile(f"[^,。;]*{either(_W.documents)}[^一-鿿]*$")
# A bureau whose full name begins with the ministry's: 国家税务总局深圳市税务局, 国家能源局华东监管局.
_LOCAL_OFFICE = re.compile(f"^驻?([一-鿿]{{2,9}}?){either(_W.offices)}")
_HABIT = re.compile(f"^{either(_W.ongoing)}")
_VISITED = re.compile(
    f"{either(word for word in _W.visits if len(word) > 1)}(?P<listed>(?:[一-鿿A-Za-z0-9]{{2,6}}[、和与及])+)$|"
    f"{either(_W.visits)}$"
)
_JOINS = re.compile(either(_W.joins))
_SUBJECT_AHEAD = re.compile(rf"(?:^|[,。;:\n”》)]|\d日|{either(_W.subject_ahead)})$")
_COMPANY = re.compile(f"[^,。;]{{0,2}}(?:{either(_W.company)}|与[^,。;]{{2,16}}签)")
_NOT_A_COMPANY = re.compile(f"{either(_W.no_company)}|和[一-鿿]{{1,2}}[,。;、]|[,。;、]")
_YEAR = re.compile(r"(20\d\d)年(?:(\d{1,2})月)?")
# What may come between the comma and a verb whose subject is that of the preceding clause.
_CARRIES = re.compile(
    rf"(?:[并还也再又先]|{either(_W.carries)}|与[^,。;]{{2,12}}?{either(_W.alongside)},?|\d{{1,2}}日|"
    r"在[^,。;]{2,12}?(?=[召举签启发])|就[^,。;]{2,16}?(?=[召举签启发作]))*"
)
_CARRY_REACH = 5  # clauses over which the subject of the first one is still understood
# 系统由某公司开发: what a supplier did for the one who acts.
_CONTRACTED = re.compile(f"[^,。;、和与的]{{0,8}}?{either(_W.contracts)}[^,。;的]{{0,10}}(?=[,。;]|$)")
# 某市上线由某公司开发的平台, as opposed to 由某公司开发的平台上线.
_BUILT = re.compile(f"[^,。;、和与的]{{0,8}}?{either(_W.contracts)}的")
_AHEAD_OF_IT = 4  # characters of a clause that is about somebody else's act
_UNDER_WAY = re.compile(r"(?:也|还)?(?:正在|正|还在|仍在|尚在)")
# A unit of the body, which is a separate body (公安部第一研究所).
_INSTITUTE = re.compile(f"([^,。;、与和同及在于]{{0,8}}?){either(_W.institutes)}")
# 记者从某部获悉,…: the body reports what it does itself, unless a place does it.
_TOLD = re.compile(r"[^,。;]{0,8}?(获悉|了解到|得知),(?:截至[^,。;]*,|目前,?|今年以来,?)?")
# 据某部消息,…: it announces what it does.
_ANNOUNCED = re.compile(f"(?:{either(_W.channels)})?{either(_W.announces)}(?=[,:])")
# 数据与某部系统对接: the body is only the other side of a link.
_WITH = ("与", "和", "同")
_LINKED = re.compile(f"[一-鿿]{{0,8}}?{either(_W.systems)}[^,。;]{{0,6}}?{either(_W.links)}")
_NAME_AHEAD = re.compile("[一-鿿]{2,6}$")
_COUNTING = re.compile(r"[\d.%+-]")
# Behind a number that is a company's name, and not behind one that counts; so is a verb.
_NO_COUNT = re.compile(rf"[与和同跟及、今昨近日在将拟]|(?:董事长|总裁|{_REST_OF_NAME.pattern})")
_LISTED = re.compile("(?:[、和与及][^、,。;]{2,14}(?=、)){2,}")
_LONGEST_PLACE = 6  # characters
_SINCE = re.compile(r"\s*自从?[^。;]*?以来")  # 自国务院发布…以来: how it came about
_LAST_YEAR = re.compile(rf"\s*{either(_W.earlier)}[^,。;]{{0,8}},")
_PARAGRAPH = 60  # characters; a first paragraph of this length says who, what and where
_GUIDES = re.compile(r"[,、。;下]|单位|$")
OLD_MONTHS = 3  # an act dated earlier than this is background in a news text


class Verdict(NamedTuple):
    """Whether a mention is an actor: the reason, and the words that decided."""

    reason: Reason
    words: str = ""

    @property
    def acts(self) -> bool:
        """Whether the body or company is an actor."""
        return self.reason is Reason.ACTS

    @property
    def told(self) -> str:
        """The reason in Chinese, with the words that decided."""
        return f"{self.reason.value}（“{self.words}”）" if self.words else self.reason.value


def judge(scan: Scan, rules: Rules, alias: Alias, start: int, end: int) -> Verdict:
    """Judge the mention ``scan.text[start:end]`` by the words around it."""
    text = scan.text
    left, right = scan.sentence(start)
    before = text[scan.clause(start) : start]
    ministry = alias.owner in rules.ministries
    if _inside_book_title(text, left, start):
        return Verdict(Reason.IN_TITLE)
    if wordings().earlier.match(text, left, start) is not None:
        return Verdict(Reason.BACKGROUND)
    if ministry and (opening := _LAST_YEAR.match(text, left, start)) is not None:
        return Verdict(Reason.BACKGROUND, opening[0].strip(" ,"))
    if (since := _SINCE.match(text, left, right)) is not None and start < since.end():
        return Verdict(Reason.BACKGROUND, "以来")
    announced = _ANNOUNCED.match(text, end) if ministry and before == "据" else None
    if announced is not None:
        return Verdict(Reason.ACTS, announced[0])
    if (cited := rules.grammar.cited.search(before)) is not None:
        return Verdict(Reason.CITED, cited[0][:8])
    if _is_old(text, left, start, scan.document.day):
        return Verdict(Reason.OLD)
    year = _YEAR.match(text, end) if ministry else None
    if year is not None and (day := scan.document.day) is not None and _long_before(year, day):
        return Verdict(Reason.OLD)
    if ministry and _LINKED.match(text, end) is not None and before.endswith(_WITH):
        return Verdict(Reason.OBJECT)
    if alias.bare and not _stands_alone(text, start, end):
        return Verdict(Reason.PART_OF_WORD)
    if alias.common and _is_common_word(text, left, start, end):
        return Verdict(Reason.COMMON)
    word_end = end
    if (rest := _REST_OF_NAME.match(text, end, right)) is not None:
        end = rest.end()
    listed = _LISTED.match(text, end, right)  # the verb of a dozen ministries stands behind the last one
    after = text[end : min(right, (listed.end() if listed else end) + 60)]
    department = alias.owner.endswith("部") and text[word_end - 1] == "部"
    sides = {
        "before": before,
        "after": after,
        "sentence": text[max(left, start - 8) : start],
        "word": text[word_end : word_end + 3] if department else "",
    }
    for reason, side, ask in ROWS_OF_MINISTRIES if ministry else ROWS_OF_COMPANIES:
        if (match := ask(sides[side])) is not None:
            return Verdict(reason, match[0].strip(",:。")[:10])
    if not ministry and before.endswith("由"):
        done = _CONTRACTED.match(after) or (_BUILT.match(after) if len(before) > _AHEAD_OF_IT else None)
        if done is not None:
            return Verdict(Reason.CONTRACTOR, done[0][:10])
    if ministry and _is_abroad(before, rules):
        return Verdict(Reason.FOREIGN)
    heads = start <= 2 or 0 <= start - scan.body_at <= 2
    if _SPOKEN_OF.match(after) and not (heads and _DOCUMENT.match(text[end:right])):
        return Verdict(Reason.SPOKEN_OF)
    if ministry and _is_local_office(after, rules):
        return Verdict(Reason.LOCAL_OFFICE)
    if ministry and (unit := _INSTITUTE.match(after)) is not None and rules.grammar.verbs.search(unit[1]) is None:
        return Verdict(Reason.PART_OF_WORD, unit[0][:10])
    if (habit := _HABIT.match(after)) is not None and "。" in text[scan.body_at : start]:
        return Verdict(Reason.BACKGROUND, habit[0])
    joined = rules.grammar.joined.search(before) is not None
    if ministry and (assembly := _ASSEMBLY.match(after)) is not None:
        return Verdict(Reason.ACTS, assembly[0])
    if before.endswith("从") and (told := _TOLD.match(after)) is not None:
        ahead = after[told.end() : told.end() + _LONGEST_PLACE]
        elsewhere = any(ahead[:size] in rules.places for size in range(2, _LONGEST_PLACE + 1))
        if not elsewhere if ministry else ahead.startswith(("该公司", "公司", text[start:word_end])):
            return Verdict(Reason.ACTS, told[1])
    if (visited := _VISITED.search(before)) is not None and (visited["listed"] or not joined):
        return Verdict(Reason.OBJECT, visited[0])
    if alias.weak and not _SUBJECT_AHEAD.search(text[max(left, start - 3) : start]):
        return Verdict(Reason.PRODUCT)
    verb = _verb(after, rules, weak=alias.weak, leads=before.endswith(("会同", "联合")))
    if verb is None:
        return Verdict(Reason.NO_VERB)
    if verb[0] in rules.grammar.present:
        return Verdict(Reason.ATTENDS, verb[0])
    if _is_later(scan, start) and (verb[0] in wordings().speech or _UNDER_WAY.match(after)):
        return Verdict(Reason.LATER, verb[0])
    if verb[0] == "指导" and _GUIDES.match(after, verb.end()):
        return Verdict(Reason.GUIDES, verb[0])
    if alias.weak and verb.start() > 10 and not (joined and _JOINS.search(after)):
        return Verdict(Reason.PRODUCT)
    return Verdict(Reason.ACTS, verb[0])


def _is_later(scan: Scan, start: int) -> bool:
    """Whether ``start`` is after the lead, or after a first paragraph that serves as one."""
    paragraph = scan.text.find("\n", scan.body_at + _PARAGRAPH)
    return start >= scan.lead_to or -1 < paragraph < start


def _verb(after: str, rules: Rules, *, weak: bool, leads: bool) -> re.Match[str] | None:
    """The verb of the mention's clause, or else of one of the next clauses that begins with a verb: there the subject
    is still understood (某部在京召开会议, 部署 …). For a product only the text up to the comma is read; ``leads``:
    another body is named first, and the verb of both may come later in the sentence.
    """
    head = after.partition(";")[0].partition("。")[0]
    verbs = rules.grammar.verbs
    cut = head.find(",")
    verb = verbs.search(head, 0, len(head) if cut < 0 else cut)
    if leads and verb is None:
        return verbs.search(head)
    for _ in range(0 if weak else _CARRY_REACH):
        if verb is not None or cut < 0:
            break
        carried = _CARRIES.match(head, cut + 1)
        verb = verbs.match(head, carried.end() if carried else cut + 1)
        cut = head.find(",", cut + 1)
    return verb


def _is_abroad(before: str, rules: Rules) -> bool:
    """Whether the name of a place that is not in China stands directly before: 比利时|外交部."""
    run = _NAME_AHEAD.search(before)
    if run is None:
        return False
    word, flag = tagged(run[0])[-1]
    return flag == "ns" and len(word) > 1 and word not in rules.places and not word.startswith("中")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the name is a word of its own: not 好未来 in 美好未来, 同程 in 不同程度, 360 in 1360元 or 360个村."""
    if text[end - 1].isdigit():
        around = text[start - 1 : start] + text[end : end + 1]
        if _COUNTING.search(around):
            return False
        return _NO_COUNT.match(text, end) is not None or word_classes(text[end : end + 2])[:1] == ["v"]
    rest = _REST_OF_NAME.match(text, end)  # 华为公司 is one word to jieba
    return is_word(text, start, end) or (rest is not None and is_word(text, start, rest.end()))


def _is_common_word(text: str, left: int, start: int, end: int) -> bool:
    """Whether the name is used as the ordinary word that it also is: 这股浪潮, 展开联想, 小米粥."""
    if _COMPANY.match(text, end):
        return False
    return (
        _SUBJECT_AHEAD.search(text[max(left, start - 3) : start]) is None or _NOT_A_COMPANY.match(text, end) is not None
    )


def _is_local_office(after: str, rules: Rules) -> bool:
    """Whether the name of a place and an office follow: …深圳市税务局."""
    match = _LOCAL_OFFICE.match(after)
    return match is not None and (
        match[1][:2] in wordings().areas or any(match[1][:size] in rules.places for size in range(2, len(match[1]) + 1))
    )


def _inside_book_title(text: str, left: int, start: int) -> bool:
    opened = text.rfind("《", left, start)
    return opened >= 0 and text.find("》", opened, start) < 0


def _is_old(text: str, left: int, start: int, day: date | None) -> bool:
    """Whether the nearest year before the mention in its sentence is well before the article's day."""
    if day is None or text.find("年", left, start) < 0:
        return False
    years = list(_YEAR.finditer(text, left, start))
    if not years:
        return False
    return _long_before(years[-1], day)


def _long_before(last: re.Match[str], day: date) -> bool:
    """Whether the year, or the month of it, is well before the article's day."""
    year, month = int(last[1]), int(last[2] or 0)
    if not month:
        return day.year - year > 1 or (day.year - year == 1 and day.month > OLD_MONTHS)
    return (day.year - year) * 12 + day.month - month > OLD_MONTHS
