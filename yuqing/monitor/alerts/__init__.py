"""Alerts: what is wrong (rules), what was sent before (book), one digest (digest), and where it goes (channels).

Takes ledger, job log and store; produces one message a day. May import schedule and the bottom layer of monitor.
"""
