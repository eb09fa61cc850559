"""Scrapy settings: the manners of the crawler. What yuqing.toml says stands on top (yuqing/monitor/run/crawl.py)."""

from __future__ import annotations

from pathlib import Path

BOT_NAME = "yuqing"
SPIDER_MODULES = ["crawler.spiders.sources"]  # the others are started by yuqing alone
USER_AGENT = "yuqing/0.1 (Internet Plus news monitor)"

SOURCES_FILE = Path("sources.yaml")
ARCHIVE_DIR = Path("data/archive")
STATE_FILE = Path("data/crawl.db")
RUN_ID = ""  # of the run that keeps what is fetched; without one the spider fetches nothing

ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 64  # over all sites; a site gets one at a time
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
CONCURRENT_ITEMS = 1  # an article page gives one record; Scrapy starts as many tasks a response as this says (100)
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 30.0
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_HANDLERS = {"http": "crawler.live.LiveHandler", "https": "crawler.live.LiveHandler"}
TWISTED_DNS_RESOLVER = "crawler.resolver.PublicResolver"
HTTPPROXY_ENABLED = False  # what a shell has in http_proxy is not meant for the crawler: crawler/live.py has SITE_PROXY
COOKIES_ENABLED = False  # a site that wants cookies back before it answers has refused
HTTPERROR_ALLOW_ALL = True  # every answer has an outcome
METAREFRESH_ENABLED = True  # by our own middleware
TELNETCONSOLE_ENABLED = False
# Scrapy 2.19 opens a port that runs any code it is sent; not even loaded, because that costs 0.1 s a crawl.
EXTENSIONS = {"scrapy.extensions.remote_control.RemoteControl": None}
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 2
REFUSAL_LIMIT = 3
REFUSAL_REST_HOURS = 24
RECHECK_DAYS = (1, 7)
LIST_PAGES_LIMIT = 200  # a list is never followed further, whatever --since says
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.DownloaderAwarePriorityQueue"  # fair over many hosts

SPIDER_MIDDLEWARES = {
    # It drops a long address without a word; every page that a list names has an outcome.
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the hosts are a source's own
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.middlewares.meta_refresh.SourceMetaRefreshMiddleware": 580,
    "crawler.middlewares.redirect.SourceRedirectMiddleware": 600,
    "crawler.middlewares.backoff.BackoffMiddleware": 610,
}
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"
