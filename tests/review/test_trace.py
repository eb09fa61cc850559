"""Names and numbers of a paragraph that a person wrote, and the rows that they lead to."""

from __future__ import annotations

from yuqing.review.issue.trace import traced
from yuqing.review.report.records import Entry, Segment


def entry(key: str, text: str) -> Entry:
    return Entry(
        id=key,
        text=text,
        links=(),
        item_ids=(key,),
        date="2018-03-05",
        found="2018-03-05",
        actions=(),
        state="accepted",
    )


def test_names_counts_and_figures_lead_to_their_rows() -> None:
    rows = [entry("a", "3月5日，教育部开通平台，接入学校620所。"), entry("b", "3月6日，浙江推出12项措施。")]
    drafted = (
        Segment(text="本期"),
        Segment(text="2", refs=("a", "b")),
        Segment(text="条，其中"),
        Segment(text="教育部", refs=("a",)),
    )
    text = "3月2日以来，教育部等推出举措2条，620所学校接入，另有12项、12月的不计，2人获奖。"
    found = traced(text, [drafted], rows, ())
    assert "".join(segment.text for segment in found) == text
    assert [(s.text, s.refs) for s in found if s.refs] == [
        ("教育部", ("a",)), ("2", ("a", "b")), ("620所", ("a",)), ("12项", ("b",)),
    ]  # fmt: skip


def test_what_nobody_says_leads_nowhere() -> None:
    assert traced("共30家。", [], [entry("a", "共300家、30人。")], ()) == (Segment(text="共30家。"),)
