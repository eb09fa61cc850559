"""电头, by-lines and editors' notes are not the story."""

from __future__ import annotations

from datetime import date

import pytest

from yuqing.core.records import Article
from yuqing.review.draft.sentences import article_sentences, dateline_end

NEWS = "省政府召开会议，部署“互联网+”工作。"


@pytest.mark.parametrize(
    "dateline",
    [
        "新华社北京3月5日电（记者王某）",
        "新华社合肥3月5日电 （记者 王某、李某某）",
        "人民网北京3月5日电 ",
        "中新网杭州3月5日电(记者 王某)",
        "央广网西安3月5日消息（记者王某）",
        "本报讯（记者 王某 通讯员 李某）",
        "本报讯 ",
        "本报讯",
        "本报北京3月5日电（记者王某）",
        "【大河网讯】",
        "东方网3月5日消息：",
        "据新华网消息，",
        "中国经济网北京3月5日讯（记者 王某）",
        "网易科技讯 3月7日消息，",
        "（记者 王某）",
        "(通讯员 王某某)",
        "　　新华社北京3月5日电　",
    ],
)
def test_dateline_is_cut(dateline: str) -> None:
    assert (dateline + NEWS)[dateline_end(dateline + NEWS) :] == NEWS


@pytest.mark.parametrize(
    "text",
    [
        NEWS,
        "四川广播电视台3月6日与腾讯公司签订协议。",
        "电信运营商推出新套餐。",
        "全国网上消费者协会开通电话。",
        "人民网与中国电信签署协议。",
        "国家电网电力调度中心启用平台。",
        "腾讯公司与省政府签约。",
        "（以下简称《办法》）自3月起施行。",
    ],
)
def test_a_sentence_keeps_its_opening(text: str) -> None:
    assert dateline_end(text) == 0


def test_notes_and_tails_are_no_sentences() -> None:
    body = (
        "（原标题：安徽部署“互联网+”）\n来源：某某网\n本报记者 王某\n"
        f"新华社合肥3月5日电 {NEWS}会议听取了汇报。（完）\n责任编辑：李某\n（责编：张三、李四）"
    )
    parsed = article_sentences(Article(url="http://a.cn", title="t", body=body), date(2018, 3, 7))
    assert [sentence.text for sentence in parsed.sentences] == [NEWS, "会议听取了汇报。"]
    assert all(body[s.start : s.end] == s.text for s in parsed.sentences)


def test_today_means_the_dateline_day() -> None:
    article = Article(url="http://a.cn", title="t", body=f"新华社合肥3月5日电 今天，{NEWS}")
    assert article_sentences(article, date(2018, 3, 7)).written == date(2018, 3, 5)


def test_a_stop_within_a_quotation_does_not_end_the_sentence() -> None:
    body = "“很方便。不用排队。”市民说。平台“一网通办已启用。群众满意。"
    article = Article(url="http://a.cn", title="t", body=body)
    texts = [sentence.text for sentence in article_sentences(article, date(2018, 3, 7)).sentences]
    assert texts == ["“很方便。不用排队。”", "市民说。", "平台“一网通办已启用。", "群众满意。"]


def test_a_quotation_ends_with_its_mark() -> None:
    article = Article(url="http://a.cn", title="t", body="他说：“很方便。”平台已启用！群众满意吗？满意。")
    texts = [sentence.text for sentence in article_sentences(article, date(2018, 3, 7)).sentences]
    assert texts == ["他说：“很方便。”", "平台已启用！", "群众满意吗？", "满意。"]
