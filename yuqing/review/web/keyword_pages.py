"""The tab 关键词: edit the rules, check them, try them on a text, preview what they would change, save them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from classifiers.candidates import candidates
from classifiers.explain import explain
from classifiers.rules import load_rules
from classifiers.stats import stats
from indexer.store import Query
from yuqing.core.errors import BusyError, FileError, UsageError
from yuqing.core.times import now
from yuqing.review.web.base import app_state, field, fields, person, render, to_name
from yuqing.review.web.heavy import heavy
from yuqing.review.web.keyword_entries import CONDITIONS, SCOPES, fields_of, written_condition, written_record
from yuqing.review.web.keyword_file import (
    ChangedMeanwhileError,
    as_file,
    check_text,
    diff,
    plain,
    read_rules,
    save_rules,
)
from yuqing.review.web.keyword_words import PARTS, WORDS_ONLY, add_entry, add_record, add_words, records, remove_word
from yuqing.review.web.services import Retagged
from yuqing.review.web.written import limited, written_day

AT_ONCE = 3_000  # items of a window that is tried after every edit; about 1 ms each
EXAMPLES = 10  # titles shown for each tag that a dry run would change
MAX_TRIED = 200_000  # characters of a text to try; a long article has 20,000


def page(request: Request) -> Response:
    """The editor."""
    if not person(request):
        return to_name(request)
    services = app_state(request).services
    return render(
        request, "keywords.html", services=services, file=read_rules(services.keywords), name=services.keywords.name
    )


def words(request: Request) -> Response:
    """The words in a part of the rules being edited, as a table with forms."""
    return _words(request, plain(field(request, "text")))


def change_word(request: Request) -> Response:
    """Add a word to a list in the rules being edited, or remove one; nothing is saved yet."""
    part, name, at, add, remove = (field(request, key) for key in ("part", "name", "field", "add", "remove"))
    if remove:
        return _changed(request, lambda text: remove_word(text, part, name, at, remove))
    return _changed(request, lambda text: add_words(text, part, name, at, add))


def new_condition(request: Request) -> Response:
    """Add an entry with conditions to a list in the rules being edited."""
    part, name, at = (field(request, key) for key in ("part", "record", "field"))

    def edit(text: str) -> str:
        if at in WORDS_ONLY:
            raise UsageError("这一栏只能写词，不能带条件。")
        return add_entry(text, part, name, at, written_condition(_given(request)))

    return _changed(request, edit, form="condition")


def new_record(request: Request) -> Response:
    """Add a sector, ministry, enterprise or signal to the rules being edited."""
    part, after = field(request, "part"), field(request, "after").strip()

    def edit(text: str) -> str:
        if field(request, "name").strip() in {one.name for one in records(text, part)}:
            raise UsageError(f"已经有“{field(request, 'name').strip()}”了。")
        return add_record(text, part, written_record(part, _given(request)), after)

    return _changed(request, edit, form="record")


def _given(request: Request) -> Callable[[str], list[str]]:
    return lambda key: [value for name, value in fields(request) if name == key]


def _changed(request: Request, edit: Callable[[str], str], *, form: str = "") -> Response:
    """Show the words after an edit, or why it was rejected. An edit by a ``form`` that would break the rules is
    rejected, and the form keeps what was written."""
    text, path = plain(field(request, "text")), app_state(request).services.keywords
    try:
        changed = edit(text)
        if form and (faults := check_text(changed, path.name)).fatal:
            raise UsageError("；".join(fault.message for fault in faults.problems[:3]))
    except UsageError as error:
        given: dict[str, list[str]] = {}
        for name, value in fields(request):
            given.setdefault(name, []).append(value)
        return _words(request, text, problem=str(error), refused=form, given=given if form else {})
    return _words(request, changed, changed=changed, lines=diff(read_rules(path).text, changed))


def _words(request: Request, text: str, **more: Any) -> Response:
    part = field(request, "part") or next(iter(PARTS))
    wanted = field(request, "find").strip()
    try:
        found = records(text, part)
    except UsageError as error:
        return render(request, "_message.html", problem=str(error))
    shown = [
        one
        for one in found
        if wanted in one.name or any(wanted in word for words in one.lists for word in words.words + words.conditions)
    ]
    return render(
        request,
        "_words.html",
        part=part,
        parts=PARTS,
        records=shown,
        find=wanted,
        names=[one.name for one in found],
        form=fields_of(part),
        conditions=CONDITIONS,
        words_only=WORDS_ONLY,
        scopes=SCOPES,
        **{"problem": "", "changed": "", "lines": [], "refused": "", "given": {}, **more},
    )


@heavy
def check_rules(request: Request) -> Response:
    """Show the faults of the text being edited, and what it changes."""
    path = app_state(request).services.keywords
    text = plain(field(request, "text"))
    return render(
        request,
        "_checked.html",
        checked=check_text(text, path.name),
        lines=diff(read_rules(path).text, text),
        saved="",
        problem="",
    )


@heavy
def try_text(request: Request) -> Response:
    """Show the tags of a text by the rules being edited."""
    day, name = field(request, "date").strip(), app_state(request).services.keywords.name
    try:
        day = day and written_day(day).isoformat()
        tried = limited(plain(field(request, "tried")), MAX_TRIED, "正文")
    except UsageError as error:
        return render(request, "_message.html", problem=str(error))
    with as_file(plain(field(request, "text")), name) as path:
        try:
            rules = load_rules(path)
        except FileError as error:
            return _faults(request, error)
        found = explain(tried, rules, title=field(request, "title"), date=day)
    return render(request, "_tried.html", found=found)


@heavy
def dry_run(request: Request) -> Response:
    """Show what the rules being edited would change in a window; nothing is written.

    When requested automatically after an edit (``at_once``), a large window is skipped until the person asks for it.
    """
    services = app_state(request).services
    window = services.windows.get(field(request, "window") or services.window).name
    if field(request, "at_once"):
        count = services.store.search(Query(window=window, size=1)).total
        if count > AT_ONCE:
            return render(
                request, "_message.html", hint=f"{window} 有 {count} 条，试算要等一会儿；需要时请点下面的“试算”。"
            )
    with as_file(plain(field(request, "text")), services.keywords.name) as path:
        try:
            found = services.dry_run(path, window)
        except FileError as error:
            return _faults(request, error)
    return _changes(request, found, window, applied=False)


@heavy
def save(request: Request) -> Response:
    """Save the text if it is usable and the file has not changed since the edit began."""
    services = app_state(request).services
    if not person(request):
        return to_name(request)
    text = plain(field(request, "text"))
    checked = check_text(text, services.keywords.name)
    saved, problem, lines = "", "", diff(read_rules(services.keywords).text, text)
    if checked.fatal:
        problem = "有错误，没有保存；请先改正。"
    elif checked.problems and field(request, "anyway") != "yes":
        problem = "有提示没有处理，没有保存；确认无误请勾选“有提示也保存”。"
    elif not lines and field(request, "base") == read_rules(services.keywords).version:
        problem = "没有改动，不用保存。"
    else:
        try:
            before, saved = save_rules(services.keywords, text, field(request, "base"), services.kept_rules)
        except ChangedMeanwhileError as error:
            problem = f"{error}您的文字还在上面的编辑框里；下面是它与现在文件的差别，请另开一页合并后再保存。"
        else:
            lines = diff(before, text)
    return render(request, "_checked.html", checked=checked, lines=lines, saved=saved, problem=problem)


@heavy
def apply(request: Request) -> Response:
    """Tag a window again by the saved rules; people's decisions are kept."""
    here = app_state(request)
    window = here.services.windows.get(field(request, "window") or here.services.window).name
    try:
        found = here.services.retag(window)
    except FileError as error:
        return _faults(request, error)
    except BusyError:
        return render(request, "_message.html", problem="正在采集，暂不能重新标注；请等采集结束后再试。")
    here.queue_cache.read(window)
    return _changes(request, found, window, applied=True)


