"""The command line. Nothing heavy is imported before a command needs it: ``tenmatsu --help`` answers at once.

Exit codes: 0 all done; 1 done, but some documents could not be read, or a floor was missed; 2 nothing could be done.
Tables and summaries go to stdout or to files, everything said about the work to stderr.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from tenmatsu.cli_register import LinkOption, opened, register_app
from tenmatsu.terminal import fail as _fail
from tenmatsu.terminal import named_path as _named_path
from tenmatsu.terminal import named_path_or_url as _path_or_url
from tenmatsu.terminal import put as _print
from tenmatsu.terminal import say as _say

if TYPE_CHECKING:
    from tenmatsu.batch.work import Work
    from tenmatsu.evaluate.run import Report
    from tenmatsu.inputs import Plan
    from tenmatsu.pipeline import Extracted
    from tenmatsu.registry import Registry


class _OneLine(TyperGroup):
    """Tells of a wrong call in one line on stderr, as of any other mistake, in place of a block of usage."""

    def main(self, *args: Any, **more: Any) -> Any:
        """Run the command line as typer does, but for how a wrong call is told."""
        whole = more.get("standalone_mode", True)
        more["standalone_mode"] = False
        if not whole:
            return super().main(*args, **more)
        try:
            # commands return None: what comes back is the code of a typer.Exit
            code = super().main(*args, **more)
        except typer.Abort:
            _say("stopped")
            code = 130
        except Exception as error:
            # typer brings its own click in some versions and takes the installed one in others: known by what it has
            if not hasattr(error, "format_message"):
                raise
            code = _wrong_call(error)
        sys.exit(code)


def _wrong_call(error: Any) -> int:
    """Say what is wrong with a call and where its help is; a command without any arguments shows the help itself."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
    else:
        path = context.command_path if context is not None else "tenmatsu"
        _say(f"{' '.join(error.format_message().split()).rstrip('.')} ({path} --help shows how)")
    return int(error.exit_code)


app = typer.Typer(
    cls=_OneLine,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Reads Japanese disclosures of security incidents (お知らせ, 第3報, まとめ記事) and writes normalised tables of what "
    "happened, when, to whom, how surely, and who says so.",
    epilog="Begin with: tenmatsu extract 不正アクセスに関するお知らせ.txt",
)
corpus_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The documents on which the accuracy is measured. Some may not be shipped: put your copy in place with "
    "corpus add, which knows them by their SHA-256.",
)
app.add_typer(corpus_app, name="corpus")
app.add_typer(register_app, name="register")


