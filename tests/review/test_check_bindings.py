"""The check of a row: what figures and acts are bound to, scope, mood, cause, and what only the row says."""

from __future__ import annotations

import pytest

from yuqing.core.names import Names
from yuqing.core.records import Article
from yuqing.review.check.doubts import doubts
from yuqing.review.check.shared_out import spelled_out

NAMES = Names(ministries={}, enterprises={})
ARTICLE = Article(
    url="http://a.cn/1",
    title="柳河市推开智慧水表",
    body=(
        "9月6日，柳河市水务局通报智慧水表进展。东城装表4.1万只、西城2.7万只，抄通率分别为96%和83%。全市7个县中已有3个接入，其余正在调试。\n"
        "市自来水公司负责安装，市计量院负责检定。用户可自愿换表，不另收费。漏损率下降主要得益于夜间流量监测。\n"
        "首批在物业小区推行，商业用户水表计划11月启用。智慧水表平台仍在研究接入燃气数据。"
    ),
    published_at="2019-09-07",
)


@pytest.mark.parametrize(
    "row",
    [
        "9月6日，柳河市水务局通报，东城智慧水表抄通率96%，西城为83%，已有3个县接入。",
        "9月6日，柳河市通报，智慧水表由市自来水公司安装、市计量院检定，用户自愿更换。",
        "9月7日消息，柳河市夜间流量监测使漏损率下降，商业用户水表拟11月启用。",
    ],
)
def test_the_same_in_other_words_is_not_doubted(row: str) -> None:
    assert doubts(row, ARTICLE, NAMES) == []


@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        ("9月6日，柳河市水务局通报，智慧水表西城抄通率96%。", "西城抄通率为83%"),
        ("9月6日，柳河市通报，市计量院负责安装智慧水表，全市7个县接入。", "7个县中已有3个"),
        ("9月6日，柳河市通报，智慧水表由市计量院负责安装。", "市自来水公司"),
        ("9月6日，柳河市通报，用户必须换表。", "自愿换表"),
        ("9月6日，柳河市通报，商业用户水表已启用。", "计划11月启用"),
        ("9月6日，柳河市通报，漏损率下降主要是因为更换老旧管道。", "得益于夜间流量监测"),
        ("9月6日，柳河市通报，智慧水表将与电梯保险理赔挂钩。", "原文没有说"),
        ("9月6日，柳河市通报，智慧水表所有用户一律更换。", "原文没有说“所有”"),
    ],
)
def test_another_statement_is_doubted(row: str, doubted: str) -> None:
    assert doubted in "；".join(doubts(row, ARTICLE, NAMES))


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("甲县、乙县分别建成3个和5个站点。", "甲县建成3个站点，乙县建成5个站点。"),
        (
            "挂牌大豆4万吨、水稻9万吨，成交率分别为70%和40%。",
            "挂牌大豆4万吨、水稻9万吨，大豆成交率为70%，水稻成交率为40%。",
        ),
        ("进口6万单，货值3亿元，分别增长2倍和8%。", "进口6万单，货值3亿元，进口增长2倍，货值增长8%。"),
        ("覆盖3个县和5个市。", "覆盖3个县和5个市。"),
    ],
)
def test_lists_that_share_out_another_are_spelled_out(text: str, spelled: str) -> None:
    assert spelled_out(text) == spelled


def test_a_figure_of_the_next_name_is_doubted() -> None:
    told = Article(
        url="http://a.cn/2",
        title="网上办件",
        body="8月2日，青坪县受理申请320件、当场办结210件，白石县受理申请150件、当场办结90件。",
        published_at="2019-08-03",
    )
    assert doubts("8月2日，青坪县受理网上申请320件，当场办结210件。", told, NAMES) == []
    assert "当场办结210件" in "".join(doubts("8月2日，青坪县受理网上申请320件，当场办结90件。", told, NAMES))


def test_giver_and_taker_exchanged_are_doubted() -> None:
    told = Article(
        url="http://a.cn/3",
        title="远程教研",
        body="8月2日，江城师范学院为云岭县教师进修学校开设远程教研课。",
        published_at="2019-08-03",
    )
    assert doubts("8月2日，江城师范学院给云岭县教师进修学校开设远程教研课。", told, NAMES) == []
    assert doubts("8月2日，云岭县教师进修学校为江城师范学院开设远程教研课。", told, NAMES)


GROWTH = Article(
    url="http://a.cn/4",
    title="云岭县网购增长",
    body=(
        "本报云岭8月2日电 昨天，云岭县商务局召开会议。今年前7个月，全县网购包裹310万件，比上年增长12%；"
        "茶叶网店870家，是去年同期的2.1倍；"
        "跨县包裹46万件，增长55%。其客服中心是全省首个县级客服中心，一等奖2名，二等奖4名，三等奖8名。"
        "2018年，茶叶协会建成网上拍卖厅，去年5月首拍。"
    ),
    published_at="2019-08-02",
)


