"""Official documents in the markup of portals: number, index, issuer, days, class, validity, 文件 and 解读."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from crawler.extract import extract
from indexer.embedded.store import EmbeddedStore
from indexer.store import Query
from tests.review.conftest import make
from yuqing.core.item_row import item_row
from yuqing.core.records import Article, Document, Page
from yuqing.review.draft.rows import draft

Make = Callable[..., Page]
TITLE = "某省人民政府办公厅关于印发“互联网+监管”实施方案的通知"
BODY = (
    "<p>各市、县人民政府，省政府各部门：</p><p>《某省“互联网+监管”实施方案》已经省政府同意，现印发给你们，请认真贯彻执行。</p>"
    "<p>根据国办发〔2018〕45号文件精神，加快建设全省统一的监管平台，推动监管数据归集共享和综合运用，提高监管水平。</p>"
    "<p>某省人民政府办公厅</p><p>2019年3月28日</p><p>（此件公开发布）</p>"
)
WANTED = {
    "number": "某政办发〔2019〕12号", "index": "000014349/2019-00031", "issuer": "某省人民政府办公厅",
    "written_on": "2019-03-28", "published_on": "2019-04-02", "topic": "综合政务",
}  # fmt: skip
VALUES = tuple(WANTED.values())
NUMBER, INDEX, ISSUER, WRITTEN, PUBLISHED, TOPIC = VALUES
_VALUES = {
    "number": NUMBER, "index": INDEX, "issuer": ISSUER, "written": WRITTEN, "published": PUBLISHED, "topic": TOPIC,
    "title": TITLE,
}  # fmt: skip
_BLOCKS = re.split(r"<!-- (.+) -->\n", (Path(__file__).parent / "pages" / "official_portals.html").read_text("utf-8"))
PORTALS = {name: block.format(**_VALUES) for name, block in zip(_BLOCKS[1::2], _BLOCKS[2::2], strict=True)}


def read(page: Make, table: str, below: str = "", title: str = TITLE, body: str = BODY) -> Article:
    shown = f"{table}<h1>{title}</h1><div class='TRS_Editor'>{body}</div>{below}"
    html = f"<html><head><title>{title}</title></head><body>{shown}</body></html>"
    found = extract(page(html, "http://www.example.gov.cn/zc/2019/12.html"))
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("portal", PORTALS)
def test_particulars(page: Make, portal: str) -> None:
    """Every field, with the words it was read from, and the day of the document is not taken for that of the page."""
    found = read(page, PORTALS[portal])
    assert found.document is not None
    assert {name: getattr(found.document, name) for name in WANTED} == WANTED
    assert all(found.document.found_in[name] for name in WANTED)
    assert NUMBER in found.document.found_in["number"]
    assert found.published_at[:10] == PUBLISHED


def test_a_number_above_the_text(page: Make) -> None:
    found = read(page, "", body=f"<p style='text-align:center'>{NUMBER}</p>{BODY}")
    assert found.document is not None
    assert (found.document.number, found.document.issuer) == (NUMBER, "")


@pytest.mark.parametrize(
    "table",
    ["", "<p>发布时间：2019-04-02 来源：某省日报</p>", "<p>文号：</p><p>索引号：无</p>", "<p>发布机构：某省日报</p>"],
)
def test_news_is_no_document(page: Make, table: str) -> None:
    """A number that the text quotes is another document's."""
    assert read(page, table).document is None


def test_document_and_interpretation_are_linked(page: Make) -> None:
    explained = "<div>相关解读：<a href='/jd/1.html'>一图读懂某省“互联网+监管”实施方案</a></div>"
    explained += "<div><a href='/x'>某市召开经济会议</a></div>"
    found = read(page, PORTALS["gkmlpt"], explained)
    assert found.document is not None
    assert [(one.kind, one.url) for one in found.document.related] == [("解读", "http://www.example.gov.cn/jd/1.html")]
    original = f"<div>相关文件：<a href='/zc/2019/1.html'>{TITLE}</a></div>"
    reading = read(page, PORTALS["gkmlpt"], original, title="《某省“互联网+监管”实施方案》政策解读")
    assert reading.document is not None
    assert [(one.kind, one.url) for one in reading.document.related] == [
        ("文件", "http://www.example.gov.cn/zc/2019/1.html")
    ]


def test_found_by_its_number_exported_and_said(tmp_path: Path) -> None:
    body = "3月28日，某省人民政府办公厅印发《关于印发“互联网+监管”实施方案的通知》，建设全省统一的监管平台。"
    item = make(TITLE, body, "2019-04-02", phrases=("互联网+监管",), window="2019-04")
    document = Document(number=NUMBER, index=INDEX, issuer=ISSUER, written_on=WRITTEN)
    item = replace(item, article=replace(item.article, document=document))
    store = EmbeddedStore(tmp_path / "items.sqlite")
    store.put([item])
    assert store.search(Query(text=NUMBER)).total == 1
    assert store.search(Query(text="某政办发〔2019〕13号")).total == 0
    row = item_row(item)
    assert (row["document_number"], row["document_written_on"]) == (NUMBER, WRITTEN)
    assert f"《关于印发“互联网+监管”实施方案的通知》（{NUMBER}）" in draft(item)[0].text
    plan = replace(item, article=replace(item.article, body=body.replace("关于印发", "").replace("的通知", "")))
    assert f"《“互联网+监管”实施方案》（{NUMBER}）" in draft(plan)[0].text
    assert NUMBER not in draft(replace(item, article=replace(item.article, title="另一则消息")))[0].text
