"""The generic spider; sites differ only in their records in sources.yaml.

Takes the chosen sources and their URL memory; yields a Page for each response and a PageResult for each request without
one. May import crawler and yuqing.core.
"""
