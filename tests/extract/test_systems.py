"""One page of each publishing system, field by field."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from crawler.extract import extract, join_parts, next_part
from yuqing.core.records import Article, Attachment, Outcome, Page, Rejected, Selectors, Source

Make = Callable[..., Page]


def article(page: Page, source: Source | None = None) -> Article:
    result = extract(page, source)
    assert isinstance(result, Article), result
    return result


def test_gov_cn_with_an_early_end_of_html(page: Make) -> None:
    found = article(page("gov_ucap.html", "http://www.gov.cn/xinwen/2018-03/05/content_5271002.htm"))
    assert found.title == "国务院常务会议部署“互联网＋医疗健康”示范项目"
    assert found.published_at == "2018-03-05T21:07:00+08:00"
    assert found.date_source == "label"
    assert found.date_agrees == ("url", "meta")
    assert found.origin == "中国政府网"
    assert found.editor == "王小明"
    assert found.columns == ("新闻", "滚动")
    assert found.method == "family"
    assert found.body.split("\n") == [
        "国务院总理3月5日主持召开常务会议，决定在十个省份开展“互联网＋医疗健康”示范项目，让群众在家门口看上好医生。",
        "图：会议现场。新华社记者 李某某 摄",
        "会议指出，远程会诊、网上预约和结果互认要一并推进，2018年底前覆盖所有三级医院。",
        "会议要求，各部门在一个月内拿出落实办法，并向社会公布进展。",
    ]


def test_people_in_gb18030_and_two_parts(page: Make) -> None:
    url = "http://henan.people.com.cn/n2/2018/0302/c363904-31301234.html"
    first, second = (page(name).body.decode().encode("gb18030") for name in ("people_1.html", "people_2.html"))
    one = page(first, url)
    assert next_part(one) == "http://henan.people.com.cn/n2/2018/0302/c363904-31301234-2.html"
    two = page(second, next_part(one), kind="part")
    assert next_part(two) is None
    found = article(replace(one, parts=(two,)))
    assert found.encoding == "gb18030"
    assert found.title == "“互联网+政务服务”跑出加速度"
    assert found.published_at == "2018-03-02T08:31:00+08:00"
    assert found.origin == "人民网-河南频道"
    assert found.editor == "刘二、陈三"
    assert found.columns == ("人民网", "河南频道", "要闻")
    lines = found.body.split("\n")
    assert [line[:6] for line in lines if not line.startswith("图：")] == [
        "人民网郑州3",
        "“过去要跑五",
        "按照计划，全",
        "专家认为，平",
    ]
    assert "镕基路" in found.body
    assert "郑州市民在自助终端上办事。" in lines[0]


def test_xinhua_2020_header_in_spans(page: Make) -> None:
    found = article(page("xinhua_2020.html", "http://www.xinhuanet.com/2020-11/14/c_1126739420.htm"))
    assert found.title == "浙江“互联网+义诊”进海岛"
    assert found.published_at == "2020-11-14T16:20:05+08:00"
    assert found.date_agrees == ("url", "meta")
    assert found.origin == "新华网"
    assert found.editor == "周某某"
    assert found.columns == ("新华网", "浙江频道")
    assert found.body.split("\n")[1] == "图：医生在岛上通过视频会诊（11月14日摄）。"
    assert found.body.endswith("年底前全市三十一个住人岛将全部接入。")


def test_xinhua_2016_with_next_page(page: Make) -> None:
    url = "http://news.xinhuanet.com/politics/2016-12/02/c_129388328.htm"
    one = page("xinhua_2016_1.html", url)
    assert next_part(one) == "http://news.xinhuanet.com/politics/2016-12/02/c_129388328_2.htm"
    two = page("xinhua_2016_2.html", next_part(one), kind="part")
    assert next_part(two) is None
    found = article(replace(one, parts=(two,)))
    assert found.title == "互联网+扶贫：大山里的网店"
    assert found.published_at == "2016-12-02T17:29:37+08:00"
    assert (found.origin, found.editor) == ("新华网", "赵某")
    assert [line[:5] for line in found.body.split("\n")] == ["新华网贵阳", "去年这里还", "村支书算了", "下一步，县"]
    assert join_parts([article(one), article(two)]) == found


def test_trs_portal_with_table_and_attachments(page: Make) -> None:
    url = "http://www.example.gov.cn/zwgk/tzgg/201802/t20180228_7654.html"
    found = article(page("trs_portal.html", url))
    assert found.title == "关于印发“互联网+农业”行动方案的通知"
    assert found.published_at == "2018-02-28T15:06:00+08:00"
    assert found.date_agrees == ("url", "meta")
    assert found.origin == "省农业厅"
    assert found.columns == ("政务公开", "通知公告")
    assert found.body.split("\n") == [
        "各州、市农业局，厅属各单位：",
        "现将《“互联网+农业”行动方案》印发给你们，请结合实际，认真抓好落实。",
        "任务 | 牵头单位 | 完成时间",
        "建成益农信息社 | 信息中心 | 2018-12-31",
        "农产品溯源平台 | 质监处 | 2019-06-30",
        "联系人：张某，联系电话：0871-00000000。",
        "某某省农业厅",
        "2018年2月12日",
        "附件：“互联网+农业”行动方案",
    ]
    base = "http://www.example.gov.cn/zwgk/tzgg/201802/"
    assert found.attachments == (
        Attachment(name="“互联网+农业”行动方案", url=f"{base}W020180228546012345678.pdf"),
        Attachment(name="任务分解表.xlsx", url=f"{base}P020180228546012345679.xlsx"),
        Attachment(name="版式文件.ofd", url=f"{base}P020180228546012345680.ofd"),
    )


def test_jcms_in_tables_with_a_migrated_meta(page: Make) -> None:
    found = article(page("jcms.html", "http://www.example.gov.cn/art/2018/3/7/art_2_1001.html"))
    assert found.title == "我市上线“互联网+监管”平台"
    assert found.published_at == "2018-03-07"  # PubDate says 2023
    assert (found.date_source, found.date_agrees) == ("label", ("url",))
    assert found.origin == "某某日报"
    assert found.columns == ("政务动态", "本市要闻")
    assert [line[:3] for line in found.body.split("\n")] == ["本报讯", "平台打"]


def test_ministry_with_line_breaks(page: Make) -> None:
    found = article(page("ministry.html", "http://www.miit.gov.cn/xwdt/gxdt/art/2018/art_0a1b.html"))
    assert found.title == "工业和信息化部召开“互联网+制造”现场会"
    assert found.published_at == "2018-03-09T17:45:00+08:00"
    assert found.origin == "信息化和软件服务业司"
    assert found.editor == ""  # the Author meta is the editing system's account
    assert [line[:4] for line in found.body.split("\n")] == ["3月9日", "会议指出", "会议期间"]


def test_list_page_is_no_article(page: Make) -> None:
    found = extract(page("list.html", "http://www.example.gov.cn/yw/"))
    assert isinstance(found, Rejected)
    assert found.reason is Outcome.LIST_PAGE


def test_the_record_of_the_source_goes_first(page: Make) -> None:
    html = """<html><head><title>栏目</title></head><body><h1>无关的大标题在这里</h1>
    <div class="bt">互联网+教育走进课堂</div>
    <div class="x1"><i>刊发 2018/3/2 9:05</i></div><div class="x2">出自 市教育局</div><div class="x3">编者甲乙</div>
    <div class="t1">第一段文字讲的是别的事情，很长很长，也有标点，看起来像正文一样，其实不是。它的字数比正文还多。</div>
    <div class="t2">真正的正文在这里，讲课堂怎样用网络，也讲老师怎样备课，还讲家长怎样看。
    <b class="ad">广告</b></div></body></html>"""
    source = Source(
        id="s",
        name="某站",
        tier="province-gov",
        hosts=("example.gov.cn",),
        select=Selectors(
            title=(".bt",), body=(".none", ".t2"), date=(".x1 i",), origin=(".x2",), editor=(".x3",), remove=(".ad",)
        ),
    )
    found = article(page(html), source)
    assert found.title == "互联网+教育走进课堂"
    assert found.body == "真正的正文在这里，讲课堂怎样用网络，也讲老师怎样备课，还讲家长怎样看。"
    assert found.published_at == "2018-03-02T09:05:00+08:00"
    assert found.method == "source"
