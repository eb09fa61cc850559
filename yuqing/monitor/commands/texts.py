"""``yuqing extract`` and ``yuqing classify``: files in, one JSON object per line out, no store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import msgspec

from classifiers import classify
from classifiers.rules import Rules
from crawler.sources import source_for
from yuqing.core.errors import FileError, Problem, UsageError
from yuqing.core.files import read_file
from yuqing.core.jsonio import to_plain
from yuqing.core.records import Article, Page, Rejected, Source
from yuqing.core.times import now
from yuqing.core.urls import printable, url_fault
from yuqing.monitor.run.page_processor import read_article


def extract_file(path: Path, url: str, sources: Mapping[str, Source]) -> dict[str, Any]:
    """The article of a saved page as ``yuqing extract`` prints it, or the reason why there is none."""
    body = read_file(path)
    if url and (fault := url_fault(url)):
        raise UsageError(f"--url {printable(url)}: this is not a web address ({fault}).")
    address = url or path.resolve().as_uri()
    source = source_for(address, sources)
    page = Page(url=address, body=body, source_id=source.id if source else "", fetched_at=now())
    article = read_article(page, source)
    if isinstance(article, Rejected):
        return {"url": address, "rejected": article.reason.value, "detail": article.detail}
    return {
        "url": article.url,
        "title": article.title,
        "published_at": article.published_at,
        "date_source": article.date_source,
        "date_agrees": article.date_agrees,
        "origin": article.origin,
        "editor": article.editor,
        "columns": article.columns,
        "attachments": to_plain(article.attachments),
        "document": to_plain(article.document),
        "body": article.body,
        "encoding": article.encoding,
        "method": article.method,
    }


_PARTIAL = re.compile(r"|\d{4}(-\d{1,2})?|\d{1,2}-\d{1,2}")


class TextLine(msgspec.Struct):
    """One line of the input of ``yuqing classify``; null means an absent field."""

    text: str
    id: str | int | None = None
    url: str | None = None
    title: str | None = None
    date: str | None = None


def classify_lines(
    lines: Iterable[bytes], name: str, rules: Rules, sources: Mapping[str, Source]
) -> Iterator[dict[str, Any]]:
    """The tags of each JSONL line, in order. Raises FileError with the position of an invalid line."""
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        line = _parse(text, name, number)
        article = Article(
            url=line.url or "", title=line.title or "", body=line.text, published_at=_day(line.date or "")
        )
        tags = classify(article, rules, source_for(line.url, sources) if line.url else None)
        yield {"id": "" if line.id is None else line.id, **to_plain(tags)}


def write_lines(rows: Iterable[dict[str, Any]], out: TextIO) -> None:
    """Write one JSON object per line."""
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


_BYTE = re.compile(r"\(byte (\d+)\)")
_FIELD = re.compile(r"at `\$\.(\w+)`|required field `(\w+)`")


def _parse(line_bytes: bytes, name: str, number: int) -> TextLine:
    try:
        text = line_bytes.decode()
        line = msgspec.json.decode(text, type=TextLine)
    except UnicodeDecodeError as error:
        raise FileError([Problem(Path(name), number, error.start + 1, "the line is not UTF-8 text.")]) from error
    except RecursionError as error:
        raise FileError([Problem(Path(name), number, 1, "the line is nested too deeply.")]) from error
    except msgspec.DecodeError as error:
        found = _FIELD.search(str(error))
        field = (found[1] or found[2]) if found else ""
        at = _BYTE.search(str(error))
        column = (max(text.find(f'"{field}"'), 0) if field else int(at[1]) if at else 0) + 1
        told = f"field “{field}”: {error}" if field else str(error)
        problem = f"{told}; a line is {{“id”, “url”, “title”, “text”, “date”}}, “text” is required."
        raise FileError([Problem(Path(name), number, column, problem)]) from error
    try:
        _day(line.date or "")
    except ValueError as error:
        problem = f"field “date”: it must begin with YYYY-MM-DD ({error})."
        raise FileError([Problem(Path(name), number, text.find('"date"') + 1, problem)]) from error
    return line


def _day(text: str) -> str:
    """A date as Article has it; a partial date (2015, 2015-11, 03-04) becomes "". Raises ValueError."""
    if _PARTIAL.fullmatch(text):
        return ""
    date.fromisoformat(text[:10])
    return text
