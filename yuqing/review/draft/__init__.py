"""An article in, draft rows out: sentences chosen, dated, worded, checked against the article."""