@heavy
def new_words(request: Request) -> Response:
    """List the 互联网+ phrases of a window that the rules do not list."""
    services = app_state(request).services
    window = services.windows.get(request.query_params.get("window") or services.window).name
    return render(request, "_new_words.html", found=candidates(services.store.scan(window=window, relevant=True)))


@heavy
def rule_stats(request: Request) -> Response:
    """Show what people kept of each rule's results in a window, by the saved rules: worst first, with the unreviewed
    counted."""
    services = app_state(request).services
    window = services.windows.get(request.query_params.get("window") or services.window).name
    try:
        lines = stats(services.store.scan(window=window), load_rules(services.keywords), now().date())
    except FileError as error:
        return _faults(request, error)
    reviewed = [line for line in lines if line.reviewed or line.missed]
    return render(request, "_rule_stats.html", found=reviewed, others=len(lines) - len(reviewed), window=window)


def _changes(request: Request, found: Retagged, window: str, *, applied: bool) -> Response:
    """The tags that are added, removed and replaced, most frequent first."""
    named = (("新增", found.added), ("去掉", found.dropped), ("变动", found.moved))
    groups = [(name, sorted(group.items(), key=lambda pair: (-len(pair[1]), pair[0]))) for name, group in named]
    return render(
        request,
        "_retagged.html",
        found=found,
        groups=groups,
        window=window,
        applied=applied,
        examples=EXAMPLES,
    )


def _faults(request: Request, error: FileError) -> Response:
    """Unusable rules with the positions of their faults."""
    if not error.problems:
        raise UsageError(str(error))
    places = "；".join(f"第 {p.line} 行第 {p.column} 列：{p.message}" for p in error.problems)
    return render(request, "_message.html", problem=f"规则有错误，请先改正。{places}")


ROUTES = [
    Route("/keywords", page),
    Route("/keywords/words", words, methods=["POST"]),
    Route("/keywords/word", change_word, methods=["POST"]),
    Route("/keywords/condition", new_condition, methods=["POST"]),
    Route("/keywords/record", new_record, methods=["POST"]),
    Route("/keywords/check", check_rules, methods=["POST"]),
    Route("/keywords/try", try_text, methods=["POST"]),
    Route("/keywords/dry-run", dry_run, methods=["POST"]),
    Route("/keywords/save", save, methods=["POST"]),
    Route("/keywords/apply", apply, methods=["POST"]),
    Route("/keywords/new-words", new_words),
    Route("/keywords/rule-stats", rule_stats),
]
