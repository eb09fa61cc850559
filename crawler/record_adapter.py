"""The records as Scrapy items: how feeds, pipelines and ``scrapy parse`` access them through itemadapter."""

from __future__ import annotations

from collections.abc import Iterator, KeysView
from typing import Any, NoReturn

from itemadapter import ItemAdapter
from itemadapter.adapter import AdapterInterface

from yuqing.core.records import Record


class RecordAdapter(AdapterInterface):
    """A :class:`yuqing.core.records.Record` as a read-only mapping of its fields."""

    @classmethod
    def is_item_class(cls, item_class: type) -> bool:
        """Whether the class is a record."""
        return issubclass(item_class, Record)

    @classmethod
    def get_field_names_from_class(cls, item_class: type) -> list[str]:
        """The field names in order."""
        return list(item_class.__struct_fields__)  # type: ignore[attr-defined]  # of every Record

    def field_names(self) -> KeysView[str]:
        """The field names in order."""
        return KeysView(dict.fromkeys(self.item.__struct_fields__))

    def __getitem__(self, name: str) -> Any:
        if name not in self.item.__struct_fields__:
            raise KeyError(name)
        return getattr(self.item, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.item.__struct_fields__)

    def __len__(self) -> int:
        return len(self.item.__struct_fields__)

    def __setitem__(self, name: str, value: Any) -> NoReturn:
        raise TypeError(f"{name}: records never change; return a new one made with msgspec.structs.replace().")

    def __delitem__(self, name: str) -> NoReturn:
        raise TypeError(f"{name}: records never change; return a new one made with msgspec.structs.replace().")


def register() -> None:
    """Make the records known to every ItemAdapter of this process."""
    if RecordAdapter not in ItemAdapter.ADAPTER_CLASSES:
        ItemAdapter.ADAPTER_CLASSES = (RecordAdapter, *ItemAdapter.ADAPTER_CLASSES)
