"""Days, names and lines that pages show and that are not the article's: rather nothing than one of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract
from tests.extract.test_labels import TEXT, TITLE, read
from yuqing.core.records import Article, Page

Make = Callable[..., Page]
DAY = "2018-03-05"


@pytest.mark.parametrize(
    ("byline", "day"),
    [
        ("公示期：2018-03-01至2018-03-07", ""),
        ("公示期：2018-03-01至2018-03-07　2018-03-05发布", DAY),
        ("2018-03-01 — 2018-03-07", ""),
        ("报名截止：2018-03-10", ""),
        ("阅读时间：2018-03-10 浏览 200", ""),
        ("访谈时间：2018-03-04 10:00</div><div>发布时间：2018-03-05", DAY),
        ("<em>318</em><em>2018-03-05</em>", DAY),
        ("<i>第18期</i><i>2018年3月5日</i>", DAY),
        ("Mar 5, 2018 10:20", DAY),
        ("5 March 2018", DAY),
        ("二○一八年三月五日", DAY),
        ("2018-03-05　更新于 2024-01-02", DAY),
        ("http://www.example.com 2018-03-05　更新于 2024-01-02　某报", DAY),
        ("发表于2018年3月5日 阅读：2031 评论：12 收藏 打印 关闭 分享到 微信 微博", DAY),
    ],
)
def test_days_that_are_not_of_publication(page: Make, byline: str, day: str) -> None:
    assert read(page, byline).published_at[:10] == day


def test_the_day_of_the_visit_and_of_another_article_is_none_of_this(page: Make) -> None:
    heading = f"<div>{{}}</div><h1>{TITLE}</h1>"
    assert read(page, heading=heading.format("2024年5月6日 星期一 多云")).published_at == ""
    assert read(page, heading=heading.format("<h2>头条：某会议召开</h2><span>2017-01-01</span>")).published_at == ""
    comment = "<div><p>网友甲 2022-01-05 10:11</p><p>支持</p></div>"
    assert read(page, below=comment).published_at == ""
    assert read(page, "发布时间：2018-03-05", heading=heading.format("2024年5月6日 星期一")).published_at == DAY


@pytest.mark.parametrize(
    ("byline", "origin"),
    [
        ("<span>2018-03-05</span><span>来源：某省日报</span><span>王某</span>", "某省日报"),
        ("<em>2018-03-05</em><em>县民政局</em><em>318</em>", "县民政局"),
        ("2018-03-05 来源：某省发布 作者：王某", "某省发布"),
        ("2018-03-05 来源：某市局（公司） 浏览：3", "某市局(公司)"),
        ("2018-03-05 来源：某社（记者 王某）", "某社"),
        ("2018-03-05 来源：未知 作者：admin", ""),
        ("2018-03-05 来源：</div><div>请输入关键字</div><div>", ""),
        ("2018-03-05 来源：</div><div>听新闻</div><div>", ""),
        ("2018-03-05 来源：</div><div>推荐阅读</div><div>", ""),
        ("2018-03-05 来源：</div><div>版权所有</div><div>", ""),
        ("2018-03-05 来源：</div><div>记者 王某</div><div>", ""),
        ("2018-03-05 来源：</div><div>当前位置</div><div>", ""),
        ("2018-03-05 来源：我来说两句", ""),
        ("2018-03-05 来自广东", ""),
        ("<span class='source'>某某时报</span></div><div>2018-03-05 来自广东", "某某时报"),
        ("来源：  发布日期 : 2018-03-05 访问量：", ""),
        ("2018-03-05 来源：新浪", "新浪"),
        ("2018-03-05 来源：某报记者 王某", "某报"),
        ("2018-03-05 Source：某省日报", "某省日报"),
        ("2018-03-05 来源：某省日报 +关注", "某省日报"),
        ("2018-03-05 来源：某省日报 A+ A-", "某省日报"),
        ("2018-03-05 来源：《某省日报》第3版", "某省日报"),
        ("2018-03-05</div><p>图片来源：某视觉</p><div>", ""),
        ("2018-03-05</div><p>数据来源：国家统计局</p><div>", ""),
        ("2018-03-05</div><p>图片新闻</p><div>", ""),
        ("</div><p>——走进某省发展改革委</p><div>2018-03-05", ""),
    ],
)
def test_names_that_are_no_origin(page: Make, byline: str, origin: str) -> None:
    found = read(page, byline)
    assert (found.origin, found.published_at) == (origin, DAY)


def test_a_title_below_an_empty_label_is_no_origin(page: Make) -> None:
    heading = f"<div>您的位置：首页 > 新闻 > 来源：</div><h1>{TITLE}</h1>"
    assert read(page, DAY, heading=heading).origin == ""


@pytest.mark.parametrize(
    ("inside", "editor"),
    [
        ("（责任编辑：admin）", ""),
        ("编辑：lijing", ""),
        ("总编辑：赵某", ""),
        ("责任编辑：新闻中心", ""),
        ("责任编辑：本网编辑", ""),
        ("责任编辑：</p><p>返回顶部", ""),
        ("责任编辑：</p><p>附件下载", ""),
        ("责任编辑：欧阳晓明", "欧阳晓明"),
        ("责任编辑：某县融媒体中心", "某县融媒体中心"),
        ("责任编辑：</p></div><div>版权所有 某市", ""),
        ("来源：某报</p><p>记者：施某</p><p>编辑：马某兰</p><p>终审：邓某", "马某兰"),
        ("来源 | 某报</p><p>记者 | 王某</p><p>编辑 | 李某</p><p>监审 | 周某", "李某"),
        ("▍某报记者：王某</p><p>▍编辑：李某", "李某"),
        ("编辑·李某某", ""),
        ("值班编辑：李某某</p><p>值班主编：王某", "李某某"),
    ],
)
def test_editors_are_persons_and_their_block_is_no_body(page: Make, inside: str, editor: str) -> None:
    found = read(page, DAY, inside=f"<p>{inside}</p>")
    assert (found.editor, found.body.split("\n")) == (editor, TEXT)


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        (f"某市人民政府 部门动态 {TITLE}", f"<div class='title'>{TITLE}</div>"),
        (f"某市政府信息公开 政策文件 {TITLE}", f"<p><b>{TITLE}</b></p>"),
        (f"【图集】{TITLE}_图片_某网", f"<h2>{TITLE}</h2>"),
        (f"【{TITLE}】-某网", f"<h1>{TITLE}</h1>"),
        (TITLE, f"<h1><a href='/c'>要闻</a> {TITLE}</h1>"),
        (f"某网_{TITLE}", f"<h1>标题：{TITLE}</h1>"),
        (TITLE, f"<h1>{TITLE} <a href='#c'>[评论 12]</a></h1>"),
        (f"{TITLE}（某网）", f"<div class='x'>{TITLE}</div>"),
        (f"{TITLE} 工作动态 某省发展和改革委员会", f"<div class='x'>{TITLE}</div>"),
        (f"某网::{TITLE}", f"<div class='x'>{TITLE}</div>"),
        ("旧模板的页面名称没有改过", f"<div class='title'>{TITLE}</div>"),
        (f"{TITLE}_某网", f"<h1>{TITLE[:12]}...</h1>"),
        (f"{TITLE}·某新闻网", "<img src='title.jpg'>"),
    ],
)
def test_titles_without_site_column_and_mark(page: Make, head: str, heading: str) -> None:
    assert read(page, DAY, title=head, heading=heading).title == TITLE


@pytest.mark.parametrize(
    "beside", ["来源：某省日报", "日期：2018-03-05", "www.example.com", "办理结果", "一、总体要求", "版权与免责声明"]
)
def test_a_label_is_no_title(page: Make, beside: str) -> None:
    heading = f"<div class='title'>{TITLE}</div><h1>{beside}</h1>"
    assert read(page, DAY, title="", heading=heading).title == TITLE


def test_a_title_repeated_below_the_text_is_no_heading(page: Make) -> None:
    found = read(page, DAY, title=f"{TITLE}_某网", heading=f"<h1>{TITLE}（2）</h1>", below=f"<div>{TITLE}</div>")
    assert (found.title, found.body.split("\n")[: len(TEXT)]) == (TITLE, TEXT)


def test_a_heading_in_two_lines_keeps_who_issued_it(page: Make) -> None:
    heading = f"<h3>某省教育厅<br>{TITLE}</h3>"
    assert read(page, DAY, title=f"某省教育厅 通知公告 {TITLE}", heading=heading).title == f"某省教育厅 {TITLE}"


def test_a_summary_that_repeats_the_text_is_left_out(page: Make) -> None:
    assert read(page, f"{DAY}</div><div>{TEXT[0][:-4]}...").body.split("\n") == TEXT
    assert read(page, f"{DAY}</div><div>提要：{TEXT[0][:-1]}").body.split("\n") == TEXT
    lead = "全省“互联网+政务服务”今年将再上一个台阶，这份方案说明怎样做到。"
    assert read(page, f"{DAY}</div><div>{lead}").body.split("\n") == [lead, *TEXT]


def test_furniture_inside_the_body_and_what_looks_like_it(page: Make) -> None:
    furniture = [
        "本文字数：1200字，阅读约需3分钟", "您的浏览器不支持 video 标签", "语速： 慢 正常 快", "AI摘要",
        "点个“在看”，转发给更多人", "更多权威资讯尽在某某日报App", "您对本页面内容是否满意？", "用户评论 共0条",
        "海报设计：王某", "分享让更多人看到", "AI朗读 女声 男声 1.0x", "[推荐本文][打印本稿][字号 大 中 小]", "100.3万",
        "一审一校：王小明　二审二校：李小红", "首页 / 工作动态 / 详情", "上一张　下一张　图集列表",
        "文明上网，理性发言",
    ]  # fmt: skip
    text = [
        "编辑这份简报",
        "关注老年人",
        "审核流程",
        "记者：那么结果呢",
        "编辑部的故事",
        "微信支付上线",
        "（记者 王某）",
        "某省人民政府办公厅",
        "附：示范项目名单",
    ]
    inside = "".join(f"<p>{line}</p>" for line in (*furniture, *text))
    assert read(page, DAY, inside=inside).body.split("\n") == [*TEXT, *text]


def test_tabs_above_an_interview(page: Make) -> None:
    tabs = "<div><span>文字实录</span><span>精彩图片</span><span>网友提问</span></div>"
    body = "".join(f"<p>{text}</p>" for text in TEXT)
    html = (
        f"<html><head><meta charset='utf-8'><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{DAY}</div>{tabs}"
    )
    found = extract(page(f"{html}<div class='ft_con'>{body}</div></body></html>"))
    assert isinstance(found, Article)
    assert found.body.split("\n") == TEXT
