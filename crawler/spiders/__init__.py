"""The one generic spider; sites differ by their records in sources.yaml.

Takes the chosen sources and their URL memory; gives a Page for each answer and a PageResult for each request without
one. May import crawler and yuqing.core.
"""
