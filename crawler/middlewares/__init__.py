"""The crawler's manners: redirects stay on the source's hosts, refusing hosts are left alone.

Processes Scrapy's requests and responses. May import crawler and yuqing.core.
"""
