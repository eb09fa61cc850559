"""Clusters follow when a retag makes items relevant, or irrelevant."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from indexer.cluster_index import ClusterIndex, settle
from yuqing.core.records import ReprintCluster, Tags
from yuqing.monitor.ops.reconcile import compare
from yuqing.monitor.run import retag
from yuqing.monitor.run.retag import run_retag
from yuqing.monitor.settings import Settings
from yuqing.monitor.workspace import Workspace, workspace

BODY = "某市今天推出“互联网+政务服务”平台，居民可以在网上办理社保、户籍和税务等一百多项业务，不必再跑窗口。" * 2


def test_clusters_follow_a_retag(tmp_path: Path, root: Path, make_item) -> None:
    settings = Settings(data=tmp_path, keywords=root / "keywords.yaml", sources=root / "sources.yaml")
    plain = "学校举行了春季运动会，同学们在跑道上奔跑，老师和家长在看台上为他们加油，最后颁发了奖状和纪念品。" * 2
    a, b = (make_item(name, body=BODY) for name in "ab")
    c, d = (make_item(name, body=plain) for name in "cd")  # relevant by older rules
    with workspace(settings) as space:
        found = ClusterIndex(space.store).place([c, d])
        assert len(found) == 2
        space.store.put([replace(item, tags=Tags()) for item in (a, b)])
        space.store.put([replace(item, cluster=found[item.id]) for item in (c, d)])
        run_retag(space, None, apply=True)
        stored = {item.id: item for item in space.store.scan()}
    assert [stored[item.id].tags.relevant for item in (a, b, c, d)] == [True, True, False, False]
    lead = min(a.id, b.id)
    assert {key: item.cluster for key, item in stored.items()} == {
        a.id: ReprintCluster(id=lead, lead=a.id == lead),
        b.id: ReprintCluster(id=lead, lead=b.id == lead),
        c.id: None,
        d.id: None,
    }


def test_many_items_are_tagged_over_the_cores_as_in_one_process(
    tmp_path: Path, root: Path, make_item, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data=tmp_path, keywords=root / "keywords.yaml", sources=root / "sources.yaml")
    items = [
        make_item(str(n), body=f"{n}日，{BODY if n % 3 else '运动会开幕，跑道上人声鼎沸。'}") for n in range(1, 24)
    ]
    with workspace(settings) as space:
        space.store.put([replace(item, tags=Tags()) for item in items])
        alone = run_retag(space, None, apply=False)
        monkeypatch.setattr(retag, "LARGE", 10)
        monkeypatch.setattr(retag, "STRETCH", 4)
        monkeypatch.setattr(retag, "cores", lambda: 2)
        assert run_retag(space, None, apply=False) == alone
    assert alone.items == 23
    assert 0 < alone.changed < 23


def test_clusters_that_lost_members_are_named_and_mended(tmp_path: Path, root: Path, make_item) -> None:
    """As after a crash, or where two machines filled one store; the texts alone say what is right."""
    settings = Settings(data=tmp_path, keywords=root / "keywords.yaml", sources=root / "sources.yaml")
    a, b, alone = make_item("a", body=BODY), make_item("b", body=BODY), make_item("c")
    lead = min(a.id, b.id)
    right = {key: ReprintCluster(id=lead, lead=key == lead) for key in (a.id, b.id)}

    def clusters(space: Workspace) -> dict[str, ReprintCluster]:
        return {item.id: item.cluster for item in space.store.scan() if item.cluster}

    with workspace(settings) as space:
        space.store.put([a, replace(b, cluster=ReprintCluster(id=b.id, lead=True)), alone])
        found = compare(space).clusters
        assert set(found) == {a.id, b.id}
        assert settle(space.store) == 2
        assert clusters(space) == right
        assert compare(space).clusters == []
        space.store.set_clusters({a.id: None, alone.id: ReprintCluster(id=alone.id, lead=True)})
        run_retag(space, None, apply=True)
        assert clusters(space) == right
