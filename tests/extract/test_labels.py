"""Bylines, titles, days and ends of bodies in the many ways that sites print them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract
from yuqing.core.records import Article, Page

Make = Callable[..., Page]
TITLE = "某省印发“互联网+政务服务”工作方案"
TEXT = [
    "某省人民政府近日印发“互联网+政务服务”工作方案，要求年底前实现省市县三级事项网上可办，企业和群众办事只进一扇门。",
    "方案明确，依托统一的一体化平台推进数据共享，压减重复提交的证明材料，推动高频事项跨省通办，并对办事时限作出规定。",
    "下一步，各地各部门将加强督查考核，定期公布进展情况，广泛听取企业和群众的意见建议，确保各项举措按期落到实处。",
]


def read(
    page: Make, byline: str = "", below: str = "", *, heading: str = "", title: str = TITLE, inside: str = ""
) -> Article:
    body = "".join(f"<p>　　{text}</p>" for text in TEXT)
    found = extract(
        page(
            f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>{heading or f'<h1>{TITLE}</h1>'}"
            f"<div class='info'>{byline}</div><div class='con'>{body}{inside}</div>{below}</body></html>"
        )
    )
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("day", ["2018-03-05 10:00　", "", "<span>2018年03月05日 10:00</span> "])
@pytest.mark.parametrize(
    "label",
    [
        "来源：{}", "来&nbsp;&nbsp;源：{}", "来 源：{}", "来　源： {}", "来&ensp;源:{}", "信息来源：{}",
        "稿件来源: {}", "文章来源：{}",
        "新闻来源：{}", "来自：{}", "稿源：{}", "出处：{}", "【来源】{}", "【来源：{}】", "来源丨{}", "来源｜{}",
        "来源 : {}", "来源﹕{}",
        "来源<span>{}</span>", "来源：<span>{}</span>", "来源：<a href='/'>{}</a>",
        "<span>来源：</span><span>{}</span>",
        "<li>来源：</li><li>{}</li>", "来源于：{}", "转载自：{}", "来源：{}　作者：王某　编辑：李某",
        "来源：{} 浏览次数：12",
        "来源：{} 【字体：大 中 小】", "来源：{}&nbsp;&nbsp;责任编辑：李某", "来 源：{} 作 者：王某",
        "来源：{} 电话：0571-85000000",
        "信息来源 ：{} 点击数：<span>3</span>", "来源：《{}》",
    ],
)  # fmt: skip
def test_origin(page: Make, label: str, day: str) -> None:
    assert read(page, day + label.format("某省日报")).origin.strip("《》") == "某省日报"


@pytest.mark.parametrize(
    "byline",
    [
        "来源：", "来源： 【字体：大 中 小】", "稿源：</div><div>2004-08-11 12:51:55报料热线:81850000",
        "<a>新闻中心</a> > <a>首页社会</a>　2012-03-27 13:46　来源: 【字体： <a>大</a>】",
        "来源：</div><div>服务热线：0571-12345",
        "来源：</div><div>首页 > 新闻 > 要闻", "来源：&nbsp;作者：&nbsp;时间：2018-03-05", "来源：<img src='logo.gif'>",
        "2018-03-05 来源：</div><div class='pic'><img src='1.jpg'></div><div>图为会议现场。王某摄",
        "来源：- 2018-03-05",
        "信息来源：</div><div>浏览次数：12</div><div>分享到：", "来源：无", "来源：</div><div>news@example.com",
        "来源：</div><div>2018-03-05",
    ],
)  # fmt: skip
def test_rather_no_origin_than_a_wrong_one(page: Make, byline: str) -> None:
    assert read(page, byline).origin == ""


@pytest.mark.parametrize(
    "text", ["据某省日报报道", "据《某省日报》报道", "据某省日报消息", "2018-03-05</div><div>据某省日报3月5日报道"]
)
def test_a_medium_that_is_reported_from(page: Make, text: str) -> None:
    assert read(page, text).origin == "某省日报"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("责任编辑：李某某", "李某某"), ("责任编辑：李某某(EN001)", "李某某"), ("责任编辑：李某某_NN5891", "李某某"),
        ("责编：李某某（UN042）", "李某某"),
        ("（责任编辑：李某某）", "李某某"), ("[责任编辑:李某某]", "李某某"), ("【责任编辑 李某某】", "李某某"),
        ("责任编辑 李某某", "李某某"),
        ("编辑 李某某", "李某某"), ("编辑：李某某", "李某某"), ("责任编辑李某某", "李某某"),
        ("责 任 编 辑：李某某", "李某某"), ("编 辑：李某", "李某"),
        ("责编：胡某 <span>电子信箱:news@example.com</span>", "胡某"), ("责任编辑：胡某 hu@example.com", "胡某"),
        ("编辑：李某某 13800000000", "李某某"),
        ("来源： 某中国网 | 作者： | 责编：胡某", "胡某"), ("责任编辑：李某某（实习）", "李某某"),
        ("责任编辑：李　某", "李某"), ("责任编辑：李某、王某某", "李某、王某某"),
        ("责任编辑: Cindy", "Cindy"), ("责任编辑：李某某 审核：王某", "李某某"), ("编辑丨李某某", "李某某"),
        ("<span>责任编辑</span><span>李某某</span>", "李某某"),
        ("责任编辑：", ""), ("责任编辑：0571-85000000", ""), ("责任编辑：news@example.com", ""),
        ("编辑邮箱：news@example.com", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["inside", "below", "br"])
def test_editor(page: Make, line: str, name: str, place: str) -> None:
    """The name alone, and no line of it in the body, wherever it stands."""
    if place == "br":
        found = read(page, "2018-03-05", inside=f"<p>{line}</p><br>")
    else:
        found = read(page, "2018-03-05", **{place: f"<p>{line}</p>"})
    assert found.editor == name
    assert found.body.split("\n") == TEXT
    assert "@" not in found.editor + found.origin


@pytest.mark.parametrize(
    "end",
    [
        "<ul><li>新浪微博</li><li>微信朋友圈</li><li>微信好友</li><li>QQ空间</li><li>腾讯微博</li><li>人人网</li></ul>",
        "<div>分享到：<a>微信</a><a>微博</a><a>QQ空间</a></div>", "<p>新浪微博 微信 QQ空间 复制链接</p>",
        "<p>下载某新闻APP，看更多精彩</p>",
        "<p>本文转自《某省日报》</p>", "<p>转自：某省日报</p>", "<p>原标题：某省出台方案</p>",
        "<p>Tag: 互联网 政务</p>", "<p>标签：互联网</p>",
        "<p>Tags：互联网+</p>", "举报电话：0571-85000000<br>举报邮箱：jb@example.com<br>",
        "<p>相关新闻</p><ul><li><a href='/1'>某地推进改革</a></li></ul>",
        "<h3>相关阅读</h3><p><a href='/1'>某地推进数字经济重点项目开工</a></p>",
        "<div>更多…：</div><p><a href='/2'>某市召开会议部署工作</a></p>",
        "<p>上一篇：某市召开会议</p><p>下一篇：没有了</p>", "<p>扫一扫在手机打开当前页</p>",
        "<p>【打印】【关闭】</p>", "<p>[纠错]</p>",
        "<p>（本文来源于网络，版权归原作者所有，如有侵权请联系删除）</p>", "<p>新闻热线：0571-85000000</p>",
        "<p>顶(12) 踩(3)</p>",
        "<p>审核：王某某</p>", "<p>编审 王某某</p>", "<p>想爆料？请拨打新闻热线</p>",
        "<p>广告 · 冬令营报名享八折</p>", "<p>1 2 3 下一页</p>",
        "<p>免责声明：本文仅代表作者观点</p>", "<p>©2018 某省日报 版权所有</p>", "<p>值班主任：王某</p>",
        "<p>阅读 1234</p>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("inside", [True, False])
def test_nothing_behind_the_text_is_in_the_body(page: Make, end: str, inside: bool) -> None:
    found = read(page, "2018-03-05 来源：某省日报", **({"inside": end} if inside else {"below": end}))
    assert found.body.split("\n") == TEXT


@pytest.mark.parametrize(
    "heading",
    [
        f"<h1>{TITLE}<small>2018-03-05 <span>来源：某报</span></small></h1>",
        f"<h1>{TITLE} <span>2018-03-05 10:00</span></h1>",
        f"<h2 class='title'>{TITLE}\n<small class='time'>2018-03-05</small></h2>", f"<h1>{TITLE}<sup>①</sup></h1>",
        f"<h1>{TITLE}<br><small>作者：王某 来源：某报</small></h1>", f"<h1>{TITLE}(2)</h1>", f"<h1>{TITLE}（2）</h1>",
        f"<h1>{TITLE}（第2页）</h1>", f"<h1>{TITLE} (2/3)</h1>", f"<h1>{TITLE}_2</h1>", f"<h1>{TITLE} 第2页</h1>",
        f"<h1>{TITLE} 2018-03-05 10:00 来源：某报</h1>", f"<h1><span>{TITLE}</span><em>2018年3月5日</em></h1>",
        f"<div class='bt'>{TITLE}</div>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("title", [TITLE, TITLE + "-某新闻网", TITLE + "(2)_某网", "某青年报", ""])
def test_title(page: Make, heading: str, title: str) -> None:
    assert read(page, "2018-03-05", heading=heading, title=title).title == TITLE


@pytest.mark.parametrize("number", ["（上）", "（一）", "（2018年版）", "（2018）", "(试行)", "2.0", "（第二批）"])
def test_what_is_no_part_number_stays(page: Make, number: str) -> None:
    assert (
        read(page, "2018-03-05", heading=f"<h1>{TITLE}{number}</h1>", title=f"{TITLE}{number}").title == TITLE + number
    )


@pytest.mark.parametrize(
    "byline",
    [
        "18-03-05 18:53", "时间：18-03-05", "发布日期：18/3/5", "18年3月5日", "<b>05</b><i>2018-03</i>",
        "<i>2018-03</i><b>05</b>",
        "<p>05</p><span>2018年03月</span>", "<span>2018</span><span>03/05</span>",
        "<span>03-05</span><span>2018</span>",
        "<em>5</em><em>三月</em><em>2018</em>", "<b>05</b>/<span>2018.03</span>", "<div>03月05日</div><div>2018</div>",
        "<span>2018</span>年<span>03</span>月<span>05</span>日", "<div>2018.03</div><div>05</div>",
        "<b>05</b><i>Mar</i><i>2018</i>",
        "<div class='d'><strong>05</strong><br>2018-03</div>", "<span>05日</span><span>2018年3月</span>",
        "2018-03-05 10∶08",
    ],
)  # fmt: skip
@pytest.mark.parametrize("above", [False, True])
def test_day(page: Make, byline: str, above: bool) -> None:
    box = f"<div class='date'>{byline}</div>"
    found = read(page, heading=f"{box}<h1>{TITLE}</h1>") if above else read(page, box)
    assert found.published_at[:10] == "2018-03-05"


@pytest.mark.parametrize(
    "byline",
    [
        "成文日期：2018-03-05",
        "页面生成时间：2018-03-05 10:00",
        "<b>12</b><i>2017</i>",
        "<b>05</b> <b>2018</b> <b>03</b>",
    ],
)
def test_what_is_no_day_of_publication(page: Make, byline: str) -> None:
    assert read(page, byline).published_at == ""


def test_an_article_above_dated_reports_is_no_list(page: Make) -> None:
    rows = "".join(
        f"<a href='/{n}'><p>某地推进数字经济重点项目第{n}批集中开工</p></a><p>某新闻网 2017-07-2{n}</p>"
        for n in range(1, 6)
    )
    for head in ("<div>相关报道</div>", "<h4>相关新闻</h4>", "<p>更多报道：</p>", "<div>延伸阅读</div>"):
        found = read(page, "某新闻网 2017-10-31 10:17:26", inside=f"<p>责任编辑：张某某</p>{head}{rows}")
        assert (found.published_at[:10], found.editor, found.body.split("\n")) == ("2017-10-31", "张某某", TEXT)


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("某省人民政府门户网站", f"<h1><a href='/'>某省人民政府</a></h1><div class='detail-tt'>{TITLE}</div>"),
        ("新闻详情", f"<h2>新闻详情</h2><div class='news_tit'>{TITLE}</div>"),
        ("某省日报 - 2018年03月05日", f"<div class='yinti'>数字政府建设提速</div><div class='zhuti'>{TITLE}</div>"),
        ("某省日报数字报", f"<h3>数字政府建设提速</h3><h1>{TITLE}</h1><h4>年底前实现网上可办</h4>"),
        ("某网", f"<center><font size=5><b>{TITLE}</b></font></center>"),
        ("", f"<p style='text-align:center;font-size:24px'>{TITLE}</p>"),
        (TITLE[:10] + "..._某网", f"<div class='h'>{TITLE}</div>"),
        (TITLE + "|某网", f"<h1><span>头条</span>{TITLE}</h1>"),
        (TITLE + "-某网", f"<h1>[图文]{TITLE}</h1>"),
        (TITLE + "-某网", f"<h1>【原创】{TITLE}</h1>"),
        (TITLE + "_新闻_某网", f"<h1>某网新闻</h1><p>{TITLE}</p>"),
    ],
)
def test_title_without_a_heading_of_its_own(page: Make, title: str, heading: str) -> None:
    assert read(page, "2018-03-05 来源：某省日报", heading=heading, title=title).title == TITLE


@pytest.mark.parametrize(
    "line",
    [
        "听全文", "收听", "点击播报本文，约3分钟", "阅读 1234 评论 3", "已有 12 人阅读", "T大 T中 T小", "A+ A-",
        "关注某某公众号", "发布人：管理员", "00:00 / 03:12",
        "保护视力色：", "信息类别：要闻", "字数：1234", "用手机查看", "投稿 | 订阅", "简体 | 繁体 | English",
        "登录 | 注册", "打印本页 | 收藏 | 纠错",
        "您看到此篇文章时的感受是：", "支持 反对 路过", "0% (0)", "评论 0 条", "暂无评论", "点击阅读全文",
        "友情链接：", "收藏(1)", "打赏",
        "本文标签：互联网", "标签 互联网 政务", "附件下载：", "分页：1 2 3", "策划：王某 文案：李某", "摄影：王某",
        "作者：王某某", "本文共 2 页",
        "本条新闻被浏览 123 次", "官方微信", "满意度：满意 一般 不满意", "该信息对您是否有帮助？",
        "转载请注明来源：某网", "本文链接：http://x.cn/a.html",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["inside", "below"])
def test_the_page_s_own_lines_are_no_text(page: Make, line: str, place: str) -> None:
    found = read(page, "2018-03-05 来源：某省日报", **{place: f"<div>{line}</div>"})
    assert found.body.split("\n") == TEXT


@pytest.mark.parametrize(
    "credit", ["（责任编辑：李某）", "[责任编辑：李某]", " 责编：李某", "【编辑:李某】", "（责编 李某）"]
)
def test_a_credit_behind_the_last_sentence_takes_no_text_with_it(page: Make, credit: str) -> None:
    last = "省政府有关负责人说，平台上线后群众满意。"
    found = read(page, "2018-03-05", inside=f"<p>　　{last}{credit}</p>")
    assert (found.body.split("\n"), found.editor) == ([*TEXT, last], "李某")


@pytest.mark.parametrize(
    "byline",
    [
        "来源网站：某省日报 2018-03-05", "来源媒体：某省日报", "来源/作者：某省日报 2018-03-05",
        "（来源：某省日报）2018-03-05",
        "2018-03-05</div><div>某省日报", "<ul><li>2018-03-05</li><li>来源</li><li>某省日报</li></ul>",
        "来源：某省日报（2018年3月5日第1版）",
        "<dl><dt>来源</dt><dd>某省日报</dd><dt>时间</dt><dd>2018-03-05</dd></dl>",
        "<span>2018-03-05</span><i>|</i><a>某省日报</a>",
    ],
)  # fmt: skip
def test_origin_in_other_words(page: Make, byline: str) -> None:
    found = read(page, byline)
    assert (found.origin, found.body.split("\n")) == ("某省日报", TEXT)


def test_an_account_keeps_its_quotation_marks(page: Make) -> None:
    assert read(page, "来源： “某省发布”微信公众号 2018-03-05").origin == "“某省发布”微信公众号"
