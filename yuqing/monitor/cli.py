"""The command line. Each command opens the workspace, calls one function, and shows the result.

The main flow: ``crawl`` → yuqing/monitor/run/crawl.py (or replay.py, rebuild.py) → yuqing/monitor/run/item_writer.py.
Imports are inside the commands to keep ``yuqing --help`` fast.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yuqing.core import files
from yuqing.core.errors import UsageError
from yuqing.core.files import path_text
from yuqing.monitor import ending
from yuqing.monitor.commands.add import add
from yuqing.monitor.commands.alerts import app as alerts_app
from yuqing.monitor.commands.archive import app as archive_app
from yuqing.monitor.commands.backup import backup, restore
from yuqing.monitor.commands.begin import begin
from yuqing.monitor.commands.doctor import doctor
from yuqing.monitor.commands.evaluate import evaluate
from yuqing.monitor.commands.export import export
from yuqing.monitor.commands.facet_options import with_facet_options
from yuqing.monitor.commands.feed import feed
from yuqing.monitor.commands.groups import GroupedHelp
from yuqing.monitor.commands.index import app as index_app
from yuqing.monitor.commands.index import kibana_app
from yuqing.monitor.commands.init import init
from yuqing.monitor.commands.keywords import app as keywords_app
from yuqing.monitor.commands.mcp import mcp
from yuqing.monitor.commands.report import report
from yuqing.monitor.commands.schedule import app as schedule_app
from yuqing.monitor.commands.searches import app as searches_app
from yuqing.monitor.commands.sources import app as sources_app
from yuqing.monitor.commands.users import app as users_app
from yuqing.monitor.last_resort import sentence_of
from yuqing.monitor.logs import say, set_up_logging
from yuqing.monitor.streams import flush, open_streams

if TYPE_CHECKING:
    from yuqing.core.records import Outcome

app = typer.Typer(
    cls=GroupedHelp,
    name="yuqing",
    help="A monitor of “互联网+” news: crawl, tag, search, and draft the monthly report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command()(init)
app.command()(add)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"yuqing {version('yuqing')}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit")
    ] = False,
) -> None:
    """A monitor of “互联网+” news: crawl, tag, search, and draft the monthly report."""


app.command()(backup)
app.command()(restore)
app.command()(doctor)
app.command()(evaluate)
app.command()(export)
app.command()(feed)
app.command()(mcp)
app.command()(report)
app.add_typer(keywords_app, name="keywords")
app.add_typer(sources_app, name="sources")
app.add_typer(searches_app, name="searches")
app.add_typer(alerts_app, name="alerts")
app.add_typer(users_app, name="users")
app.add_typer(schedule_app, name="schedule")
app.add_typer(archive_app, name="archive")
app.add_typer(index_app, name="index")
app.add_typer(kibana_app, name="kibana")


def _day(text: str) -> date:
    from yuqing.core.times import day_of

    return day_of(text)


Since = Annotated[
    date | None,
    typer.Option(parser=_day, metavar="DAY", help="Only from this day on: YYYY-MM-DD, or 14d for 14 days ago"),
]
Until = Annotated[
    date | None,
    typer.Option(parser=_day, metavar="DAY", help="Only up to this day: YYYY-MM-DD, or 1d for yesterday"),
]


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Folder for the report")] = Path("out"),
    data: Annotated[Path, typer.Option(help="Folder for the demo's data; emptied first")] = Path("data/demo"),
) -> None:
    """Run the whole pipeline on the bundled demo web: crawl, archive, tag, store, report. No network."""
    from yuqing.monitor.commands.demo import run_demo
    from yuqing.monitor.commands.show import progress, show_run

    with progress("demo") as on_result:
        run, window, paths = run_demo(begin(), data, out, on_result)
    show_run(run)
    if not paths:
        typer.echo("The demo was stopped; there is no report.")
        raise typer.Exit(130)
    typer.echo(f"The report of window {window}:")
    for path in paths:
        typer.echo(f"  {path}")
    typer.echo("Lists without articles, refusals and broken pages are part of the demo web.")
    typer.echo(f"Search it: YUQING_DATA={data} yuqing search 互联网+教育")


@app.command()
def crawl(
    sources: Annotated[list[str] | None, typer.Argument(help="Source ids or tiers (default: all in service)")] = None,
    since: Since = None,
    until: Until = None,
    replay: Annotated[Path | None, typer.Option(help="A manifest (.jsonl) or WARC file of saved pages")] = None,
    shard: Annotated[
        str | None, typer.Option(metavar="I/N", help="Crawl only the I-th of N parts of the sources")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Maximum number of articles to fetch")] = None,
    backfill: Annotated[
        str, typer.Option(metavar="WORD", help="Search the sites for WORD to cover a past window (needs --since)")
    ] = "",
) -> None:
    """Crawl live sites, or replay saved pages under their own URLs."""
    from yuqing.monitor.commands.show import progress, show_run
    from yuqing.monitor.run.recovery import locked

    if backfill and not since:
        raise UsageError("--backfill needs a past window: give --since too, and --until if it does not end today.")
    with locked(begin()) as space:
        if replay:
            from yuqing.monitor.run.replay import run_replay

            with progress("replay") as on_result:
                run = run_replay(space, replay, limit, on_result)
        else:
            from yuqing.monitor.run.crawl import CrawlOptions, run_crawl

            options = CrawlOptions(
                sources=tuple(sources or ()),
                since=since,
                until=until,
                limit=limit,
                shard=_shard(shard),
                backfill=backfill,
            )
            with progress("crawl") as on_result:
                run = run_crawl(space, options, on_result)
        show_run(run)


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(help="Saved pages")],
    url: Annotated[str, typer.Option(help="The page's URL (one file only)")] = "",
) -> None:
    """Print one JSON article per line for saved pages, or why a page yields none."""
    from crawler.sources import load_sources
    from yuqing.monitor.commands.texts import extract_file, write_lines

    if url and len(files) > 1:
        raise UsageError("--url is the URL of a single page; give exactly one FILE with it.")
    sources = load_sources(begin().sources)
    write_lines((extract_file(file, url, sources) for file in files), sys.stdout)


@app.command()
def classify(
    file: Annotated[
        Path | None, typer.Argument(help="JSONL of {id, url, title, text, date}; - or nothing: standard input")
    ] = None,
) -> None:
    """Tag the texts of a JSONL file and print the tags, one JSON object per line in the same order."""
    from classifiers.rules import load_rules
    from crawler.sources import load_sources
    from yuqing.monitor.commands.texts import classify_lines, write_lines

    settings = begin()
    rules, sources = load_rules(settings.keywords), load_sources(settings.sources)
    if file is None or str(file) == "-":
        write_lines(classify_lines(sys.stdin.buffer, "stdin", rules, sources), sys.stdout)
        return
    with files.translated_errors(file):
        lines = file.open("rb")
    with lines:
        write_lines(classify_lines(lines, path_text(file), rules, sources), sys.stdout)


@app.command()
@with_facet_options
def search(
    query: Annotated[str, typer.Argument(help="Words that must all occur in title or text")] = "",
    window: Annotated[str, typer.Option(metavar="YYYY-MM", help="The review window")] = "",
    since: Since = None,
    until: Until = None,
    source: Annotated[str, typer.Option(help="Source id")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Include items that are not relevant")] = False,
    newest: Annotated[bool, typer.Option("--newest", help="Newest first instead of best first")] = False,
    size: Annotated[int, typer.Option(min=0, max=1000, help="Number of hits shown")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
    **tags: str,
) -> None:
    """Search the stored items, with highlights and facets."""
    from indexer.open import open_store
    from indexer.store import Query
    from yuqing.monitor.commands.show import console
    from yuqing.monitor.commands.show_search import found_json, show_found, unmatched

    settings = begin()
    settings.check_window(window)
    question = Query(
        text=query, window=window, since=since, until=until, tags=tags, source=source,
        relevant=None if everything else True, sort="newest" if newest or not query else "relevance", size=size,
    )  # fmt: skip
    with closing(open_store(settings.store_url, settings.access)) as store:
        found = store.search(question)
        why = [] if found.total or as_json else list(unmatched(store, question))
    if as_json:
        import json

        typer.echo(json.dumps(found_json(found), ensure_ascii=False, indent=1))
    else:
        show_found(found, console)
        for sentence in why:
            typer.echo(sentence)


@app.command()
def rebuild(
    since: Since = None,
    dask: Annotated[
        str, typer.Option(help="Process the pages on the workers of this Dask scheduler, tcp://HOST:8786")
    ] = "",
    archive: Annotated[
        str, typer.Option(help="With --dask: where the workers find the archive, a folder or s3://BUCKET/FOLDER")
    ] = "",
) -> None:
    """Recreate the items from the archive (pages fetched on or after --since), without any request."""
    from yuqing.monitor.commands.rebuild import on_dask
    from yuqing.monitor.commands.show import progress, show_run
    from yuqing.monitor.run.rebuild import run_rebuild
    from yuqing.monitor.run.recovery import locked

    if archive and not dask:
        raise UsageError("--archive says where the workers of --dask find the archive; give both.")
    with locked(begin()) as space:
        with progress("rebuild") as on_result:
            run = run_rebuild(space, since, on_result, read=on_dask(space, dask, archive) if dask else None)
        show_run(run)


@app.command()
def runs(
    run: Annotated[str | None, typer.Argument(help="A run id (default: list the latest runs)")] = None,
    outcome: Annotated[str | None, typer.Option(help="List the pages of RUN with this outcome")] = None,
) -> None:
    """Show the run ledger: pages by outcome, and for a single run per source."""
    from yuqing.monitor.commands.show import show_pages, show_run, show_runs, show_sources_of
    from yuqing.monitor.ledger_exchange import open_ledger

    settings = begin()
    ledger = open_ledger(settings)
    try:
        if run is None:
            show_runs(ledger.runs())
        elif outcome:
            show_pages(ledger.pages(run, _outcome(outcome)))
        else:
            show_run(ledger.run(run))
            show_sources_of(ledger.by_source(run))
    finally:
        ledger.close()


@app.command(hidden=True)  # for Prometheus, not for people
def metrics() -> None:
    """Print metrics for Prometheus (`yuqing schedule run --metrics-port` serves them)."""
    from yuqing.monitor.ops.metrics import metrics_text

    typer.echo(metrics_text(begin()), nl=False)


@app.command()
def retag(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be added, removed and changed")
    ] = False,
    window: Annotated[str, typer.Option(metavar="YYYY-MM", help="Only this window")] = "",
) -> None:
    """Tag the stored items again after an edit of keywords.yaml; people's reviews are left alone."""
    from yuqing.monitor.commands.show import console
    from yuqing.monitor.commands.show_keywords import show_retag
    from yuqing.monitor.run.recovery import locked
    from yuqing.monitor.run.retag import run_retag

    settings = begin()
    settings.check_window(window)
    with locked(settings) as space:
        show_retag(run_retag(space, window or None, apply=not dry_run), console, applied=not dry_run)


