"""What goes out to people: the report of a window, the review page, the scores of the rules.

Takes a workspace and a window; gives files, a running server, tables. May import ops, run and what is below them.
"""
