"""Faults found while reading all saved pages, each on markup of the kind that showed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from crawler.extract import extract, next_part
from crawler.extract.footer import ends_text, is_around, is_contact
from crawler.lists.links import html_links
from yuqing.core.records import Article, Link, ListPage, Outcome, Page, Rejected
from yuqing.core.times import SHANGHAI, now

TEXT = (
    "<p>记者从会上获悉，全市今年将建设三个互联网医院示范项目，方便居民在家门口复诊开方。</p>"
    "<p>相关负责人介绍，平台已经接入二十七家医院，处方流转由药师逐张审核，药品当日送达。</p>"
    "<p>下一步，各区还将开设线上咨询，老年人可以由家庭医生代为预约，费用与线下一致。</p>"
)
HEAD = (
    "<html><head><title>三个互联网医院项目启动_示例网</title></head><body>"
    "<h1>三个互联网医院项目启动</h1><div>2021-03-04 09:15 来源：示例日报</div>"
)
BOX = "<div class='TRS_Editor'>"
END = "</div></body></html>"


def article(page: Page) -> Article:
    found = extract(page)
    assert isinstance(found, Article), found
    return found


def test_numbered_links_alone_lead_on() -> None:
    def made(url: str, *hrefs: str) -> Page:
        links = "".join(f'<a href="{href}">[{number}]</a>' for number, href in enumerate(hrefs, 1))
        return Page(url=url, body=f"{HEAD}{TEXT}{links}</body></html>".encode(), source_id="s", fetched_at=now())

    base = "http://www.example.com/jizhe/2005-08/16/content_4894059"
    hrefs = (f"{base}.htm", f"{base}_1.htm", f"{base}_2.htm")
    assert next_part(made(f"{base}.htm", *hrefs)) == f"{base}_1.htm"
    assert next_part(made(f"{base}_1.htm", *hrefs)) == f"{base}_2.htm"
    assert next_part(made(f"{base}_2.htm", *hrefs)) is None
    money = "http://money.example.com/15/0704/10/ATM2AF3B"
    hrefs = (f"{money}.html", f"{money}_2.html", f"{money}_3.html")
    assert next_part(made(f"{money}.html", *hrefs)) == f"{money}_2.html"
    assert next_part(made(f"{money}_2.html", *hrefs)) == f"{money}_3.html"
    assert next_part(made(f"{money}.html", f"{money}.html", "/15/0704/10/OTHER_2.html")) is None


def test_the_closing_byline_ends_the_body_and_gives_the_origin(page: Callable[..., Page]) -> None:
    html = (
        "<html><body><h1>三个互联网医院项目启动</h1><div>2021-03-04 09:15:30</div><div class='c'>"
        f"{TEXT}<p>来源：示例日报 作者：王小明 编辑：李小红</p><p>上一篇：春季学期开学</p><p>会员登录名 密码 [注册]</p>"
        f"<p>图库</p>{END}"
    )
    found = article(page(html))
    assert found.origin == "示例日报"
    assert found.body.endswith("费用与线下一致。")


def test_contacts_of_a_notice_are_text_and_a_footer_is_none(page: Callable[..., Page]) -> None:
    contacts = (
        "<p>主办单位：市卫生健康委员会</p><p>承办单位：市互联网协会</p><p>联系人：赵先生</p><p>电话：0571-12345678</p>"
        "<p>地址：中山路1号</p><p>请各单位于三月底前报名，名额有限，先到先得，报名表见附件，逾期不再受理。</p>"
        "<p>市卫生健康委员会</p><p>2021年3月4日</p>"
    )
    gap = "<ul>" + "".join(f"<li><a href='/{n}.html'>栏目之{n}</a></li>" for n in range(8)) + "</ul>"
    footer = "<div>主办：市政府办公室 电话：0571-87654321</div><div>地址：解放路2号</div><div>浙ICP备12345678号</div>"
    for box in ("<div>", BOX):
        body = article(page(f"{HEAD}{box}{TEXT}{contacts}</div>{gap}{footer}</body></html>")).body
        for kept in ("主办单位：市卫生健康委员会", "承办单位：市互联网协会", "电话：0571-12345678", "地址：中山路1号"):
            assert kept in body.split("\n")
        assert body.endswith("2021年3月4日")
        assert "解放路" not in body
        assert "87654321" not in body


@pytest.mark.parametrize(
    "line",
    [
        "扫码乘车已经覆盖全市六百条公交线路，乘客不必再换卡。",
        "登录平台后，企业可以一次提交全部材料，部门在线会签。",
        "手机扫一扫就能结账，菜市场里的摊主也用上了移动支付。",
        "打印 一张证明要跑三个窗口的日子，在这座城市已成过去。",
        "投诉举报渠道进一步畅通，平台须在三日内答复消费者。",
        "举报人“寻而不得”",
    ],
)
def test_a_sentence_that_begins_like_a_button_is_text(page: Callable[..., Page], line: str) -> None:
    html = f"{HEAD}{BOX}{TEXT}<p>{line}</p>{TEXT.replace('全市', '全省')}{END}"
    assert " ".join(line.split()) in article(page(html)).body.split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "扫一扫在手机打开当前页",
        "扫码关注我们，每天获得最新资讯。",
        "用微信扫一扫，点击右上角分享按钮，将本文分享给您的好友或朋友圈。",
        "登录 | 注册",
        "举报电话：12377",
        "上一篇：数字中国建设峰会闭幕，签约项目两百个，总额创历届之最",
        "打印本页",
        "“特别声明：以上作品内容(包括在内的视频、图片或音频)由用户上传并发布，平台仅提供存储服务。",
    ],
)
def test_buttons_and_invitations_are_no_text(page: Callable[..., Page], line: str) -> None:
    html = f"{HEAD}{BOX}{TEXT}<p>{line}</p>{TEXT.replace('全市', '全省')}{END}"
    assert line not in article(page(html)).body.split("\n")


def test_the_head_row_of_a_table_of_penalties_stays(page: Callable[..., Page]) -> None:
    table = (
        "<table><tr><td>序号</td><td>当事人名称</td><td>行政处罚决定书文号</td><td>处罚内容</td></tr>"
        "<tr><td>1</td><td>示例网络科技公司，未按规定公示用户信息处理规则，情节较轻</td><td>示罚〔2021〕3号</td>"
        "<td>警告，并处罚款五万元</td></tr></table>"
    )
    body = article(page(f"{HEAD}{BOX}{table}{END}")).body
    assert body.split("\n")[0] == "序号 | 当事人名称 | 行政处罚决定书文号 | 处罚内容"


def test_a_floating_advertisement_does_not_cut_a_sentence(page: Callable[..., Page]) -> None:
    cut = "<P>　　项目总投资达到5<table align=left><tr><td><img src='a.gif'></td></tr></table>00万元，年内建成。"
    body = article(page(f"{HEAD}{BOX}{TEXT}{cut}<P>　　市民可以监督。{END}")).body
    assert "项目总投资达到500万元，年内建成。" in body.split("\n")
    apart = "<P>小标题<table align=left><tr><td><img src='a.gif'></td></tr></table>　　项目总投资五百万元，年内建成。"
    body = article(page(f"{HEAD}{BOX}{TEXT}{apart}{END}")).body
    assert body.split("\n")[-2:] == ["小标题", "项目总投资五百万元，年内建成。"]


def test_a_link_above_the_text_is_none_of_it(page: Callable[..., Page]) -> None:
    html = f"{HEAD}{BOX}<p><a href='/v/1.html'>视频：线上复诊怎么做</a></p>{TEXT}{END}"
    assert article(page(html)).body.startswith("记者从会上获悉")
    html = f"{HEAD}{BOX}<p><a href='/f/1.pdf'>示范项目名单（第一批）.pdf</a></p>{TEXT}{END}"
    assert article(page(html)).body.startswith("示范项目名单")


def test_more_than_the_breadcrumb_in_its_row(page: Callable[..., Page]) -> None:
    row = (
        "<table><tr><td>您当前的位置 ： <a>示例网</a> &gt; <a>新闻中心</a> &gt; <a>本地</a></td>"
        "<td>新闻报料:966123</td><td>字号：大 中</td></tr></table>"
    )
    found = article(page(f"<html><body>{row}{HEAD}{BOX}{TEXT}{END}"))
    assert found.columns == ("示例网", "新闻中心", "本地")


def test_a_day_just_below_a_short_body(page: Callable[..., Page]) -> None:
    html = (
        f"<html><body><h1>三个互联网医院项目启动</h1><div>来源于：东区</div><div id='zoom'>{TEXT}</div>"
        f"<div>发布日期：2019-03-06 责任编辑：小龙{END}"
    )
    assert article(page(html)).published_at == "2019-03-06"


def test_details_links_leave_no_arrows(page: Callable[..., Page]) -> None:
    more = "<p>另据通报，三家医院已通过验收，年底前还将增加五家，居民可就近选择。<a href='/d'>详情&gt;&gt;</a></p>"
    body = article(page(f"{HEAD}{BOX}{TEXT}{more}{TEXT.replace('全市', '全省')}{END}")).body
    assert "居民可就近选择。" in body
    assert "详情" not in body


@pytest.mark.parametrize(
    ("row", "title", "day"),
    [
        (
            "<a href='/a.html'><img alt=''>比赛3-2</a><a href='/a.html'>陈某3-2王某 晋级八强</a>",
            "陈某3-2王某 晋级八强",
            None,
        ),
        (
            "<h3><a href='/a.html'>互联网医院今日启用</a></h3><p>互联网医院今日启用，方便复诊</p>",
            "互联网医院今日启用",
            None,
        ),
        ("<a href='/a.html'>互联网医院启用</a><span>今天 07:20</span>", "互联网医院启用", date(2021, 3, 4)),
        ("<a href='/a.html'>互联网医院启用</a><span>发布于昨天</span>", "互联网医院启用", date(2021, 3, 3)),
        ("· <a href='/a.html'>互联网医院启用</a> (07:20)", "互联网医院启用", date(2021, 3, 4)),
    ],
)
def test_the_day_beside_a_link_and_not_in_its_words(row: str, title: str, day: date | None) -> None:
    at = datetime(2021, 3, 4, 8, 30, tzinfo=SHANGHAI)
    page = Page(url="http://www.example.cn/", body=b"", source_id="s", fetched_at=at, kind="listing")
    html = f"<html><body><ul><li>{row}</li><li><a href='/b.html'>另一篇</a></li></ul></body></html>"
    found = html_links(html, page, ListPage(url=page.url, adapter="html-list"))
    assert found[0] == Link(url="http://www.example.cn/a.html", title=title, day=day)


def test_a_file_named_in_the_query_is_an_attachment(page: Callable[..., Page]) -> None:
    link = "<a href='/module/download/downfile.jsp?classid=0&filename=190320.pdf'>1.任务分工表</a>"
    found = article(page(f"{HEAD}{BOX}{TEXT}<p>附件：{link}</p>{END}"))
    assert [item.name for item in found.attachments] == ["1.任务分工表"]
    link = "<a href='/search.jsp?word=report.pdf'>查找报告</a>"
    assert article(page(f"{HEAD}{BOX}{TEXT}<p>{link}</p>{END}")).attachments == ()


def test_a_title_over_two_lines_is_not_repeated_in_the_body(page: Callable[..., Page]) -> None:
    shown = "<p align=center><b>三个互联网<br>医院项目启动</b></p><p>示发〔2021〕3号</p>"
    assert article(page(f"{HEAD}{BOX}{shown}{TEXT}{END}")).body.startswith("示发〔2021〕3号\n记者从会上获悉")


@pytest.mark.parametrize("line", ["文章类型：原创 内容分类：新闻", "[打印] [关闭]", "点击上方“数字示例”关注我们"])
def test_labels_above_the_text_of_old_ministries_and_accounts(page: Callable[..., Page], line: str) -> None:
    assert article(page(f"{HEAD}{BOX}<p>{line}</p>{TEXT}{END}")).body.startswith("记者从会上获悉")


def test_the_caption_in_a_picture_table_of_people(page: Callable[..., Page]) -> None:
    table = "<table class='pci_c'><tr><td><img src='a.jpg'></td></tr><tr><td>村民在网店打包土货。</td></tr></table>"
    assert article(page(f"{HEAD}{BOX}{table}{TEXT}{END}")).body.startswith("图：村民在网店打包土货。")


@pytest.mark.parametrize(
    ("byline", "published", "origin"),
    [
        ("<div>2015-09-11 07:00</div><div>示例日报</div>", "2015-09-11T07:00:00+08:00", "示例日报"),
        ("<div>17-08-03 08:20 来源：示例网</div>", "2017-08-03T08:20:00+08:00", "示例网"),
        ("<div>（2019年5月20日）</div><div>王某某</div><div>2019-05-22</div>", "2019-05-22", ""),
        ("<div>（2019年5月20日）</div><div>王某某</div>", "2019-05-20", ""),
        ("<div>2017-05-10 11:20 來源：示例社</div>", "2017-05-10T11:20:00+08:00", "示例社"),
    ],
)
def test_bylines_of_unseen_layouts(page: Callable[..., Page], byline: str, published: str, origin: str) -> None:
    found = article(page(f"<html><body><h1>三个互联网医院项目启动</h1>{byline}{BOX}{TEXT}{END}"))
    assert (found.published_at, found.origin) == (published, origin)


def test_a_list_with_excerpts_is_no_article(page: Callable[..., Page]) -> None:
    rows = "".join(
        f"<li><h3><a href='/art/2019/{n}/3/art_1_{n}.html'>我省第{n}批数字化项目启动建设</a></h3>{TEXT[:60]}</p>"
        f"<span>2019-0{n}-03</span></li>"
        for n in range(1, 9)
    )
    found = extract(
        page(f"<html><head><title>示例省数字化项目汇编</title></head><body><ul class='list'>{rows}</ul></body></html>")
    )
    assert isinstance(found, Rejected)
    assert found.reason == Outcome.LIST_PAGE


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：小龙",
        "2021-03-04 09:15",
        "版权所有：示例网",
        "粤ICP备12345678号",
        "公网安备 123号",
        "网站标识码：1",
        "站点地图",
        "联系我们",
        "关于我们",
        "许可证编号：1",
        "举报电话：12377",
        "违法和不良信息",
        "建议使用谷歌浏览器",
        "Copyright 2021",
        "all rights reserved",
        "© 2021",
        "主办：示例网",
        "由 承办单位：示例网",
        "技术支持：示例公司",
        "公司地址：解放路",
        "单位电话：1",
        "办公热线：1",
        "医院地址：1",
        "地 址：1",
        "电子邮箱：1",
        "总机：1",
        "传真：1",
        "邮编：1",
        "热线：1",
    ],
)
def test_every_sign_of_a_footer_is_seen(line: str) -> None:
    assert is_around(line)
    assert ends_text(line) or is_contact(line)


def test_a_short_notice_goes_on_below_its_attachment(page: Callable[..., Page]) -> None:
    notice = (
        "<p>示信厅函〔2021〕24号</p><p>各成员单位：</p><p>现将三个互联网医院示范项目的工作计划印发给你们，请结合实际认真执行。</p>"
        "<p>附件：<a href='/files/abc.pdf'>工作计划.pdf</a></p><p>示例省信息化厅</p><p>2021年3月4日</p>"
    )
    tail = "<div><h2>相关信息</h2><ul><li><a href='/1.html'>一图读懂</a></li></ul></div>"
    found = article(page(f"{HEAD}<div>{notice}</div>{tail}</body></html>"))
    assert found.body.endswith("附件：工作计划.pdf\n示例省信息化厅\n2021年3月4日")
    assert [item.name for item in found.attachments] == ["工作计划.pdf"]


@pytest.mark.parametrize(
    ("line", "editor"),
    [
        ("（责任编辑 王金志 高强）", "王金志 高强"),
        ("摄影/张艳 编辑/苏芳", "苏芳"),
        ("责编丨赵小明", "赵小明"),
        ("责任编辑 打印", ""),
        ("责任编辑：", ""),
    ],
)
def test_the_editor_without_a_colon(page: Callable[..., Page], line: str, editor: str) -> None:
    assert article(page(f"{HEAD}{BOX}{TEXT}</div><div>{line}</div></body></html>")).editor == editor
