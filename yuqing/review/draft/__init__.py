"""From an article to draft rows: sentences are chosen, dated, worded, and checked against the article.

Takes an item; produces :class:`~yuqing.review.draft.rows.Draft` records with the sentences they rest on. May import
yuqing.core.
yuqing.core.
"""
