"""Summits, forums, fairs: the event's own name, and whether the text is about it or only mentions it."""

from __future__ import annotations

import re
from typing import NamedTuple

from classifiers.rules import Rules
from classifiers.scan import Scan
from classifiers.statements import Mode, mode
from classifiers.wordings import either, word_lists
from yuqing.core.segment import cut, is_word, tagged

_W = word_lists().events

_BOUNDARY = re.compile(
    rf".*(?:[,。;:!?\n、]|[—―─]{{2}}|为期.{{1,3}}天的|{either(_W.boundaries)}|(?<!届)\d日)",
    re.DOTALL,
)
_PARTICLES = frozenset("在由了和与的是将该对如以并为从到让向把给等及于过就被这那本其各")
_JOINED = frozenset("和与及")
_NTH = "第[一二三四五六七八九十百0-9]+届|首届"
_NUMBERED = re.compile(rf"{_NTH}|(?<!\d)20\d\d(?!\d)")
_YEAR_OR_NUMBER = re.compile(rf"20\d\d|{_NTH}")
_AND_NUMBER = re.compile(rf"[”’]?[和与及暨](?={_NTH}|20\d\d)")
_QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’|「[^「」]*」")
_YEAR_AHEAD = re.compile(r"20\d\d年?[(·]?(?:中国|全国|世界|国际)?$|(?:中国|全国|世界|国际|[·—(-])$")
_GENERIC = re.compile(
    rf"(?:{either(_W.generic)}|一[个场届]|多[场个]|{_NTH}|"
    r"[0-9一二三四五六七八九十两百]+[多余]?[个场]|[0-9]{4}年?|[+、“”《》(])+"
)
_SENTENCE = re.compile(r"[,。;了]|的(?!士)")  # a quotation containing these is a sentence, not a name
_WORK_MEETING = re.compile(
    f"全[市省县区州旗乡镇院校局]|全国[^论峰]*(?<!互联网)大会$|[一-鿿]{{2,4}}[市省县区]?{either(_W.works)}大会$"
)
_HELD = re.compile(rf"{either(_W.held)}|在.{{2,12}}(?:举|召|开)")
_HOSTED = re.compile(f"^[^,。;]{{0,4}}由[^。;]{{2,30}}?{either(_W.hosted)}|^[^,。;]{{0,16}}启动")
_ON_IT = re.compile(f"^[^,。;一-鿿]*{either(_W.at_it)}|^[^,。;]{{0,14}}?{either(_W.around_it)}")
_AT_IT = re.compile(f"[^,。;一-鿿]*{either(_W.at_it)}|[一-鿿]{{0,4}}展[区台位]")
_TO_COME = re.compile(r"(?:再过|还有|距离?)[^,。;]{0,12}$")
_DOCUMENT = re.compile(r"《[^》]*$")
# Where a later sentence opens with the event's short name: 昨天,|大会在武汉开幕.
_SHORT_NAME = re.compile(rf"(?:^|[,。;:\n]|\d日|{either(word_lists().places.days)}){either(_W.same)}?$")
_HALF = re.compile(r"暨[^,。;、”’于在]+")
# Before an event that is being prepared, and around one that merely hosts another.
_FOR_IT = re.compile(rf"{either(_W.ready)}[^,。;]{{0,8}}$")
_LONG_AGO = re.compile(r"[一二两三四五六七八九十几\d]+年前[^。;]*$|[拿得加赛]过$")
_FRAME = re.compile(r"作为[^,。;]{0,6}$")
_OFF = re.compile(f"[^,。;]{{0,12}}?{either(_W.off)}")
_OFF_AHEAD = re.compile(f"{either(_W.off)}(?:举[办行])?(?:的|了)?$")
_OFFICER = re.compile(f"(?:组委会)?{either(_W.officers)}")
_OVER = re.compile(rf"[^,。;]{{0,4}}?{either(_W.ends)}(?:[一两三几半\d十]+个?[天周月年])?[后已]")
_YEAR_THEN = re.compile(r"20\d\d年")
_OF_PLACE = re.compile(r"[一-鿿]{2,6}[省市县区州盟旗]")
_SCOPES = frozenset(_W.scopes)
_OPEN, _CLOSE = "“‘「", "”’」"
_PAIRS = {")": "(", "》": "《"}
# Words that no name begins with, by jieba's tags: verbs, prepositions, conjunctions, pronouns, adverbs, particles.
_NO_BEGINNING = ("v", "p", "c", "r", "d", "u", "y", "zg", "ul", "uj")
_BEGINS = frozenset(_W.begins)
_SHORT_NAME_REACH = 6  # characters before it: longer than what the pattern takes
_CUT_OUT = ("年会", "大会")  # event words that may arise from two adjacent words
MOST_CHARS = 40


