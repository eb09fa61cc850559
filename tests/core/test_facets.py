"""A facet that is one record is found everywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.store import Query
from yuqing.core.errors import UsageError
from yuqing.core.facets import FACETS, labelled, labels_of, make_labels
from yuqing.core.facets import facet as facet_of
from yuqing.core.records import Labels, Tags


def test_a_toy_facet_is_found_everywhere(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.core.toy_facet", str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert len(found) > 20
    assert [place for place, there in found.items() if not there] == []


def test_keys_fields_and_names_are_each_one_facets() -> None:
    for names in (
        [facet.key for facet in FACETS],
        [facet.label for facet in FACETS],
        [field.key for facet in FACETS for field in facet.fields],
    ):
        assert len(set(names)) == len(names)


def test_a_query_names_only_facets_and_values_that_exist() -> None:
    with pytest.raises(UsageError, match="“colour” is not a facet; available: sector, region"):
        Query(tags={"colour": "red"})
    with pytest.raises(UsageError, match="“colour” is not a facet; available: sector, region"):
        facet_of("colour")
    with pytest.raises(UsageError, match="“colour” is not a facet"):
        make_labels({"colour": ("red",)})
    with pytest.raises(UsageError, match="“provinces” is not a section; available: ministry, province"):
        Query(tags={"section": "provinces"})


def test_labels_come_back_by_facet() -> None:
    tags = Tags(ministries=("教育部",), actions=("出台文件",))
    labels = labels_of(tags)
    assert labels.further == {"action": ("出台文件",)}
    assert make_labels({facet.key: labelled(labels, facet) or () for facet in FACETS if facet.correctable}) == labels
    assert labelled(Labels(), next(facet for facet in FACETS if facet.key == "action")) is None
