"""The suite itself: what the tests rely on when they are spread over workers."""

from __future__ import annotations

import os

import pytest


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="workers (pytest -n 2)")
@pytest.mark.xdist_group("suite")
def test_a_group_of_tests_goes_to_one_worker(request: pytest.FixtureRequest) -> None:
    """pytest 9.2 with pytest-xdist 3.8 drops the groups without a word: every costly set-up is then made twice."""
    assert request.node.nodeid.endswith("@suite")


def test_no_test_is_named_by_a_whole_page(request: pytest.FixtureRequest) -> None:
    """The workers send the names of all tests: a parameter of 50 MB without an id of its own is sent each time."""
    assert [item.nodeid[:100] for item in request.session.items if len(item.nodeid) > 20_000] == []
