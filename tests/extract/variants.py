"""How firm extraction is: saved pages in other markup that shows a reader the same, and what is read differently then.

    python -m tests.extract.variants [FOLDER]      FOLDER holds pages (default: ../shared/pages, and the read half here)
    python -m tests.extract.variants --show NAME   each difference of one variant

A variant needs no labels: whatever is read of the page as it was saved should be read of the page as it is rewritten.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from lxml import etree, html

from crawler.decode import decode
from crawler.extract import extract
from yuqing.core.records import Article, Page, Rejected
from yuqing.core.times import SHANGHAI

ROOT = Path(__file__).resolve().parents[2]
FIELDS = ("rejected", "title", "day", "origin", "editor", "body")
WHEN = datetime(2026, 11, 30, 8, 0, tzinfo=SHANGHAI)
_LINKS = "".join(f'<li><a href="/x/{n}.html">某地第{n}次推进会昨天召开各项工作取得进展</a></li>' for n in range(20))
_DECLARED = re.compile(r"^\s*<\?xml[^>]*>")
Rewrite = Callable[[etree._Element], None]


def no_names(root: etree._Element) -> None:
    """Classes and ids that say nothing."""
    for name in ("class", "id", "name"):
        for element in root.iter(etree.Element):
            value = element.get(name)
            if value and element.tag not in ("meta", "input", "param"):
                element.set(
                    name, " ".join("x" + hashlib.sha256(word.encode()).hexdigest()[:6] for word in value.split())
                )


def no_metas(root: etree._Element) -> None:
    """No metas and no structured data: what the page shows must do."""
    for element in [*root.iter("meta"), *root.xpath('//script[@type="application/ld+json"]')]:
        if element.get("charset") is None and not (element.get("http-equiv") or ""):
            _drop(element)


def no_title(root: etree._Element) -> None:
    """No <title>."""
    for element in list(root.iter("title")):
        _drop(element)


def divs(root: etree._Element) -> None:
    """Paragraphs are divs."""
    for element in root.iter("p"):
        element.tag = "div"


def spans(root: etree._Element) -> None:
    """The text of each paragraph stands in a span."""
    for element in list(root.iter("p")):
        if len(element) == 0 and element.text:
            span = etree.SubElement(element, "span")
            span.text, element.text = element.text, None


def wrapped(root: etree._Element) -> None:
    """All of the body stands in a table for layout."""
    body = root.find("body")
    if body is None:
        return
    table = html.fragment_fromstring("<table><tr><td><div></div></td></tr></table>")
    inner = table.find(".//div")
    inner.text, body.text = body.text, None
    inner.extend(list(body))
    body.append(table)


def sidebars(root: etree._Element) -> None:
    """A menu above, and a list of news and a footer below everything."""
    body = root.find("body")
    if body is None:
        return
    body.insert(
        0, html.fragment_fromstring('<div><a href="/">首页</a> <a href="/a/">要闻</a> <a href="/b/">政策</a></div>')
    )
    body.append(html.fragment_fromstring(f"<div><h3>热点新闻</h3><ul>{_LINKS}</ul></div>"))
    body.append(html.fragment_fromstring("<div>版权所有：某某网 京ICP备00000000号 联系电话：010-00000000</div>"))


def no_headings(root: etree._Element) -> None:
    """Headings are bold divs."""
    for element in list(root.iter("h1", "h2", "h3", "h4")):
        element.tag = "div"
        element.set("style", "font-size:24px;font-weight:bold;text-align:center")


def compact(root: etree._Element) -> None:
    """No blanks between elements."""
    for element in root.iter(etree.Element):
        if element.tag in ("pre", "script", "style", "textarea"):
            continue
        for name in ("text", "tail"):
            value = getattr(element, name)
            if value and not value.strip():
                setattr(element, name, None)


def loose(root: etree._Element) -> None:
    """Each element of a block on a line of its own."""
    for element in root.iter("p", "div", "li", "td", "h1", "h2"):
        element.tail = "\n    " + (element.tail or "")


def comments(root: etree._Element) -> None:
    """Comments in the markup, and an empty element, between all blocks."""
    for element in list(root.iter("p", "h1")):
        parent = element.getparent()
        if parent is not None:
            parent.insert(parent.index(element), etree.Comment(" block "))


VARIANTS: dict[str, Rewrite] = {
    rewrite.__name__: rewrite
    for rewrite in (
        no_names, no_metas, no_title, divs, spans, wrapped, sidebars, no_headings, compact, loose, comments,
    )
}  # fmt: skip


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        previous = element.getprevious()
        if element.tail:
            if previous is not None:
                previous.tail = (previous.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)


def rewritten(text: str, rewrite: Rewrite | None) -> bytes:
    """The page ``text``, parsed, rewritten and written again in UTF-8."""
    root = html.document_fromstring(text)
    if rewrite is not None:
        rewrite(root)
    return b"<!DOCTYPE html>\n" + html.tostring(root, encoding="utf-8", method="html")


def read(body: bytes, url: str) -> dict[str, str]:
    """What extraction makes of a page, by field."""
    page = Page(
        source_id="x", url=url, fetched_at=WHEN,
        headers={"content-type": "text/html; charset=utf-8"}, body=body,
    )  # fmt: skip
    found = extract(page)
    if isinstance(found, Rejected):
        return {"rejected": str(found)[:80]}
    assert isinstance(found, Article)
    lines = "\n".join(re.sub(r"\s+", "", line) for line in found.body.split("\n"))
    return {
        "rejected": "", "title": found.title, "day": found.published_at[:10], "origin": found.origin,
        "editor": found.editor, "body": lines,
    }  # fmt: skip


def compared(folder: Path, names: Iterable[str] = VARIANTS) -> Iterator[tuple[str, str, dict[str, tuple[str, str]]]]:
    """For each page of ``folder`` and each variant of ``names``: path, name, and the fields that differ."""
    for path in sorted((*folder.rglob("*.html"), *folder.rglob("*.htm"), *folder.rglob("*.shtml"))):
        text = _DECLARED.sub("", decode(path.read_bytes(), {}).text)
        if not text.strip():
            continue
        url = f"https://www.example.cn/2018/{path.stem}.html"
        before = read(rewritten(text, None), url)
        if before["rejected"]:
            continue
        for name in names:
            after = read(rewritten(text, VARIANTS[name]), url)
            yield (
                str(path.relative_to(folder)),
                name,
                {
                    field: (before[field], after.get(field, ""))
                    for field in FIELDS
                    if before[field] != after.get(field, "")
                },
            )


def main() -> None:
    """Print the table, or the differences of one variant."""
    show = sys.argv[2] if sys.argv[1:2] == ["--show"] else ""
    folders = [Path(name) for name in sys.argv[1:] if not show] or [
        folder
        for folder in (ROOT.parent / "shared" / "pages", Path(__file__).parent / "fresh" / "read")
        if folder.is_dir()
    ]
    wrong: dict[str, Counter[str]] = {name: Counter() for name in VARIANTS}
    pages: Counter[str] = Counter()
    for folder in folders:
        for path, name, differs in compared(folder, (show,) if show else VARIANTS):
            pages[name] += 1
            wrong[name].update(["page"] if differs else [])
            wrong[name].update(differs.keys())
            if name == show:
                for field, (before, after) in differs.items():
                    sys.stdout.write(f"{path} {field}\n  - {before[:150]!r}\n  + {after[:150]!r}\n")
    sys.stdout.write(f"{'variant':12} {'pages':>5} {'equal':>6} " + " ".join(f"{field:>8}" for field in FIELDS) + "\n")
    for name, found in wrong.items():
        equal = pages[name] - found["page"]
        sys.stdout.write(f"{name:12} {pages[name]:5} {equal:6} " + " ".join(f"{found[f]:8}" for f in FIELDS) + "\n")


if __name__ == "__main__":
    main()
