"""Decoding: the text comes out right whatever the label says."""

from __future__ import annotations

import pytest

from crawler.decode import decode

TEXT = "朱镕基、陶喆、李堃谈“互联网＋政务服务”，𠮷林省推进。办事不用跑，数据在跑腿的一年。"


def page(charset: str, text: str = TEXT) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}<title>标题</title></head><body><p>{text}</p><p>第二段。</p></body></html>"


@pytest.mark.parametrize("label", ["gb2312", "gbk", "utf-8", "big5", "iso-8859-1", "x-unknown", ""])
@pytest.mark.parametrize("header", ["", "text/html; charset=utf-8", "text/html;charset=GBK", "text/html"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_label_never_spoils_the_text(encoding: str, label: str, header: str) -> None:
    body = page(label).encode(encoding)
    decoded = decode(body, {"Content-Type": header})
    assert decoded.text == page(label)
    assert decoded.encoding == encoding


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "gb18030"])
def test_gb_family(encoding: str) -> None:
    text = "互联网+医疗健康示范省建设方案印发" if encoding == "gb2312" else "朱镕基谈互联网+"
    assert decode(page("gb2312", text).encode(encoding), {}).text == page("gb2312", text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark(encoding: str) -> None:
    decoded = decode(page("gb2312").encode(encoding), {"content-type": "text/html; charset=gb2312"})
    assert decoded.text == page("gb2312")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("header", ["", "text/html; charset=utf-16"])
def test_utf16_without_mark(encoding: str, header: str) -> None:
    decoded = decode(page("").encode(encoding), {"Content-Type": header})
    assert decoded.text == page("")
    assert decoded.encoding == encoding


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("junk", [b"\xff", b"\x80", b"\xe4", b"\xfe\xff"])
@pytest.mark.parametrize("label", ["gb2312", "utf-8", ""])
def test_a_broken_byte_costs_a_character_not_the_page(encoding: str, junk: bytes, label: str) -> None:
    body = page(label).encode(encoding).replace("数据".encode(encoding), junk + "数据".encode(encoding))
    decoded = decode(body, {})
    assert decoded.encoding == encoding
    assert "互联网＋政务服务" in decoded.text
    assert decoded.text.count("�") in (1, 2)
    assert "<p>第二段。</p>" in decoded.text  # a stray lead byte may shift a GB line, never the next one


def test_a_page_cut_inside_a_character() -> None:
    body = page("utf-8").encode()[: len(page("utf-8").split("腿")[0].encode()) + 1]
    decoded = decode(body, {})
    assert decoded.encoding == "utf-8"
    assert decoded.text.endswith("跑�")


def test_big5_that_says_so() -> None:
    head = '<meta charset="big5"><p>'
    text = head + "行政院推動的數位政府計畫在一年內有大的進展，市民不用出門，中小企業和個人都有了便利。" * 3
    decoded = decode(text.encode("big5"), {})
    assert decoded.text == text
    assert decoded.encoding == "big5"


@pytest.mark.parametrize("body", [b"", b"\x00" * 50, bytes(range(256)) * 8, b"\xff\xfe", b"<\0"])
def test_anything_gives_text(body: bytes) -> None:
    assert isinstance(decode(body, {"Content-Type": "text/html; charset=zlib_codec"}).text, str)
