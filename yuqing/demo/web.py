"""The demo web as a table of responses: by host and path, or by a handler that reads the parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from yuqing.demo.articles import DemoArticle, address
from yuqing.demo.reply import Reply, html, redirect

Handler = Callable[[Mapping[str, str]], Reply]

_MISSING = html("<html><head><title>404 Not Found</title></head><body><h1>页面不存在</h1></body></html>".encode(), 404)


@dataclass(slots=True)
class Web:
    """Every response of the demo web.

    ``replies`` is keyed by (host, path with query); ``handlers`` by (host, path), for responses that depend on the
    parameters; ``folders`` by (host, prefix of a path). ``secure`` are the pages that http redirects to https.
    ``articles`` are those that a list links to, ``sources`` the ids of their sources.
    """

    articles: list[DemoArticle] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    replies: dict[tuple[str, str], Reply] = field(default_factory=dict)
    handlers: dict[tuple[str, str], Handler] = field(default_factory=dict)
    folders: dict[tuple[str, str], Callable[[str], Reply]] = field(default_factory=dict)
    secure: set[tuple[str, str]] = field(default_factory=set)

    def put(self, url: str, reply: Reply) -> None:
        """Answer ``url`` (under http and https) with ``reply``; the first reply given for a URL wins."""
        self.replies.setdefault(address(url), reply)

    def answer(self, host: str, target: str, scheme: str = "http", body: bytes = b"") -> Reply:
        """The response to a request; 404 for what the web does not have."""
        if scheme == "http" and (host, target) in self.secure:
            return redirect(f"https://{host}{target}", 301)
        if reply := self.replies.get((host, target)):
            return reply
        path, _, query = target.partition("?")
        if handler := self.handlers.get((host, path)):
            parameters = parse_qsl(query, keep_blank_values=True) + parse_qsl(body.decode(), keep_blank_values=True)
            return handler(dict(parameters))
        for (owner, folder), handle in self.folders.items():
            if owner == host and path.startswith(folder):
                return handle(path)
        return _MISSING
