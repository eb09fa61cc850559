"""The proxy for requests to the sites: the one in the settings, and no other."""

from __future__ import annotations

import os
import urllib.request

from yuqing.monitor.settings import Settings

_VARIABLES = ("http_proxy", "https_proxy", "all_proxy")


def ignored_proxy(settings: Settings) -> str:
    """A message about a proxy in the environment that the crawler does not use; empty if there is none."""
    if settings.crawl.proxy or settings.crawl.gateway:
        return ""
    name = next((name for name in os.environ if name.lower() in _VARIABLES and os.environ[name]), "")
    if not name:
        return ""
    return (
        f"{name} is set, but the crawler does not use it; set a proxy for the sites in yuqing.toml, table [crawl]: "
        'proxy = "http://host:port". '
        f"（环境变量 {name} 对采集不起作用；站点代理请写在 yuqing.toml 的 [crawl] 表 proxy。）"
    )


def opener(settings: Settings) -> urllib.request.OpenerDirector:
    """A urllib opener that fetches a page the way the crawler would."""
    crawl = settings.crawl
    if not crawl.proxy:
        return urllib.request.build_opener(urllib.request.ProxyHandler({}))
    login = crawl.proxy_login.get_secret_value()
    address = crawl.proxy.replace("://", f"://{login}@", 1) if login else crawl.proxy
    return urllib.request.build_opener(urllib.request.ProxyHandler({"http": address, "https": address}))
