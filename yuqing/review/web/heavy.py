"""Work that takes seconds of CPU: run off the event loop, a few at a time, so that the queue stays responsive."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from yuqing.core.errors import YuqingError
from yuqing.review.web.base import app_state

WAIT_SECONDS = 10.0  # maximum wait for a free slot
BUSY = "服务器正忙：别人正在生成报告或试用规则。请过几秒再试；您填写的内容没有丢失。"


def heavy(page: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """``page`` as one that waits for a free slot. Raises YuqingError if none becomes free in time."""

    @wraps(page)
    async def in_turn(request: Request) -> Response:
        turns = app_state(request).heavy
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await turns.acquire()
        except TimeoutError:
            raise YuqingError(BUSY) from None
        try:
            return await run_in_threadpool(page, request)
        finally:
            turns.release()

    return in_turn
