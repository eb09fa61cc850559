"""Alerts: what is wrong (rules), what was told already (book), one digest (digest), and where it goes (channels)."""
