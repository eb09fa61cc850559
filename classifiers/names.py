"""The names of keywords.yaml for parts that do not read the file: drafts, report, review page."""

from __future__ import annotations

from collections.abc import Iterable

from classifiers.schema import Keywords, Term
from yuqing.core.names import Names


def names_of(keywords: Keywords) -> Names:
    """The bodies, provinces and companies listed in ``keywords``, in its order."""
    return Names(
        ministries={one.name: _words(one.aliases) for one in keywords.ministries},
        provinces=tuple(keywords.provinces),
        enterprises={one.name: _words(one.aliases) for one in keywords.enterprises},
        sections={one.name: one.title for one in keywords.sections},
        holdings=tuple(word for one in keywords.enterprises for word in _words((*one.subsidiaries, *one.products))),
    )


def _words(aliases: Iterable[Term]) -> tuple[str, ...]:
    """The terms that can be written out; a pattern is not a name."""
    return tuple(word for alias in aliases for word in alias.any)
