"""One run: pages on their way into the store, by crawl, replay, rebuild, recovery or retag.

Takes a workspace and what to fetch or read again; gives stored items and one outcome a page in the ledger. May import
schedule, the modules at the ground of monitor, and the three packages at the top.
"""
