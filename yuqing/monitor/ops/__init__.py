"""Operations: is everything installed, does it agree, what to back up, how healthy are the sources.

Takes settings or a workspace; produces findings, backups, health and metrics. May import run, alerts, schedule and the
layers below.
"""
