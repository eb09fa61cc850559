"""Translating queries to SQL: which rows are hits, in which order, and how they are counted."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from itertools import chain

from indexer.embedded.schema import FACET_NUMBER
from indexer.facets import counted_fields, ranked
from indexer.store import Place, Query
from indexer.tokens import phrases

TITLE_WEIGHT = 4.0  # a word in the title says more about the item than one in the body


def match_expression(text: str) -> str | None:
    """The FTS5 expression for a user's text: quoted phrases only; None if it contains nothing to search for."""
    found = phrases(text)
    return " AND ".join('"' + " ".join(phrase) + '"' for phrase in found) if found else None


def select_hits(query: Query) -> tuple[str, list[object]]:
    """A SELECT of (item, score) for all hits of ``query``, and its parameters."""
    conditions, values = _conditions(query)
    score, tables = "0.0", "items"
    if query.text.strip():
        expression = match_expression(query.text)
        if expression is None:
            return "SELECT item, 0.0 FROM items WHERE 0", []
        tables = "texts CROSS JOIN items ON items.item = texts.rowid"
        if query.sort == "relevance":
            score = f"-bm25(texts, {TITLE_WEIGHT}, 1.0)"
        conditions.insert(0, "texts MATCH ?")
        values.insert(0, expression)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT items.item, {score} FROM {tables}{where}", values


def select_stream(query: Query, after: Place | None) -> tuple[str, list[object]]:
    """A SELECT of the items that match ``query`` after ``after``, newest first, and its parameters.

    It walks the index in that order, so that SQLite returns the first row at once and sorts at most the items published
    at the same time.
    """
    conditions, values = _conditions(query)
    if query.text.strip():
        expression = match_expression(query.text)
        if expression is None:
            return "SELECT item FROM items WHERE 0", []
        conditions.append("items.item IN (SELECT rowid FROM texts WHERE texts MATCH ?)")
        values.append(expression)
    if after:
        published, item_id = after
        conditions.append("published <= ? AND (published < ? OR id > ?)")
        values += [published, published, item_id]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT item FROM items INDEXED BY items_order{where} ORDER BY published DESC, id", values


def _conditions(query: Query) -> tuple[list[str], list[object]]:
    """The conditions of ``query`` apart from its text."""
    conditions: list[str] = []
    values: list[object] = []

    def need(condition: str, *given: object) -> None:
        conditions.append(condition)
        values.extend(given)

    if query.relevant is not None:
        need("relevant = ?", int(query.relevant))
    columns = {
        "window": query.window, "source": query.source, "tier": query.tier, "state": query.state,
        "family": query.cluster,
    }  # fmt: skip
    for column, value in columns.items():
        if value:
            need(f"{column} = ?", value)
    if query.since:
        need("day >= ?", query.since.isoformat())
    if query.until:
        need("day <= ? AND day <> ''", query.until.isoformat())
    if query.cluster_leads_only:
        need("lead = 1")
    for kinds, value in query.tag_fields:
        marks = ", ".join("?" * len(kinds))
        need(f"items.item IN (SELECT item FROM tags WHERE kind IN ({marks}) AND value = ?)", *kinds, value)
    return conditions, values


ORDER = {
    "relevance": "hits.score DESC, items.published DESC, items.id",
    "newest": "items.published DESC, items.id",
}


def count_facets(connection: sqlite3.Connection) -> dict[str, list[tuple[str, int]]]:
    """The facets of the rows in the temporary table ``hits``, in the order that the protocol requires."""
    packed = connection.execute("SELECT items.facets FROM hits CROSS JOIN items USING (item)")
    numbers = array(FACET_NUMBER)
    numbers.frombytes(b"".join(chain.from_iterable(packed)))
    found = Counter(numbers)
    counts: dict[str, list[tuple[str, int]]] = {name: [] for name in counted_fields()}
    for number, kind, value in connection.execute("SELECT number, kind, value FROM facets WHERE value <> ''"):
        if number in found and kind in counts:
            counts[kind].append((value, found[number]))
    return {name: sorted(counts[name]) if name == "day" else ranked(counts[name]) for name in counts}