def main() -> None:
    """Run the command line. A terminal that lacks a character shows a question mark for it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()


def _extractor(ginza: bool = False) -> Callable[..., Extracted]:
    from tenmatsu.pipeline import extract_document

    if ginza:
        from functools import partial

        from tenmatsu.parse import GinzaParser

        return partial(extract_document, parser=GinzaParser())

    return extract_document


def _version(wanted: bool) -> None:
    if wanted:
        from tenmatsu._version import __version__

        typer.echo(f"tenmatsu {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


@app.command(
    epilog="Example: 「10月2日に不審な挙動を検知し」 in a text of 2020 becomes the event detection, 2020-10-02, asserted, with "
    "the place of 検知 in the text. Exit codes: 0 all documents read, 1 some could not be read (they have a row with "
    "status error), 2 nothing could be done, 130 stopped by Ctrl-C: what is done is kept, and the same command goes on."
)
def extract(
    paths: Annotated[
        list[Any],
        typer.Argument(
            metavar="PATH...",
            parser=_path_or_url,
            help="Documents (.txt, .md, .html, .pdf), folders of them and of .zip archives (walked), or batches: .jsonl, "
            ".csv and .parquet files with a column text, and published, title and id where they are known. Also URLs of "
            "such (s3://bucket/folder), with the package fsspec and what it needs.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            parser=_named_path,
            help="Write the tables into this folder. They hold what PATH holds: a later run does what is new or changed, "
            "and drops what is gone.",
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="URL",
            help="Load them into a database, each document as it is done: sqlite:///incidents.db, duckdb:///incidents.duckdb, "
            "postgresql+psycopg://user@host/name. What it holds of other documents stays.",
        ),
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="jsonl, csv, parquet; several with commas between.")
    ] = "jsonl",
    spreadsheet: Annotated[
        bool,
        typer.Option(
            "--spreadsheet",
            help="CSV for spreadsheets: with a byte order mark, and a ' before cells that begin like formulas (= + - @).",
        ),
    ] = False,
    partition_by: Annotated[
        str | None,
        typer.Option(
            "--partition-by",
            metavar="COLUMN",
            help="Parquet as a folder a table, events/year=2020/part-0.parquet: year (of publication) or genre.",
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            "--published",
            metavar="DATE",
            help="The day the documents came out, e.g. 2020-12-11: 「10月2日」 takes its year from it.",
        ),
    ] = None,
    ginza: Annotated[
        bool,
        typer.Option("--ginza", help="Ask GiNZA's parser for the subject where the rules find no organisation (slow)."),
    ] = False,
    register: LinkOption = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=0,
            max=1024,
            help="Processes that read documents at the same time. Default: one a processor. 0: none but this one, in "
            "which a document that crashes its reader ends the run.",
        ),
    ] = None,
    timeout: Annotated[
        float,
        typer.Option(
            "--timeout",
            metavar="SECONDS",
            min=0.1,
            help="A document that takes longer (and a second more for each 30 kB of it) is given up: an error row.",
        ),
    ] = 60,
    memory: Annotated[
        float,
        typer.Option("--memory", metavar="GIB", min=0, help="What a worker process may use. 0: as much as there is."),
    ] = 4,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar="NAME",
            help="local: processes of this machine. dask: a Dask cluster, with the same rows.",
        ),
    ] = "local",
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="With --engine dask: its scheduler, tcp://host:8786. Default: a cluster on this machine.",
        ),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: read what comes into the folders, or changes, until Ctrl-C.")
    ] = False,
    every: Annotated[
        float,
        typer.Option(
            "--every",
            metavar="SECONDS",
            min=0.05,
            help="With --watch: how often to look. A file is read when two looks find it alike.",
        ),
    ] = 5,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed before; else only when it has changed.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Do everything anew, whatever is known of an earlier run.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary, only what went wrong.")] = False,
) -> None:
    """Read documents and write tables: events, times, organisations, counts, incident cards.

    Without --out and --to the result is only shown.
    """
    from tenmatsu import cli_extract, write
    from tenmatsu.batch.mirror import Options
    from tenmatsu.batch.work import Work

    suffixes = tuple(name.strip() for name in formats.split(",") if name.strip())
    unknown = [name for name in suffixes if name not in write.FORMATS]
    if unknown or not suffixes:
        _fail(f"--format {formats!r}: choose from {', '.join(write.FORMATS)}")
    if out is None and formats != "jsonl":
        _say("--format without --out writes nothing: name a folder with --out")
    if partition_by is not None and partition_by not in write.PARTITIONS:
        _fail(f"--partition-by {partition_by!r}: choose from {', '.join(write.PARTITIONS)}")
    if partition_by is not None and "parquet" not in suffixes:
        _fail("--partition-by divides Parquet files: give --format parquet too")
    if spreadsheet and "csv" not in suffixes:
        _fail("--spreadsheet is about CSV files: give --format csv too")
    if engine not in cli_extract.ENGINES:
        _fail(f"--engine {engine!r}: choose from {', '.join(cli_extract.ENGINES)}")
    if scheduler is not None and engine != "dask":
        _fail("--scheduler is about Dask: give --engine dask too")
    local, urls = _apart(paths)
    if urls and watch:
        _fail(f"--watch looks at folders of this machine, not at {urls[0]}: call the command again and again instead")
    if watch and out is None and to is None:
        _fail("--watch keeps what it reads: say where with --out or --to")
    if to is not None:
        _check_url(to)
    _registry(register)
    plan = _planned(local, published, may_be_empty=watch, urls=urls)
    request = cli_extract.Request(
        paths=local,
        work=Work(published, ginza, register),
        out=out,
        to=to,
        options=Options(suffixes, spreadsheet, partition_by),
        workers=workers,
        timeout=timeout,
        memory=round(memory * 2**30) or None,
        engine=engine,
        scheduler=scheduler,
        watch=watch,
        every=every,
        retry=retry_failed,
        fresh=fresh,
        quiet=quiet,
    )
    cli_extract.extract(request, plan)


def _check_url(url: str) -> None:
    """Refuse what is no URL of a database before the work begins."""
    from tenmatsu.store import StoreError
    from tenmatsu.store.addresses import check_file, parsed

    try:
        check_file(parsed(url))
    except StoreError as error:
        _fail(f"--to {error}")


def _apart(paths: Sequence[Path | str]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The paths of this machine, and the URLs."""
    return tuple(one for one in paths if isinstance(one, Path)), tuple(one for one in paths if isinstance(one, str))


