"""What people get to see: the report of a window, the review page, the scores of the rules.

Takes a workspace and a window; produces files, a running server, tables. May import ops, run and the layers below.
"""
