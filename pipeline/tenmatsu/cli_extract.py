"""What ``tenmatsu extract`` does once its options are known: show the rows, or keep them in a folder or a database."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import typer

from tenmatsu import inputs
from tenmatsu.batch.pool import Alone, Job, Pool, PoolError
from tenmatsu.batch.run import Counts, Engine, Read, Stored, Target, run
from tenmatsu.batch.seen import Seen
from tenmatsu.batch.work import Work
from tenmatsu.source import Source
from tenmatsu.summary import Summary
from tenmatsu.terminal import fail, put, say

if TYPE_CHECKING:
    from types import FrameType

    from tenmatsu.batch.mirror import Mirror, Options
    from tenmatsu.pipeline import Extracted
    from tenmatsu.store import Store

ENGINES = ("local", "dask")
_NAMED = 20  # documents that failed of which each has a line
_SMALL = 3  # documents for which no process is started: that takes longer than they do
_EVERY = 60.0  # seconds between two lines on the progress where no bar can be drawn


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: where the rows go, how documents are extracted, and how the work is done."""

    paths: tuple[Path, ...]
    work: Work
    out: Path | None = None
    to: str | None = None
    options: Options | None = None
    workers: int | None = None
    timeout: float = 60.0
    memory: int | None = None
    engine: str = "local"
    scheduler: str | None = None
    watch: bool = False
    every: float = 5.0
    retry: bool = False
    fresh: bool = False
    quiet: bool = False


def extract(request: Request, plan: inputs.Plan) -> None:
    """Do what was asked for. Raises typer.Exit with the code of the command unless all went well."""
    try:
        with _terminated():
            if request.out is None and request.to is None:
                _show(request, plan)
            else:
                _keep(request, plan)
    except PoolError as error:
        fail(str(error))


@contextmanager
def _terminated() -> Iterator[None]:
    """Take a request to end (SIGTERM, as services are stopped) like Ctrl-C: nothing that is stored is lost by either."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _engine(request: Request, plan: inputs.Plan) -> Iterator[Engine]:
    """This process for a few documents, else worker processes: also for a single PDF, whose parser is no Python."""
    if request.engine == "dask":
        from tenmatsu.batch.cluster import Cluster

        many = request.workers or processors()
        with Cluster(request.work, request.scheduler, many, request.timeout, request.memory) as cluster:
            yield cluster
        return
    few = plan.documents is not None and plan.documents <= _SMALL
    small = few and not request.watch and not any(path.suffix.lower() == ".pdf" for path in plan.files)
    if request.workers == 0 or small:
        yield Alone(request.work, request.timeout)
        return
    with Pool(request.work, request.workers or processors(), request.timeout, request.memory) as pool:
        yield pool


def processors() -> int:
    """Return the number of processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class _Told:
    """Says on stderr how the work goes, and gathers what is shown at its end."""

    def __init__(self, summary: Summary, total: int | None, known: Iterable[str], quiet: bool) -> None:
        self.summary = summary
        self.total = total
        self.failed = 0
        self.marked = 0  # read, but not wholly
        self._known = set(known)
        self._quiet = quiet
        self._bar: Any = None
        self._task: Any = None
        self._count = 0
        self._begun = self._last = time.monotonic()

    def document(self, extracted: Extracted, position: int) -> None:
        self.summary.add(extracted, position)
        document = extracted.document
        if document.status != "ok":
            self.failed += 1
            if document.path not in self._known and self.failed <= _NAMED:
                say(f"{document.path}: {document.error}")
        elif document.notes or document.replaced:
            self.marked += 1
            if self.marked <= _NAMED:
                for note in document.notes:
                    say(f"{document.path}: {note}")
                if document.replaced:
                    say(f"{document.path}: {document.replaced:,} characters could not be decoded and are U+FFFD")

    def advance(self) -> None:
        self._count += 1
        if self._bar is not None:
            rate = self._count / max(0.001, time.monotonic() - self._begun)
            self._bar.update(self._task, advance=1, rate=f"{rate:.1f}/s")
        elif not self._quiet and time.monotonic() - self._last > _EVERY:
            self._last = time.monotonic()
            of = f" of {self.total:,}" if self.total is not None else ""
            say(f"{self._count:,}{of} documents, {self._count / (self._last - self._begun):.1f} a second")

    def joining(self, done: int, total: int) -> None:
        if self._bar is not None:
            self._bar.update(self._task, description="joining", completed=done, total=total)

    @contextmanager
    def progress(self) -> Iterator[None]:
        """Draw a bar on a terminal while the body runs, when there are more than five documents."""
        if self._quiet or not sys.stderr.isatty() or (self.total is not None and self.total <= 5):
            yield
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("left"),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            self._bar, self._task = bar, bar.add_task("documents", total=self.total, rate="")
            try:
                yield
            finally:
                self._bar = None


