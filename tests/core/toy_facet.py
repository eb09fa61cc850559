"""Run by test_facets.py as a process of its own: adds a facet before anything else is loaded, and looks for it.

Prints a JSON object: each place, and whether the facet was found there.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from yuqing.core import facets

facets.FACETS += (
    facets.Facet(
        key="toy", label="玩具", attribute="reasons", listed="topics", correctable=True, help="A toy",
        shown=frozenset({"search", "queue", "control", "ranking", "trend", "narrow"}),
    ),
)  # fmt: skip

from msgspec.structs import replace  # noqa: E402
from rich.console import Console  # noqa: E402
from starlette.testclient import TestClient  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

from classifiers.changes import tag_changes  # noqa: E402
from classifiers.explain import explain  # noqa: E402
from classifiers.rules import load_rules  # noqa: E402
from classifiers.stats import stats  # noqa: E402
from indexer.elastic.documents import counted  # noqa: E402
from indexer.elastic.mapping import PROPERTIES  # noqa: E402
from indexer.elastic.query import facet_aggregations, search_query  # noqa: E402
from indexer.embedded import EmbeddedStore  # noqa: E402
from indexer.filters import filters  # noqa: E402
from indexer.kibana.monthly import MONTHLY  # noqa: E402
from indexer.kibana.views import ITEMS  # noqa: E402
from indexer.store import Query  # noqa: E402
from scripts.command_docs import command_docs  # noqa: E402
from tests.web.conftest import WINDOW, month, ticks  # noqa: E402
from yuqing.core.item_row import COLUMNS, item_row  # noqa: E402
from yuqing.core.records import Item, Labels, Review  # noqa: E402
from yuqing.monitor.alerts.rules import watched_names  # noqa: E402
from yuqing.monitor.cli import app  # noqa: E402
from yuqing.monitor.commands.show_keywords import show_explanation  # noqa: E402
from yuqing.monitor.publish.evaluate import FACET_NAMES  # noqa: E402
from yuqing.monitor.publish.review_page import host_headers, make_services  # noqa: E402
from yuqing.monitor.settings import load_settings  # noqa: E402
from yuqing.monitor.workspace import workspace  # noqa: E402
from yuqing.review.api.models import Row  # noqa: E402
from yuqing.review.gold import Coverage, gold_rows  # noqa: E402
from yuqing.review.web.app import create_app  # noqa: E402
from yuqing.review.web.base import NAME_COOKIE  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "http://127.0.0.1:8765"


def toys() -> tuple[Item, Item]:
    """An item with the toy 积木, and one with none."""
    first, second = month()[2:4]
    return replace(first, tags=replace(first.tags, reasons=("积木",))), second


def look(folder: Path) -> dict[str, bool]:
    os.environ |= {
        "YUQING_DATA": str(folder),
        "YUQING_KEYWORDS": f"{ROOT}/keywords.yaml",
        "YUQING_SOURCES": f"{ROOT}/sources.yaml",
    }  # fmt: skip
    settings = load_settings()
    file = Path(settings.store_url.removeprefix("sqlite:///"))
    item, other = toys()
    asked = Query(tags={"toy": "积木"})
    found: dict[str, bool] = {}

    with closing(EmbeddedStore(file)) as store:
        store.put([item, other])
        answer = store.search(asked)
        found["embedded store: query"] = [hit.item.id for hit in answer.hits] == [item.id]
        found["embedded store: counts"] = answer.facets["toy"] == [("积木", 1)]
        store._db.execute("DELETE FROM fields WHERE name = 'toy'")
        store._db.execute("DELETE FROM tags WHERE kind = 'toy'")
    with closing(EmbeddedStore(file)) as store:
        found["embedded store: a file from before"] = store.count(asked) == 1

    found["Elasticsearch: mapping"] = "toy" in PROPERTIES
    found["Elasticsearch: document"] = counted(item)["toy"] == ["积木"]
    found["Elasticsearch: query"] = '{"term": {"toy": "积木"}}' in json.dumps(search_query(asked), ensure_ascii=False)
    found["Elasticsearch: counts"] = "toy" in facet_aggregations()

    found["Kibana: field"] = ITEMS.labels["toy"] == "玩具"
    found["Kibana: control"] = any(control.field == "toy" for control in MONTHLY.controls)
    found["Kibana: panel"] = any(panel.title == "玩具" for panel in MONTHLY.panels)

    found["export: column"] = item_row(item)["reasons"] == ("积木",) and "reasons" in COLUMNS
    found["API: column"] = "reasons" in Row.model_fields
    found["search: option"] = "--toy" in command_docs()
    found["export, feeds and API: filter"] = any(one.key == "toy" for one in filters())
    run = CliRunner()
    printed = run.invoke(app, ["search", "--toy", "积木"]).output
    found["search: counts"] = "共 1 条" in printed and "玩具  积木 1" in printed
    as_json = json.loads(run.invoke(app, ["search", "--toy", "积木", "--json"]).output)
    found["search: JSON"] = as_json["hits"][0]["reasons"] == ["积木"]

    rules = load_rules(ROOT / "keywords.yaml")
    topic = rules.keywords.topics[0].name
    with workspace(settings) as space:
        client = TestClient(create_app(make_services(space, WINDOW), hosts=host_headers("127.0.0.1", 8765)), ADDRESS)
        client.cookies.set(NAME_COOKIE, "test")
        page = client.get("/?toy=积木").text
        found["queue: filter"] = item.article.title in page and other.article.title not in page and "玩具" in page
        months = client.get("/months?toy=积木").text
        found["months: lines and filter"] = "玩具 <small>" in months and "积木 <small>" in months
        page = client.get(f"/?item={item.id}").text
        found["form: ticks"] = 'name="tag.toy" value="积木" checked' in page
        found["form: names"] = f'<option value="{topic}">' in page.partition('id="known-toy"')[2]
        form = {
            **ticks(item), "tag.toy": [topic], "csrf": client.cookies["yuqing_csrf"], "version": "0",
            "action": "accept", "row": "一行。", "sections": ["ministry"], "reason": "", "note": "积木不对",
        }  # fmt: skip
        client.post(f"/items/{item.id}/decide", data=form, headers={"Origin": ADDRESS})
        stored = space.store.get(item.id)
        assert stored
        labels = stored.review.labels or Labels()
        found["decision: kept"] = labels.further["toy"] == (topic,)
        found["decision: found by it"] = space.store.count(Query(tags={"toy": topic})) == 1

        tally = {(line.kind, line.name): line for line in stats(space.store.scan(), rules, date(2018, 3, 20))}
        found["stats"] = tally["玩具", topic].missed == 1
        (row,) = gold_rows([stored], Coverage())
        found["evaluation: labels"] = row["labels"]["reasons"] == [topic]
    found["evaluation: names"] = FACET_NAMES["reasons"] == "玩具"

    found["retag --dry-run"] = "toy:积木" in tag_changes(other.tags, item.tags).added
    console = Console(file=(folder / "try.txt").open("w"), width=200)
    show_explanation(explain("3月8日，教育部印发《“互联网+教育”行动方案》。", rules), console)
    console.file.close()
    found["keywords try"] = "\n玩具  " in (folder / "try.txt").read_text()
    found["alerts"] = "积木" in watched_names(item)
    old = replace(item, review=Review(state="accepted", labels=Labels()))
    found["an older decision says nothing"] = counted(old)["toy"] == ["积木"]
    return found


if __name__ == "__main__":
    print(json.dumps(look(Path(sys.argv[1])), ensure_ascii=False))
