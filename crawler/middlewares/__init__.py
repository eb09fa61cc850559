"""Manners: redirects stay on the source's hosts, refusing hosts are left alone.

Takes and gives Scrapy's requests and responses. May import crawler and yuqing.core.
"""