class Event(NamedTuple):
    """An event in the text. ``main``: the text reports that it is held; ``occasion``: that something happens at it;
    ``section``: its kind is a summit, or its number shows that it is an event in its own right (第四届…大赛)."""

    kind: str
    name: str
    start: int
    end: int
    main: bool
    section: bool
    occasion: bool = False


def find_events(scan: Scan, rules: Rules) -> list[Event]:
    """The events that the text reports, each name once, in text order; of two forms of one name the full one."""
    events: dict[str, Event] = {}
    spots = sorted(
        (start, number) for number in rules.event_words.keys() & scan.hits.keys() for start in scan.hits[number]
    )
    covered = 0
    for start, number in spots:
        kind, section = rules.event_words[number]
        end = start + len(rules.words[number])
        if start < covered or not _is_event_word(scan.text, start, end) or _is_part(scan.text, start, rules):
            continue
        span = _name(scan, start, end, rules)
        if span is None:
            continue
        if scan.text.startswith("暨", end) and (second := _second(scan, end, rules)) > 0:
            span, covered = (span[0], second), second
        name = scan.original(*span)
        if _is_no_name(scan.text[span[0] : span[1]], rules.words[number], rules):
            continue
        occasion = _is_occasion(scan, *span)
        event = Event(
            kind,
            name,
            *span,
            main=_is_main(scan, *span, rules.words[number])
            or (occasion and _AT_IT.match(scan.text, span[1]) is not None),
            section=section or _YEAR_OR_NUMBER.search(scan.text, *span) is not None,
            occasion=occasion,
        )
        if name not in events or (event.main and not events[name].main):
            events[name] = event
    return _full_names(scan, list(events.values()))


def _is_event_word(text: str, start: int, end: int) -> bool:
    """Whether a short event word is really a word here (not as in 未来五|年会|有, 云端|大会|议室)."""
    return end - start > 2 or text[start:end] not in _CUT_OUT or is_word(text, start, end)


def _is_part(text: str, start: int, rules: Rules) -> bool:
    """Whether the word is a part of another event and has no name of its own (2022年中国算力大会|主论坛)."""
    return any(
        text.endswith(part, 0, start) and text.endswith(rules.grammar.events, 0, start - len(part)) for part in _W.parts
    )


