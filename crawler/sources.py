"""The sources: reading and checking sources.yaml, and which URL belongs to which source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from cssselect import HTMLTranslator, SelectorError
from pydantic import TypeAdapter, ValidationError
from ruamel.yaml.comments import CommentedMap

from crawler.dialects import DIALECTS, SYSTEMS, article_patterns, pattern_of
from crawler.lists import ADAPTERS
from yuqing.core.errors import FileError, Problem, UsageError
from yuqing.core.patterns import is_bounded
from yuqing.core.provinces import mainland
from yuqing.core.records import Deprecated, ListPage, Selectors, Source
from yuqing.core.urls import host_allowed, host_of, url_fault_in_chinese
from yuqing.core.yaml_faults import fault_text
from yuqing.core.yamlfile import YamlFile, read_once, read_yaml

Loc = tuple[str | int, ...]

MOST_PAGES = 100_000  # no list has more
_FIELDS = ("url", "title", "day")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SOURCE: TypeAdapter[Source] = TypeAdapter(Source)
_PARTS: dict[str, type] = {"lists": ListPage, "select": Selectors, "deprecated": Deprecated}
_OWN = "deprecated"  # of a list: applies to that list alone, not to those that merge its other keys with “<<”


def load_sources(path: Path) -> dict[str, Source]:
    """The sources of ``path`` by id, in the order of the file. Raises FileError naming every fault."""
    return dict(_sources(path))


@read_once
def _sources(path: Path) -> dict[str, Source]:
    file = read_yaml(path)
    if not isinstance(file.data, list):
        raise FileError([Problem(path, 1, 1, "文件应为来源的列表，每个来源以“- id:”开头")])
    problems: list[Problem] = []
    sources: dict[str, Source] = {}
    owners: dict[str, str] = {}
    for index, record in enumerate(file.data):
        found, source = _read(file, index, record)
        if source is not None:
            found += [file.problem((index, *loc), message) for loc, message in _faults(source, sources, owners)]
            sources.setdefault(source.id, source)
        problems += found
    if problems:
        raise FileError(sorted(set(problems), key=lambda problem: (problem.line, problem.column)))
    return sources


def source_for(url: str, sources: Mapping[str, Source]) -> Source | None:
    """The source that owns the host of ``url``; of several, the one with the longest matching host."""
    host = host_of(url)
    while host:
        for source in sources.values():
            if host in source.hosts:
                return source
        host = host.partition(".")[2]
    return None


def is_article(url: str, source: Source) -> bool:
    """Whether ``url`` is on a host of ``source`` and has the form of its articles.

    The form is given by ``article_urls``; without it by the dialects of its CMS; without a CMS by any dialect that
    contains a day.
    """
    return host_allowed(host_of(url), source.hosts) and any(p.search(url) for p in article_patterns(source))


def _read(file: YamlFile, index: int, record: Any) -> tuple[list[Problem], Source | None]:
    """One record as a Source, with the faults in its keys and types."""
    problems = [file.problem((index, *loc), message) for loc, message in _unknown_keys(record, Source)]
    try:
        return problems, _SOURCE.validate_python(_without_inherited(record))
    except ValidationError as error:
        known = {name for kind in (Source, *_PARTS.values()) for name in (f.name for f in fields(kind))}
        for fault in error.errors():
            loc = fault["loc"]
            while loc and isinstance(loc[-1], str) and loc[-1] not in known and fault["type"] != "missing":
                loc = loc[:-1]  # pydantic adds the branch of a union, which the file does not have
            problems.append(file.problem((index, *loc), fault_text(fault, (index, *loc))))
    return problems, None


def _without_inherited(record: Any) -> Any:
    """``record`` without any ``deprecated`` that a list inherited from the list whose keys it merges."""
    lists = record.get("lists") if isinstance(record, Mapping) else None
    if not isinstance(lists, list):
        return record
    plain = dict(record)
    plain["lists"] = [
        {key: value for key, value in each.items() if key != _OWN or _OWN in dict(each.non_merged_items())}
        if isinstance(each, CommentedMap)
        else each
        for each in lists
    ]
    return plain


def _unknown_keys(value: Any, kind: type, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    if not isinstance(value, Mapping) or not is_dataclass(kind):
        return
    allowed = [f.name for f in fields(kind)]
    for key, part in value.items():
        if key not in allowed:
            yield (*loc, key), f"这里没有“{key}”这个键，可用：{'、'.join(allowed)}"
        elif kind is Source and key in _PARTS:
            for place, element in enumerate(part) if isinstance(part, list) else [(None, part)]:
                here = (*loc, key) if place is None else (*loc, key, place)
                yield from _unknown_keys(element, _PARTS[key], here)


def _faults(source: Source, known: Mapping[str, Source], owners: dict[str, str]) -> Iterator[tuple[Loc, str]]:
    """What is wrong with a well-typed record, each fault with its location."""
    if not _ID.fullmatch(source.id):
        yield ("id",), f"“{source.id}”不能作编号，请用小写字母、数字和连字符，例如 gov-bj"
    if source.id in known:
        yield ("id",), f"编号“{source.id}”前面已经用过，每个编号只能用一次"
    if source.province and source.province not in mainland():
        yield ("province",), f"“{source.province}”不是省份代码，请写 GB/T 2260 的前两位，例如北京写 '11'"
    if source.cms and source.cms not in SYSTEMS:
        yield ("cms",), f"不认识的内容管理系统“{source.cms}”，可用：{'、'.join(SYSTEMS)}"
    if not source.hosts:
        yield ("hosts",), "来源至少要有一个主机名"
    for place, host in enumerate(source.hosts):
        if owners.setdefault(host, source.id) != source.id:
            yield ("hosts", place), f"“{host}”已属于来源 {owners[host]}，一个主机名只能归一个来源"
        if host != host_of(f"http://{host}/"):
            yield ("hosts", place), f"“{host}”不是主机名，请用小写字母写，不带 http:// 和路径"
    for place, rule in enumerate(source.article_urls):
        yield from _rule_faults(("article_urls", place), rule)
    if source.url_date:
        yield from _rule_faults(("url_date",), source.url_date, dated=True)
    for f in fields(Selectors):
        for place, selector in enumerate(getattr(source.select, f.name)):
            if fault := _selector_fault(selector):
                yield ("select", f.name, place), fault
    for place, list_page in enumerate(source.lists):
        for loc, message in _list_faults(list_page, source):
            yield ("lists", place, *loc), message


def _list_faults(list_page: ListPage, source: Source) -> Iterator[tuple[Loc, str]]:
    if list_page.adapter not in ADAPTERS:
        yield ("adapter",), f"没有叫“{list_page.adapter}”的列表类型，可用：{'、'.join(sorted(ADAPTERS))}"
    if fault := url_fault_in_chinese(list_page.url):
        yield ("url",), f"“{list_page.url}”不是网址（{fault}）"
    elif not host_allowed(host_of(list_page.url), source.hosts):
        yield ("url",), f"“{list_page.url}”的主机名不在来源 {source.id} 的 hosts 里"
    if list_page.next and "{n}" not in list_page.next:
        yield ("next",), f"“{list_page.next}”里没有 {{n}}（页码的位置）"
    elif list_page.next and (fault := _next_fault(list_page)):
        yield ("next",), f"“{list_page.next}”得不出网址（{fault}）"
    if not -MOST_PAGES <= list_page.first_page <= MOST_PAGES:
        yield ("first_page",), f"first_page 应在 -{MOST_PAGES} 和 {MOST_PAGES} 之间"
    if list_page.max_pages > MOST_PAGES:
        yield ("max_pages",), f"max_pages 不能超过 {MOST_PAGES}"
    if list_page.max_pages < 1:
        yield ("max_pages",), "max_pages 至少为 1"
    for key in list_page.fields:
        if key not in _FIELDS:
            yield ("fields", key), f"列表没有“{key}”这一项，可用：{'、'.join(_FIELDS)}"
    if list_page.adapter != "json-feed":  # there, items and fields are JSON paths
        if list_page.items and (fault := _selector_fault(list_page.items)):
            yield ("items",), fault
        for key, selector in list_page.fields.items():
            if fault := _selector_fault(selector):
                yield ("fields", key), fault


def _next_fault(list_page: ListPage) -> str:
    try:
        return url_fault_in_chinese(urljoin(list_page.url, list_page.next.replace("{n}", "1")))
    except ValueError:
        return "方括号不成对"


def _rule_faults(loc: Loc, rule: str, dated: bool = False) -> Iterator[tuple[Loc, str]]:
    try:
        pattern = pattern_of(rule)
    except (re.error, RecursionError, OverflowError):
        yield loc, f"“{rule}”既不是正则表达式，也不是已知的网址写法，写法有：{'、'.join(DIALECTS)}"
        return
    if not is_bounded(pattern.pattern, short_texts=True):
        yield loc, f"“{rule}”遇到某些网址会耗时过长，请去掉嵌套的重复"
    if dated and not {"y", "m", "d"} <= set(pattern.groupindex):
        yield loc, f"“{rule}”缺少 y、m、d 三个组，例如 (?P<y>\\d{{4}})(?P<m>\\d{{2}})(?P<d>\\d{{2}})"


@lru_cache(maxsize=4096)
def _selector_fault(selector: str) -> str:
    try:
        HTMLTranslator().css_to_xpath(selector)
    except (SelectorError, RecursionError, ValueError):
        return f"“{selector}”不是 CSS 选择器"
    return ""


def choose(sources: dict[str, Source], only: str) -> list[Source]:
    """The sources named in ``only`` (comma-separated ids or tiers); all that are in service if it is empty.

    Raises UsageError for a name that is neither. A deprecated source is crawled only under its own id.
    """
    in_service = [source for source in sources.values() if source.deprecated is None]
    if not only:
        return in_service
    chosen: dict[str, Source] = {}
    for name in only.split(","):
        found = [sources[name]] if name in sources else [source for source in in_service if source.tier == name]
        if not found:
            raise UsageError(
                f"No source and no tier “{name}” in sources.yaml. `yuqing sources list` shows the ids and tiers."
            )
        chosen.update((source.id, source) for source in found)
    return list(chosen.values())
