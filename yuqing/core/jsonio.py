"""Records to JSON and back (msgspec: typed, and about ten times faster than the standard library)."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from yuqing.core.records import Item

T = TypeVar("T")
_encoder = msgspec.json.Encoder()
_item_decoder = msgspec.json.Decoder(Item)


def to_json(record: object) -> bytes:
    """A record (or a list or dict of records) as UTF-8 JSON, keys in the order of the fields."""
    return _encoder.encode(record)


def to_plain(record: object) -> Any:
    """A record as built-in types (dict, list, str …)."""
    return msgspec.to_builtins(record)


def item_from_json(data: bytes | str) -> Item:
    """The item written by :func:`to_json`."""
    return _item_decoder.decode(data)


def from_json(data: bytes | str, kind: type[T]) -> T:
    """A record of ``kind`` from JSON. Raises msgspec.ValidationError if it does not match."""
    return msgspec.json.decode(data, type=kind)


def from_plain(data: object, kind: type[T]) -> T:
    """A record of ``kind`` from the output of :func:`to_plain`. Raises msgspec.ValidationError if it does not match."""
    return msgspec.convert(data, kind)
