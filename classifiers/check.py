"""``yuqing keywords check``: misleading entries in keywords.yaml, each reported with its line and column."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from classifiers.keywords import Loc, all_terms, parse_keywords
from classifiers.normalize import fold
from classifiers.rules import PLUS
from classifiers.schema import Keywords
from classifiers.wordings import FILE, word_lists, wordings
from yuqing.core.errors import FileError, Problem
from yuqing.core.patterns import slowness
from yuqing.core.yamlfile import YamlFile, read_yaml

Fault = tuple[Loc, str]
TOO_BROAD = 2  # a shorter literal occurs in every second article
_WIDE = re.compile("[\uff01-\uff5e\u3000]")


def check(path: Path) -> list[Problem]:
    """All faults of ``path``, in the order of the file; empty if there are none. Messages are Chinese.

    Faults that make the file unusable are returned alone, without the others. Raises YuqingError if the file cannot be
    read.
    """
    try:
        file, keywords = parse_keywords(path)
    except FileError as error:
        return sorted(error.problems, key=lambda p: (p.line, p.column))
    found = [
        file.problem(loc, message)
        for rule in (_wide_signs, _duplicates, _contradictions, _broad, _shadowed, _settings, _slow)
        for loc, message in rule(file, keywords)
    ]
    return sorted(set(found), key=lambda p: (p.line, p.column, p.message))


def check_word_lists(path: Path = FILE, load: Callable[[Path], object] = word_lists) -> list[Problem]:
    """All faults of the word lists at ``path``, a file that ``load`` can read; like :func:`check`."""
    try:
        load(path)
    except FileError as error:
        return sorted(error.problems, key=lambda p: (p.line, p.column))
    file = read_yaml(path)
    found = [file.problem(loc, message) for loc, message in (*_wide(file), *_written_twice(file.data))]
    return sorted(set(found), key=lambda p: (p.line, p.column, p.message))


def _written_twice(value: object, loc: Loc = ()) -> Iterator[Fault]:
    """Words that occur twice in one list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _written_twice(inner, (*loc, key))
    elif isinstance(value, list):
        for number, word in enumerate(value):
            if word in value[:number]:
                yield (*loc, number), f"“{word}”在同一列表里写了两次"


