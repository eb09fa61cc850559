"""The rules of the checkout, and the tags that they give to a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers import classify
from classifiers.rules import Rules, load_rules
from yuqing.core.records import Article, Tags


@pytest.fixture(scope="module")
def rules(root: Path) -> Rules:
    return load_rules(root / "keywords.yaml")


def tags_of(rules: Rules, body: str, title: str = "", day: str = "2020-06-09") -> Tags:
    """The tags of a text of ``day``."""
    return classify(Article(url="", title=title, body=body, published_at=day), rules)
