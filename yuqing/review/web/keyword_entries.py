"""The forms of the tab 关键词 as YAML: a new record, and an entry with conditions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from yuqing.core.errors import UsageError
from yuqing.review.web.keyword_words import MAX_WORD, PARTS, written

Kind = Literal["text", "words", "number", "yes", "scope"]
SCOPES = {"title": "标题", "lead": "导语", "body": "正文"}
_SPLIT = re.compile(r"[、，,；;\s]+")
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,2})?")
_MAX_REGEX = 400


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form; ``hint`` is its placeholder."""

    key: str
    label: str
    kind: Kind = "text"
    required: bool = False
    hint: str = ""


_NAME = Field("name", "名称", required=True)
# The fields of a new record of each part, in the order in which they are written.
RECORDS: dict[str, tuple[Field, ...]] = {
    "sectors": (_NAME, Field("group", "大类", required=True)),
    "ministries": (_NAME, Field("kind", "类别", required=True)),
    "enterprises": (_NAME, Field("flagged", "报告固定栏目", "yes"), Field("common", "名称也是常用词", "yes")),
    "signals": (
        _NAME,
        Field("weight", "分值", "number", required=True, hint="负数为扣分"),
        Field("limit", "最多计几个词", "number", hint="1"),
        Field("act", "计入行为分", "yes"),
        Field("scope", "只看", "scope"),
    ),
}
CONDITIONS = (
    Field("any", "出现其中任何一个", "words", hint="词之间用顿号或空格"),
    Field("regex", "或正则表达式", hint="少数情况才用"),
    Field("near", "近旁要有", "words"),
    Field("within", "近旁多少字以内", "number", hint="12"),
    Field("all", "全文还须有", "words"),
    Field("not", "不算：含有它的长词，或同句出现", "words"),
    Field("word", "须是完整的词", "yes"),
    Field("scope", "只看", "scope"),
)


def fields_of(part: str) -> tuple[Field, ...]:
    """The fields of a new record, including its lists of words."""
    return (*RECORDS[part], *(Field(key, title, "words") for key, title in PARTS[part][1].items()))


def written_record(part: str, given: Callable[[str], list[str]]) -> str:
    """A new record of ``part`` from a form. Raises UsageError for invalid input."""
    if part not in RECORDS:
        raise UsageError("没有这一部分。")
    return _mapping(fields_of(part), given)


def written_condition(given: Callable[[str], list[str]]) -> str:
    """An entry with conditions from a form. Raises UsageError for invalid input."""
    words, regex = bool("".join(given("any")).strip()), bool("".join(given("regex")).strip())
    if words == regex:
        raise UsageError("请填写“出现其中任何一个”的词，或填写正则表达式，二者选一。")
    return _mapping(CONDITIONS, given)


def _mapping(fields: tuple[Field, ...], given: Callable[[str], list[str]]) -> str:
    found = []
    for field in fields:
        value = _value(field, [one.strip() for one in given(field.key) if one.strip()])
        if value:
            found.append(f"{field.key}: {value}")
    return "{" + ", ".join(found) + "}"


def _value(field: Field, given: list[str]) -> str:
    text = given[0] if given else ""
    if not text:
        if field.required:
            raise UsageError(f"请写{field.label}。")
        return ""
    if field.kind == "yes":
        return "true"
    if field.kind == "scope":
        return "[" + ", ".join(one for one in SCOPES if one in given) + "]"
    if field.kind == "number":
        if not _NUMBER.fullmatch(text):
            raise UsageError(f"“{field.label}”要写数字。")
        return text
    if field.kind == "words":
        words = list(dict.fromkeys(word for word in _SPLIT.split(text) if word))
        if any(len(word) > MAX_WORD or not word.isprintable() for word in words):
            raise UsageError(f"“{field.label}”里每个词最多 {MAX_WORD} 个字。")
        return "[" + ", ".join(map(written, words)) + "]"
    if len(text) > (_MAX_REGEX if field.key == "regex" else MAX_WORD) or not text.isprintable():
        raise UsageError(f"“{field.label}”太长，或有看不见的字符。")
    return written(text)
