"""No word of jieba's dictionary is taken for a ministry or a company that its letters happen to spell."""

from __future__ import annotations

import re
from pathlib import Path

import jieba

from classifiers import classify
from classifiers.rules import Rules, load_rules
from yuqing.core.records import Article

BODY = "nt"  # jieba's tag of a body: 国家教育部 is the ministry


def spelled(rules: Rules) -> set[str]:
    """Every name of a ministry, a company or a product."""
    keywords = rules.keywords
    companies = (term for company in keywords.enterprises for term in (*company.aliases, *company.products))
    ministries = (term for ministry in keywords.ministries for term in ministry.aliases)
    own = {one.name for one in (*keywords.enterprises, *keywords.ministries)}
    return own | {word for term in (*companies, *ministries) for word in term.any}


def test_letters_within_a_word_are_no_name(root: Path) -> None:
    rules = load_rules(root / "keywords.yaml")
    names = re.compile("|".join(map(re.escape, spelled(rules))))
    tried, wrong = 0, []
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, _, flag = line.split()
        if flag == BODY or names.match(word) or not names.search(word):
            continue
        tried += 1
        body = f"1月3日，{word}启动“互联网+教育”平台。"
        tags = classify(Article(url="", title="", body=body, published_at="2018-01-03"), rules)
        if tags.ministries or tags.enterprises:
            wrong.append(word)
    assert tried > 20
    assert not wrong
