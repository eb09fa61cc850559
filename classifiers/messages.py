"""Faults of keywords.yaml as Chinese sentences with their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import Problem
from core.yamlfile import YamlFile

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_WANTED = {
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
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "date_type": "应为日期，例如 2018-03-17",
    "date_parsing": "应为日期，例如 2018-03-17",
    "date_from_datetime_parsing": "应为日期，例如 2018-03-17",
    "model_type": "应为若干“键: 值”",
    "model_attributes_type": "应为若干“键: 值”",
}


def in_chinese(file: YamlFile, fault: ErrorDetails) -> Problem:
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
        message = f"{_WANTED.get(kind, fault['msg'])}（{place}）"
    return file.problem(loc, message)
