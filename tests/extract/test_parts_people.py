"""人民网 pages its articles by a picture without words."""

from __future__ import annotations

from crawler.extract import next_part
from yuqing.core.records import Page
from yuqing.core.times import now

PAGER = (
    '<div class="zdfy clearfix"><a href="/n1/2018/0312/c42510-29863204.html">【1】</a>'
    '<a href="/n1/2018/0312/c42510-29863204-2.html">【2】</a>'
    '<a href="/n1/2018/0312/c42510-29863204-3.html">【3】</a></div>'
    '<center><a href="{next}"><img src="/img/next_page.jpg" border="0"></a></center>'
)


def page(url: str, following: str, pager: str = PAGER) -> Page:
    body = f"<html><body><h1>标题</h1><div id='rwb_zw'><p>正文。</p></div>{pager.format(next=following)}</body></html>"
    return Page(url=url, body=body.encode("gb18030"), source_id="people", fetched_at=now())


def test_the_picture_leads_to_the_next_page() -> None:
    base = "http://sh.people.com.cn/n1/2018/0312/c42510-29863204"
    assert next_part(page(f"{base}.html", "/n1/2018/0312/c42510-29863204-2.html")) == f"{base}-2.html"
    assert next_part(page(f"{base}-2.html", "/n1/2018/0312/c42510-29863204-3.html")) == f"{base}-3.html"


def test_a_picture_that_leads_to_another_article_is_not_followed() -> None:
    base = "http://sh.people.com.cn/n1/2018/0312/c42510-29863204"
    picture = PAGER[PAGER.index("<center>") :]
    assert next_part(page(f"{base}.html", "/n1/2018/0312/c42510-29863999.html", picture)) is None
