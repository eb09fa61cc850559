"""The roles of docs/elasticsearch.md on a node with security: each may do its work and no more.

The minimal distribution cannot store roles and keys, so they are file roles of users of the file realm.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from elasticsearch import AuthenticationException, AuthorizationException, Elasticsearch

from indexer.access import NO_ACCESS
from indexer.elastic import ElasticStore
from indexer.elastic.names import Names
from indexer.kibana.runs import RunIndex, RunRecord
from indexer.store import Query
from tests.kibana.conftest import month_of_items
from tests.kibana.test_docs_elasticsearch import requests
from yuqing.core.errors import YuqingError
from yuqing.core.records import Review

pytestmark = [pytest.mark.elasticsearch, pytest.mark.long, pytest.mark.xdist_group("kibana")]
RELOAD_SECONDS = 30  # the node looks at its files every 5 s


@dataclass(frozen=True)
class Secured:
    """The node, with one user for each role, all with the administrator's password."""

    url: str
    ca_file: Path
    password: str

    def client(self, user: str) -> Elasticsearch:
        return Elasticsearch(self.url, basic_auth=(user, self.password), ca_certs=str(self.ca_file))


@pytest.fixture(scope="module")
def secured(node: Callable[[str, str], str]) -> Iterator[Secured]:
    url, folder = node("start", "secure"), Path(node("folder", "secure"))
    config = folder / "config"
    found = Secured(url, config / "certs" / "ca.crt", (folder / "password").read_text().strip())
    roles = {path.rpartition("/")[2]: body for _, path, body in requests("roles")}
    assert set(roles) == {"yuqing-setup", "yuqing-runtime", "yuqing-analyst"}
    hashed = (config / "users").read_text().splitlines()[0].partition(":")[2]
    texts = {
        "roles.yml": "".join(f"{name}: {json.dumps(body)}\n" for name, body in roles.items()),  # JSON is YAML
        "users": "".join(f"{name}:{hashed}\n" for name in ("admin", *roles)),
        "users_roles": "superuser:admin\n" + "".join(f"{name}:{name}\n" for name in roles),
    }
    before = {name: (config / name).read_text() if (config / name).exists() else "" for name in texts}
    for name, text in texts.items():
        (config / name).write_text(text)
    try:
        _wait_for(found, "yuqing-analyst")
        yield found
    finally:
        for name, text in before.items():
            (config / name).write_text(text)


def _wait_for(secured: Secured, user: str) -> None:
    with secured.client(user).options(request_timeout=5) as client, secured.client("admin") as admin:
        for _ in range(RELOAD_SECONDS):
            try:
                client.security.authenticate()
                return
            except AuthenticationException:
                admin.options(ignore_status=408).cluster.health(wait_for_nodes=">1", timeout="1s")  # the node waits
    raise AssertionError("the node did not read its users")


@pytest.fixture(scope="module")
def prefix(secured: Secured) -> Iterator[str]:
    name = f"yuqing-{uuid.uuid4().hex[:8]}"
    yield name
    with secured.client("admin") as admin:
        admin.indices.delete(index=list(admin.indices.get(index=f"{name}-*")))
        admin.indices.delete_index_template(name=Names(name).template)


@pytest.fixture
def as_user(secured: Secured, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets the program connect as a user; it knows keys only, which this node cannot make."""

    def become(user: str) -> None:
        for module in ("indexer.elastic.store", "indexer.kibana.runs"):
            monkeypatch.setattr(f"{module}.connect", lambda server, access: secured.client(user))

    return become


def refused(call: Callable[[], object]) -> None:
    with pytest.raises(AuthorizationException):
        call()


def test_each_role_does_its_work_and_no_more(secured: Secured, prefix: str, as_user: Callable[[str], None]) -> None:
    url, names = f"{secured.url}/{prefix}", Names(prefix)
    as_user("yuqing-runtime")
    with pytest.raises(YuqingError, match="not permitted"):
        ElasticStore(url, NO_ACCESS, init=True)

    as_user("yuqing-setup")
    ElasticStore(url, NO_ACCESS, init=True).close()

    as_user("yuqing-runtime")
    store = ElasticStore(url, NO_ACCESS)
    items = month_of_items()
    assert {result.written for result in store.put(items)} == {"created"}, "with the next month's index"
    store.set_review(items[0].id, Review(state="accepted", by="王"), 0)
    assert store.delete([items[-1].id]) == 1
    assert store.status().items == len(items) - 1
    runs = RunIndex(url, NO_ACCESS)
    start, end = "2018-03-16T05:00:00+08:00", "2018-03-16T05:10:00+08:00"
    record = RunRecord(host="h", run="r", command="crawl", started=start, ended=end, state="done", note="", pages={})
    assert runs.put([record]) == 1
    runs.close()
    with secured.client("yuqing-runtime") as client:
        refused(lambda: client.indices.delete(index=names.month("2018-03")))
        refused(lambda: client.indices.delete_index_template(name=names.template))
        refused(lambda: client.indices.create(index="others-1"))

    as_user("yuqing-analyst")
    reader = ElasticStore(url, NO_ACCESS)
    assert reader.count(Query()) == store.count(Query())
    with pytest.raises(YuqingError, match="not permitted"):
        reader.set_review(items[0].id, Review(state="dropped"), 1)
    reader.close()
    store.close()
    with secured.client("yuqing-analyst") as client:
        refused(lambda: client.index(index=names.month("2018-03"), document={}))
        refused(lambda: client.indices.delete(index=names.month("2018-03")))
        assert client.field_caps(index=names.items, fields="*")["fields"]["sector"], "what Kibana asks first"
