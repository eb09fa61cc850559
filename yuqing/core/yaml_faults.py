"""Errors of pydantic and the YAML parser in files that analysts edit, translated into Chinese sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Loc = tuple[str | int, ...]
_FAULTS = {
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
    "dict_type": "应为若干“键: 值”",
    "dataclass_type": "应为若干“键: 值”",
    "mapping_type": "应为若干“键: 值”",
    "date_type": "应为日期，例如 2018-03-17",
    "date_parsing": "应为日期，例如 2018-03-17",
    "date_from_datetime_inexact": "应为日期，例如 2018-03-17",
    "date_from_datetime_parsing": "应为日期，例如 2018-03-17",
    "model_type": "应为若干“键: 值”",
    "model_attributes_type": "应为若干“键: 值”",
}
_CHINESE = re.compile("[\u4e00-\u9fff]")
_UNREADABLE = "无法解析这里的写法，请检查引号、括号和缩进"
# ruamel's messages about broken YAML, in words that an analyst understands.
_SYNTAX = {
    "mapping values are not allowed": "这里多了一个冒号，或上一行没有写完；含冒号的文字请加引号",
    "could not find expected ':'": "这一行缺少冒号",
    "found character '\\t'": "不能用 Tab 缩进，请改成空格",
    "expected <block end>": "缩进与上面的行没有对齐",
    "found duplicate key": "同一个键写了两次",
    "found undefined alias": "引用（*）的名字没有用 & 定义过",
    "found unexpected end of stream": "引号没有配对",
    "expected '<document start>'": "从这里起与上文接不上，请检查上一行和这一行的缩进与冒号",
    "expected ',' or ']'": "方括号没有配对，或少了逗号",
    "expected ',' or '}'": "花括号没有配对，或少了逗号",
}


def fault_text(fault: ErrorDetails, loc: Loc | None = None) -> str:
    """A pydantic error as a sentence; ``loc`` overrides pydantic's location if the file has it elsewhere."""
    loc, kind = fault["loc"] if loc is None else loc, fault["type"]
    place = " → ".join(f"第{step + 1}项" if isinstance(step, int) else step for step in loc if step != "")
    last = str(loc[-1]) if loc else ""
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        message = f"不认识的键“{last}”，请检查拼写"
    elif kind in ("missing", "missing_argument"):
        message = f"缺少必填的键“{last}”"
    elif kind == "literal_error":
        allowed = re.findall("'([^']*)'", str(fault.get("ctx", {}).get("expected", "")))
        message = f"“{fault['input']}”不是可用的值，可用：{'、'.join(allowed)}"
    elif kind == "value_error":
        message = str(fault.get("ctx", {}).get("error", fault["msg"]))
    else:
        message = _FAULTS.get(kind, "这里的值不对")
    return f"{message}（{place}）" if place else message


def syntax_text(message: str) -> str:
    """A message of the YAML parser in Chinese; one that is already Chinese is returned as it is."""
    other = message if _CHINESE.search(message) else _UNREADABLE
    return f"YAML 语法错误：{next((meant for sign, meant in _SYNTAX.items() if sign in message), other)}"
