"""A store on the real node with a month of items, and the node's client."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from msgspec.structs import replace

from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.elastic.names import Names
from tests.store.conftest import build_item, node, node_url
from yuqing.core.records import Item, RegionTag, ReprintCluster, Review

__all__ = ["node", "node_url"]

ROOT = Path(__file__).resolve().parents[2]

CODES = {"浙江省": "330000", "贵州省": "520000", "北京市": "110000"}


def article(name: str, *, provinces: tuple[str, ...] = (), source: str = "gov.cn", **given: object) -> Item:
    """An item whose regions have codes, as the classifier gives them, and whose source has a name of its own."""
    item = build_item(name, **given)
    regions = tuple(RegionTag(province=each, code=CODES[each]) for each in provinces)
    return replace(item, source_id=source, source_name=f"{source}网", tags=replace(item.tags, regions=regions))


def month_of_items() -> list[Item]:
    """Eleven relevant items, one irrelevant, one undated, in two windows; one story is reprinted twice."""
    lead = article(
        "lead", title="浙江推进“互联网+”教育试点", body="浙江省印发意见，推进互联网＋教育。", sectors=["教育"],
        provinces=("浙江省",), sections=("province",), published_at="2018-03-01T09:00:00+08:00",
    )  # fmt: skip
    copies = [
        article(
            name, title=title, body="浙江省印发意见，推进互联网+教育。", sectors=["教育"], provinces=("浙江省",),
            sections=("province",), source=source, published_at=day, tier="commercial",
        )
        for name, title, source, day in (
            ("copy-1", "浙江“互联网+”教育试点启动", "sohu.com", "2018-03-01T23:30:00+08:00"),
            ("copy-2", "互联网+教育：浙江先行", "sina.com.cn", "2018-03-02"),
        )
    ]  # fmt: skip
    cluster = ReprintCluster(id=lead.id, lead=True)
    others = [
        article("health", title="国家卫健委谈互联网+医疗", body="互联网+医疗健康。", sectors=["医疗", "养老"],
                ministries=("国家卫生健康委员会",), sections=("ministry",), actions=("出台文件",),
                published_at="2018-03-02T00:10:00+08:00"),
        article("farm", title="贵州互联网+农业", body="大数据下乡。", sectors=["农业"], provinces=("贵州省",),
                sections=("province",), source="gzrb.com", published_at="2018-03-05", tier="province-media"),
        article("two", title="京黔合作", body="北京与贵州共建大数据中心，推动“互联网+”。", sectors=["农业", "政务"],
                provinces=("北京市", "贵州省"), published_at="2018-03-05"),
        article("firm", title="某企业发布互联网+工业平台", body="平台上线。", sectors=["工业"],
                enterprises=("海尔集团",),
                sections=("enterprise",), source="sohu.com", published_at="2018-03-09", tier="commercial"),
        article("new", title="“互联网+全民义务植树”上线", body="互联网+全民义务植树。", phrases=["互联网+全民义务植树"],
                published_at="2018-03-12"),
        article("next", title="互联网+政务四月观察", body="一网通办。", sectors=["政务"], window="2018-04",
                published_at="2018-03-16"),
        article("next-2", title="互联网+旅游", body="智慧旅游。", sectors=["旅游"], window="2018-04",
                provinces=("浙江省",), published_at="2018-04-02", phrases=["互联网+乡宿"]),
        article("next-3", title="互联网+法院", body="网上立案。", window="2018-04", published_at="2018-04-03"),
        article("other", title="天气预报", body="晴。", relevant=False, published_at="2018-03-03"),
        article("undated", title="互联网+无日期", body="日期不明。", sectors=["政务"], published_at=""),
    ]  # fmt: skip
    return [
        replace(lead, cluster=cluster),
        *(replace(copy, cluster=replace(cluster, lead=False)) for copy in copies),
        *others,
    ]


@pytest.fixture(scope="session")
def prefix() -> str:
    """Index names of this run only."""
    return f"kib-{uuid.uuid4().hex[:8]}"


@pytest.fixture(scope="session")
def client(node_url: str, prefix: str) -> Iterator[Elasticsearch]:
    """A client of the node; whatever was made under ``prefix`` is removed in the end."""
    with Elasticsearch(node_url) as opened:
        yield opened
        opened.indices.delete(index=list(opened.indices.get(index=f"{prefix}-*")))
        opened.indices.delete_index_template(name=Names(prefix).template)


@pytest.fixture(scope="session")
def store(node_url: str, prefix: str, client: Elasticsearch) -> Iterator[ElasticStore]:
    """The items of :func:`month_of_items`, with two decisions of people. Read only."""
    opened = ElasticStore(f"{node_url}/{prefix}", NO_ACCESS, init=True)
    items = month_of_items()
    opened.put(items)
    opened.set_review(items[0].id, Review(state="accepted", row="浙江：推进“互联网+教育”。", by="王"), 0)
    opened.set_review(items[3].id, Review(state="dropped", by="李"), 0)
    list(opened.scan())  # makes the writes visible to other clients
    yield opened
    opened.close()
