"""Tags follow a change of the text whose meaning is known: the rules against themselves, without a label.

The floors are what ``python -m tests.classify.mutate`` prints, for every eighth text, less a text. A change that
raises the number of deviations shows a rule that reads letters where it should read a form.
"""

from __future__ import annotations

import pytest

from classifiers.rules import Rules
from classifiers.scoring import Case
from tests.classify.changes import CHANGES
from tests.classify.mutate import FACETS, answers, read_tagged, try_change
from yuqing.core.records import Tags

STEP = 8  # every so many-th text
FLOOR = 0.97
LOWER = {
    ("lines", "relevance"): 0.96,  # a story's first paragraph serves as its lead
    ("lines", "sections"): 0.96,
    ("lines", "actions"): 0.96,
    ("opened", "actions"): 0.65,  # 开通 alone opens a service, 推出 does with its object
    ("office", "provinces"): 0.9,
    ("office", "sections"): 0.9,
    ("office", "actions"): 0.8,
    **dict.fromkeys((("lines", facet) for facet in FACETS), 0.95),  # paragraphs say what a story is about
    ("dateline", "provinces"): 0.95,  # with a dateline a story about people is news
    ("paper", "provinces"): 0.95,
}

pytestmark = pytest.mark.xdist_group("classify-fresh")


@pytest.fixture(scope="module")
def tagged(rules: Rules) -> list[tuple[Case, Tags]]:
    return read_tagged(rules, step=STEP)


@pytest.mark.parametrize("name", CHANGES)
def test_tags_follow(name: str, tagged: list[tuple[Case, Tags]], rules: Rules) -> None:
    result = try_change(CHANGES[name], tagged, rules)
    assert result.texts
    low = {
        facet: round(result.share(facet), 3)
        for facet in FACETS
        if result.share(facet) < LOWER.get((name, facet), FLOOR)
    }
    assert not low


def test_a_change_that_is_not_followed_is_counted(tagged: list[tuple[Case, Tags]], rules: Rules) -> None:
    one = next((case, tags) for case, tags in tagged if tags.relevant and tags.ministries)
    gone = try_change(lambda article, tags, rules: [(article, lambda name: f"{name}?")], [one], rules)
    assert gone.share("ministries") == 0.0
    assert answers(one[1])["relevance"] == {"yes"}