def _reads(plan: inputs.Plan) -> Iterator[Read]:
    """The files of a plan with their documents; first the names that are no files, each with its error."""
    missing = [Source(inputs.shown(path), error=reason) for path, reason in plan.problems if not path.is_dir()]
    if missing:
        yield Read("", -1, missing)
    for position, path in enumerate(plan.files):
        yield Read(inputs.shown(path), position, inputs.of_file(path, say))
    if plan.remote:
        from tenmatsu import remote

        for position, file in enumerate(plan.remote, len(plan.files)):
            yield Read(file.url, position, remote.documents(file, say))


def _named_already(plan: inputs.Plan) -> list[str]:
    return [inputs.shown(path) for path, _ in plan.problems]


def _show(request: Request, plan: inputs.Plan) -> None:
    """Show the rows and keep nothing."""
    from tenmatsu.merge.spool import Spool

    told = _Told(Summary(), plan.documents, _named_already(plan), request.quiet)
    shown = Summary()
    try:
        with ExitStack() as stack:
            spool = stack.enter_context(Spool())
            engine = stack.enter_context(_engine(request, plan))
            with told.progress():
                jobs = (Job(source) for file in _reads(plan) for source in file.documents)
                for position, result in enumerate(engine.results(jobs, ordered=True)):
                    spool.add(result.extracted)
                    told.document(result.extracted, position)
                    told.advance()
            for one in spool.merged():
                shown.add(one)
    except OSError as error:
        fail(f"no temporary file can be written ({error.strerror or error}): is the disk full?")
    except KeyboardInterrupt:
        say("stopped: nothing was kept (--out or --to keeps what is done)")
        raise typer.Exit(130) from None
    _more_failed(told.failed, Counter())
    if shown.read and not request.quiet:
        put(shown.text(sys.stdout))
    if plan.problems or shown.unread:
        raise typer.Exit(1 if shown.read else 2)


def _keep(request: Request, plan: inputs.Plan) -> None:
    """Put the rows into a database, a folder of tables, or both."""
    from tenmatsu.batch.fingerprint import Keys
    from tenmatsu.registry import RegisterError
    from tenmatsu.store import StoreError

    counts = Counts()
    told = _Told(Summary(joined=False), plan.documents, _named_already(plan), request.quiet)
    try:
        with ExitStack() as stack:
            keeping = _Keeping(request, stack, counts)
            seen = stack.enter_context(Seen())
            keys = Keys(request.work)
            engine = stack.enter_context(_engine(request, plan))
            if request.watch:
                _watch(request, keeping, engine, keys, seen, told)
                return
            with told.progress():
                run(
                    _reads(plan), keeping.targets, engine, keys, seen, told,
                    retry=request.retry, fresh=request.fresh, complete=plan.whole, counts=counts,
                )  # fmt: skip
            _again(plan, keeping, engine, keys, seen)
            if counts.read:
                keeping.write(seen.order)
                told.summary.renew(keeping.renewed)
            _more_failed(told.failed, counts.reasons)
            if not request.quiet and (counts.read or counts.unread > told.failed):
                say(keeping.told())
    except (StoreError, RegisterError) as error:
        fail(str(error))
    except OSError as error:
        fail(_unwritable(error, request.out))
    except KeyboardInterrupt:
        say(
            f"stopped: {_kept(counts)}; {'the same command without --fresh' if request.fresh else 'the same command'} goes on from there"
        )
        raise typer.Exit(130) from None
    if told.summary.read and not request.quiet:
        put(told.summary.text(sys.stdout))
    if plan.problems or counts.unread:
        raise typer.Exit(1 if counts.read else 2)


