"""Pages served with status 200 that hold no article but say: not found, maintenance, moved, log in, browser error.

The title given by the list page is the best evidence: a page that shows it is never an error page.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import structs

from crawler.decode import decode
from crawler.extract.layout import PageLayout, read_layout
from crawler.extract.select import text_of
from crawler.extract.tree import MAX_BYTES, parse
from crawler.wordings import either, page_words
from yuqing.core.records import Page

ALIKE = "alike to the site's answer to an address that cannot exist"
_HAN = re.compile("[\u4e00-\u9fff]+")
_LETTERS = re.compile(r"[\W\d_]+")
_W = page_words().errors
_THING = either(_W.things)
_SITE = either(_W.sites)
_MISSING = either(_W.missing)
# What the page says, and the kind of error that this is; the first match gives the sign.
_SAYS = (
    (
        "not found",
        (
            rf"{_THING}.{{0,10}}(?:不存在|(?:已经?|已被|被|可能).{{0,6}}{either(_W.removed)}|{_MISSING}|{either(_W.gone)})"
            rf"|(?:{_MISSING}|不存在|没有)(?:您|你)?(?:所|要|想|请求|访问|查看|浏览|需要|指定|相关|该)"
            rf".{{0,8}}{_THING}|(?:暂无|没有)(?:相关)?(?:内容|数据|信息)$|404\s*(?:not\s*found|错误|页面|error|$)|not\s+found|page\s+not\s+found"
            r"|(?:参数|请求|地址|网址|URL|路径)(?:有误|错误|不正确|无效|非法)|非法(?:请求|访问|参数|操作)|您?访问的.{0,10}不存在|哎呀|迷失|出错(?:了|啦)"
        ),
    ),
    (
        "maintenance",
        (
            rf"{_SITE}.{{0,16}}{either(_W.down)}"
            r"|(?:维护|升级|检修|停机)(?:期间|中|公告|通知|时间).{0,20}(?:暂停|无法|不能|关闭|停止|稍后|谅解)|(?:正在|系统)(?:维护|升级|建设|调试|改版)"
            r"|(?:暂停|停止|关闭)(?:服务|访问|运行|开放)|稍后(?:再|重)?(?:访问|试|重试)|建设中|敬请期待|内部(?:服务器)?错误|服务器?(?:内部)?(?:错误|出错|开小差)"
            r"|Service\s+Unavailable|Internal\s+Server\s+Error|Bad\s+Gateway|Gateway\s+Time-?out|under\s+(?:maintenance|construction)"
        ),
    ),
    (
        "moved",
        (
            rf"(?:已|将|正)(?:经|整体|全部|正式|于.{{1,12}})?{either(_W.moves)}"
            r".{0,24}(?:新|跳转|网址|域名|平台|地址|网站|门户|关闭|停止)|(?:新|最新)(?:的)?(?:网址|域名|网站|平台|门户|地址).{0,30}(?:访问|跳转|收藏|点击|浏览)"
            r"|(?:自动|即将|正在|秒后?|为您|页面).{0,8}(?:跳转|转向|转到|重定向|返回首页|转入)|原(?:网址|网站|域名|站点).{0,12}(?:停止|关闭|不再)|redirecting"
        ),
    ),
    (
        "login",
        (
            r"(?:请|尚未|需要?|未|先|您还没有|后)(?:先)?(?:登录|登陆|注册)|(?:登录|登陆|会话|身份)(?:信息)?(?:已)?(?:超时|失效|过期)|(?:用户名|账号|帐号|手机号).{0,12}密码"
            r"|没有(?:访问|阅读|查看|浏览)?(?:的)?权限|无权(?:访问|查看|限)|(?:仅|只)(?:限|供|对).{0,12}(?:用户|会员|登录|内部|内网|订阅)|验证码|please\s+log\s*in|sign\s+in"
        ),
    ),
    (
        "browser",
        (
            r"(?:此|该|这个)(?:网站|网页|页面).{0,6}(?:无法|不能)|(?:无法|不能)(?:访问|连接|打开|显示|找到)(?:此|该|这个|到)?(?:网站|网页|页面|服务器)|找不到服务器|ERR_[A-Z_]{4,}|DNS_PROBE"
            r"|(?:连接|请求|响应)(?:已)?(?:超时|重置|被拒绝|失败)|(?:您?的)?浏览器.{0,16}(?:不支持|版本过低|版本太低|升级|不兼容|禁用)|(?:开启|启用|打开).{0,4}(?:java\s*script|cookie)|enable\s+javascript"
            r"|site\s+can.?t\s+be\s+reached|cannot\s+(?:be\s+)?display|HTTP\s+(?:Status|错误|Error)\s*[345]\d\d|检查(?:网络|代理|防火墙|您的(?:网络|DNS))"
        ),
    ),
)
_SIGNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _SAYS)
_HEAD = re.compile(
    r"^\W*(?:(?:HTTP\s*)?[45]0\d\b.{0,20}|error.{0,20}|出错.{0,6}|错误.{0,8}|(?:友情|温馨|系统|信息|操作|错误)?提示(?:信息|页面?)?|(?:系统|网站|平台|服务)?(?:升级|维护|检修).{0,8}"
    r"|(?:用户|会员|系统|统一)?(?:登录|登陆|注册|身份认证).{0,8}|(?:页面|网页|网站)?(?:正在)?(?:跳转|迁移|搬家|转向).{0,6}|(?:页面|网页|内容|您|你|该|抱歉|对不起|很抱歉|找不到|无法).{0,16}"
    r"(?:不存在|找不到|未找到|删除|出错|错误|无法.{0,6}|访问.{0,6}|页面?|网站)|.{0,12}not\s+found.{0,12}|关闭.{0,4}|建设中.{0,6})$",
    re.IGNORECASE,
)
MIN_PAIRS = 5  # pairs of characters a title needs to be searched for
SHOWN = 0.5  # share of them on a page that shows the title; shortened and reworded titles have more
ABSENT = 0.2  # share on a page that shows nothing of it
SHORT = 600  # characters of running text; error pages of the saved sites have at most 300
ALIKE_SHARE = 0.9
MAX_TITLE = 200  # characters of a title that are compared


def title_share(title: str, text: str) -> float | None:
    """The share of the pairs of Chinese characters of ``title`` found in ``text``; None where it has too few."""
    pairs = {run[at : at + 2] for run in _HAN.findall(title) for at in range(len(run) - 1)}
    if len(pairs) < MIN_PAIRS:
        return None
    return sum(map(text.__contains__, pairs)) / len(pairs)


def page_text(layout: PageLayout) -> str:
    """All that the page shows and is called: its lines, its title and its metas."""
    heads = [text_of(element) for element in layout.root.iter("title")]
    heads += [element.get("content", "") for element in layout.root.iter("meta")]
    return "\n".join((*heads, *(line.text for line in layout.lines)))


def error_sign(page: Page, layout: PageLayout, dated: bool) -> str:
    """Why the page is an error page and not an article, in a few words; an empty string where it is not.

    ``dated``: the page shows a day of publication. If a list gave a title, error wording counts wherever the page does
    not show that title; without one, it counts only on a short page without a day.
    """
    listed = page.link.title if page.link else ""
    share = title_share(listed, page_text(layout)) if listed else None
    if dated and (share is None or share > ABSENT):
        return ""
    if share is not None and share >= SHOWN:
        return ""
    plain = [line.text for line in layout.lines if line.linked * 2 <= len(line.text)]
    if sum(map(len, plain)) > SHORT * 3 or layout.good_in(0, len(layout.lines)) > SHORT:
        return ""
    sign = _said(layout, plain, sure=share is not None)
    if sign or share is None or share > ABSENT or dated:
        return sign
    return ALIKE if page.note == ALIKE else f"shows nothing of the list's title “{listed[:40]}”"


def list_sign(page: Page) -> str:
    """Why a list page without links may be an error page; an empty string where nothing suggests so."""
    root = parse(decode(page.body, page.headers).text) if 0 < len(page.body) <= MAX_BYTES else None
    return error_sign(structs.replace(page, link=None), read_layout(root), dated=False) if root is not None else ""


def may_be_missing(page: Page) -> bool:
    """Whether a response shows nothing of its list's title, so that it is to be compared with the site's error page."""
    if page.status != 200 or page.link is None or not page.body or len(page.body) > MAX_BYTES:
        return False
    pairs = title_share(page.link.title, page.link.title)
    if pairs is None:
        return False
    share = title_share(page.link.title, decode(page.body, page.headers).text)
    return share is not None and share <= ABSENT


def fingerprint(page: Page) -> tuple[str, ...]:
    """The lines of a page, letters only and without digits, for comparison with another page."""
    root = parse(decode(page.body, page.headers).text) if len(page.body) <= MAX_BYTES else None
    if root is None:
        return ()
    titles = [text_of(element) for element in root.iter("title")]
    keys = (_LETTERS.sub("", text) for text in (*titles, *(line.text for line in read_layout(root).lines)))
    return tuple(dict.fromkeys(key for key in keys if key))


def is_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two pages show the same: nine tenths of the letters of each are in lines that both have."""
    common = sum(map(len, set(one) & set(other)))
    return common > 0 and common >= ALIKE_SHARE * max(sum(map(len, one)), sum(map(len, other)))


def _said(layout: PageLayout, plain: list[str], *, sure: bool) -> str:
    titles = [text_of(element)[:MAX_TITLE] for element in layout.root.iter("title", "h1", "h2")]
    heads = [text for text in titles if _HEAD.match(_first(text))]
    if not (sure or heads or sum(map(len, plain)) < SHORT):
        return ""
    texts = [*titles, *plain]
    for kind, pattern in _SIGNS:
        for text in texts:
            found = pattern.search(text)
            if found and (sure or heads or text not in titles):
                return f"{kind} (“{found[0].strip()[:40]}”)"
    return f"error page (“{heads[0][:40]}”)" if heads else ""


@lru_cache(maxsize=64)
def _first(text: str) -> str:
    """A title up to the site's name."""
    return re.split(r"[_|｜]|\s*[-–—]{1,2}\s*(?=\D)", text)[0].strip()
