"""What every package shares: records, facets, errors, JSON, time, URLs, checked YAML, SQLite, words.

Takes plain values; gives typed records and YuqingError. May import nothing of this project.
"""
