"""No number of an article is printed as a day, changed or cut out of its sentence; no draft names a day of its own."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.conftest import make
from yuqing.core.times import Window
from yuqing.review.draft.dates import find_days
from yuqing.review.draft.rows import draft, draft_paragraph
from yuqing.review.report.build import build_report

PUBLISHED = date(2018, 3, 14)
NAMED = (
    "国办发〔2018〕{}号文件", "（浙政办发〔2018〕{}号）", "[2018]{}号文", "浙政发〔2018〕{}号", "令第{}号",
    "第{}号公告", "{}号公告", "工信部公告2018年第{}号", "{}号文件", "{}号令", "文三路{}号", "中关村大街{}号院",
    "{}号楼", "{}号线", "京A·{}号线", "地铁{}号线", "{}号台风", "{}号机组", "{}号厅", "{}号窗口", "{}号会议室",
    "{}号航站楼", "G{}号高速", "{}号码段", "风云{}号卫星", "{}号提案", "{}号种子", "长征{}号", "嫦娥{}号",
    "1{}号热线", "B{}号展位", "{}号门", "汉江路{}号", "编号{}号",
)  # fmt: skip
LENGTHS = (
    "{}日游", "{}日内", "{}日内办结", "{}日办结", "{}个工作日", "{}日之内", "为期{}日", "{}日均价", "{}日以内",
    "提速至{}日", "由{}日压缩至1日", "“{}日达”", "连续{}日", "第{}日", "{}日免费体验", "{}日无理由退货",
    "提前{}日公示", "6·{}", "近{}日", "每{}日",
)  # fmt: skip
DAYS = (
    "3月{}日", "2018年3月{}日", "本月{}日", "3月{}号", "本月{}号", "3月{}日上午", "18年3月{}日", "2018-03-{:02}",
    "{}日",
)  # fmt: skip
FRAMES = (
    "{day}，浙江省人民政府印发“互联网+政务服务”实施方案，{number}同时公布，年底前覆盖全省。",
    "{day}，按照{number}要求，浙江省启动“互联网+医疗健康”示范工程，覆盖全省医院。",
    "浙江省人民政府{day}发布通知，{number}对“互联网+教育”平台建设作出部署。",
    "近日，浙江省推出“互联网+政务服务”平台，{number}写入方案，惠及全省群众。",
    "浙江省“互联网+政务服务”平台上线，群众办事{number}，企业满意度大幅提升。",
)
_SAID_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:-(?:(\d{1,2})月)?(\d{1,2})日)?")


@given(
    frame=st.sampled_from(FRAMES),
    number=st.sampled_from(NAMED + LENGTHS),
    value=st.integers(1, 31),
    day=st.sampled_from(DAYS),
    on=st.integers(1, 14),
    titled=st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_numbers_stand_and_days_are_the_article_s(
    frame: str, number: str, value: int, day: str, on: int, titled: bool
) -> None:
    """The number is in the draft as written; each day of the draft is the sentence's or the article's own."""
    number = number.format(value)
    sentence = frame.format(day=day.format(on), number=number)
    title = f"浙江印发“互联网+政务服务”{number}" if titled else "浙江推进“互联网+政务服务”"
    item = make(title, sentence, PUBLISHED.isoformat(), region=("浙江省",), phrases=("互联网+政务服务",))
    days = {PUBLISHED} | ({date(2018, 3, on)} if "{day}" in frame else set())
    made = [*draft(item), *filter(None, [draft_paragraph(item)])]
    assert made
    for one in made:
        assert {(item.month, item.day) for item in days} >= set(_days(one.text)), (sentence, one.text)
        for written in (number, "“互联网+"):
            in_source = written in (title if one.evidence[0].field == "title" else sentence)
            assert not in_source or written in one.text, (sentence, one.text)


def _days(row: str) -> list[tuple[int, int]]:
    return [(int(match[2]), int(match[3])) for match in _SAID_DAY.finditer(row)]


@pytest.mark.parametrize("number", NAMED + LENGTHS)
@pytest.mark.parametrize("value", [1, 8, 12, 20])
def test_no_number_is_a_day(number: str, value: int) -> None:
    text = f"浙江印发{number.format(value)}，推进“互联网+政务服务”"
    assert [day for day in find_days(text, PUBLISHED) if day.first] == []
    assert [day for day in find_days(number.format(value), PUBLISHED) if day.first] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("本月5号，省政府召开会议", 5), ("今天14号，会议召开", 14), ("昨天（13日）上午召开会议", 13),
        ("省政府5号上午召开会议", 5),
        ("8号晚，平台上线", 8), ("新规5号起施行", None), ("，5号起施行", 5), ("5号至8号举行博览会", 5),
        ("3月5号上线", 5),
        ("3月5日、8号举行", 5), ("记者5日从省政府获悉", 5), ("教育部5日召开会议", 5), ("周一上午召开会议", 12),
    ],
)  # fmt: skip
def test_a_day_by_its_context(text: str, day: int | None) -> None:
    found = [mention.first for mention in find_days(text, PUBLISHED) if mention.first]
    assert found[:1] == ([date(2018, 3, day)] if day else [])


@pytest.mark.parametrize(
    "text",
    [
        "双11期间", "6·18大促", "9·11事件", "百日攻坚", "3·15晚会", "周六福珠宝", "周一鸣表示", "每周三次",
        "今年12月5号线开通",
        "去年12月3号楼交付", "农历3月5日", "编号ZB2018-03-12", "2018-3-5号文", "《今日中国》", "满3日可领",
    ],
)  # fmt: skip
def test_no_day(text: str) -> None:
    assert [day for day in find_days(text, PUBLISHED) if day.first and "今日" not in text] == []


def test_quoted_words_keep_their_day() -> None:
    body = "3月9日，浙江省举行“互联网+教育”论坛，与会者说“昨天的难题今天有了答案，5日见分晓”。"
    item = make("浙江举行“互联网+教育”论坛", body, "2018-03-14", region=("浙江省",))
    assert "“昨天的难题今天有了答案，5日见分晓”" in draft(item)[0].text


def test_document_numbers_reach_the_report(window: Window) -> None:
    titles = [
        "国务院办公厅印发国办发〔2018〕12号文件推进“互联网+政务服务”",
        "浙江省第5号令规范“互联网+监管”",
        "浙江推进“互联网+医疗健康”落实[2018]9号文",
    ]
    items = [make(title, title + "。", "2018-03-08", region=("浙江省",)) for title in titles]
    text = str(build_report(items, window))
    assert all(number in text for number in ("国办发〔2018〕12号文件", "第5号令", "[2018]9号文"))
