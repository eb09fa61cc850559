"""The review page: the window's queue, the report as it stands, the rules and the runs, in a browser."""
