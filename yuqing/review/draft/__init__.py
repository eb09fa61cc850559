"""An article in, draft rows out: sentences chosen, dated, worded, and checked against the article.

Takes an item; gives :class:`~yuqing.review.draft.rows.Draft` records with the sentences they rest on. May import
yuqing.core.
"""
