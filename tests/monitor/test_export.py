"""Exports: every row that a search counts, in each format, as pandas and DuckDB read it."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.embedded import EmbeddedStore
from indexer.filters import query_of
from indexer.store import Query
from tests.monitor.conftest import Demo
from tests.store.conftest import build_item
from yuqing.core.errors import UsageError
from yuqing.core.item_row import item_row
from yuqing.core.jsonio import to_json
from yuqing.monitor.publish.export import CELL, COLUMNS, export

pandas = pytest.importorskip("pandas")
duckdb = pytest.importorskip("duckdb")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    """1,100 items; among them what spreadsheets and separators stumble over."""
    opened = EmbeddedStore(tmp_path_factory.mktemp("export") / "store.sqlite")
    odd = [
        build_item("formula", title="=1+1", body="a,b;“c”\n第二行\r\n\x07铃"),
        build_item("long", title="长文", body="长" * (CELL + 5), sectors=("教育", "医疗"), regions=(("北京市", ""),)),
        build_item("undated", title="无日期", published_at=""),
        build_item("off", title="无关", relevant=False),
    ]
    opened.put(odd)
    opened.put(build_item(str(number), published_at=f"2018-03-{number % 28 + 1:02d}") for number in range(1096))
    yield opened
    opened.close()


def write(store: EmbeddedStore, path: Path, columns: tuple[str, ...] = (), **given: str) -> tuple[int, int]:
    return export(store, query_of(given), path.suffix[1:], path, columns)  # type: ignore[arg-type]


def test_rows_equal_the_count_of_the_search_in_every_format(store: EmbeddedStore, tmp_path: Path) -> None:
    read = {
        "csv": pandas.read_csv, "parquet": pandas.read_parquet, "xlsx": pandas.read_excel,
        "jsonl": lambda path: pandas.read_json(path, lines=True),
    }  # fmt: skip
    few, many = {"until": "2018-03-02", "all": "yes"}, {"text": "的正文"}
    for form, reader in read.items():
        given = few if form == "xlsx" else many
        path = tmp_path / f"rows.{form}"
        count = store.count(query_of(given))
        assert write(store, path, **given)[0] == len(reader(path)) == count > 40, form
    for given in ({}, {"all": "yes"}, {"sector": "教育"}, {"text": "不存在"}):
        assert write(store, tmp_path / "rows.jsonl", **given)[0] == store.count(query_of(given))
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(("most", "sheets"), [(500, [500, 500, 100]), (550, [550, 550]), (1_100, [1_100])])
def test_rows_beyond_a_sheet_stand_in_the_next(
    store: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, sheets: list[int]
) -> None:
    monkeypatch.setattr("yuqing.monitor.publish.export.SHEET_ROWS", most)
    assert write(store, tmp_path / "rows.xlsx", ("id",), all="yes") == (1_100, 0)
    frames = pandas.read_excel(tmp_path / "rows.xlsx", sheet_name=None)
    assert list(frames) == [f"items {number}" if number > 1 else "items" for number in range(1, len(sheets) + 1)]
    assert [len(frame) for frame in frames.values()] == sheets
    ids = [one for frame in frames.values() for one in frame["id"]]
    assert ids == [item.id for item in store.stream(Query(relevant=None))]


def test_an_empty_sheet_still_names_its_columns(store: EmbeddedStore, tmp_path: Path) -> None:
    assert write(store, tmp_path / "rows.xlsx", ("id", "title"), text="不存在") == (0, 0)
    assert list(pandas.read_excel(tmp_path / "rows.xlsx").columns) == ["id", "title"]


def test_json_lines_hold_the_rows_as_they_are(store: EmbeddedStore, tmp_path: Path) -> None:
    write(store, tmp_path / "rows.jsonl", all="yes")
    rows = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text("utf-8").splitlines()]
    assert rows == [json.loads(to_json(item_row(item))) for item in store.stream(Query(relevant=None))]


def test_pandas_reads_the_texts_of_each_format_back(store: EmbeddedStore, tmp_path: Path) -> None:
    columns = ("id", "title", "body", "day", "relevant", "sectors")
    frames = {}
    for form in ("csv", "parquet", "xlsx"):
        _, cut = write(store, tmp_path / f"rows.{form}", columns, all="yes")
        assert cut == (form == "xlsx")
    frames["csv"] = pandas.read_csv(tmp_path / "rows.csv", keep_default_na=False)
    frames["parquet"] = pandas.read_parquet(tmp_path / "rows.parquet")
    frames["xlsx"] = pandas.read_excel(tmp_path / "rows.xlsx", keep_default_na=False)
    for form, frame in frames.items():
        assert tuple(frame.columns) == columns
        by_title = frame.set_index("title")
        assert by_title.loc["=1+1", "body"].startswith("a,b;“c”\n第二行"), form
        assert len(by_title.loc["长文", "body"]) == (CELL if form == "xlsx" else CELL + 5)
        assert bool(by_title.loc["无关", "relevant"]) is False
    assert list(frames["parquet"].set_index("title").loc["长文", "sectors"]) == ["教育", "医疗"]
    assert frames["csv"].set_index("title").loc["长文", "sectors"] == "教育；医疗"
    assert frames["parquet"].set_index("title").loc["无日期", "day"] is None


def test_duckdb_reads_types_and_lists(store: EmbeddedStore, tmp_path: Path) -> None:
    for form in ("csv", "parquet", "jsonl"):
        write(store, tmp_path / f"rows.{form}")
    count = store.count(Query())
    for name, days in (("rows.csv", "DATE"), ("rows.parquet", "DATE"), ("rows.jsonl", "DATE")):
        (found,) = duckdb.sql(
            f"SELECT count(*), typeof(any_value(day)), min(day)::VARCHAR FROM '{tmp_path / name}'"
        ).fetchall()
        assert found == (count, days, "2018-03-01"), name
    sectors = f"SELECT s, count(*) FROM (SELECT unnest(sectors) AS s FROM '{tmp_path}/rows.parquet') GROUP BY s"
    assert dict(duckdb.sql(sectors).fetchall()) == {"教育": 1, "医疗": 1}


def test_memory_does_not_grow_with_the_rows(store: EmbeddedStore, tmp_path: Path) -> None:
    def peak(**given: str) -> int:
        tracemalloc.start()
        try:
            write(store, tmp_path / "rows.jsonl", **given)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few, many = peak(until="2018-03-14"), peak()
    assert many < 1.2 * few


def test_what_a_form_cannot_take_is_refused_and_leaves_no_file(store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="“colour” is not a column"):
        write(store, tmp_path / "rows.csv", ("colour",))
    with pytest.raises(UsageError, match="name a file with --out"):
        export(store, Query(), "parquet", None, COLUMNS)
    assert not list(tmp_path.iterdir())


def test_the_command_exports_a_saved_search(demo: Demo) -> None:
    demo.yuqing("searches", "save", "教育", "互联网+", "--sector", "教育")
    printed = demo.yuqing("export", "--saved", "教育", "--columns", "id,sectors")
    found = json.loads(demo.yuqing("search", "互联网+", "--sector", "教育", "--json", "--size", "0"))
    rows = [json.loads(line) for line in printed.splitlines()]
    assert len(rows) == found["total"] > 1
    assert all("教育" in row["sectors"] for row in rows)
    assert "no saved search “无”" in demo.yuqing("export", "--saved", "无", code=2)
    assert "section: “foo” is not one of" in demo.yuqing("export", "--section", "foo", code=2)
    demo.yuqing("searches", "remove", "教育")