def _strings(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, (*loc, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _strings(inner, (*loc, number))


def _wide_signs(file: YamlFile, keywords: Keywords) -> Iterator[Fault]:
    return _wide(file)


def _wide(file: YamlFile) -> Iterator[Fault]:
    for loc, text in _strings(file.data):
        if (sign := _WIDE.search(text)) is not None and loc[-1] != "title":
            yield loc, f"“{text}”里有全角符号“{sign[0]}”，请改为半角“{fold(sign[0])}”"
        if text != text.strip() or "  " in text:
            yield loc, f"“{text}”前后或中间有多余空格"


def _duplicates(file: YamlFile, keywords: Keywords) -> Iterator[Fault]:
    seen: dict[tuple[str, str], tuple[str, Loc]] = {}

    def add(kind: str, owner: str, word: str, loc: Loc) -> Iterator[Fault]:
        first = seen.setdefault((kind, fold(word)), (owner, loc))
        if first[1] != loc:
            line, _ = file.place(first[1])
            where = "同一处" if first[0] == owner else f"“{first[0]}”"
            yield loc, f"“{word}”重复：{where}第 {line} 行已经有了"

    for n, sector in enumerate(keywords.sectors):
        yield from add("领域", sector.name, sector.name, ("sectors", n, "name"))
        for k, word in enumerate(sector.synonyms):
            yield from add("领域", sector.name, word, ("sectors", n, "synonyms", k))
    for n, ministry in enumerate(keywords.ministries):
        yield from add("部委名", ministry.name, ministry.name, ("ministries", n, "name"))
    for n, company in enumerate(keywords.enterprises):
        yield from add("企业名", company.name, company.name, ("enterprises", n, "name"))
    for owner, loc, term in all_terms(keywords):
        plain = not (term.all or term.not_ or term.near or term.word or term.scope)
        for word in term.any if plain else ():
            yield from add(f"{owner[:2]}词条", owner[3:], word, loc)
    for n, word in enumerate(keywords.phrases.stop):
        yield from add("stop", "phrases.stop", word, ("phrases", "stop", n))


def _contradictions(file: YamlFile, keywords: Keywords) -> Iterator[Fault]:
    for _, loc, term in all_terms(keywords):
        for word in {fold(w) for w in (*term.any, *term.all, *term.near)} & {fold(w) for w in term.not_}:
            yield (*loc, "not"), f"“{word}”既要出现又被排除（not），这个词条永远不会命中"
    stop = {fold(word) for word in keywords.phrases.stop}
    barred = {fold(word) for word in keywords.phrases.not_sectors}
    for n, sector in enumerate(keywords.sectors):
        for key, words in (("name", (sector.name,)), ("synonyms", sector.synonyms)):
            for k, word in enumerate(words):
                loc = ("sectors", n, key) if key == "name" else ("sectors", n, key, k)
                if fold(word) in barred:
                    yield loc, f"“{word}”是领域词，又列在 phrases.not_sectors 中"
                elif fold(word) in stop and len(word) > 2:
                    yield loc, f"“{word}”是领域词，又列在 phrases.stop 中"
    verbs, present = set(keywords.acts.verbs), set(keywords.acts.present_only)
    for n, word in enumerate(keywords.acts.present_only):
        if word in verbs & present:
            yield ("acts", "present_only", n), f"“{word}”同时列在 acts.verbs 中"


def _broad(file: YamlFile, keywords: Keywords) -> Iterator[Fault]:
    for owner, loc, term in all_terms(keywords):
        guarded = term.word or term.near or term.all or term.scope
        for word in term.any:
            text = fold(word)
            if len(text) < TOO_BROAD and not guarded:
                yield loc, f"“{word}”只有一个字，几乎每篇都会命中；请写全，或加 word、near"
            elif text in wordings().everyday and not guarded and not owner.startswith("信号"):
                yield loc, f"“{word}”是常用词，单用太宽；请加 word、near 或 not"
            elif text in (PLUS, "互联网"):
                yield loc, f"“{word}”太宽：程序已单独处理“互联网+”"
    for n, sector in enumerate(keywords.sectors):
        for k, word in enumerate(sector.synonyms):
            if len(word) < TOO_BROAD and word != "茶":
                yield ("sectors", n, "synonyms", k), f"“{word}”只有一个字，太宽"


def _shadowed(file: YamlFile, keywords: Keywords) -> Iterator[Fault]:
    """A word whose own rule already contains a shorter word within it adds nothing."""
    groups: dict[str, list[tuple[Loc, str]]] = defaultdict(list)
    for owner, loc, term in all_terms(keywords):
        plain = not (term.all or term.not_ or term.near or term.word or term.scope or term.regex)
        if plain and owner[:2] not in ("企业", "部委"):  # there the longer name determines where the name ends
            groups[owner].extend((loc, fold(word)) for word in term.any)
    for words in groups.values():
        for loc, word in words:
            for _, other in words:
                if other != word and other in word:
                    yield loc, f"“{word}”被更短的“{other}”覆盖，写不写都一样"
                    break


def _settings(file: YamlFile, keywords: Keywords) -> Iterator[Fault]:
    if keywords.settings.near_miss > keywords.settings.threshold:
        yield ("settings", "near_miss"), "near_miss 应不高于 threshold"


def _slow(file: YamlFile, keywords: Keywords) -> Iterator[Fault]:
    """A regex that would run for hours on some pages. Its running time is limited, but it then finds nothing more."""
    for _, loc, term in all_terms(keywords):
        if term.regex and (why := slowness(term.regex)):
            yield (
                (*loc, "regex"),
                f"正则表达式“{term.regex}”可能极慢：{why}；请改写（去掉套在一起的 + * {{}}），或用 any、near",
            )
