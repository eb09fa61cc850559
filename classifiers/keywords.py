"""Reads keywords.yaml and checks it against its schema; every message is Chinese, for the analysts who edit it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from classifiers.schema import Keywords, Term
from yuqing.core.errors import FileError
from yuqing.core.patterns import PatternError, compiled
from yuqing.core.yaml_faults import fault_text
from yuqing.core.yamlfile import YamlFile, read_once, read_yaml

Loc = tuple[str | int, ...]


def parse_keywords(path: Path) -> tuple[YamlFile, Keywords]:
    """The file and its content. Raises FileError with every fault that makes it unusable, each with its position."""
    file, keywords = _parsed(path)
    return replace(file, path=path), keywords


@read_once
def _parsed(path: Path) -> tuple[YamlFile, Keywords]:
    file = read_yaml(path)
    try:
        keywords = Keywords.model_validate(file.data)
    except ValidationError as error:
        raise FileError([file.problem(fault["loc"], fault_text(fault)) for fault in error.errors()]) from error
    faults = [file.problem(loc, message) for loc, message in (*_regexes(keywords), *_successors(keywords))]
    if faults:
        raise FileError(faults)
    return file, keywords


def all_terms(keywords: Keywords) -> Iterator[tuple[str, Loc, Term]]:
    """Every term with what it makes (部委 教育部, 信号 战略合作 …) and its position."""
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


def _regexes(keywords: Keywords) -> Iterator[tuple[Loc, str]]:
    for _, loc, term in all_terms(keywords):
        if not term.regex:
            continue
        try:
            pattern = compiled(term.regex)
        except re.error as error:
            yield (*loc, "regex"), f"正则表达式写错了，请看第 {(error.pos or 0) + 1} 个字符附近"
            continue
        except PatternError:
            yield (*loc, "regex"), "正则表达式过于复杂"
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
