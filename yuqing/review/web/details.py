"""Details of outcomes and error messages, which are English for operators, translated for the page."""

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
    (r"drawn by script, names (.*)", r"由脚本绘制，其中提到 \1"),
    (r"drawn by script", "由脚本绘制"),
    (r"robots\.txt forbids it", "robots.txt 不允许"),
    (r"robots\.txt forbids it: it asks for (\d+) s between two requests", r"robots.txt 要求两次访问间隔 \1 秒，未访问"),
    (
        r"robots\.txt: HTTP (\d+), so nothing is requested until it can be read",
        r"robots.txt 返回 HTTP \1，在其恢复之前不访问",
    ),
    (r"not found \((.*)\)", r"页面不存在（\1）"),
    (r"maintenance \((.*)\)", r"网站维护或故障（\1）"),
    (r"moved \((.*)\)", r"已迁移或正在跳转（\1）"),
    (r"login \((.*)\)", r"要求登录（\1）"),
    (r"browser \((.*)\)", r"浏览器提示（\1）"),
    (r"error page \((.*)\)", r"错误页（\1）"),
    (r"shows nothing of the list's title (.*)", r"页面上没有列表所列标题\1的任何内容"),
    (r"alike to the site's answer to an address that cannot exist", "与该网站对不存在网址的回应相同"),
    (r"Chinese read as Latin letters \((\d+) of them\)", r"汉字存成了拉丁字母（\1 个）"),
    (r"Chinese read as Japanese \((\d+) half-width letters\)", r"汉字存成了日文假名（\1 个）"),
    (r"characters lost twice \(锟斤拷, (\d+) times\)", r"乱码“锟斤拷”\1 处"),
    (r"(\d+) question marks in place of text", r"文字变成了 \1 个问号"),
    (r"rare characters only", "全是生僻字"),
    (r"(\S+) read as (\S+)", r"\1 文字按 \2 存成了乱码"),
    (r"behind the refresh of (.*)", r"由 \1 自动转到"),
    (r"refresh to (.*)", r"自动转到站外：\1"),
    (r"HTTP (\d+)", r"HTTP \1"),
    (r"trafilatura agrees", "短正文，另一算法结果一致"),
    (r"trafilatura differs", "短正文，另一算法结果不同"),
    (r"larger than the size limit when decompressed", "解压后超过大小上限"),
    (r"connection refused", "拒绝连接"),
    (r"the host name has no address \(.*\)", "域名无法解析"),
    (r"redirects to itself \((\d+)\)", r"跳转到自身（\1）"),
    (r"challenge page \((.*)\)", r"要求验证的页面（\1）"),
    (r"HTTP (\d+) to (.*)", r"HTTP \1，跳转至 \2"),
    (r"HTTP (\d+), cookie (.*)", r"HTTP \1，带 \2"),
    (r"HTTP (\d+), ask\w+ to wait (\d+) s", r"HTTP \1，要求等待 \2 秒"),
    # What Scrapy and Twisted say.
    (r"(?:Expected|Received) .* larger than download (?:max|warn) size \((\d+)\).*", r"超过上限 \1 字节"),
    (r"Getting .* took longer than (\d+)(?:\.\d+)? seconds.*", r"\1 秒内没有答完"),
    (r"\[.*\bConnection(?:Lost|Done|Aborted)\b.*", "连接中断"),
    (r"ResponseDataLossError", "没有传完就中断了"),
    (r"\[.*\bParseError\b.*|Not a gzipped file .*", "回应不合 HTTP 规范"),
    (r"b'%PDF'", "PDF 文件"),
    (r"b'(?:\\x89PNG|GIF8|\\xff\\xd8\\xff.*)'", "图片"),
    (r"b'(?:PK\\x03\\x04|\\x1f\\x8b.*|Rar!)'", "压缩包或 Office 文件"),
    (r"b'\\xd0\\xcf\\x11\\xe0'", "旧版 Office 文件"),
)
_ROBOTS = "robots.txt: "
# A run's note, which quotes the detail of one page.
_NOTES: tuple[tuple[str, str], ...] = (
    (r"(\d+) lists could not be read, the first (\S+): (.*)", r"\1 个列表没有读成，第一个 \2："),
    (r"(\d+) pages caused an error in the program, the first (\S+): (.*)", r"\1 个页面使程序出错，第一个 \2："),
)
# Errors that a URL or a form can cause; whatever else fails is for the administrator.
_FAULTS: tuple[tuple[str, str], ...] = (
    (r"“(.*)” is not a month; .*", r"“\1”不是监测期，请写成 2018-03 这样。"),
    (r"“(.*)” is not a day; .*", r"“\1”不是日期，请写成 2018-03-09 这样。"),
    (r"(\w+): “(.*)” is not one of (.*)\.", r"没有“\2”这种取值（\1）；可用：\3。"),
    (r"“(.*)” is not a (?:filter|facet|\w+); .*", r"没有“\1”这个筛选条件。"),
    (r"No run “(.*)” in the ledger\. .*", r"没有编号为“\1”的运行。"),
    (r"There is no item “(.*)” in the store\.", r"库里没有这一条（\1）：可能已被删除，或地址不完整。"),
)
_PATTERNS = tuple((re.compile(english, re.DOTALL), chinese) for english, chinese in _WORDS)
_NOTE_PATTERNS = tuple((re.compile(english, re.DOTALL), chinese) for english, chinese in _NOTES)
_FAULT_PATTERNS = tuple((re.compile(english, re.DOTALL), chinese) for english, chinese in _FAULTS)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def chinese_fault(message: str) -> str:
    """An error message for the analyst: a known one in Chinese, any other English one as what to pass on."""
    told = _translated(message, _FAULT_PATTERNS)
    if told is None and _CHINESE.search(message) is None:
        return f"没有做成，请把这句话转告系统管理员：{message}"
    return message if told is None else told


def chinese_detail(detail: str) -> str:
    """``detail`` in Chinese as far as it is the program's own message; any other error message unchanged."""
    told = _translated(detail, _PATTERNS)
    if told is not None:
        return told
    if detail.startswith(_ROBOTS):
        return f"读 robots.txt 时{chinese_detail(detail.removeprefix(_ROBOTS))}"
    for pattern, chinese in _NOTE_PATTERNS:
        if match := pattern.fullmatch(detail):
            return match.expand(chinese) + chinese_detail(match[match.re.groups])
    first, joined, rest = detail.partition("; ")
    return f"{chinese_detail(first)}；{chinese_detail(rest)}" if joined else detail


def _translated(message: str, patterns: tuple[tuple[re.Pattern[str], str], ...]) -> str | None:
    for pattern, chinese in patterns:
        if match := pattern.fullmatch(message):
            return match.expand(chinese)
    return None
