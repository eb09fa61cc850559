"""Analysts read the reasons of places in Chinese."""

from __future__ import annotations

from pathlib import Path

from classifiers.document import prepare
from classifiers.regions.reasons import in_chinese
from tests.regions.resolved import resolve
from yuqing.core.records import Article


def test_every_reason_given_is_told_in_chinese() -> None:
    text = (Path(__file__).parent / "sentences.tsv").read_text("utf-8")
    untold = set()
    for line in text.splitlines():
        for cell in line.split("\t"):
            tags, _ = resolve(prepare(Article(url="", title="", body=cell, published_at="2018-03-05")))
            untold |= {tag.reason for tag in tags if any("a" <= letter <= "z" for letter in in_chinese(tag.reason))}
    assert not untold


def test_ambiguous_places() -> None:
    assert in_chinese("unresolved: 朝阳区 may lie in 北京市/吉林省") == "未能判定：朝阳区可能属于北京市、吉林省"
