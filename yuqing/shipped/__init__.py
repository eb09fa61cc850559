"""The starting copies that `yuqing init` lays into a working folder: keywords, sources, settings, scrapy.cfg.

In the checkout they are links to the files at the top; the wheel holds the files themselves.
"""
