"""Writing the feeds to files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from indexer.store import Store
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.urls import url_fault
from yuqing.review.api.feeds import FORMS, Feed, all_feeds, entries, feed_of, render


def write_feeds(store: Store, names: Sequence[str], out: Path, forms: str, address: str) -> Iterator[Path]:
    """Write the feeds ``names`` (default: all) below ``out``, each in the comma-separated ``forms``; yields the files.

    ``address`` is the URL where ``out`` is served, "" if it is not. Raises UsageError for an unknown feed or format.
    """
    wanted = [form.strip() for form in forms.split(",") if form.strip()]
    if unknown := [form for form in wanted if form not in FORMS]:
        raise UsageError(f"“{unknown[0]}” is not a feed format; available: {', '.join(FORMS)}.")
    if address and url_fault(address):
        raise UsageError(f"--address “{address}”: write the full URL, for example https://news.example.cn/feeds/.")
    base = address.rstrip("/") or out.resolve().as_uri()
    feeds = [_named(store, name) for name in names] or all_feeds(store)
    for feed in feeds:
        items = entries(store, feed)
        for form in FORMS:
            if form in wanted:
                path = out / f"{feed.path}.{form}"
                text = render(feed, items, form, f"{base}/{quote(feed.path)}.{form}", f"{base}/")
                _write(path, text)
                yield path


def _named(store: Store, name: str) -> Feed:
    kind, slash, rest = name.partition("/")
    return feed_of(store, kind, rest) if slash else feed_of(store, "searches", name)


def _write(path: Path, text: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(text)
        part.replace(path)
    except OSError as error:
        raise YuqingError(f"{path}: cannot be written ({error.strerror}).") from error