def _second(scan: Scan, end: int, rules: Rules) -> int:
    """Where the second half of a double name ends (第五届政务服务创新大会|暨智慧城市论坛); 0 if there is none."""
    limit = min(scan.sentence(end)[1], end + MOST_CHARS // 2)
    half = _HALF.match(scan.text, end, limit)
    if half is None:
        return 0
    ends = [half[0].rfind(word) + len(word) for word in rules.grammar.events if word in half[0]]
    return end + max(ends, default=-end)


def _full_names(scan: Scan, events: list[Event]) -> list[Event]:
    """Drops the short forms: part of a longer name, or the title's own word for an event that the text names."""
    kept = []
    for event in events:
        longer = next((other for other in events if event is not other and event.name in other.name), None)
        short = scan.in_title(event.start) and any(other.main and not scan.in_title(other.start) for other in events)
        if longer is None and not (short and event.name not in scan.document.article.body):
            kept.append(event)
        elif longer is not None and event.main and not longer.main:
            events[events.index(longer)] = longer._replace(main=True)
    numbered = [event for event in kept if _YEAR_OR_NUMBER.search(scan.text, event.start, event.end)]
    if any(event.main for event in numbered):  # the others are its sub-forums, unless they have a name and are held
        kept = [event for event in kept if event in numbered or (event.main and _has_name(scan, event))]
    names = {event.name for event in kept}
    return [event for event in events if event.name in names]


def _has_name(scan: Scan, event: Event) -> bool:
    """Whether a forum without a number has a name of its own: in quotation marks, or by its topic; the title's short
    name for the event itself does not count."""
    named = scan.text[event.start] in _OPEN or scan.text.startswith(_W.scopes, event.start)
    return named and event.name in scan.document.article.body


def _name(scan: Scan, start: int, end: int, rules: Rules) -> tuple[int, int] | None:
    """The span of the name that ends with the event word: its quotation marks, or else back to a boundary."""
    left, _ = scan.sentence(start)
    left = max(left, start - MOST_CHARS)
    text = scan.text
    depth, at = 0, end - 1
    while at >= left:
        char = text[at]
        if char in _CLOSE:
            depth += 1
        elif char in _OPEN:
            if depth == 0:
                if _SENTENCE.search(text, at, start) is None:
                    return at + 1, end
                left = at + 1
                break
            depth -= 1
        at -= 1
    plain = _QUOTED.sub(lambda match: "※" * len(match[0]), text[left:start])
    match = _BOUNDARY.match(plain)
    first = left + _behind_particles(plain, match.end() if match else 0)
    first = _balanced(text, _behind_another(text, first, start, rules), start)
    if (numbered := _first_number(text, first, start)) is not None:
        first = numbered
    first = _at_a_noun(text, first, start)
    while first < start and (text[first] in _CLOSE or text[first].isspace() or text[first] in "—-·)"):
        first += 1
    return (first, end) if first < start else None


def _behind_particles(plain: str, at: int) -> int:
    """Where the name may begin in ``plain[at:]``: after the last particle, preposition or conjunction that is a
    separate word; one that joins two parts of a numbered name, or of one that names its scope
    (第十届中国软件和信息服务交易会, 世界慕课与在线教育大会), belongs to the name."""
    first, whole = at, at
    numbered = False
    for word in cut(plain[at:]):
        whole += len(word)
        if word in _PARTICLES:
            if not (numbered and word in _JOINED):
                first, numbered = whole, False
        elif _YEAR_OR_NUMBER.match(plain, whole - len(word)) or (whole - len(word) == first and word in _SCOPES):
            numbered = True
    return first


def _behind_another(text: str, first: int, start: int, rules: Rules) -> int:
    """Past another event that is named first: 2020数字贸易大会和|第六届电商年会."""
    return next(
        (
            join.end()
            for join in _AND_NUMBER.finditer(text, first, start)
            if text.endswith(rules.grammar.events, first, join.start())
        ),
        first,
    )


def _first_number(text: str, left: int, right: int) -> int | None:
    """Where the name begins with its year or number; words before it (江苏无锡|2016世界…) do not belong to it, except a
    place whose own event it is (山西省第三届…大赛)."""
    for match in _NUMBERED.finditer(text, left, right):
        if match[0].endswith("届") and _OF_PLACE.fullmatch(text, left, match.start()):
            return None
        if not _YEAR_AHEAD.search(text, left, match.start()):
            return match.start()
        return None
    return None


def _balanced(text: str, first: int, start: int) -> int:
    """Moves past an unbalanced mark: 2016中国(杭州)… stays, “在杭州)…” begins later."""
    open_marks: list[int] = []
    for at in range(first, start):
        if text[at] in "(《":
            open_marks.append(at)
        elif text[at] in ")》<>":
            if open_marks and text[open_marks[-1]] == _PAIRS.get(text[at], ""):
                open_marks.pop()
            else:
                first, open_marks = at + 1, []
    return open_marks[-1] + 1 if open_marks else first


def _at_a_noun(text: str, first: int, start: int) -> int:
    """The first word from ``first`` on with which a name can begin; “在无锡 2022世界…” begins after the last blank."""
    blank = max(text.rfind(" ", first, start), text.rfind("　", first, start))
    if blank >= 0 and "一" <= text[blank - 1 : blank] <= "鿿":
        first = blank + 1
    if (year := _YEAR_THEN.match(text, first, start)) is not None:
        behind = _at_a_noun(text, year.end(), start)
        return first if behind == year.end() else behind  # 2022年|办好敦煌文博会
    run = text[first:start]
    if not run or not "一" <= run[0] <= "鿿":
        return first
    at = first
    for word, flag in tagged(run):
        if word in _BEGINS or not flag.startswith(_NO_BEGINNING) or flag == "vn":
            return at
        at += len(word)
    return start


def _is_no_name(name: str, word: str, rules: Rules) -> bool:
    """本届大会, 主题论坛, 全市…大会: an event word without a name of its own; without a year or number, it must be
    quoted, begin with its scope (世界慕课与在线教育大会) or be about the subject."""
    own = name[: -len(word)]
    numbered = _YEAR_OR_NUMBER.search(own) is not None
    own_name = numbered or name.startswith((*_OPEN, *_W.scopes))
    if not own_name and not any(subject in name for subject in rules.keywords.events.subjects):
        return True
    if len(word) == 3 and word.endswith(_W.proper) and numbered:
        return False  # 第127届广交会, 2019数博会: the word is a name by itself
    return (
        len(own) < 2
        or _GENERIC.fullmatch(own) is not None
        or _WORK_MEETING.match(name) is not None
        or name.endswith(rules.keywords.events.not_)
    )


def _is_occasion(scan: Scan, start: int, end: int) -> bool:
    """Whether something is done at the event or about it: the name has a number or a year, is in the title or the first
    sentence, and the event is neither still to come nor long past."""
    if _YEAR_OR_NUMBER.search(scan.text, start, end) is None:
        return False
    left, right = scan.sentence(start)
    if start >= scan.lead_to or not (scan.in_title(start) or scan.text[scan.body_at : left].strip() == ""):
        return False
    if _DOCUMENT.search(scan.text, left, start) and "》" in scan.text[end:right]:
        return False
    return mode(scan, left, left, start) is Mode.DONE and not (
        _TO_COME.search(scan.text, left, start) or _is_elsewhere(scan, left, start, end)
    )


def _is_elsewhere(scan: Scan, left: int, start: int, end: int) -> bool:
    """Whether the event does not take place now: it is postponed, over, long past (拿过…大赛银奖), being prepared, only
    gives somebody his title (…大会秘书长), or merely hosts another (作为第五届…大会的分论坛)."""
    text = scan.text
    return (
        _OFF.match(text, end) is not None
        or _OVER.match(text, end) is not None
        or _OFFICER.match(text, end) is not None
        or _FOR_IT.search(text, left, start) is not None
        or _OFF_AHEAD.search(text, left, start) is not None
        or _LONG_AGO.search(text, left, start) is not None
        or (_FRAME.search(text, left, start) is not None and text.startswith("的", end))
    )


def _is_listed(scan: Scan, start: int, end: int) -> bool:
    """Whether it is one of several events without a number: items of a programme (举办甲论坛、乙大赛等活动)."""
    if _YEAR_OR_NUMBER.search(scan.text, start, end) is not None:
        return False
    return scan.text.startswith("、", end) or scan.text.endswith("、", 0, start)


def _is_main(scan: Scan, start: int, end: int, word: str) -> bool:
    """Whether it is held, opened or closed in the same sentence, or in the next one by its last ``word``, and is not
    only the occasion (在…上)."""
    left, right = scan.sentence(start)
    after = scan.text[end : min(right, end + 80)].lstrip(_CLOSE)
    if _DOCUMENT.search(scan.text, left, start) and "》" in scan.text[end:right]:
        return False  # 《关于举办第四届…大赛的通知》
    if _ON_IT.match(after) or _TO_COME.search(scan.text, left, start):
        return False
    if _is_listed(scan, start, end) or _is_elsewhere(scan, left, start, end):
        return False
    if mode(scan, left, left, start) is Mode.BACKGROUND:
        return False
    if scan.in_title(start):
        return True
    return (
        _HELD.search(after) is not None
        or _HOSTED.search(after) is not None
        or _HELD.search(scan.text, max(scan.clause(start), start - 20), start) is not None
        or (_YEAR_OR_NUMBER.search(scan.text, start, end) is not None and _held_next(scan, right, word))
    )


def _held_next(scan: Scan, at: int, word: str) -> bool:
    """Whether the sentence that begins at ``at`` says that the event is held, which it calls by the last word of its
    name (``word``, or 大会 for 互联网大会)."""
    if at >= scan.lead_to:
        return False
    _, right = scan.sentence(at)
    for name in (word, word[-2:]):
        short = scan.text.find(name, at, right)
        end = short + len(name)
        if short >= 0 and _SHORT_NAME.search(scan.text[max(at, short - _SHORT_NAME_REACH) : short]) is not None:
            return _HELD.search(scan.text, end, min(right, end + 16)) is not None and _OFF.match(scan.text, end) is None
    return False
