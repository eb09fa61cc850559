"""Own pages in layouts of sites of sources.yaml that no saved page shows, read without their source records."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract import extract
from yuqing.core.records import Article, Page

BEGIN = "近日，省政府办公厅印发实施方案"
CASES = {  # file: address, title, publication, origin, editor, first and last line of the body
    "jcms": ("", "全省推进“互联网+政务服务”", "2018-05-09T08:30", "浙江日报", "", BEGIN, "（记者 张某某）"),
    "hanweb_xxgk": (
        "",
        "关于印发“互联网+医疗健康”示范省建设方案的通知",
        "2019-03-20T17:02",
        "",
        "",
        "苏卫规划〔2019〕5号",
        "2019年3月18日",
    ),
    "gov_policy": (
        "http://www.gov.cn/zhengce/content/2020-01/21/content_5471231.htm",
        "国务院办公厅关于促进“互联网+社会服务”发展的意见",
        "2020-01-21",
        "国务院办公厅",
        "",
        "国办发〔2020〕3号",
        "（此件公开发布）",
    ),
    "old_ministry": (
        "",
        "商务部召开电子商务工作会议",
        "2009-06-18T10:25",
        "商务部新闻办公室",
        "",
        BEGIN,
        "专家认为，数据共享是关键一环",
    ),
    "wechat": ("", "“互联网+”峰会今日开幕", "2018-06-21T07:30", "示例日报", "小王", BEGIN, "省大数据局有关负责人表示"),
    "people_local": (
        "http://gz.people.com.cn/n2/2017/1122/c222152-30951111.html",
        "贵州“互联网+精准扶贫”见实效",
        "2017-11-22T08:14",
        "贵州日报",
        "陈某、李某",
        "图：村民在网店打包土货。",
        "专家认为，数据共享是关键一环",
    ),
    "xinhua_2008": (
        "http://news.xinhuanet.com/politics/2008-07/03/content_8482031.htm",
        "工业和信息化部：推进信息化与工业化融合",
        "2008-07-03T10:12:05",
        "新华网",
        "王某",
        "新华网北京７月３日电（记者 赵某）" + BEGIN,
        "专家认为，数据共享是关键一环",
    ),
    "xinhua_new": (
        "http://www.news.cn/politics/20240308/abc/c.html",
        "“人工智能+”走进千行百业",
        "2024-03-08T09:41:20",
        "新华网",
        "郑某",
        "新华社北京3月8日电 题：",
        "省大数据局有关负责人表示",
    ),
    "trs": (
        "http://www.hubei.gov.cn/zwgk/hbyw/201509/t20150911_1.shtml",
        "湖北出台“互联网+”行动方案",
        "2015-09-11T07:00",
        "湖北日报",
        "",
        BEGIN,
        "省大数据局有关负责人表示",
    ),
    "ucapcontent": (
        "",
        "吉林推进“互联网+农业”",
        "2016-04-25T08:07",
        "吉林日报",
        "",
        BEGIN,
        "省大数据局有关负责人表示",
    ),
    "daily": (
        "",
        "甘肃：“互联网+”激活陇原",
        "2017-08-03T08:20",
        "每日甘肃网-甘肃日报",
        "张晓",
        "【编者按】本报今起推出系列报道",
        "什么是“互联网+”：",
    ),
    "div": (
        "",
        "产业互联网的下一站",
        "2019-10-22T09:12",
        "",
        "",
        "数据要素正在改变制造业。",
        "专家认为，数据共享是关键一环",
    ),
    "gkmlpt": (
        "",
        "广东省“互联网+监管”工作方案",
        "2019-07-19T16:40:12",
        "",
        "",
        "各地级以上市人民政府：",
        "2019年7月10日",
    ),
    "digest": (
        "",
        "一周互联网+要闻速览",
        "2018-04-15T08:00:12",
        "示例网",
        "徐某",
        "本周，多部门发布",
        "省大数据局有关负责人表示",
    ),
    "interview": ("", "专访：数据如何多跑路", "2018-11-02", "某省政府网站", "", "[主持人]各位网友大家好", "谢谢！"),
    "photo": (
        "",
        "组图：第五届世界互联网大会开幕",
        "2018-11-07T12:01:02",
        "新华网",
        "王某",
        "图：11月7日，与会者",
        "图：11月7日，大会现场。",
    ),
    "brs": (
        "",
        "我市举办“互联网+农业”培训班",
        "2016-08-09T09:05",
        "示例日报",
        "吴某",
        "本报讯（记者 林某）",
        "专家认为，数据共享是关键一环",
    ),
    "big5": ("", "「互聯網+」論壇在港舉行", "2017-05-10T11:20", "示例社", "", "論壇今日在香港", "與會者認為"),
    "province2": (
        "",
        "山东出台数字政府建设方案",
        "2020-08-18",
        "大众日报",
        "",
        "□ 本报记者 张某",
        "省大数据局有关负责人表示",
    ),
    "speech": (
        "",
        "在产业互联网大会上的致辞",
        "2019-05-22",
        "",
        "",
        "尊敬的各位来宾",
        "预祝大会圆满成功！谢谢大家！",
    ),
}
FILES = {"hanweb_xxgk": ["1.任务分工表.pdf"], "trs": ["行动方案全文"], "province2": ["方案文本"]}
FOREIGN = (
    "打印",
    "关闭",
    "扫一扫",
    "关注我们",
    "上一篇",
    "下一篇",
    "阅读下一篇",
    "版权",
    "备案",
    "分享",
    "浏览",
    "索引号",
    "另一篇",
)


@pytest.mark.parametrize("name", CASES)
def test_a_layout(page: Callable[..., Page], name: str) -> None:
    url, title, published, origin, editor, first, last = CASES[name]
    found = extract(page(f"layout_{name}.html", **({"url": url} if url else {})))
    assert isinstance(found, Article), found
    assert (found.title, found.origin, found.editor) == (title, origin, editor)
    assert found.published_at.startswith(published)
    lines = found.body.split("\n")
    assert lines[0].startswith(first)
    assert lines[-1].startswith(last)
    assert not [line for line in lines if len(line) < 60 and any(word in line for word in FOREIGN)]
    assert [item.name for item in found.attachments] == FILES.get(name, [])