@pytest.mark.parametrize(
    "row",
    [
        "8月1日，云岭县商务局召开会议，前7个月网购包裹310万件，同比增12%，茶叶网店870家。",
        "8月1日，云岭县召开会议，茶叶协会去年建成网上拍卖厅，2018年5月首拍。",
        "8月1日，云岭县召开会议，一、二、三等奖共设14名，全省首个县级客服中心设在该县。",
    ],
)
def test_a_rate_a_rank_and_a_sum_of_the_article_are_not_doubted(row: str) -> None:
    assert doubts(row, GROWTH, NAMES) == []


@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        ("8月1日，云岭县商务局召开会议，前7个月网购包裹310万件，同比增长55%。", "比上年增长12%"),
        ("8月1日，云岭县商务局召开会议，茶叶网店870家，同比明显下降。", "去年同期的2.1倍"),
        ("8月1日，云岭县商务局召开会议，前6个月网购包裹310万件。", "上半年"),
        ("8月1日，云岭县商务局召开会议，全国首个县级客服中心设在该县。", "“全国首”"),
        ("8月2日，云岭县商务局召开会议，前7个月网购包裹310万件。", "8月2日"),
        ("8月1日，云岭县召开会议，设二等奖4名和三等奖12名。", "12名"),
    ],
)
def test_another_rate_rank_day_or_period_is_doubted(row: str, doubted: str) -> None:
    assert doubted in "；".join(doubts(row, GROWTH, NAMES))


COUNTS = Article(
    url="http://a.cn/5",
    title="云岭县建成数字图书馆",
    body=(
        "9月3日，云岭县数字图书馆开馆，上线图书5.2万册，其中方志610册。全县建成自助借书柜86个、朗读亭24个。\n"
        "初级读者每人可借3册，中级读者每人可借6册，高级读者每人可借9册。项目规划投资800万元，首期到位300万元。"
        "年底前接入全部学校和60%的村级书屋。"
        "二期将于2020年5月建成，借阅费比去年高出6%。证件有效期四年，每两年审验一次，馆舍由县财政出资七成、镇财政出资三成。"
        "试点乡要实现70%以上的村通借，试点镇达到90%以上。由县图书馆和文化馆、县教育局分别牵头7项和4项。"
    ),
    published_at="2019-09-03",
)


@pytest.mark.parametrize(
    "row",
    [
        "9月3日，云岭县数字图书馆开馆，上线图书5.2万册，方志占610册，建有86个自助借书柜和24个朗读亭。",
        "9月3日，云岭县数字图书馆规定初级读者可借3册、高级读者可借9册，项目投资800万元，已到位300万元。",
        "9月3日消息，云岭县要求试点镇90%以上的村通借，县教育局牵头4项。",
    ],
)
def test_figures_of_the_same_things_are_not_doubted(row: str) -> None:
    assert doubts(row, COUNTS, NAMES) == []


@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        ("9月3日，云岭县数字图书馆开馆，上线图书610册。", "上线图书5.2万册"),
        ("9月3日，云岭县数字图书馆开馆，建有86个朗读亭。", "朗读亭24个"),
        ("9月3日，云岭县数字图书馆规定，中级读者可借9册，高级读者可借6册。", "中级读者每人可借6册"),
        ("9月3日，云岭县数字图书馆开馆，规划投资300万元。", "项目规划投资800万元"),
        ("9月3日，云岭县数字图书馆开馆，年底前接入全部学校和所有村级书屋。", "60%的村级"),
        ("9月3日，云岭县数字图书馆开馆，二期2021年5月建成。", "原文为“2020年5月”"),
        ("9月3日，云岭县数字图书馆开馆，借阅费比去年低6%。", "增减方向"),
        ("9月3日，云岭县数字图书馆开馆，证件有效期两年。", "“两年”与原文不符"),
        ("9月3日，云岭县数字图书馆开馆，镇财政出资七成。", "镇财政出资三成"),
        ("9月3日消息，云岭县要求试点乡90%以上的村通借。", "试点乡要实现70%"),
        ("9月3日消息，云岭县部署建设数字图书馆，县教育局牵头7项。", "县教育局牵头4项"),
    ],
)
def test_a_figure_of_another_thing_is_doubted(row: str, doubted: str) -> None:
    assert doubted in "；".join(doubts(row, COUNTS, NAMES))


def test_a_figure_of_another_item_of_a_digest_is_doubted() -> None:
    told = Article(
        url="http://a.cn/6",
        title="简讯两则",
        body=(
            "◆8月2日，青坪县图书馆与江城出版社签署合作协议，将共建3个分馆。"
            "◆8月3日，白石县文化馆公布戏曲传承人名单，共9人入选，传承期两年。"
        ),
        published_at="2019-08-05",
    )
    assert doubts("8月2日，青坪县图书馆与江城出版社签署合作协议，将共建3个分馆。", told, NAMES) == []
    row = "8月2日，青坪县图书馆与江城出版社签署合作协议，期限两年。"
    assert "另一条的数" in "".join(doubts(row, told, NAMES))
