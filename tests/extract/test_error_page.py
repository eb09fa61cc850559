"""Pages with status 200 that are no articles: errors by their words, and text garbled before it was stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from crawler.extract import extract
from crawler.extract.error_page import fingerprint, is_alike, may_be_missing
from crawler.refusals import answer_outcome
from yuqing.core.records import Article, Link, Outcome, Page, Rejected

Make = Callable[..., Page]
LINK = Link(url="", title="某省出台“互联网+医疗健康”实施意见", day=date(2018, 3, 8))
TEXT = "某省人民政府近日印发“互联网+政务服务”工作方案，要求年底前实现省市县三级事项网上可办，企业和群众办事只进一扇门。"
ERRORS = {
    "您访问的页面不存在或已删除": "not found",
    "对不起，您要查看的信息不存在！请返回首页，或联系网站管理员。": "not found",
    "抱歉，没有找到您要访问的页面，可能已被移走。": "not found",
    "该文章已下线，感谢您的关注，请浏览其他内容，谢谢您的理解与支持。": "not found",
    "404 Not Found nginx/1.18.0 The requested URL was not found on this server.": "not found",
    "参数错误，请检查您输入的网址是否正确，或返回上一页重新操作。": "not found",
    "本网站正在进行系统升级维护，维护期间将暂停服务，敬请谅解。": "maintenance",
    "系统繁忙，请稍后再试。给您带来的不便我们深表歉意，感谢理解。": "maintenance",
    "服务器开小差了，工程师正在紧急处理，请您过一会儿再来看看吧。": "maintenance",
    "栏目建设中，敬请期待。更多精彩内容请关注我们的官方网站首页。": "maintenance",
    "本站已整体迁移至新域名，请收藏新网址，页面将在五秒后自动跳转。": "moved",
    "您尚未登录或登录已超时，请登录后继续浏览，注册完全免费。": "login",
    "本栏目仅限内部用户访问，如有疑问请与信息中心联系，谢谢您的配合。": "login",
    "您没有访问权限，请与管理员联系，或使用有权限的账号重新进入系统。": "login",
    "无法访问此网站 www.example.gov.cn 的响应时间过长 ERR_CONNECTION_TIMED_OUT": "browser",
    "您的浏览器版本过低，为保证浏览效果，请升级浏览器后再访问本站点。": "browser",
}


def html(title: str, body: str) -> str:
    return f"<html><head><title>{title}</title></head><body><div>{body}</div></body></html>"


@pytest.mark.parametrize(("text", "kind"), ERRORS.items())
@pytest.mark.parametrize("title", ["某省人民政府", "系统提示"])
def test_an_error_page_is_told_by_its_words(page: Make, text: str, kind: str, title: str) -> None:
    found = extract(page(html(title, f"<p>{text}</p>"), link=LINK))
    assert isinstance(found, Rejected)
    assert found.reason in (Outcome.ERROR_PAGE, Outcome.REFUSED)
    assert found.detail.startswith(kind)


@pytest.mark.parametrize("text", ERRORS)
def test_an_error_page_without_a_list_s_word(page: Make, text: str) -> None:
    found = extract(page(html("系统提示", f"<p>{text}</p><p>{text}</p>")))
    assert isinstance(found, Rejected)
    assert found.reason is Outcome.ERROR_PAGE


@pytest.mark.parametrize(
    "title",
    [
        "关于省政府门户网站系统升级维护暂停服务的公告",
        "某省政务服务网登录页面不存在等问题整改情况通报",
        "某市政务服务平台整体迁移至新域名",
        "某省医保系统切换期间暂停服务的通知",
    ],
)
def test_news_about_errors_is_an_article(page: Make, title: str) -> None:
    """The page shows what its list promised; and it has a day, where no list is known."""
    body = f"<h1>{title}</h1><div>发布时间：2018-03-08 来源：某省日报</div><p>{title}。{TEXT}</p>"
    body += "<p>页面不存在的，请稍后再试。</p>"
    for link in (Link(url="", title=title), None):
        found = extract(page(html(f"{title}-某省人民政府", body), link=link))
        assert isinstance(found, Article)
        assert found.title == title


def test_a_title_never_comes_from_the_list_alone(page: Make) -> None:
    found = extract(page(html("", f"<p>{TEXT}</p><p>{TEXT}</p>"), link=LINK))
    assert not isinstance(found, Article)
    reworded = Link(url="", title="某省印发“互联网+政务服务”方案")
    shown = extract(page(html("", f"<p>{TEXT}</p><p>{TEXT}</p>"), link=reworded))
    assert isinstance(shown, Article)


@pytest.mark.parametrize(
    "text",
    [
        "您的访问过于频繁，请按住滑块，拖动到最右边，完成拼图后继续访问。",
        "为保障安全，请完成下方验证后继续。",
        "您的IP地址存在异常请求，访问已被拦截。",
        "Checking your browser before accessing the site.",
    ],
)
def test_a_page_that_asks_for_proof_is_a_refusal(page: Make, text: str) -> None:
    for body in (html("访问验证", text).encode(), html("访问验证", text).encode("gb18030")):
        outcome = answer_outcome(page(body))
        assert outcome is not None
        assert outcome[0] is Outcome.REFUSED
        assert outcome[1].startswith("challenge page")


def test_an_article_about_sliders_is_no_refusal(page: Make) -> None:
    body = html("滑块验证被破解", f"<h1>滑块验证被破解</h1><p>2018-03-08</p><p>完成滑块验证后。{TEXT * 8}</p>")
    assert answer_outcome(page(body)) is None


def test_pages_are_compared_with_the_answer_to_a_missing_one(page: Make) -> None:
    nav = "".join(f"<li><a href='/c{n}'>政务公开栏目第{n}号</a></li>" for n in range(20))
    missing = page(html("某省", f"<ul>{nav}</ul><p>欢迎访问某省人民政府门户网站 404-17</p>"), link=LINK)
    other = page(html("某省", f"<ul>{nav}</ul><p>欢迎访问某省人民政府门户网站 404-23</p>"), link=LINK)
    article = page(html("某省", f"<ul>{nav}</ul><h1>{LINK.title}</h1><p>{TEXT * 5}</p>"), link=LINK)
    assert may_be_missing(missing)
    assert not may_be_missing(article)
    assert is_alike(fingerprint(missing), fingerprint(other))
    assert not is_alike(fingerprint(missing), fingerprint(article))
    assert not is_alike(fingerprint(missing), ())


ARTICLE = f"<h1>某省印发工作方案</h1><p>2018-03-08 09:00</p><p>{TEXT}</p><p>{TEXT[::-1]}</p>"
GARBLED = {
    "gbk as latin-1": ARTICLE.encode("gbk").decode("latin-1"),
    "gbk as cp1252": ARTICLE.encode("gbk").decode("cp1252", "replace").replace("�", "?"),
    "utf-8 as latin-1": ARTICLE.encode().decode("latin-1"),
    "utf-8 as cp1252": ARTICLE.encode().decode("cp1252", "replace").replace("�", "?"),
    "utf-8 as gbk": ARTICLE.encode().decode("gb18030", "replace").replace("�", "?"),
    "utf-8 as big5": ARTICLE.encode().decode("big5", "ignore"),
    "gbk as shift-jis": ARTICLE.encode("gbk").decode("shift-jis", "ignore"),
    "gbk as big5": ARTICLE.encode("gbk").decode("big5", "ignore"),
    "gbk as utf-8, then as gbk": ARTICLE.encode("gbk").decode("utf-8", "replace").encode().decode("gbk", "ignore"),
    "question marks": ARTICLE.encode("ascii", "replace").decode(),
    "entities": ARTICLE.encode("gbk").decode("latin-1").encode("ascii", "xmlcharrefreplace").decode(),
}


@pytest.mark.parametrize("way", GARBLED)
def test_garbled_text_is_no_article(page: Make, way: str) -> None:
    found = extract(page(f"<html><head><meta charset='utf-8'></head><body>{GARBLED[way]}</body></html>"))
    assert isinstance(found, Rejected)
    assert found.reason in (Outcome.GARBLED, Outcome.UNDECODABLE)


@pytest.mark.parametrize(
    "text",
    [
        "与会代表：张鑫、李淼、王焱、赵垚、钱犇、孙骉、周麤、吴毳、郑淼、冯喆、陈堃、蒋琨、沈珺、韩璟、杨翀、朱祎、秦弢、尤赟。"
        * 3,
        "Café, naïve, Gößweinstein: la Chine présente à Genève ses services numériques, « Internet Plus ».",
        "表格：１２３４，ＡＢＣＤ；℃、㎡、①②③④⑤。数据统计：10×20＝200，±0.5，§3，©2018，µg。" * 3,
    ],
)
def test_rare_text_is_not_garbled(page: Make, text: str) -> None:
    found = extract(
        page(f"<html><body><h1>某省印发工作方案</h1><p>2018-03-08</p><p>{text}</p><p>{TEXT}</p></body></html>")
    )
    assert isinstance(found, Article)
