"""The window's items in, the report out: sections, summaries, charts, and one renderer a format."""
