"""What ties it together: command line, settings, schedule, run ledger, alerts."""
