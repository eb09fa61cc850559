"""Decoding the bytes of a page, whatever its charset label says.

The label comes last: of 62 saved news pages 3 are labelled gb2312 but are UTF-8, and proxies put ``charset=utf-8`` on
GBK bytes. UTF-8 is self-validating, so it is tried first; GB18030 covers GB2312, GBK and every character outside the
declared set (镕 喆 堃 𠮷); a declared charset of another family comes last.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

_LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_LABEL_WINDOW = 4096  # HTML requires the label within 1,024 bytes, but old pages put scripts before it
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is a prefix of it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAME = {"utf-8", "ascii", "gb2312", "gbk", "gb18030", "hz", "iso8859-1", "cp1252"}
# Python codecs that no page uses: some interpret escapes (and so give lone surrogates), some take quadratic time.
_NO_CHARSETS = {"unicode_escape", "raw-unicode-escape", "unicode-escape", "raw_unicode_escape", "idna", "punycode",
                "undefined", "utf-7", "mbcs", "oem"}  # fmt: skip
_COMMON = "的一不在有了人和中大年上市"  # common in both scripts: distinguishes Big5 from GB if both decode
_BROKEN_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page and the Python name of the encoding used."""

    text: str
    encoding: str


def decode(body: bytes, headers: Mapping[str, str]) -> Decoded:
    """``body`` as text: byte-order mark, UTF-16 by header, strict UTF-8, strict GB18030, then the label.

    Never fails: bytes that no encoding decodes completely become U+FFFD, using the encoding that loses fewest.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(encoding, "replace"), encoding)
    wide = _wide(body, headers)
    if wide:
        return Decoded(body.decode(wide, "replace"), wide)
    text = _strict(body, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8")
    declared = [name for name in _declared(body, headers) if name not in _SAME and "utf" not in name]
    tried = [(name, text) for name in ("gb18030", *declared) if (text := _strict(body, name)) is not None]
    if tried:
        encoding, text = max(tried, key=lambda pair: _common(pair[1])) if len(tried) > 1 else tried[0]
        return Decoded(text, encoding)
    return _least_broken(body, declared)


def _least_broken(body: bytes, declared: list[str]) -> Decoded:
    """The result with the fewest U+FFFD; mostly valid UTF-8 counts as UTF-8 even if GB18030 loses less.

    GB18030 accepts nearly every pair of high bytes, so it can decode broken UTF-8 into wrong characters with fewer
    errors; the reverse does not happen, since GB text almost never forms valid UTF-8 sequences.
    """
    text = body.decode("utf-8", "replace")
    lost = text.count("�")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if lost <= beyond_ascii * _BROKEN_SHARE:
        return Decoded(text, "utf-8")
    readings = [Decoded(text, "utf-8")]
    readings += [Decoded(body.decode(name, "replace"), name) for name in ("gb18030", *declared)]
    return min(readings, key=lambda reading: reading.text.count("�"))


def _common(text: str) -> int:
    return sum(map(text.count, _COMMON))


def _wide(body: bytes, headers: Mapping[str, str]) -> str:
    """The name of the UTF-16 variant declared by the header or visible in the first tag, or an empty string."""
    if body[:1] == b"<" and body[1:2] == b"\0" and body[3:4] == b"\0":
        return "utf-16-le"
    if body[:1] == b"\0" and body[1:2] == b"<" and body[2:3] == b"\0":
        return "utf-16-be"
    label = _label(_header(headers).encode("ascii", "ignore"))
    if label.startswith("utf-16") and body.count(b"\0", 0, 200) > 10:
        big = label == "utf-16-be" or body[0:1] == b"\0"
        return "utf-16-be" if big else "utf-16-le"
    return ""


def _declared(body: bytes, headers: Mapping[str, str]) -> list[str]:
    """The known encodings named in the header and in the first bytes of the page, without duplicates."""
    labels = [_label(_header(headers).encode("ascii", "ignore"))]
    labels += [_codec(match[1]) for match in _LABEL.finditer(body[:_LABEL_WINDOW])]
    return list(dict.fromkeys(label for label in labels if label))


def _header(headers: Mapping[str, str]) -> str:
    return next((value for name, value in headers.items() if name.lower() == "content-type"), "")


def _label(text: bytes) -> str:
    match = _LABEL.search(text)
    return _codec(match[1]) if match else ""


def _codec(label: bytes) -> str:
    """The Python name of a text encoding, or an empty string for an unknown label."""
    try:
        info = codecs.lookup(label.decode("ascii", "ignore"))
    except LookupError:
        return ""
    return info.name if info._is_text_encoding and info.name not in _NO_CHARSETS else ""


def _strict(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeDecodeError, UnicodeError):
        return None
