"""The commands ``tenmatsu register …``: official open data of organisations into a register file, and looking into it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tenmatsu.terminal import fail, named_path, put, say

if TYPE_CHECKING:
    from tenmatsu.registry import Candidate, Organisation, Registry
    from tenmatsu.registry.load import Outcome

register_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="A register of organisations of your own, from the official open data that you downloaded: extract --register "
    "links names to it that the built-in register (filers of EDINET) does not know. Nothing is downloaded, and nothing is "
    "written but the file that --register or TENMATSU_REGISTER names.",
)

RegisterOption = Annotated[
    Path | None,
    typer.Option(
        "--register", metavar="DB", parser=named_path, envvar="TENMATSU_REGISTER", help="The register, a SQLite file."
    ),
]

LinkOption = Annotated[
    Path | None,
    typer.Option(
        "--register",
        metavar="DB",
        parser=named_path,
        envvar="TENMATSU_REGISTER",
        help="Link names to this register too (tenmatsu register import makes it).",
    ),
]


def opened(register: Path | None) -> Registry:
    """Return the register that a command was given; say what is wrong and stop when there is none."""
    from tenmatsu.registry import RegisterError, Registry

    if register is None:
        fail("no register is named: give --register DB, or set TENMATSU_REGISTER to its path")
    try:
        return Registry(register)
    except RegisterError as error:
        fail(str(error))


@register_app.command(
    "import",
    epilog="Example: tenmatsu register import 00_zenkoku_all_20241031.zip EdinetcodeDlInfo.csv --register houjin.db. "
    "Download them from https://www.houjin-bangou.nta.go.jp/download/ (CSV; Unicode keeps more kanji than Shift_JIS; whole, "
    "of one prefecture, or the differences of a day) and https://disclosure2.edinet-fsa.go.jp/ (EDINETコードリスト). Exit "
    "codes: 0 all rows are in, 1 some were left out and are named, 2 nothing was changed.",
)
def import_files(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            parser=named_path,
            help="CSV files of corporate numbers, EDINET's code list, or the .zip of either, as downloaded.",
        ),
    ],
    register: RegisterOption = None,
) -> None:
    """Put official files into a register, which is made when it is not there yet.

    All or nothing: after an error the register is as it was. Any order will do and twice does no harm: what is newer in
    the files counts.
    """
    from tenmatsu.registry import RegisterError
    from tenmatsu.registry.files import SourceError, recognise
    from tenmatsu.registry.load import Loader

    if register is None:
        fail("where to? Give --register DB (a file that will be made), or set TENMATSU_REGISTER to its path")
    outcomes = []
    try:
        sources = [recognise(path) for path in paths]
        with _progress(sum(source.size for source in sources)) as advance, Loader(register) as loader:
            for source in sources:
                outcomes.append(loader.add(source, advance))
    except (SourceError, RegisterError) as error:
        fail(str(error))
    except FileNotFoundError as error:
        fail(f"{error.filename}: no such file; check the path")
    except OSError as error:
        fail(f"{error.filename or register}: {error.strerror or error}")
    for outcome in outcomes:
        _tell(outcome)
    say(f"the register is {register}")
    if any(outcome.refused for outcome in outcomes):
        raise typer.Exit(1)


def _tell(outcome: Outcome) -> None:
    name = outcome.source.path.name
    if outcome.already:
        say(f"{name}: imported before, nothing to do")
        return
    for row in outcome.named:
        say(f"{name}, line {row.line}: left out {row.number} {row.name}: {row.reason}")
    if outcome.refused > len(outcome.named):
        say(f"{name}: and {outcome.refused - len(outcome.named)} more (tenmatsu register info --refused lists all)")
    parts = [f"{outcome.new} new", f"{outcome.changed} changed", f"{outcome.unchanged} as they were"]
    if outcome.history:
        parts.append(f"{outcome.history} of the past")
    if outcome.without_number:
        parts.append(f"{outcome.without_number} without a corporate number")
    if outcome.refused:
        parts.append(f"{outcome.refused} left out")
    say(f"{name}: {outcome.read} rows: {', '.join(parts)}")


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """Give a function that takes the bytes read; on a terminal it moves a bar."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)

        def advance(count: int) -> None:
            bar.advance(task, count)
            if bar.tasks[0].completed >= total:
                bar.update(task, description="writing names")

        yield advance


