"""The Scrapy project: what `scrapy crawl`, `scrapy parse` and `scrapy shell` find here (docs/scrapy.md)."""
