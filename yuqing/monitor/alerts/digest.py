"""The digest, one message about everything: what is new, what persists, what recovered, and articles worth a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from yuqing.monitor.alerts.book import SentFinding
from yuqing.monitor.alerts.finding import Finding

MAX_LINES = 15  # per section; chat bots accept messages of 2,000 to 20,000 bytes


@dataclass(slots=True)
class Digest:
    """The lines of a message by section, each with the record to write once it is sent."""

    new: list[SentFinding] = field(default_factory=list)
    still: list[SentFinding] = field(default_factory=list)
    recovered: list[SentFinding] = field(default_factory=list)
    articles: list[SentFinding] = field(default_factory=list)

    @property
    def sent(self) -> list[SentFinding]:
        """Everything in it, as it will be recorded."""
        return [*self.new, *self.still, *self.recovered, *self.articles]

    @property
    def title(self) -> str:
        """The subject line."""
        counts = (
            (self.new, "项异常"), (self.still, "项仍未恢复"), (self.recovered, "项恢复"), (self.articles, "篇关注文章"),
        )  # fmt: skip
        return "舆情监测：" + "，".join(f"{len(lines)} {name}" for lines, name in counts if lines)

    @property
    def body(self) -> str:
        """The message."""
        sections = (
            ("【异常】", [sent.finding.text for sent in self.new]),
            (
                "【仍未恢复】",
                [f"{sent.finding.text}（自{_day(sent.since)}）" for sent in self.still],
            ),
            (
                "【已恢复】",
                [f"{sent.finding.text}（自{_day(sent.since)}，现已恢复）" for sent in self.recovered],
            ),
            ("【关注文章】", [sent.finding.text for sent in self.articles]),
        )
        return "\n\n".join(_section(title, lines) for title, lines in sections if lines)


def compose(found: Iterable[Finding], sent: Mapping[str, SentFinding], when: datetime, remind: timedelta) -> Digest:
    """What of ``found`` is to be sent at ``when``, given what was ``sent`` before.

    A subject is in at most one message a day: later changes wait for the next day, so that a source that fails and
    recovers repeatedly does not flood the inbox.
    """
    digest = Digest()
    present = {finding.subject: finding for finding in found}
    for subject, finding in present.items():
        before = sent.get(subject)
        if before and (finding.news or before.sent.date() == when.date()):
            continue
        if finding.news:
            digest.articles.append(SentFinding(finding, when, when, open=False))
        elif before is None or not before.open:
            digest.new.append(SentFinding(finding, when, when, open=True))
        elif not set(finding.kinds) <= set(before.finding.kinds):
            digest.new.append(SentFinding(finding, before.since, when, open=True))
        elif when - before.sent >= remind:
            digest.still.append(SentFinding(finding, before.since, when, open=True))
    for subject, before in sent.items():
        if before.open and subject not in present and before.sent.date() != when.date():
            digest.recovered.append(replace(before, sent=when, open=False))
    return digest


def _section(title: str, lines: list[str]) -> str:
    shown = [f"• {line}" for line in lines[:MAX_LINES]]
    if len(lines) > MAX_LINES:
        shown.append(f"……另有 {len(lines) - MAX_LINES} 条")
    return "\n".join([title, *shown])


def _day(when: datetime) -> str:
    return f"{when.month}月{when.day}日"
