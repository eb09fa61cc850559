"""Operation: is everything there, does it agree, what to keep, how do the sources fare.

Takes settings or a workspace; gives findings, backups, health and metrics. May import run, alerts, schedule and what
is below them.
"""