def _again(plan: inputs.Plan, keeping: _Keeping, engine: Engine, keys: Any, seen: Seen) -> None:
    """Read what lost its rows in a run: another path had the same bytes, otherwise read, gave the rows of both, and went."""
    if any(target.store.outdated() for target in keeping.targets):
        quiet = _Told(Summary(joined=False), None, (), True)
        run(_reads(plan), keeping.targets, engine, keys, seen, quiet, complete=False, counts=Counts())


def _kept(counts: Counts) -> str:
    """What a run that is stopped has changed."""
    parts = [f"{counts.done:,} documents are stored"] if counts.done else []
    if counts.failed:
        parts.append(f"{counts.failed:,} are noted as failed")
    if counts.removed:
        parts.append(f"{counts.removed:,} are removed")
    return ", ".join(parts) or "no document is stored by this run yet"


def _more_failed(failed: int, reasons: Counter[str]) -> None:
    if failed > _NAMED:
        kinds = ", ".join(f"{count:,} {reason}" for reason, count in reasons.most_common())
        say(
            f"and {failed - _NAMED:,} more failed{f' (all: {kinds})' if kinds else ''}: documents.error has the reasons"
        )


def _watch(request: Request, keeping: _Keeping, engine: Engine, keys: Any, seen: Seen, told: _Told) -> None:
    """Look again and again until Ctrl-C; after each round in which something was done, all is stored and said."""
    from tenmatsu.batch.watch import Watch

    watch = Watch(request.paths, seen)
    say(f"watching, every {request.every:g} seconds: Ctrl-C ends it")
    first = True
    try:
        while True:
            look = watch.look()
            if look.due or look.gone or (first and look.complete):
                counts = Counts()
                told.failed = told.marked = 0
                run(
                    watch.due(look, say), keeping.targets, engine, keys, seen, told,
                    retry=request.retry and first, fresh=request.fresh and first, complete=look.complete, counts=counts,
                    emptied=not first,
                )  # fmt: skip
                _again(inputs.plan(request.paths), keeping, engine, keys, seen)
                first = False
                keeping.counts = counts
                if counts.read or counts.unread or counts.removed:
                    keeping.write(seen.order)
                _more_failed(told.failed, counts.reasons)
                if counts.done or counts.removed or counts.failed:
                    say(keeping.told())
            time.sleep(request.every)
    except KeyboardInterrupt:
        say("stopped: all that is said to be done is stored")


