"""From pages to articles: sources, spiders, list adapters, decoding, extraction, archive.

Takes the source records of sources.yaml; produces :class:`~yuqing.core.records.Page` (fetched, archived) and
:class:`~yuqing.core.records.Article` (extracted). May import yuqing.core.
"""