def _planned(
    paths: Sequence[Path], published: str | None, *, may_be_empty: bool = False, urls: Sequence[str] = ()
) -> Plan:
    from tenmatsu import inputs

    if published is not None:
        try:
            inputs.valid_published(published)
        except ValueError as error:
            _fail(f"--published {error}")
    plan = inputs.plan(paths)
    if urls:
        from tenmatsu import remote

        try:
            plan = remote.planned(plan, urls)
        except remote.RemoteError as error:
            _fail(str(error))
    for path, reason in plan.problems:
        _say(f"{inputs.shown(path)}: {reason}")
    if plan.skipped:
        few = ", ".join(inputs.shown(path) for path in plan.skipped_named)
        more = ", …" if plan.skipped > len(plan.skipped_named) else ""
        _say(f"passed over {plan.skipped:,} files that are no documents: {few}{more}")
    if not len(plan.files) and not plan.remote and not may_be_empty:
        if urls:
            _say(f"no documents at {', '.join(urls)}")
        raise typer.Exit(2)
    return plan


def _registry(register: Path | None) -> Registry | None:
    return opened(register) if register is not None else None


def _documents(plan: Plan, work: Work) -> Iterator[Extracted]:
    """Extract every document of the plan; what cannot be read becomes a row that says so, and a line on stderr."""
    from tenmatsu import inputs

    _registry(work.register)
    extract_document = work.opened()
    for source in inputs.sources(plan.files):
        one = extract_document(source)
        if one.document.status != "ok":
            _say(f"{one.document.path}: {one.document.error}")
        yield one


@app.command(
    epilog="It shows, for 「10月2日に検知」, the rule that found 検知, how 10月2日 came by its year and what was its anchor, and "
    "which words set the factuality (可能性, 予定, 確認されていない)."
)
def explain(
    path: Annotated[Path, typer.Argument(metavar="PATH", parser=_named_path, help="One document.")],
    event: Annotated[
        str | None, typer.Option("--event", metavar="ID", help="Only this event, by its event_id or the end of it.")
    ] = None,
    row: Annotated[
        str | None,
        typer.Option(
            "--row",
            metavar="ID",
            help="Any row instead, by its timex_id, mention_id, quantity_id, event_id or card_id.",
        ),
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="The day it came out, as for extract.")
    ] = None,
    register: LinkOption = None,
) -> None:
    """Say why each event is what it is: rule, cue, date and its anchor, organisation, evidence."""
    from tenmatsu.batch.work import Work
    from tenmatsu.explain import explain_row, explanation

    if path.is_dir():
        _fail(f"{path}: this is a folder; name one document")
    plan = _planned([path], published)
    for one in _documents(plan, Work(published, register=register)):
        if one.document.status != "ok":
            raise typer.Exit(2)
        if row is not None:
            told = explain_row(one, row)
            if told is None:
                joined = " (an incident of several documents is explained by its cards: give a card_id)"
                hint = joined if row.startswith("inc-") else ""
                _fail(f"{path}: no row {row!r} in it; ids stand in the tables that extract --out writes{hint}")
            _print(told + "\n")
            return
        chosen = [found for found in one.events if event is None or found.event_id.endswith(event)]
        if not chosen and event is not None:
            known = ", ".join(found.event_id for found in one.events[:3])
            _fail(f"{path}: no event {event!r} in it" + (f"; its events are {known}, …" if known else ""))
        for found in chosen:
            _print(explanation(one, found) + "\n\n")
        if not chosen:
            _say(f"{path}: no events in it")


