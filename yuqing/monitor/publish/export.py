"""Everything that a search matches, as a file: one row per item, written while reading (docs/export.md)."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Literal, get_args

from indexer.merge import batches
from indexer.store import Query, Store
from yuqing.core.errors import UsageError, YuqingError
from yuqing.core.files import check_writable_name
from yuqing.core.item_row import COLUMNS, Row, item_row
from yuqing.core.jsonio import to_json

Format = Literal["jsonl", "csv", "parquet", "xlsx"]
TEXTS: tuple[Format, ...] = ("jsonl", "csv")  # may go to standard output
SHEET_ROWS = 1_048_575  # of a worksheet, without the header; further rows stand in further sheets
CELL = 32_767  # characters that a cell of a worksheet holds
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ROWS_AT_ONCE = 5_000  # of a Parquet file's row group: some 30 MB in memory


def export(store: Store, query: Query, form: Format, out: Path | None, columns: tuple[str, ...]) -> tuple[int, int]:
    """Write the rows of ``query`` to ``out`` (None: standard output); returns the numbers of rows and of truncated
    cells.

    The file appears only once it is complete. Raises UsageError if the format cannot hold what was requested.
    """
    if unknown := set(columns) - set(COLUMNS):
        raise UsageError(f"“{min(unknown)}” is not a column; available: {', '.join(COLUMNS)}.")
    columns = columns or tuple(COLUMNS)
    rows = (item_row(item) for item in store.stream(query))
    if out is None:
        if form not in TEXTS:
            raise UsageError(f"{form} is a binary format: name a file with --out.")
        return _WRITERS[form](rows, columns, sys.stdout.buffer)
    with _new_file(out) as file:
        return _WRITERS[form](rows, columns, file)


def form_of(name: str, out: Path | None) -> Format:
    """The format called ``name``, or else by the file's extension, or else jsonl. Raises UsageError."""
    wanted = name or (out.suffix.lstrip(".").lower() if out else "") or "jsonl"
    for form in get_args(Format):
        if wanted == form:
            return form  # type: ignore[no-any-return]
    raise UsageError(f"“{wanted}” is not a format; available: {', '.join(get_args(Format))}.")


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    check_writable_name(path)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise YuqingError(f"{path}: cannot be written ({error.strerror or error}).") from error
    finally:
        part.unlink(missing_ok=True)


def _write_jsonl(rows: Iterable[Row], columns: tuple[str, ...], file: IO[bytes]) -> tuple[int, int]:
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        file.write(to_json({name: row[name] for name in columns}) + b"\n")
    file.flush()
    return count, 0


def _write_csv(rows: Iterable[Row], columns: tuple[str, ...], file: IO[bytes]) -> tuple[int, int]:
    if file is not sys.stdout.buffer:
        file.write(b"\xef\xbb\xbf")  # without a byte order mark Excel assumes a local encoding

    class Lines:
        @staticmethod
        def write(text: str) -> int:
            return file.write(text.encode())

    lines, count = csv.writer(Lines()), 0
    lines.writerow(columns)
    for count, row in enumerate(rows, 1):  # noqa: B007
        lines.writerow(row_values(row, columns))
    file.flush()
    return count, 0


def _write_parquet(rows: Iterable[Row], columns: tuple[str, ...], file: IO[bytes]) -> tuple[int, int]:
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise YuqingError("pyarrow is missing; install it with `pip install 'yuqing[parquet]'`.") from error
    kinds = {
        str: pyarrow.string(), float: pyarrow.float64(), bool: pyarrow.bool_(), date | None: pyarrow.date32(),
        tuple[str, ...]: pyarrow.list_(pyarrow.string()),
    }  # fmt: skip
    schema = pyarrow.schema([(name, kinds[COLUMNS[name]]) for name in columns])
    count = 0
    with ParquetWriter(file, schema, compression="zstd") as writer:
        for some in batches(rows, ROWS_AT_ONCE):
            values = {name: [row[name] for row in some] for name in columns}
            writer.write_table(pyarrow.table(values, schema=schema))
            count += len(some)
    return count, 0


def _write_xlsx(rows: Iterable[Row], columns: tuple[str, ...], file: IO[bytes]) -> tuple[int, int]:
    from xlsxwriter import Workbook

    count = cut = 0
    with Workbook(file, {"constant_memory": True, "use_zip64": True}) as book:
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for some in _sheets(rows):
            sheet = book.add_worksheet("items" if not count else f"items {count // SHEET_ROWS + 1}")
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, columns)
            for line, row in enumerate(some, 1):
                for place, name in enumerate(columns):
                    value = _text(row[name]) if isinstance(row[name], tuple) else row[name]
                    if isinstance(value, str):  # never a formula, even where a title begins with “=”
                        text = _NOT_IN_XML.sub("", value)
                        cut += len(text) > CELL
                        sheet.write_string(line, place, text[:CELL]) if text else None
                    elif isinstance(value, date):
                        sheet.write_datetime(line, place, datetime.combine(value, time()), days)
                    elif value is not None:
                        sheet.write(line, place, value)
                count += 1
    return count, cut


def _sheets(rows: Iterable[Row]) -> Iterator[Iterator[Row]]:
    """The rows sheet by sheet, each to be read to its end before the next; at least one."""
    left = iter(rows)
    first: Iterable[Row] = islice(left, 1)
    while True:
        yield islice(chain(first, left), SHEET_ROWS)
        if not (first := list(islice(left, 1))):
            return


def row_values(row: Row, columns: tuple[str, ...]) -> list[Any]:
    """The values of a row as csv has them."""
    return [_text(row[name]) for name in columns]


def _text(value: Any) -> Any:
    if isinstance(value, tuple):
        return "；".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


_Writer = Callable[[Iterable[Row], tuple[str, ...], IO[bytes]], tuple[int, int]]
_WRITERS: dict[Format, _Writer] = {
    "jsonl": _write_jsonl, "csv": _write_csv, "parquet": _write_parquet, "xlsx": _write_xlsx,
}  # fmt: skip
