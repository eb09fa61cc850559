"""Stories in the store that seem to be about the same event as an item, to help the person deciding."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from indexer.store import Query, Store
from yuqing.core.decided import decided
from yuqing.core.records import Item
from yuqing.review.check.same_event import DAYS, Likeness, alike
from yuqing.review.check.story import read

_LOOKED_AT = 60  # stories about a place or an actor, newest first
_KEYS = 3  # places and actors queried
_LONG = 4  # characters from which a quoted name is rare enough to be searched for


def alike_in_store(store: Store, item: Item) -> tuple[tuple[Item, Likeness], ...]:
    """The most similar stories within some days of ``item`` that share a place or an actor with it, or contain its
    longest quoted name."""
    day, tags = item.article.day, decided(item).tags
    if day is None:
        return ()
    regions = [region for region in tags.regions if region.primary] or tags.regions[:1]
    asked = [("region", region.city or region.province) for region in regions]
    asked += [("ministry", name) for name in tags.ministries] + [("enterprise", name) for name in tags.enterprises]
    around = Query(
        since=day - timedelta(days=DAYS), until=day + timedelta(days=DAYS),
        cluster_leads_only=True, sort="newest", size=_LOOKED_AT, facets=False,
    )  # fmt: skip
    queries = [replace(around, tags={facet: name}) for facet, name in list(dict.fromkeys(asked))[:_KEYS]]
    names = read(decided(item)).names
    quoted = [name for name in names if len(name) >= _LONG and not name.startswith("互联网+")]  # the subject, no name
    queries += [replace(around, text=max(quoted, key=lambda name: (len(name), name)))] if quoted else []
    found: dict[str, Item] = {}
    for query in queries:
        found |= {hit.item.id: decided(hit.item) for hit in store.search(query).hits}
    return alike(decided(item), found.values())
