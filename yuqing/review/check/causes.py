"""Why it is so: another cause than the article's."""

from __future__ import annotations

import re

from yuqing.review.check.clauses import Parsed, pairs

_CAUSE = re.compile(
    r"(?:(?:主要|重要|根本|直接)?原因(?:是|为|在于|包括)|主要?(?:是因为|是由于|因|由于|得益于|归功于|源于)|因为|由于|得益于|归功于|源于)(?P<why>[^，。；]{3,})"
    r"|主要?受(?P<event>[^，。；]{2,})影响"
    r"|(?P<reason>[^，。；]{4,}?)是[^，。；]{2,24}(?:主要|重要|根本|直接)?原因$"
)


def other_causes(row: Parsed, article: Parsed) -> list[str]:
    """The causes of ``row`` where ``article`` gives only others."""
    told = [match for clause in article.clauses for match in _CAUSE.finditer(clause.text)]
    found: list[str] = []
    for clause in row.clauses:
        for match in _CAUSE.finditer(clause.text):
            why = pairs(match["why"] or match["event"] or match["reason"])
            if (
                told
                and why
                and not any(why & pairs(other["why"] or other["event"] or other["reason"]) for other in told)
            ):
                found.append(f"“{match[0]}”（原文为“{told[0][0]}”）")
    return found
