"""Own sentences for every rule and trap of the region tags (``sentences.tsv``), and short news items (``news.tsv``)."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from classifiers.document import Document, prepare
from tests.regions.resolved import resolve
from yuqing.core.provinces import province_of
from yuqing.core.records import Article, Source


class Case(NamedTuple):
    """One line of the table."""

    primary: frozenset[str]
    place: str
    title: str
    body: str
    source: str


def _full(short: str) -> str:
    province = province_of(short)
    assert province is not None, short
    return province.name


def _cases(*names: str) -> list[Case]:
    cases = []
    for name in names:
        for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                primary, place, title, body, source = line.split("\t")
                provinces = frozenset(_full(short) for short in primary.split("、") if short)
                cases.append(Case(provinces, place, title, body, source))
    return cases


def _document(title: str, body: str, province: str = "", day: str = "") -> Document:
    source = (
        Source(id="s", name="站", tier="province-gov", hosts=("s.example",), province=province) if province else None
    )
    return prepare(Article(url="https://s.example/1", title=title, body=body, published_at=day), source)


@pytest.mark.parametrize("case", _cases("sentences.tsv", "news.tsv"), ids=lambda case: (case.title or case.body)[:24])
def test_the_sentence_has_its_primary_provinces_and_place(case: Case) -> None:
    tags, evidence = resolve(_document(case.title, case.body, case.source))
    assert {tag.province for tag in tags if tag.primary} == case.primary, tags
    if case.place:
        city, _, county = case.place.partition("/")
        places = {(tag.city, tag.county) for tag in tags if tag.primary}
        assert (city, county) in places if county else city in {c for c, _ in places}, tags
    for tag in tags:
        assert tag.reason
    for item in evidence:
        text = case.title if item.field == "title" else case.body
        assert text[item.start : item.end] == item.text
        assert item.text in item.sentence