@register_app.command(
    "show",
    epilog="Example: tenmatsu register show 株式会社アクメ商会 --register houjin.db. Exit codes: 0 found, 1 not in the register.",
)
def show(
    asked: Annotated[str, typer.Argument(metavar="NAME_OR_NUMBER", help="A name in any spelling, or 13 digits.")],
    register: RegisterOption = None,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="DATE", help="Only who existed and bore the name then, e.g. 2021-04-01."),
    ] = None,
) -> None:
    """Say what the register knows of a name or a corporate number; every organisation that the name may mean."""
    from tenmatsu.registry import RegisterError
    from tenmatsu.registry.corporate_number import corporate_number_of

    if at is not None:
        from tenmatsu.inputs import valid_published

        try:
            at = valid_published(at)
        except ValueError as error:
            fail(f"--at {error}")
    book = opened(register)
    try:
        if corporate_number_of(asked):
            known = book.organisation(asked)
            found = [known] if known else []
            hits: dict[str, list[Candidate]] = {}
        else:
            hits = {}
            for one in book.look_up(asked, at):
                hits.setdefault(one.corporate_number, []).append(one)
            found = [known for number in hits if (known := book.organisation(number))]
    except RegisterError as error:
        fail(str(error))
    if not found:
        digits = "".join(char for char in asked if char.isdecimal())
        wrong = len(digits) == 13 and len(asked) <= 16 and not corporate_number_of(asked)
        reason = "no corporate number: its check digit is wrong" if wrong else "not in the register"
        if at is not None and not wrong and book.look_up(asked):
            reason = f"in the register, but closed, not yet founded or of another name on {at} (show it without --at)"
        say(f"{asked}: {reason}")
        raise typer.Exit(1)
    put("\n".join(_described(one, hits.get(one.corporate_number, [])) for one in found))


def _described(one: Organisation, hits: list[Candidate]) -> str:
    from tenmatsu.registry.files import CLOSE_CAUSES, PROCESSES

    seat = one.prefecture + one.city + one.street or one.outside
    rows = [
        ("法人番号", one.corporate_number),
        ("name", one.name + (f" (since {one.valid_from})" if one.valid_from else "")),
        ("English", one.name_en),
        ("reading", one.furigana),
        *(
            ("former name", f"{name} ({since or '?'} to {until})")
            for name, since, until in one.former
        ),
        ("kind", one.kind),
        ("seat", seat),
        ("closed", " ".join(filter(None, (one.close_date, CLOSE_CAUSES.get(one.close_cause, ""))))),
        ("successor", one.successor),
        ("EDINET", " ".join(filter(None, (one.edinet_code, one.industry)))),
        ("securities", one.securities_code),
        ("last change", " ".join(filter(None, (one.update_date, PROCESSES.get(one.process, ""))))),
        *(("matched", f"{hit.spelling} ({hit.basis}{', with its form' if hit.whole else ''})") for hit in hits),
    ]  # fmt: skip
    from tenmatsu.summary import printable

    return "".join(f"{label:<12} {printable(value)}\n" for label, value in rows if value)


@register_app.command("info", epilog="Example: tenmatsu register info --register houjin.db --refused > left-out.tsv")
def info(
    register: RegisterOption = None,
    refused: Annotated[
        bool, typer.Option("--refused", help="List the rows that were left out instead, tab-separated.")
    ] = False,
) -> None:
    """Say what is in a register: counts, and the files it was made from with their SHA-256 and the newest day in them."""
    from tenmatsu.registry import RegisterError
    from tenmatsu.summary import printable

    book = opened(register)
    try:
        if refused:
            for row in book.refused():
                put("\t".join(printable(str(cell)) for cell in row) + "\n")
            return
        lines = [f"{count:>12,} {name}\n" for name, count in book.counts().items()]
        for source in book.sources():
            out = f", {source.refused} left out" if source.refused else ""
            lines.append(
                f"{printable(source.file)} ({source.kind}, data of {source.dated or 'unknown day'}): {source.read} rows{out}\n"
                f"  SHA-256 {source.sha256}\n"
            )
    except RegisterError as error:
        fail(str(error))
    put("".join(lines))
