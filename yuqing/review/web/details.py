"""The details of outcomes, which the ledger keeps in English for operators, in the words of the page."""

from __future__ import annotations

import re

_WORDS: tuple[tuple[str, str], ...] = (
    (r"(\d+) links, none to an article of the source", r"有 \1 个链接，都不是本来源的文章"),
    (r"kept in quarantine", "已存，待补日期"),
    (r"([\d,]+) characters of text", r"正文 \1 字"),
    (r"(\d+) of (\d+) characters linked", r"\2 字中 \1 字是链接"),
    (r"the text is part of a list", "正文是列表的一部分"),
    (r"([\d,]+) bytes", r"\1 字节"),
    (r"([\d,]+) tags", r"\1 个标记"),
    (r"([\d,]+) lines", r"\1 行"),
    (r"([\d,]+) characters lost", r"\1 个字符无法解码"),
    (r"no markup", "没有网页标记"),
    (r"robots\.txt forbids it", "robots.txt 不允许"),
    (r"larger than the size limit when decompressed", "解压后超过大小上限"),
    (r"connection refused", "拒绝连接"),
    (r"the host name has no address \(.*\)", "域名无法解析"),
    (r"redirects to itself \((\d+)\)", r"跳转到自身（\1）"),
    (r"challenge page \((.*)\)", r"要求验证的页面（\1）"),
    (r"HTTP (\d+) to (.*)", r"HTTP \1，跳转至 \2"),
    (r"HTTP (\d+), cookie (.*)", r"HTTP \1，带 \2"),
    (r"HTTP (\d+), ask\w+ to wait (\d+) s", r"HTTP \1，要求等待 \2 秒"),
)
_PATTERNS = tuple((re.compile(english), chinese) for english, chinese in _WORDS)


def chinese_detail(detail: str) -> str:
    """``detail`` in Chinese where it is one of the program's own; an error's own message as it is."""
    for pattern, chinese in _PATTERNS:
        if match := pattern.fullmatch(detail):
            return match.expand(chinese)
    return detail
