"""Scrapy settings: the crawler's rules of behaviour. yuqing.toml overrides them (yuqing/monitor/run/crawl.py)."""

from __future__ import annotations

from pathlib import Path

BOT_NAME = "yuqing"
SPIDER_MODULES = ["crawler.spiders.sources"]  # the others are started only by yuqing
USER_AGENT = "yuqing/0.1 (Internet Plus news monitor)"

SOURCES_FILE = Path("sources.yaml")
ARCHIVE_DIR = Path("data/archive")
STATE_FILE = Path("data/crawl.db")
RUN_ID = ""  # of the run that keeps what is fetched; without one the spider fetches nothing

ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 64  # over all sites; each site gets one at a time
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
CONCURRENT_ITEMS = 1  # an article page yields one record; Scrapy starts this many tasks per response (default 100)
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 30.0
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_HANDLERS = {"http": "crawler.live.LiveHandler", "https": "crawler.live.LiveHandler"}
TWISTED_DNS_RESOLVER = "crawler.resolver.PublicResolver"
HTTPPROXY_ENABLED = False  # http_proxy in the environment is not meant for the crawler; crawler/live.py has SITE_PROXY
COOKIES_ENABLED = False  # a site that insists on cookies has refused
HTTPERROR_ALLOW_ALL = True  # every response has an outcome
METAREFRESH_ENABLED = True  # by our own middleware
TELNETCONSOLE_ENABLED = False
# Scrapy 2.19 opens a port that executes any code sent to it; not even loaded, which saves 0.1 s per crawl.
EXTENSIONS = {"scrapy.extensions.remote_control.RemoteControl": None}
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 2
REFUSAL_LIMIT = 3
REFUSAL_REST_HOURS = 24
RECHECK_DAYS = (1, 7)
LIST_PAGES_LIMIT = 200  # a list is never followed further, regardless of --since
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.DownloaderAwarePriorityQueue"  # fair across many hosts

SPIDER_MIDDLEWARES = {
    # It silently drops long URLs, but every page on a list must get an outcome.
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the permitted hosts depend on the source
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
