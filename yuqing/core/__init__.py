"""What every package shares: records, facets, errors, JSON, time, URLs, checked YAML, SQLite, word segmentation.

Takes plain values, returns typed records, raises YuqingError. Imports nothing else from this project.
"""
