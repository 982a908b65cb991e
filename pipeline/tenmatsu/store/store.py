"""A database that holds the rows of documents, each once, whatever happens to the process that writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from tenmatsu.store.addresses import check_file, file_of, parsed
from tenmatsu.store.convert import UnfitError, fits
from tenmatsu.store.documents import prepared, put_document, take_away, unfit
from tenmatsu.store.engines import engine, reading, unusable, use_log, wait_until_open, writing
from tenmatsu.store.errors import StoreError, one_line
from tenmatsu.store.joining import SEEDS, join_some, marked
from tenmatsu.store.reading import rows as rows_of
from tenmatsu.store.statements import table
from tenmatsu.store.upgrade import upgrade
from tenmatsu.tables import TABLES, Row

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted

_REMOVED_AT_ONCE = 50  # paths that are taken away in one transaction
_LEDGER_PAGE = 1000
_TOO_LONG = "54000"  # PostgreSQL's program_limit_exceeded: a name that no index takes
_OF_ROWS = (IntegrityError, DataError)  # what a driver raises for rows that its database refuses
_T = TypeVar("_T")


class Store:
    """The rows of documents in a database: SQLite, DuckDB or PostgreSQL; a context manager.

    Each document is stored in one transaction, so a process that is killed leaves whole documents. Its incidents stand as
    if it were the only one, until ``join`` merges them with those of the others. Several processes may write to one SQLite
    file or PostgreSQL database at once; a DuckDB file is one process's at a time.
    """

    def __init__(self, url: str, *, wait: float = 60.0) -> None:
        """Take ``sqlite:///FILE``, ``duckdb:///FILE`` or ``postgresql+psycopg://USER@HOST/NAME``.

        ``wait`` are the seconds to wait for other writers. Raises StoreError for another URL, or when the driver is missing.
        """
        self._url = parsed(url)
        self._wait = wait

    def __enter__(self) -> Store:
        """Open the database, make its tables when it has none, and bring those of an earlier version up to date.

        Raises StoreError where it cannot be opened or written, or is none of ours.
        """
        check_file(self._url)
        path = file_of(self._url)
        new = path is not None and not path.exists()
        self._engine = engine(self._url, self._wait)
        self._logged = False
        try:
            with self._told():
                wait_until_open(self._engine, self._wait)
                upgrade(self._engine)
        except BaseException:
            self._engine.dispose()
            if new and path is not None:
                _remove_empty(path)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the database; SQLite's log beside the file goes with the last process that has it open."""
        self._engine.dispose()

    def done(self, path: str, key: str) -> bool:
        """Whether the document at ``path`` is stored as made with ``key``. A path that databases refuse never is."""
        if not fits(path):
            return False
        with self._told(), reading(self._engine) as connection:
            held = _done(table(connection, "documents"))
            return connection.execute(held, {"path": path, "key": key}).first() is not None

    def put(self, extracted: Extracted, key: str) -> bool:
        """Store the rows of one document under its path, in place of what the path held; True when something was written.

        ``key`` says what they were made from and by (bytes, day of publication, version): where the path is stored with the
        same key nothing is written. The same bytes under several paths are a row each in ``documents`` and one set of rows in
        the other tables; where the keys differ the first path in order gives them, whichever is stored first. Rows that databases refuse (U+0000) make the
        document one with status ``error``. Raises StoreError.
        """
        document = extracted.document
        if self.done(document.path, key):
            return False
        try:
            ready = prepared(extracted)
        except UnfitError as error:
            reason = str(error)
        except Exception as error:
            # a defect met in one document must not take its neighbours along
            reason = f"internal error, please report it ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
        else:
            try:
                with self._told(but=_OF_ROWS):
                    return self._write(partial(put_document, one=ready, key=key))
            except StoreError as error:
                if getattr(getattr(error.__cause__, "orig", None), "sqlstate", None) != _TOO_LONG:
                    raise
                reason = f"its rows cannot be stored ({error}); please report it"
            except _OF_ROWS as error:
                reason = f"its rows cannot be stored ({one_line(error, self._url)}); please report it"
        try:
            ready = unfit(document, reason)
        except UnfitError as error:
            raise StoreError(f"{document.path!r}: {error}") from None
        with self._told():
            return self._write(partial(put_document, one=ready, key=key))

    def ledger(self) -> Iterator[tuple[str, str, str]]:
        """Yield path, key and status of every document, in order of path."""
        last = ("", "")
        while True:
            with self._told(), reading(self._engine) as connection:
                documents = table(connection, "documents").c
                chosen = select(documents.path, documents.doc_id, documents.key, documents.status)
                page = connection.execute(
                    chosen.where(
                        (documents.path > last[0]) | ((documents.path == last[0]) & (documents.doc_id > last[1]))
                    )
                    .order_by(documents.path, documents.doc_id)
                    .limit(_LEDGER_PAGE)
                ).all()
            for path, _, key, status in page:
                yield path, key, status
            if len(page) < _LEDGER_PAGE:
                return
            last = (page[-1][0], page[-1][1])

    def remove(self, paths: Iterable[str]) -> int:
        """Take away documents by path, with their rows where no other path has the same bytes; return their number."""
        wanted = list(dict.fromkeys(filter(fits, paths)))
        count = 0
        for at in range(0, len(wanted), _REMOVED_AT_ONCE):
            part = wanted[at : at + _REMOVED_AT_ONCE]
            if any(self._held(path) for path in part):
                with self._told():
                    count += self._write(partial(_remove, paths=part))
        return count

    def outdated(self) -> bool:
        """Whether documents are to be read anew: the same bytes stood under an earlier path too, otherwise read, and that went."""
        with self._told(), reading(self._engine) as connection:
            documents = table(connection, "documents")
            return (
                connection.execute(select(documents.c.path).where(documents.c.key == "").limit(1)).first() is not None
            )

    def join(self, tell: Callable[[int, int], None] | None = None) -> None:
        """Merge the incidents of the documents that were stored since, with those of the others that they touch.

        ``tell`` is called with the number of documents done and of all. Each group of documents that can change each other is
        merged in one transaction: after a kill the next call does what is left. Memory is bounded by the largest group.
        """
        with self._told(), reading(self._engine) as connection:
            total = marked(connection)
        done, at_once = 0, SEEDS
        # other writers may mark more meanwhile: it goes on until nothing is left
        while total:
            taken, at_once = self._joined(at_once)
            if not taken:
                break
            done += taken
            if tell is not None:
                tell(min(done, total), total)

    def rows(self, name: str, paths: Iterable[str] | None = None) -> Iterator[Row]:
        """Yield the rows of a table as ``tenmatsu.tables.row`` gives them.

        Documents come in order of path, or of ``paths`` (each once) and only these, the rows of each in their order in it; an organisation
        comes with the first document that names it, an incident with the one that came first, the rows of bytes that stand
        under several paths with the first. Raises KeyError for a table that does not exist, StoreError.
        """
        if name not in TABLES:
            raise KeyError(name)
        with self._told(), reading(self._engine) as connection:
            yield from rows_of(connection, name, paths)

    def _joined(self, at_once: int) -> tuple[int, int]:
        with self._told():
            return self._write(partial(join_some, at_once=at_once))

    def _held(self, path: str) -> bool:
        with self._told(), reading(self._engine) as connection:
            documents = table(connection, "documents")
            return connection.execute(select(documents.c.path).where(documents.c.path == path)).first() is not None

    def _write(self, work: Callable[[Connection], _T]) -> _T:
        """Do the work in one transaction; once again where the connection turns out to be dead."""
        if not self._logged:
            use_log(self._engine, self._wait)
            self._logged = True
        try:
            with writing(self._engine) as connection:
                return work(connection)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        with writing(self._engine) as connection:
            return work(connection)

    @contextmanager
    def _told(self, but: tuple[type[Exception], ...] = ()) -> Iterator[None]:
        """Turn what a driver raises into one line, but for some exceptions."""
        try:
            yield
        except but:
            raise
        except (DBAPIError, OSError) as error:
            raise unusable(error, self._url, self._wait) from error


@cache
def _done(documents: Table) -> Select[str]:
    return select(documents.c.path).where(documents.c.path == bindparam("path"), documents.c.key == bindparam("key"))


def _remove(connection: Connection, paths: Iterable[str]) -> int:
    documents = table(connection, "documents")
    count = 0
    for path in paths:
        for doc_id in connection.scalars(select(documents.c.doc_id).where(documents.c.path == path)).all():
            take_away(connection, path, doc_id)
            count += 1
    return count


def _remove_empty(path: Path) -> None:
    """Remove a file that was made and then not filled."""
    try:
        if path.stat().st_size == 0:
            path.unlink()
    except OSError:
        return