@app.command(
    epilog='A checklist is JSON Lines, an article a line: {"id", "article", "title", "question", "causes": ["vpn", …]}; '
    "the causes are those of the incidents table."
)
def card(
    path: Annotated[Path, typer.Argument(metavar="PATH", parser=_named_path, help="One document.")],
    checklist: Annotated[
        Path | None,
        typer.Option(
            "--checklist",
            metavar="FILE.jsonl",
            parser=_named_path,
            help="Your security checklist. Default: a small sample.",
        ),
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="The day it came out, as for extract.")
    ] = None,
    register: LinkOption = None,
) -> None:
    """Write an accident card for each incident: 業種, 発生時期, 漏えい人数, 事故概要, 原因 with checklist articles, 対策."""
    from tenmatsu import accident_card as cards
    from tenmatsu.batch.work import Work

    if path.is_dir():
        _fail(f"{path}: this is a folder; name one document")
    try:
        articles = cards.read_checklist(checklist) if checklist else cards.sample_checklist()
    except (OSError, ValueError) as error:
        _fail(str(error) if isinstance(error, ValueError) else f"{checklist}: {error.strerror or error}")
    plan = _planned([path], published)
    for one in _documents(plan, Work(published, register=register)):
        if one.document.status != "ok":
            raise typer.Exit(2)
        if not one.incidents:
            _say(f"{path}: no incident in it")
        for incident in one.incidents:
            _print(cards.accident_card(one, incident, articles) + "\n")


@app.command(
    epilog="What each line of the result counts: python -c 'import tenmatsu.evaluate; help(tenmatsu.evaluate)'. Gold for "
    "documents that are not there is named and passed over."
)
def evaluate(
    documents: Annotated[
        list[Path] | None,
        typer.Option(
            "--documents",
            metavar="DIR",
            parser=_named_path,
            help="Where the documents are; may be given again. Default: corpus/documents, corpus/external, and the "
            "folder that TENMATSU_SOURCES names.",
        ),
    ] = None,
    gold: Annotated[
        Path | None, typer.Option("--gold", metavar="DIR", parser=_named_path, help="Default: corpus/gold.")
    ] = None,
    errors: Annotated[
        Path | None,
        typer.Option(
            "--errors", metavar="FILE.html", parser=_named_path, help="Write a page that shows every mistake."
        ),
    ] = None,
    check_floors: Annotated[
        Path | None,
        typer.Option(
            "--check-floors", metavar="FILE", parser=_named_path, help="Exit with 1 when an F1 falls below its floor."
        ),
    ] = None,
    raise_floors: Annotated[
        Path | None,
        typer.Option(
            "--raise-floors",
            metavar="FILE",
            parser=_named_path,
            help="Raise the floors to what was measured; none is lowered.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The figures as JSON.")] = False,
    as_markdown: Annotated[
        bool,
        typer.Option(
            "--markdown",
            help="The main figures of all sets, and of the cases, as tables in Markdown, as in the README.",
        ),
    ] = False,
    brief: Annotated[bool, typer.Option("--brief", help="A line a set.")] = False,
    ginza: Annotated[bool, typer.Option("--ginza", help="Measure with GiNZA's parser, as for extract.")] = False,
) -> None:
    """Measure against the gold: precision, recall and F1 of each layer, with 95 % bootstrap intervals."""
    from tenmatsu.corpus import CorpusError, default_corpus
    from tenmatsu.evaluate import floors
    from tenmatsu.evaluate.run import run
    from tenmatsu.write import replace_text

    corpus = default_corpus()
    named = os.environ.get("TENMATSU_SOURCES")
    places = documents or [corpus / "documents", corpus / "external", *([Path(named)] if named else [])]
    for place in documents or ():
        if not place.is_dir():
            _fail(f"--documents {place}: no such folder; name the folder of the documents")
    if sum((as_json, as_markdown, brief)) > 1:
        _fail("--json, --markdown and --brief are three ways to show the figures: give one")
    if errors is not None:
        _can_write("--errors", errors)
    if raise_floors is not None:
        _can_write("--raise-floors", raise_floors)
    try:
        least = floors.read(check_floors) if check_floors is not None else {}
        before = floors.read(raise_floors) if raise_floors is not None else {}
        report = run(gold or corpus / "gold", places, _extractor(ginza), say=_say)
        if errors is not None:
            from tenmatsu.evaluate.errors import page

            replace_text(errors, page(report))
            _say(f"{sum(len(score.mistakes) for score in report.scores)} mistakes are in {errors}")
        _print(_shown(report, "json" if as_json else "markdown" if as_markdown else "brief" if brief else ""))
        if raise_floors is not None:
            floors.write(raise_floors, floors.raised(before, report))
        missed = floors.missed(least, report)
    except CorpusError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename or errors}: {error.strerror or error}")
    for line in missed:
        _say(line)
    if missed:
        raise typer.Exit(1)


