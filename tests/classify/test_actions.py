"""Kinds of action: what is done, not what is planned or denied."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers import classify
from classifiers.rules import Rules, load_rules
from yuqing.core.records import Article


@pytest.fixture(scope="module")
def rules(root: Path) -> Rules:
    return load_rules(root / "keywords.yaml")


CASES = [
    ("3月9日，教育部印发《“互联网+教育”行动方案》。", ["出台文件"]),
    ("5月4日，湖南省卫生健康委召开“互联网+医疗健康”工作推进会议。", ["会议部署"]),
    ("6月1日，杭州市“互联网+政务服务”平台正式上线。", ["平台上线"]),
    ("6月1日，四川省政府与腾讯公司签署“互联网+政务服务”战略合作协议。", ["签署合作"]),
    ("6月1日，青岛市启动“互联网+护理服务”试点。", ["试点示范"]),
    ("6月1日，青岛市民政局与一家公司签约，共享“互联网+养老”数据。", ["签署合作"]),
    ("6月1日，青岛市医保局上线“互联网+医保”手语问答台。", ["平台上线"]),
    ("6月1日，青岛市在十所小学试点“互联网+教育”。", ["试点示范"]),
    ("6月1日，国家卫生健康委发布互联网医院建设规范。", ["出台文件"]),
    ("6月1日，青岛市教育局启动“互联网+教育”同步课堂试点。", ["试点示范"]),
    ("6月1日，青岛市卫健委通报，“互联网+护理服务”累计上门一万八千人次。", ["成效发布"]),
    ("6月1日，青岛市上线“互联网+护理服务”平台，两家医院接入，累计接单三百单。", ["平台上线"]),
    ("6月1日，青岛市印发“互联网+制造”意见，提出到2025年上云企业突破四万家，建成十个平台。", ["出台文件"]),
    ("6月1日，农业农村部召开“互联网+农业”视频会，要求各地年内建成追溯平台。", ["会议部署"]),
    ("6月1日，青岛市农民合作社用“互联网+农业”卖菜，协议书都在网上，市农业农村局介绍。", []),
    ("6月1日，青岛市政务局通知，“互联网+政务服务”须线上线下办理，平台一致。", []),
    ("6月1日，青岛市将于年底前上线“互联网+政务服务”平台。", []),
    ("6月1日，武汉市人社局表示，“互联网+人社”系统尚未上线。", []),
]


@pytest.mark.parametrize(("text", "kinds"), CASES)
def test_the_kind_is_that_of_what_is_done(text: str, kinds: list[str], rules: Rules) -> None:
    tags = classify(Article(url="", title="", body=text, published_at="2020-06-01"), rules)
    assert list(tags.actions) == kinds
    assert {e.tag for e in tags.evidence if e.rule.startswith("action:")} == set(kinds)
