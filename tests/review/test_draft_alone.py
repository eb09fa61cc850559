"""Sentences that lean on the ones around them, told so that they stand alone; where that is uncertain they are not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from yuqing.core.records import Item, RegionTag
from yuqing.review.draft.rows import draft
from yuqing.review.draft.told import as_news


def first(item: Item) -> str:
    return draft(item)[0].text


EVENT = "第二届云岭“互联网+茶业”大会"


def test_an_event_is_named_in_full(make_item) -> None:
    body = f"图为{EVENT}会场。大会3月6日至7日在临溪市举行，来自9个省的茶商参会。"
    item = make_item(
        "茶商聚云岭", body, "2018-03-08", region=("云南省", "临溪市"), sections=("summit",), events=(EVENT,)
    )
    made = draft(item)[0]
    assert made.text == f"3月6日-7日，{EVENT}在云南省临溪市举行，来自9个省的茶商参会。"
    assert len(made.evidence) == 2


def test_of_two_events_none_is_named(make_item) -> None:
    other = "云岭“互联网+咖啡”大会"
    body = f"{EVENT}和{other}同城。大会3月6日在临溪市举行，9个省的茶商参会。"
    item = make_item("茶商聚云岭", body, "2018-03-08", sections=("summit",), events=(EVENT, other))
    assert f"6日，{EVENT}在临溪市" not in first(item)
    assert f"6日，{other}在临溪市" not in first(item)


def test_a_countdown_gives_way_to_the_announcement(make_item) -> None:
    body = (
        f"距离{EVENT}开幕还有十天时间。3月6日，大会组委会在临溪市召开新闻发布会，介绍筹备情况。\n"
        "记者：大会何时举行？\n答：大会将于3月18日至19日在临溪市会展中心举行，设5个分论坛。"
    )
    item = make_item("大会将至", body, "2018-03-07", sections=("summit",), events=(EVENT,))
    assert first(item) == (
        f"3月6日，{EVENT}组委会在临溪市召开新闻发布会，介绍筹备情况。大会将于3月18日至19日在临溪市会展中心举行，设5个分论坛。"
    )


def test_what_came_of_a_summit_follows(make_item) -> None:
    body = f"{EVENT}3月6日在临溪市开幕。大会由省商务厅主办。会上，12家茶企共同发布《茶业数字化倡议》。茶香扑鼻。"
    item = make_item("茶商聚云岭", body, "2018-03-07", sections=("summit",), events=(EVENT,))
    assert first(item) == f"3月6日，{EVENT}在临溪市开幕。会上，12家茶企共同发布《茶业数字化倡议》。"


@pytest.mark.parametrize(
    ("title", "said", "told"),
    [
        ("对话临溪市水务局局长：水表也联网", "我们上线了“互联网+水务”平台", "临溪市水务局上线“互联网+水务”平台"),
        ("临溪市水务局关于水表联网的通知", "我局决定启用“互联网+水务”平台", "临溪市水务局决定启用“互联网+水务”平台"),
        ("省水利厅召开水表工作会", "我厅启用“互联网+水务”平台", None),
        ("对话临溪市水务局局长：水表也联网", "外地同行告诉我，我们启用“互联网+水务”平台", None),
        # Who speaks is not known, or only watched what others did.
        ("水表也联网", "我们上线了“互联网+水务”平台", None),
        ("对话临溪市水务局局长：水表也联网", "我们看到邻市上线了“互联网+水务”平台", None),
    ],
)
def test_who_speaks_of_itself(make_item, title: str, said: str, told: str | None) -> None:
    item = make_item(
        title, f"局长：水价没有变。3月6日，{said}，接入表具4.1万只。", "2018-03-07", region=("湖北省", "临溪市")
    )
    text = first(item)
    assert (f"湖北省{told}" in text) if told else ("水务局上线" not in text and "水务局看到" not in text)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("这是省商务厅开行的首趟“互联网+冷链”班列，每周两列。", "省商务厅开行首趟“互联网+冷链”班列，每周两列。"),
        ("省医保局发布的《“互联网+医保”规程》给出了答案。", "省医保局发布《“互联网+医保”规程》。"),
        ("3月6日，在玉岭县“互联网+陶瓷”展厅启用现场，客商观看拉坯。", "3月6日，玉岭县“互联网+陶瓷”展厅启用。"),
        (
            "这是玉岭县法院2016年启用的“互联网+调解”平台，结案千件。",
            "玉岭县法院2016年启用“互联网+调解”平台，结案千件。",
        ),
        # No doer, or something else is told.
        ("这是全国首个上线的“互联网+冷链”平台，已有两年。", None),
        ("这是继邻县之后启用的又一个“互联网+医院”站点，共两层。", None),
        ("3月6日，在“互联网+陶瓷”展厅启用现场，县长宣布产业园开工。", None),
    ],
)
def test_as_news(said: str, told: str | None) -> None:
    assert as_news(said) == (told or said)


def test_the_day_of_earlier_years_is_not_that_of_the_sentence_above(make_item) -> None:
    body = "3月6日，一列冷藏车从玉岭站驶出。这是浙江省商务厅2016年启用的“互联网+冷链”货场，占地两公顷。"
    item = make_item("冷链", body, "2018-03-08", region=("浙江省",))
    assert first(item) == "3月8日消息，浙江省商务厅2016年启用“互联网+冷链”货场，占地两公顷。"


def test_the_body_that_the_headline_begins_with_speaks(make_item) -> None:
    body = "答：我部3月6日启用“互联网+水务”平台，接入表具4.1万只。"
    item = make_item("水利部召开发布会", body, "2018-03-08", sections=("ministry",), ministries=("水利部",))
    assert first(item) == "3月6日，水利部启用“互联网+水务”平台，接入表具4.1万只。"


def test_the_day_of_what_happened_is_that_of_the_news(make_item) -> None:
    body = "3月6日，一列冷藏车从玉岭站驶出。这是浙江省商务厅开行的首趟“互联网+冷链”班列，每周两列。"
    item = make_item("首趟“互联网+冷链”班列开行", body, "2018-03-08", region=("浙江省",))
    assert first(item) == "3月6日，浙江省商务厅开行首趟“互联网+冷链”班列，每周两列。"


def test_the_day_of_a_visit_is_not_that_of_the_news(make_item) -> None:
    body = "3月6日，记者来到玉岭站。这是浙江省商务厅启用的首个“互联网+冷链”货场，占地两公顷。"
    item = make_item("“互联网+冷链”货场", body, "2018-03-08", region=("浙江省",))
    assert "3月6日，浙江省商务厅" not in first(item)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("3月6日上午，春雨绵绵。省农信社“互联网+支农”服务站揭牌。", "3月6日，浙江省农信社“互联网+支农”服务站揭牌。"),
        # A visit, or what was there before.
        ("3月6日上午，记者走进玉岭。省农信社“互联网+支农”服务站揭牌。", None),
        ("3月6日上午，春雨绵绵。省农信社“互联网+支农”服务站去年揭牌。", None),
    ],
)
def test_the_day_of_a_ceremony_is_that_of_its_scene(make_item, body: str, told: str | None) -> None:
    text = first(make_item("服务站下乡", body, "2018-03-08", region=("浙江省",)))
    assert text == told if told else not text.startswith("3月6日，浙江省农信社")


def test_what_was_made_at_some_time_has_not_the_day_above(make_item) -> None:
    body = "3月6日，一列冷藏车从玉岭站驶出。这是省商务厅开发的“互联网+冷链”平台，已有用户三千家。"
    item = make_item("平台有用", body, "2018-03-08", region=("浙江省",))
    assert first(item) == "3月8日消息，浙江省商务厅开发“互联网+冷链”平台，已有用户三千家。"


def test_that_county_is_the_one_named_above(make_item) -> None:
    body = "玉岭县盛产稻米。3月6日，该县“互联网+稻米”交易中心开业，首批成交96吨。"
    item = make_item("稻米上网", body, "2018-03-08", region=("浙江省", "吴溪市", "玉岭县"))
    assert first(item) == "3月6日，浙江省吴溪市玉岭县“互联网+稻米”交易中心开业，首批成交96吨。"


def test_of_two_counties_none_is_named(make_item) -> None:
    body = "玉岭县组团到平川县取经。3月6日，该县“互联网+稻米”交易中心开业，首批成交96吨。"
    item = make_item("玉岭县启动稻米上网", body, "2018-03-08", region=("浙江省", "吴溪市", "玉岭县"))
    tags = (*item.tags.regions, RegionTag(province="浙江省", city="吴溪市", county="平川县"))
    text = first(replace(item, tags=replace(item.tags, regions=tags)))
    assert "玉岭县“" not in text
    assert "平川县“" not in text
    assert not text.startswith("3月6日，浙江省吴溪市玉岭县组团")  # that was on another day


def test_a_day_in_the_middle_leaves_the_comma(make_item) -> None:
    body = "办法由省水利厅起草，3月6日经省政府同意印发，推进“互联网+水利”。"
    item = make_item("水利要闻", body, "2018-03-08", region=("浙江省",))
    assert first(item) == "3月6日，办法由省水利厅起草，经省政府同意印发，推进“互联网+水利”。"


def test_a_document_is_told_with_those_who_wrote_it(make_item) -> None:
    body = (
        "根据有关规定，省水利厅、省财政厅起草了《浙江省“互联网+灌溉”补贴办法》（以下简称《办法》）。"
        "《办法》已于3月5日正式印发。解读如下。"
    )
    item = make_item("《浙江省“互联网+灌溉”补贴办法》解读", body, "2018-03-08", region=("浙江省",))
    assert first(item) == "3月5日，浙江省水利厅、省财政厅起草的《浙江省“互联网+灌溉”补贴办法》已正式印发。"


def test_a_picture_of_a_document_is_no_row(make_item) -> None:
    act = "省水利厅等3部门3月5日联合印发《“互联网+灌溉”补贴办法》。"
    body = f"【谁来办】\n{act}\n【补多少】\n每亩20元。\n【找谁】\n乡镇水利站。"
    item = make_item("一图读懂《“互联网+灌溉”补贴办法》", body, "2018-03-08", region=("浙江省",))
    assert first(item) == "3月5日，浙江省水利厅等3部门联合印发《“互联网+灌溉”补贴办法》。"


def test_a_name_that_the_headline_has_too(make_item) -> None:
    body = "乡亲们爱用新上线的“稻花云”。3月6日，玉岭县政府举行启动仪式，这一“互联网+稻米”平台接入农户900户。"
    item = make_item("“稻花云”来了", body, "2018-03-07", region=("浙江省", "吴溪市", "玉岭县"))
    assert "启动仪式，“稻花云”“互联网+稻米”平台接入" in first(item)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("3月7日讯 省农业厅启用“互联网+农机”平台。", "3月7日消息，浙江省农业厅启用“互联网+农机”平台。"),
        ("记者日前从省农业厅获悉，该厅启用“互联网+农机”平台。", "3月7日消息，浙江省农业厅启用“互联网+农机”平台。"),
        ("他告诉记者，就在3月5日，省农业厅启用“互联网+农机”平台。", "3月5日，浙江省农业厅启用“互联网+农机”平台。"),
        (
            "记者今天从省农业厅获悉，“互联网+农机”平台当日启用，覆盖全省。",
            "3月7日，浙江省“互联网+农机”平台启用，覆盖全省。",
        ),
        ("答：3月5日，省农业厅启用“互联网+农机”平台。", None),
        ("（翻开本子）3月5日，省农业厅启用“互联网+农机”平台。", "3月5日，浙江省农业厅启用“互联网+农机”平台。"),
        ("3月5日，农机手（左二）在启用的“互联网+农机”平台上派单，全程公开。", None),
        ("【2018年3月6日，临溪】今日，省农业厅启用“互联网+农机”平台。", "3月6日，浙江省农业厅启用“互联网+农机”平台。"),
        ("二、主要内容 省农业厅3月5日启用“互联网+农机”平台。", "3月5日，浙江省农业厅启用“互联网+农机”平台。"),
        ("省农业厅近日宣布启用“互联网+农机”平台。", "3月7日消息，浙江省农业厅宣布启用“互联网+农机”平台。"),
        ("在反复试验的基础上，省农业厅启用“互联网+农机”平台。", "3月7日消息，浙江省农业厅启用“互联网+农机”平台。"),
    ],
)
def test_the_reporter_is_cut(make_item, said: str, told: str | None) -> None:
    text = first(make_item("农机联网", said, "2018-03-07", region=("浙江省",)))
    assert text == told if told else not any(word in text for word in ("答：", "左二"))
