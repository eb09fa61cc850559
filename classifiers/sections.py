"""Which tables of the report an item belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from yuqing.core.records import Section


def choose_sections(
    *,
    ministries: bool,
    provinces: bool,
    venue_only: bool,
    enterprises: bool,
    companies: bool,
    summit: bool,
    sole_host: bool,
    local_acts: bool,
    ministry_acts: bool,
    launches: bool,
    special: bool,
    order: Iterable[Section],
) -> tuple[Section, ...]:
    """The sections of a text on the subject, in the order of keywords.yaml.

    If a special topic applies, the item belongs to it alone. A summit belongs to the summits, and also to the section
    of those who act there: a ministry that does more than host it (``ministry_acts``), the place whose own body hosts
    it or does something there (``local_acts``), a company that signs or launches something (``launches``) or hosts it
    on its own (``sole_host``).
    ``venue_only``: the place is only where a ministry or company met, or one of its units took part. ``companies``:
    companies that are not in keywords.yaml act, or one of it only says something, which counts if nobody else acts.
    """
    chosen: set[Section] = set()
    if special:
        chosen.add("special")
    elif summit:
        chosen.add("summit")
        if sole_host or launches:
            chosen.add("enterprise")
        if local_acts and provinces:
            chosen.add("province")
        if ministry_acts:
            chosen.add("ministry")
    else:
        if ministries:
            chosen.add("ministry")
        if provinces and not (venue_only and (ministries or enterprises or companies)):
            chosen.add("province")
        if enterprises or (companies and not chosen):
            chosen.add("enterprise")
    return tuple(section for section in order if section in chosen)