def _can_write(option: str, path: Path) -> None:
    """Refuse a file that cannot be written before the work begins, by the name that was given."""
    from tenmatsu.write import check_writable

    try:
        check_writable(path)
    except OSError as error:
        _fail(f"{option} {path}: cannot be written ({error.strerror or error}): is its folder there and writable?")


def _shown(report: Report, way: str) -> str:
    from tenmatsu.evaluate import show

    if way == "json":
        import json

        return json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n"
    if way == "markdown":
        return show.markdown(report) + ("\n" + show.markdown_of_cases(report) if report.cases else "")
    return show.brief(report) if way == "brief" else show.text(report, sys.stdout)


@app.command(epilog="The same for all tables, as a page: corpus/COLUMNS.md.")
def columns(
    table: Annotated[str | None, typer.Argument(metavar="[TABLE]", help="One table, e.g. events.")] = None,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="As corpus/COLUMNS.md has it.")] = False,
    types: Annotated[
        bool,
        typer.Option(
            "--types",
            help="The types of events instead, with their MITRE ATT&CK, VERIS and NIST SP 800-61 (tab-separated).",
        ),
    ] = False,
) -> None:
    """Say what every column of the tables means, or those of one table."""
    from tenmatsu import tables

    if types:
        if as_markdown or table not in (None, "events"):
            _fail("--types lists the types of events: give it alone or with the table events")
        _print(tables.event_types_described())
        return
    if table is not None and table not in tables.TABLES:
        _fail(f"no table {table!r}: there are {', '.join(tables.TABLES)}")
    chosen = list(tables.TABLES) if table is None else [table]
    _print(tables.markdown(chosen) if as_markdown else tables.described(chosen))


_Corpus = Annotated[
    Path | None,
    typer.Option(
        "--corpus", metavar="DIR", parser=_named_path, help="The corpus folder. Default: corpus in this folder."
    ),
]


@corpus_app.command("add")
def corpus_add(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", parser=_named_path, help="Files, or folders with such files.")
    ],
    corpus: _Corpus = None,
) -> None:
    """Put documents that have gold into corpus/external, recognised by their SHA-256 whatever their names.

    Exit codes: 0 all recognised, 1 some, 2 none.
    """
    from tenmatsu import corpus as store
    from tenmatsu import inputs

    usable = []
    for path in paths:
        try:
            inputs.check_regular(path)
            usable += [path] if path.exists() else []
            reason = "" if path.exists() else "no such file or folder: check the path"
        except inputs.UnfitError as error:
            reason = str(error)
        if reason:
            _say(f"{inputs.shown(path)}: {reason}")
    try:
        added, unknown = store.add(usable, corpus or store.default_corpus())
    except store.CorpusError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror or error}")
    for path, entry in added:
        _print(f"{entry.doc}\t{inputs.shown(path)}\n")
    if added:
        _say(f"{len(added)} put into {inputs.shown((corpus or store.default_corpus()) / 'external')}")
    for path in unknown:
        _say(f"{inputs.shown(path)}: not recognised: its SHA-256 is none of the manifest's (a copy must be unchanged)")
    if unknown or len(usable) < len(paths):
        raise typer.Exit(1 if added else 2)
    if not added:
        _fail("no files in these folders: name the documents")


@corpus_app.command("list")
def corpus_list(corpus: _Corpus = None) -> None:
    """List the documents that have gold, and whether each is there."""
    from tenmatsu import corpus as store

    try:
        for entry, place in store.listing(corpus or store.default_corpus()):
            state = "there" if place else "missing"
            _print(f"{entry.doc}\t{state}\t{entry.set}\t{entry.characters}\t{entry.publisher}\t{entry.title}\n")
    except store.CorpusError as error:
        _fail(str(error))
