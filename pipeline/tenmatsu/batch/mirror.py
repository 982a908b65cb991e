"""A folder of tables that holds what was asked for: a store in it that remembers, and tables that are always of its state.

``.tenmatsu.sqlite`` is the store, ``.tenmatsu.json`` says of which tables it is known that they are what the store holds. The
note is taken away before anything in the store changes and comes back when all tables are in place, so that a run that is
killed in between, or while it puts the files in place, is mended by the next, even when that finds nothing else to do.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tenmatsu import write
from tenmatsu.batch.run import Stored
from tenmatsu.tables import TABLES, Row

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted

STORE = ".tenmatsu.sqlite"
NOTE = ".tenmatsu.json"
_BESIDE = ("", "-wal", "-shm", "-journal")
_AT_ONCE = 1000


class BusyError(OSError):
    """Another run is writing into the folder."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the tables are written, as for ``write.Writer``."""

    formats: tuple[str, ...] = ("jsonl",)
    spreadsheet: bool = False
    partition_by: str | None = None


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold ``folder`` (which is there) for one run; where the system can lock it. Raises BusyError when another run holds it."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    import os

    place = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError("another run is writing there: wait for its end, or name another folder") from None
        except OSError:
            pass  # a share that knows no locks
        yield
    finally:
        os.close(place)


def remove_store(folder: Path) -> None:
    """Take away the store in ``folder`` and its note; the tables stay until they are written anew."""
    for name in (NOTE, *(STORE + beside for beside in _BESIDE)):
        (folder / name).unlink(missing_ok=True)


class Mirror:
    """A store in a folder, whose tables are written from it; it has the methods of ``Stored``."""

    def __init__(self, store: Stored, folder: Path, options: Options) -> None:
        """Take the ``store`` of ``folder``, which is there and held by this run. Raises OSError."""
        self._store = store
        self._folder = folder
        self._options = options
        write.remove_begun(folder)

    def done(self, path: str, key: str) -> bool:
        """Whether the document is stored, made with this key."""
        return self._store.done(path, key)

    def put(self, extracted: Extracted, key: str) -> bool:
        """Store the rows of a document; True when something was written."""
        self._changes()
        return self._store.put(extracted, key)

    def ledger(self) -> Iterator[tuple[str, str, str]]:
        """Yield path, key and status of every document."""
        return self._store.ledger()

    def remove(self, paths: Sequence[str]) -> int:
        """Take documents away; return how many."""
        self._changes()
        return self._store.remove(paths)

    def outdated(self) -> bool:
        """Whether documents are to be read anew, since those whose rows they shared have gone."""
        return self._store.outdated()

    def join(self, tell: Callable[[int, int], None] = lambda done, total: None) -> None:
        """Merge what the documents tell of the same incidents; there is something to do only after a change."""
        self._store.join(tell)

    def rows(self, table: str, paths: Iterable[str] | None = None) -> Iterator[Row]:
        """Yield the rows of a table, the documents in the order of ``paths``."""
        return self._store.rows(table, paths)

    def write(self, order: Callable[[], Iterable[str]]) -> Counter[str]:
        """Write all tables unless they are what the store holds; return the number of rows by table, and of documents ``read``.

        ``order`` gives the documents (their paths) in the order of the rows, each time it is called. Raises OSError.
        """
        digest = hashlib.sha256()
        for label in order():
            digest.update(label.encode("utf-8", "surrogatepass") + b"\0")
        wanted: dict[str, object] = {"options": asdict(self._options), "order": digest.hexdigest()}
        known = self._known(wanted)
        if known is not None:
            return known
        self._changes()
        counts: Counter[str] = Counter()
        with write.Writer(
            self._folder,
            self._options.formats,
            spreadsheet=self._options.spreadsheet,
            partition_by=self._options.partition_by,
        ) as writer:
            for table in TABLES:
                rows = iter(self._store.rows(table, order()))
                while some := list(islice(rows, _AT_ONCE)):
                    writer.add(table, some)
                    counts[table] += len(some)
                    if table == "documents":
                        counts["read"] += sum(row["status"] == "ok" for row in some)
                writer.finish(table)
        note = {**wanted, "rows": dict(counts), "files": self._files()}
        write.replace_text(self._folder / NOTE, json.dumps(note, ensure_ascii=False, sort_keys=True, indent=1) + "\n")
        return counts

    def stale(self) -> list[str]:
        """Return the tables in the folder that an earlier run wrote in a way that was not asked for now."""
        asked = {
            write.target(table, suffix, self._options.partition_by)
            for table in TABLES
            for suffix in self._options.formats
        }
        files = {f"{table}.{suffix}" for table in TABLES for suffix in write.FORMATS}
        folders = {table for table in TABLES if any((self._folder / table).glob("*=*/part-*.parquet"))}
        return sorted(name for name in (files | folders) - asked if (self._folder / name).exists())

    def _changes(self) -> None:
        (self._folder / NOTE).unlink(missing_ok=True)

    def _known(self, wanted: dict[str, object]) -> Counter[str] | None:
        """The number of rows by table, when the note says that the tables are what is wanted and nobody has touched them."""
        with suppress(OSError, ValueError, TypeError, AttributeError):
            note = json.loads((self._folder / NOTE).read_bytes())
            same = json.loads(json.dumps(wanted))
            if all(note.get(name) == value for name, value in same.items()) and note["files"] == self._files():
                return Counter(note["rows"])
        return None

    def _files(self) -> dict[str, list[int]]:
        """Size and time of change of every file of the tables that were asked for."""
        found: dict[str, list[int]] = {}
        for table in TABLES:
            for suffix in self._options.formats:
                path = self._folder / write.target(table, suffix, self._options.partition_by)
                for file in sorted(path.rglob("*.parquet")) if path.is_dir() else [path]:
                    there = file.stat()
                    found[file.relative_to(self._folder).as_posix()] = [there.st_size, there.st_mtime_ns]
        return found
