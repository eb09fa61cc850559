"""Runs: pages on their way into the store, by crawl, replay, rebuild, recovery or retag.

Takes a workspace and what to fetch or process again; produces stored items and one outcome per page in the ledger. May
import schedule, the bottom layer of monitor, and the three packages at the top.
"""
