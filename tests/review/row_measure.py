"""How good drafted rows are: the share acceptable as it stands, and what a person would have to type.

The cases are articles with the row that a person wrote for each, what the row must hold and what it must not.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any, Literal

from classifiers.classifier import classify
from classifiers.rules import Rules, load_rules
from yuqing.core.records import Article, Item
from yuqing.core.times import Windows
from yuqing.core.urls import item_id
from yuqing.review.draft.consistency import unsupported
from yuqing.review.draft.places import short_province
from yuqing.review.draft.rows import draft

Half = Literal["dev", "unread"]
ROOT = Path(__file__).resolve().parents[2]
LONGEST = 170  # characters; the longest event row of the published issue has 150
_HEAD = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:-(?:\d{1,2}月)?\d{1,2}日)?(?:消息)?，")
_SENTENCE_ENDS = re.compile(r"[。！？](?![”’》）])")
_PERSON = re.compile(r"(?<!自)我[们国省市县区院校局厅部]|记者|获悉|据悉|昨日|昨天|今天|[！？]")
_DATELINE = re.compile(r"(?<![通资腾短简])讯(?=[（ 一-鿿])|编者按")
# A row stands alone: it may not begin with what points out of it.
_POINTS_OUT = re.compile(r"(?:该|这|此(?!次)|其|他|她|双方|会议[^室]|当天|当日|上午|下午|夜|起，|并|而|但)")
_SMALL_TALK = re.compile(r"(?:[启开通动牌立成用])了[。，]|足不出户|成了|一块新牌|大事|念了")
# What is done, by groups of words that a row may use for one another.
_ACTS = (
    "印发|出台|发布|公布|下发|颁布|制定|发出通知|公告",
    "上线|启用|开通|投用|投入|投产|揭牌|挂牌|运行|推出|建成|开机|交付|扩容|扩至|落地|实现",
    "签署|签订|续签|签约|合作|共建",
    "召开|举行|举办|开幕|闭幕|闭会",
    "启动|开展|推开|试点|先行|实施|举办",
    "成立|设立|揭牌",
    "宣布|公布|通报|将|拟",
    "完成|停止|部署|决定|发放|发布",
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class RowCase:
    """An article and the row written for it; ``must`` and ``must_not`` are pieces of text."""

    id: str
    item: Item
    row: str
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    place: str

    @property
    def places(self) -> tuple[str, ...]:
        """The names that the tags may add to the article's own words: the place that it is about, in full."""
        names = [unit for r in self.item.tags.regions for unit in (r.province, r.city, r.county) if unit]
        return (self.place, *names) if self.place else tuple(names)


@dataclass(frozen=True, slots=True)
class Drafted:
    """The first draft of a case and why it could not be printed as it stands; ``distance`` is the share of the
    written row's length that a person would have to type or delete."""

    case: RowCase
    text: str
    faults: tuple[str, ...]
    distance: float


@cache
def rules() -> Rules:
    """The rules of the keywords.yaml of the checkout."""
    return load_rules(ROOT / "keywords.yaml")


def lines(name: str, half: Half) -> list[dict[str, Any]]:
    """The records of one half of a file of cases."""
    path = Path(__file__).parent / "fresh" / f"{name}_{half}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def item(title: str, body: str, day: str, site: str = "") -> Item:
    """The item that a page with this text becomes, tagged by the rules of the checkout."""
    url = f"http://www.example.gov.cn/{day}/{abs(hash((title, body)))}.html"
    article = Article(url=url, title=title, body=body, published_at=day)
    return Item(
        id=item_id(url),
        source_id="example",
        source_name=site,
        tier="commercial",
        fetched_at=f"{day}T08:00:00+08:00",
        window=Windows().of(article.day) if article.day else "",
        content_hash="",
        article=article,
        tags=classify(article, rules()),
    )


def row_cases(half: Half) -> list[RowCase]:
    """The cases of one half."""
    return [
        RowCase(
            id=found["id"],
            item=item(found["title"], found["text"], found["date"], found["site_name"]),
            row=found["row"],
            must=tuple(found["must"]),
            must_not=tuple(found["must_not"]),
            place=found["actor"] if found["section"] == "province" else "",
        )
        for found in lines("rows", half)
    ]


def measured(half: Half) -> list[Drafted]:
    """The first draft of every case of one half."""
    found = []
    for case in row_cases(half):
        text = next((made.text for made in draft(case.item, limit=1)), "")
        blocks = SequenceMatcher(None, case.row, text, autojunk=False).get_matching_blocks()
        same = sum(block.size for block in blocks)
        distance = (len(case.row) + len(text) - 2 * same) / len(case.row)
        found.append(Drafted(case, text, tuple(faults(text, case)), distance))
    return found


def faults(text: str, case: RowCase) -> list[str]:
    """What keeps ``text`` from being printed as it stands; the criteria are those of docs/drafts.md."""
    article = case.item.article
    found = [f"lacks {piece}" for piece in case.must if piece not in text]
    # A number is looked for as a number: 5日 does not stand in 15日.
    found += [f"holds {piece}" for piece in case.must_not if re.search(r"(?<!\d)" + re.escape(piece), text)]
    head = _HEAD.match(text)
    if not head:
        found.append("does not begin with a day")
    elif not text.endswith("。"):
        found.append("does not end with a full stop")
    told = text[head.end() :] if head else text
    found += [f"says {match}" for pattern in (_PERSON, _DATELINE, _SMALL_TALK) for match in pattern.findall(told)]
    if _POINTS_OUT.match(told):
        found.append("points out of itself")
    acts = [group for group in _ACTS if re.search(group, case.row)]
    if acts and not any(re.search(group, told) for group in acts):
        found.append("tells another act")
    # A document that is published as it stands does not say that it was issued.
    words = re.sub("(?:印发|(?<!现)发布(?!会))(?=《)", "，", text, count=1)
    found += [f"says {piece}, the article does not" for piece in unsupported(words, article, case.places)]
    known = set(_NUMBER.findall(f"{article.title}\n{article.body}"))
    undated = re.sub(r"\d{1,2}月\d{1,2}日|\d{4}年", "", told)
    found += [f"says {number}, the article does not" for number in _NUMBER.findall(undated) if number not in known]
    if len(_SENTENCE_ENDS.findall(text)) > 2:
        found.append("has more than two sentences")
    if len(text) > LONGEST:
        found.append(f"has more than {LONGEST} characters")
    if case.place and short_province(case.place) not in text:
        found.append(f"does not name {case.place}")
    if text.count("“") != text.count("”") or text.count("《") != text.count("》"):
        found.append("has an open mark")
    return found
