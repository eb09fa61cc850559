"""Heavy work of the review page waits its turn, holds nobody else up, and is refused in Chinese when there are many."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from yuqing.core.errors import YuqingError
from yuqing.review.web import add_pages, heavy, issue_pages, keyword_pages, report_pages, sign_pages, trend_pages
from yuqing.review.web.base import HEAVY_AT_ONCE


def test_what_waits_too_long_is_told_so_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heavy, "WAIT_SECONDS", 0.05)
    go, working = threading.Event(), threading.Semaphore(0)

    @heavy.heavy
    def page(request: Request) -> Response:
        working.release()
        assert go.wait(30)
        return PlainTextResponse("done")

    async def scenario() -> None:
        app = Starlette()
        app.state.shared = SimpleNamespace(heavy=asyncio.Semaphore(HEAVY_AT_ONCE))
        request = Request({"type": "http", "app": app})
        under_way = [asyncio.create_task(page(request)) for _ in range(HEAVY_AT_ONCE)]
        for _ in under_way:
            assert await asyncio.to_thread(working.acquire, timeout=30)  # the loop is free meanwhile
        with pytest.raises(YuqingError, match="服务器正忙"):
            await page(request)
        go.set()
        assert [answer.body for answer in await asyncio.gather(*under_way)] == [b"done"] * HEAVY_AT_ONCE
        assert (await page(request)).body == b"done"

    asyncio.run(scenario())


def test_what_takes_seconds_is_heavy() -> None:
    pages = (add_pages, issue_pages, keyword_pages, report_pages, sign_pages, trend_pages)
    in_turn = {route.path for page in pages for route in page.ROUTES if asyncio.iscoroutinefunction(route.endpoint)}
    assert in_turn >= {
        "/report/preview", "/report/download.{kind}", "/report/sign", "/keywords/try", "/keywords/check",
        "/keywords/dry-run", "/keywords/apply", "/keywords/rule-stats", "/add/look", "/months",
    }  # fmt: skip
