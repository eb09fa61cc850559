"""Awkward responses of the demo web: refusals, redirects, broken and endless pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from yuqing.demo.reply import Reply, html, redirect

HUGE_BYTES = 30_000_000
ELSEWHERE = "https://mp.weixin.qq.com/s/demo0312"
CALENDAR = "/xxgk/rili/"

_CHALLENGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title></title>
<script type="text/javascript">$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=20180312;$_ts.cd="q7w1x";</script>
<script src="/4QbVtADbnLVIc/c.FxJzG50F.js"></script></head><body></body></html>"""
_JIASULE = """<script>document.cookie=('__jsl_clearance=1520812800.1|0|demo;path=/');
location.href=location.pathname+location.search</script>"""
_FORBIDDEN = "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>"
_GONE = "<html><head><title>404</title></head><body><p>您访问的页面不存在或已删除</p></body></html>"
_MONTH = re.compile(r"/t(\d{4})(\d{2})\d{2}_\d+\.")


def status_412(_: str) -> Reply:
    """Ruishu: 412, a cookie and a script."""
    return html(_CHALLENGE.encode(), 412, **{"Set-Cookie": "FSSBBIl1UgzbN7NS=5demo; Path=/; HttpOnly"})


def status_521(_: str) -> Reply:
    """Jiasule: 521 and a script that sets a cookie."""
    return html(_JIASULE.encode(), 521, **{"Set-Cookie": "__jsluid_h=demo; max-age=31536000; path=/; HttpOnly"})


def status_403(_: str) -> Reply:
    """A plain refusal."""
    return html(_FORBIDDEN.encode(), 403)


def gone(_: str) -> Reply:
    """A page that was taken down."""
    return html(_GONE.encode(), 404)


def challenge(_: str) -> Reply:
    """A challenge page with status 200."""
    return html(_CHALLENGE.encode())


def self_redirect(url: str) -> Reply:
    """A redirect to the same page with a cookie that the client must send back."""
    return redirect(url, 302, **{"Set-Cookie": "CT6T=demo; path=/"})


def off_site(_: str) -> Reply:
    """A redirect to a host of another site."""
    return redirect(ELSEWHERE)


def huge(_: str) -> Reply:
    """A page of 30 MB, sent in chunks without a length."""
    return Reply(headers={"Content-Type": "text/html"}, stream=_Flood())


def calendar(path: str) -> Reply:
    """One month of an endless calendar, with a link to the next."""
    match = _MONTH.search(path)
    if not match:
        return gone(path)
    month = date(int(match[1]), int(match[2]), 1)
    onward = (month + timedelta(days=32)).replace(day=1)
    days = "".join(f"<td><a href='#d{day}'>{day}</a></td>" for day in range(1, 29))
    link = f"{CALENDAR}{onward:%Y%m}/t{onward:%Y%m%d}_1.html"
    return html(
        f"<html><head><meta charset='utf-8'><title>{month:%Y年%m月}日程</title></head><body>"
        f"<table class='rili'><tr>{days}</tr></table><a href='{link}'>下个月</a></body></html>".encode()
    )


def robots(*folders: str) -> Reply:
    """A robots.txt that forbids ``folders``."""
    lines = ["User-agent: *", *(f"Disallow: {folder}" for folder in folders)]
    return Reply(headers={"Content-Type": "text/plain"}, body="\n".join(lines).encode())


class _Flood:
    """30 MB of paragraphs, generated while being read."""

    def __iter__(self) -> Iterator[bytes]:
        yield b"<html><head><meta charset='utf-8'><title>log</title></head><body>"
        piece = "<p>系统日志第一行：服务正常。</p>\n".encode() * 1600
        for _ in range(HUGE_BYTES // len(piece) + 1):
            yield piece
