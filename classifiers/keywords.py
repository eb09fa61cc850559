"""keywords.yaml read and checked against its schema; every message is Chinese, for the analysts who edit it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from classifiers.schema import Keywords, Term
from yuqing.core.errors import FileError, Problem
from yuqing.core.patterns import PatternError, compiled
from yuqing.core.yamlfile import YamlFile, read_yaml

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Loc = tuple[str | int, ...]
_SAID = {
    "string_type": "应为文字；像数字或日期的词请加引号",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "格式不对",
    "tuple_type": "应为列表，例如 [词一, 词二]",
    "list_type": "应为列表，例如 [词一, 词二]",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "greater_than_equal": "数值过小",
    "less_than_equal": "数值过大",
    "finite_number": "应为数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "date_type": "应为日期，例如 2018-03-17",
    "date_parsing": "应为日期，例如 2018-03-17",
    "date_from_datetime_parsing": "应为日期，例如 2018-03-17",
    "model_type": "应为若干“键: 值”",
    "model_attributes_type": "应为若干“键: 值”",
}


def parse_keywords(path: Path) -> tuple[YamlFile, Keywords]:
    """The file and its content. Raises FileError with every fault that makes it unusable, each placed."""
    try:
        file = read_yaml(path)
    except FileError as error:
        raise FileError(
            [Problem(p.file, p.line, p.column, f"YAML 语法错误：{p.message}") for p in error.problems]
        ) from error
    try:
        keywords = Keywords.model_validate(file.data)
    except ValidationError as error:
        raise FileError([_in_chinese(file, fault) for fault in error.errors()]) from error
    faults = [file.problem(loc, message) for loc, message in (*_regexes(keywords), *_successors(keywords))]
    if faults:
        raise FileError(faults)
    return file, keywords


def all_terms(keywords: Keywords) -> Iterator[tuple[str, Loc, Term]]:
    """Every term with what it makes (部委 教育部, 信号 战略合作 …) and where it stands."""
    for n, sector in enumerate(keywords.sectors):
        for k, term in enumerate(sector.terms):
            yield f"领域 {sector.name}", ("sectors", n, "terms", k), term
    for n, ministry in enumerate(keywords.ministries):
        for k, term in enumerate(ministry.aliases):
            yield f"部委 {ministry.name}", ("ministries", n, "aliases", k), term
    for n, company in enumerate(keywords.enterprises):
        for key in ("aliases", "subsidiaries", "products"):
            for k, term in enumerate(getattr(company, key)):
                yield f"企业 {company.name}", ("enterprises", n, key, k), term
    for n, topic in enumerate(keywords.topics):
        for k, term in enumerate(topic.terms):
            yield f"专题 {topic.name}", ("topics", n, "terms", k), term
    for n, signal in enumerate(keywords.relevance.signals):
        for k, term in enumerate(signal.terms):
            yield f"信号 {signal.name}", ("relevance", "signals", n, "terms", k), term


def _in_chinese(file: YamlFile, fault: ErrorDetails) -> Problem:
    """A pydantic error as a Chinese sentence at its line and column."""
    loc, kind = fault["loc"], fault["type"]
    place = " → ".join(f"第{step + 1}项" if isinstance(step, int) else step for step in loc)
    last = str(loc[-1]) if loc else ""
    if kind == "extra_forbidden":
        message = f"不认识的键“{last}”，请检查拼写（{place}）"
    elif kind == "missing":
        message = f"缺少必填的键“{last}”（{place}）"
    elif kind == "literal_error":
        message = f"“{fault['input']}”不是可用的值，可用：{fault.get('ctx', {}).get('expected', '')}（{place}）"
    elif kind == "value_error":
        message = f"{fault.get('ctx', {}).get('error', fault['msg'])}（{place}）"
    else:
        message = f"{_SAID.get(kind, fault['msg'])}（{place}）"
    return file.problem(loc, message)


def _regexes(keywords: Keywords) -> Iterator[tuple[Loc, str]]:
    for _, loc, term in all_terms(keywords):
        if not term.regex:
            continue
        try:
            pattern = compiled(term.regex)
        except re.error as error:
            yield (*loc, "regex"), f"正则表达式写错了：{error.msg}（第 {(error.pos or 0) + 1} 个字符）"
            continue
        except PatternError as error:
            yield (*loc, "regex"), f"正则表达式过于复杂（{type(error).__name__}）"
            continue
        if pattern.match("") is not None:
            yield (*loc, "regex"), "正则表达式能匹配空串，会处处命中"


def _successors(keywords: Keywords) -> Iterator[tuple[Loc, str]]:
    names = {ministry.name for ministry in keywords.ministries}
    for n, ministry in enumerate(keywords.ministries):
        if ministry.from_ and ministry.until and ministry.from_ >= ministry.until:
            yield ("ministries", n, "until"), f"“{ministry.name}”的 until 不晚于 from"
        if ministry.successor and ministry.successor not in names:
            yield ("ministries", n, "successor"), f"承接机构“{ministry.successor}”不在 ministries 名单中"
        if ministry.successor and not ministry.until:
            yield ("ministries", n, "successor"), f"“{ministry.name}”写了 successor，却没有 until"