class _Keeping:
    """The stores that the rows go to, and the folder that tables are written into; all is closed by ``stack``."""

    def __init__(self, request: Request, stack: ExitStack, counts: Counts) -> None:
        self.counts = counts
        self.targets: list[Target] = []
        self._request = request
        self._mirror: Mirror | None = None
        self._tables: Counter[str] = Counter()
        if request.to is not None:
            self.targets.append(Target(self._database(request.to, stack), False))
        if request.out is not None:
            self._mirror = self._opened(request.out, stack)
            self.targets.append(Target(self._mirror, True))

    def _opened(self, folder: Path, stack: ExitStack) -> Mirror:
        from tenmatsu.batch import mirror
        from tenmatsu.store import Store, StoreError

        made = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        stack.callback(self._remove_folders, made)
        stack.enter_context(mirror.locked(folder))
        place = folder / mirror.STORE
        if self._request.fresh:
            mirror.remove_store(folder)
        if not place.exists():
            stack.callback(self._remove_unless_read, folder)
        try:
            store = stack.enter_context(Store(sqlite_url(place)))
        except StoreError as error:
            if not os.access(folder, os.W_OK):
                raise OSError(13, "Permission denied") from error
            raise StoreError(f"{error} (--fresh begins anew)") from error
        return mirror.Mirror(store, folder, self._request.options or mirror.Options())

    def _database(self, url: str, stack: ExitStack) -> Store:
        from tenmatsu.store import Store, StoreError

        try:
            return stack.enter_context(Store(url))
        except StoreError as error:
            raise StoreError(f"--to {error}") from error

    def _remove_unless_read(self, folder: Path) -> None:
        from tenmatsu.batch import mirror

        if self._nothing():
            mirror.remove_store(folder)

    def _remove_folders(self, made: list[Path]) -> None:
        if self._nothing():
            for path in made:
                try:
                    path.rmdir()
                except OSError:
                    return

    def _nothing(self) -> bool:
        return not self.counts.read and not self._request.watch

    def write(self, order: Callable[[], Iterable[str]]) -> None:
        """Write the tables of the folder."""
        if self._mirror is not None:
            self._tables = self._mirror.write(order)

    def renewed(self, one: Extracted) -> Extracted:
        """Return a document's rows as they are stored, joined with those of the others."""
        return stored_document(self.targets[-1].store, one)

    def told(self) -> str:
        """Say what was done."""
        counts = self.counts
        copies = f" ({counts.copies:,} with the bytes of another)" if counts.copies else ""
        parts = [f"done {counts.done:,}{copies}"]
        if counts.skipped:
            parts.append(f"skipped {counts.skipped:,} (unchanged)")
        if counts.removed:
            parts.append(f"removed {counts.removed:,}")
        if counts.failed:
            parts.append(f"failed {counts.failed:,}")
        if counts.failed_before:
            parts.append(f"failed before {counts.failed_before:,} (--retry-failed tries again)")
        line = ", ".join(parts)
        if self._mirror is not None:
            line += (
                f"; {self._tables['events']:,} events of {self._tables['read']:,} documents are in {self._request.out}"
            )
            if stale := self._mirror.stale():
                line += f" (left as it was: {', '.join(stale[:3])}{', …' if len(stale) > 3 else ''})"
        if self._request.to is not None:
            line += (
                f"; {counts.rows['events']:,} events of {counts.done:,} documents went to {masked(self._request.to)}"
            )
        return line


def sqlite_url(path: Path) -> str:
    """Return the URL of a SQLite file, whatever signs its path has. Raises StoreError where no URL can say it."""
    from sqlalchemy.engine import make_url

    from tenmatsu.store import StoreError

    name = path.as_posix()
    # whether a % in a URL means what it says depends on the version of the library
    for written in (name, quote(name, errors="surrogateescape")):
        url = make_url(f"sqlite:///{written}")
        if url.database == name and not url.query:
            return f"sqlite:///{written}"
    raise StoreError(f"{path.parent}: no database can be in a folder of this name: give another")


def masked(url: str) -> str:
    """Return a URL without its password."""
    return re.sub(r"([?&](?:ssl)?password=)[^&]*", r"\1***", re.sub(r"://([^:/@]*):[^/]*@", r"://\1:***@", url))


def stored_document(store: Stored, one: Extracted) -> Extracted:
    """Return the rows of a document as ``store`` has them, with the lines of its text from ``one``."""
    from tenmatsu.tables import TABLES

    path = one.document.path
    found: dict[str, tuple[Any, ...]] = {}
    for table, record in TABLES.items():
        rows = store.rows(table, [path])
        found[table] = tuple(
            record(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
            for row in rows
        )
    documents = found.pop("documents")
    return replace(one, document=documents[0], **found) if documents else one


def _unwritable(error: OSError, folder: Path | None) -> str:
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"--out {folder}: this is a file, or lies below one; give the name of a folder"
    if folder is None:
        return f"cannot be written ({error.strerror or error}): is the disk full?"
    what = f"{error.filename}: " if error.filename and Path(str(error.filename)).parent == folder else ""
    return f"--out {folder}: cannot be written ({what}{error.strerror or error}); give another folder"
