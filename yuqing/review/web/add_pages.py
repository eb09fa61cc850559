"""Adding an article that the crawl missed, by URL or by hand, with a preview before it is kept."""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from yuqing.core.errors import UsageError
from yuqing.review.report.text import clean
from yuqing.review.web.base import app_state, field, person, render, to_name
from yuqing.review.web.heavy import heavy
from yuqing.review.web.labels import OUTCOMES
from yuqing.review.web.services import Addition, Typed
from yuqing.review.web.written import limited, written_day

MAX_FILES = 10 * 1024 * 1024  # bytes, all files of an article together
MAX_LINE, MAX_TEXT = 300, 200_000  # characters of a title or source, and of a text; a long article has 20,000
MAX_NAME = 100  # characters of a file name
WAITING = 20  # previewed additions that were neither kept nor discarded; the oldest are forgotten
_GONE = "这条已经收下，或已过时；要收别的请重新填写。"
BROUGHT = 6000  # characters of a selection that the bookmarklet can put into a URL
_FIELDS = ("url", "title", "text", "day", "source")


def form(request: Request) -> Response:
    """The forms, possibly prefilled by a bookmarklet or an external link, and a preview that awaits its decision."""
    if not person(request):  # asked for now: a form sent without a name would come back empty
        return to_name(request)
    token = request.query_params.get("look", "")
    if token:
        found, given = _waiting(request).get(token, (None, dict.fromkeys(_FIELDS, "")))
        return _page(request, given, found=found, token=token if found else "", problem="" if found else _GONE)
    given = {name: request.query_params.get(name, "") for name in _FIELDS}
    cut = len(given["text"].encode("utf-16-le", "replace")) // 2 >= BROUGHT  # as JavaScript counts
    return _page(request, given, problem=f"选中的文字太长，只带来了前 {BROUGHT} 字；其余请复制粘贴。" if cut else "")


@heavy
def look(request: Request) -> Response:
    """Preview an addition: fetched from its URL, or as typed."""
    name = person(request)
    if not name:
        return to_name(request)
    adding = app_state(request).services.adding
    given = {key: field(request, key) for key in _FIELDS}
    try:
        if field(request, "how") == "hand":
            found = adding.look_at_typed(_typed(given, request.state.files), name)
        else:
            found = adding.look(given["url"].strip(), name)
    except UsageError as error:
        return _page(request, given, problem=str(error))
    if found.page is not None and found.item is not None and found.item.window:
        token = secrets.token_urlsafe(16)
        waiting = _waiting(request)
        waiting[token] = found, given
        while len(waiting) > WAITING:
            waiting.popitem(last=False)
        return RedirectResponse(f"/add?look={token}", 303)  # so that “back” and “reload” send nothing again
    if found.item is not None:  # whatever could be read, for the form that asks for the day
        article = found.item.article
        given |= {"title": article.title, "text": article.body, "source": article.origin or found.item.source_name}
    return _page(request, given, found=found)


def keep(request: Request) -> Response:
    """Keep what was previewed, and show it in the queue."""
    name = person(request)
    if not name:
        return to_name(request)
    found, _ = _waiting(request).pop(field(request, "token"), (None, {}))
    if found is None or found.page is None:
        raise UsageError(_GONE)
    here = app_state(request)
    item, _ = here.services.adding.keep(found.page)
    here.queue_cache.read(item.window)
    return RedirectResponse(f"/?window={item.window}&state=all&rel=all&item={item.id}", 303)


def _typed(given: dict[str, str], files: list[tuple[str, bytes]]) -> Typed:
    lines = (clean(line).strip() for line in given["text"].splitlines())
    return Typed(
        title=limited(clean(given["title"]).strip(), MAX_LINE, "标题"),
        text=limited("\n".join(line for line in lines if line), MAX_TEXT, "正文"),
        day=written_day(given["day"]),
        source=limited(clean(given["source"]).strip(), MAX_LINE, "来源"),
        url=given["url"].strip(),
        files=_files(files),
    )


def _files(given: list[tuple[str, bytes]]) -> tuple[tuple[str, bytes], ...]:
    """The files under names valid on any computer, without duplicates. Raises UsageError if they are too large."""
    if sum(len(content) for _, content in given) > MAX_FILES:
        raise UsageError(f"附件合计不能超过 {MAX_FILES >> 20} MB。")
    found: dict[str, bytes] = {}
    for name, content in given:
        base = re.sub(r'[\\/:*?"<>|]', "_", clean(re.split(r"[\\/]", name)[-1])).strip(" .")[-MAX_NAME:] or "附件"
        stem, dot, end = base.rpartition(".")
        number = 1
        while base in found:
            number += 1
            base = f"{stem or end}({number}){dot}{end if dot else ''}"
        found[base] = content
    return tuple(found.items())


def _page(
    request: Request, given: dict[str, str], *, problem: str = "", found: Addition | None = None, token: str = ""
) -> Response:
    return render(
        request,
        "add.html",
        given=given,
        problem=problem,
        found=found,
        token=token,
        outcomes=OUTCOMES,
        brought=BROUGHT,
        files=[name for name, _ in request.state.files],
        address=str(request.base_url).rstrip("/"),
    )


def _waiting(request: Request) -> OrderedDict[str, tuple[Addition, dict[str, str]]]:
    return app_state(request).waiting


def attachment(request: Request) -> Response:
    """A file attached to an article, always as a download and never displayed."""
    services = app_state(request).services
    item = services.store.get(request.path_params["item_id"])
    found = services.archived(item) if item is not None else None
    number = request.path_params["number"]
    if found is None or not 1 <= number <= len(found.files):
        raise HTTPException(404)
    name, content = found.files[number - 1]
    headers = {
        "content-disposition": f"attachment; filename=\"attachment-{number}\"; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return Response(content, media_type="application/octet-stream", headers=headers)


ROUTES = [
    Route("/items/{item_id}/attachments/{number:int}", attachment),
    Route("/add", form),
    Route("/add/look", look, methods=["POST"]),
    Route("/add/look", form),  # asked for again, after a login
    Route("/add/keep", keep, methods=["POST"]),
]