@app.command()
def review(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0: any free port")] = 8765,
    host: Annotated[str, typer.Option(help="Address; anything but loopback needs YUQING_REVIEW_TOKEN")] = "127.0.0.1",
    window: Annotated[
        str, typer.Option(metavar="YYYY-MM", help="The review window shown first (default: the last one that ended)")
    ] = "",
) -> None:
    """Serve the review page of the monthly window: queue, report, keywords, runs."""
    from yuqing.monitor.publish.review_page import serve

    settings = begin()
    settings.check_window(window)
    serve(settings, host, port, window)


def _shard(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    number, slash, of = text.partition("/")
    plain = all(part.isascii() and part.isdigit() and len(part) < 6 for part in (number, of))
    if slash and plain and 1 <= int(number) <= int(of):
        return int(number), int(of)
    raise UsageError(f"“{text}” is not a shard; write I/N with I from 1 to N, for example 1/2.")


def _outcome(name: str) -> Outcome:
    from yuqing.core.records import Outcome

    try:
        return Outcome(name)
    except ValueError:
        raise UsageError(f"“{name}” is not an outcome; choose one of {', '.join(Outcome)}.") from None


def main() -> None:
    """Run a command; whatever goes wrong becomes one message and an exit code, never a traceback.

    0: done; 1: an error that the user can fix; 2: wrong usage; 3: a bug in the program; 4: busy. SIGTERM works like
    Ctrl-C, so that open files are closed; a crawl's own handler first finishes its pages in flight.
    """
    open_streams()
    set_up_logging("WARNING", "json" if os.environ.get("YUQING_LOG_FORMAT") == "json" else "text")
    code = 0
    try:
        with ending.until_over():
            app()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        code = 0
    except Exception as error:
        message, code = sentence_of(error)
        if not ending.asked():
            say(message)
    code = ending.asked() or code
    # Nothing more is printed, and the exit code stays.
    signal.signal(signal.SIGINT, lambda number, frame: os._exit(code))
    if (unwritten := flush()) and code == 0:
        say(f"the output could not be written ({unwritten}).")
        code = 1
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Python removes other handlers before it exits
    sys.exit(code)


if __name__ == "__main__":
    main()
