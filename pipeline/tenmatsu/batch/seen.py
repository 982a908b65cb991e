"""What a run has met, on disk: the documents of each file in their order, and which of them failed before.

A million documents need no memory here: it is a temporary SQLite file of this process's own, which goes with it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from types import TracebackType

_AT_ONCE = 500


class Seen:
    """The files of a run with their documents; a context manager. Files and documents are named as in the tables."""

    def __init__(self) -> None:
        """Make the temporary file. Raises OSError where none can be written."""
        try:
            # an empty name is a file without a name, which is gone when it is closed
            self._db = sqlite3.connect("", isolation_level=None)
            self._db.execute("PRAGMA journal_mode = OFF")
            self._db.execute("PRAGMA cache_size = -1024")
            self._db.executescript(
                "CREATE TABLE files (file TEXT PRIMARY KEY, position INTEGER, size INTEGER, mtime INTEGER, state TEXT, round INTEGER);"
                "CREATE TABLE labels (label TEXT PRIMARY KEY, file TEXT, number INTEGER);"
                "CREATE INDEX labels_file ON labels (file);"
                "CREATE TABLE failed (label TEXT PRIMARY KEY, key TEXT);"
                "CREATE TABLE good (label TEXT PRIMARY KEY);"
                "CREATE TABLE gone (label TEXT PRIMARY KEY);"
                "CREATE TABLE copies (label TEXT PRIMARY KEY, file TEXT, number INTEGER);"
                "CREATE INDEX copies_file ON copies (file);"
                "CREATE TABLE contents (sha256 BLOB PRIMARY KEY);"
            )
        except sqlite3.Error as error:
            raise OSError(f"no temporary file can be written: {error}") from error

    def __enter__(self) -> Seen:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the file."""
        self._db.close()

    def begin(self, file: str, position: int) -> None:
        """Forget the documents of a file, which is about to be read at this place of the order."""
        self._db.execute("DELETE FROM labels WHERE file = ?", (file,))
        self._db.execute("DELETE FROM copies WHERE file = ?", (file,))
        self._db.execute(
            "INSERT INTO files (file, position) VALUES (?, ?) ON CONFLICT (file) DO UPDATE SET position = excluded.position",
            (file, position),
        )

    def add(self, label: str, file: str, number: int) -> str:
        """Note the document ``number`` of a file, and return the label that it has: another when a document has this one."""
        wanted = label
        copy = 0
        while not self._db.execute("INSERT OR IGNORE INTO labels VALUES (?, ?, ?)", (wanted, file, number)).rowcount:
            # where it was left: a batch whose names are all one would else be counted through for every row
            copy = copy or self._copies(label)
            copy += 1
            wanted = f"{label} ({copy})"
        if copy:
            self._db.execute("INSERT OR REPLACE INTO copies VALUES (?, ?, ?)", (label, file, copy))
        return wanted

    def _copies(self, label: str) -> int:
        found = self._db.execute("SELECT number FROM copies WHERE label = ?", (label,)).fetchone()
        return int(found[0]) if found else 1

    def order(self) -> Iterator[str]:
        """Yield the labels of all documents in the order of files and of the documents within."""
        rows = self._db.execute("SELECT label FROM labels JOIN files USING (file) ORDER BY position, file, number")
        return (label for (label,) in rows)

    def note_failed(self, ledgers: Iterable[Iterable[tuple[str, str, str]]]) -> None:
        """Note of what is stored which documents could not be read: (path, key, status) each."""
        self._db.execute("DELETE FROM failed")
        for ledger in ledgers:
            rows = ((path, key) for path, key, status in ledger if status != "ok")
            self._db.executemany("INSERT OR REPLACE INTO failed VALUES (?, ?)", rows)

    def has_failed(self, label: str, key: str) -> bool:
        """Whether this document, with this key, could not be read before."""
        return self._one("SELECT 1 FROM failed WHERE label = ? AND key = ?", label, key)

    def note_good(self, ledger: Iterable[tuple[str, str, str]]) -> None:
        """Note of what is stored which documents could be read."""
        self._db.execute("DELETE FROM good")
        self._db.executemany(
            "INSERT OR IGNORE INTO good VALUES (?)", ((path,) for path, _, status in ledger if status == "ok")
        )

    def was_good(self, label: str) -> bool:
        """Whether the document is stored as one that could be read."""
        return self._one("SELECT 1 FROM good WHERE label = ?", label)

    def met(self, data: bytes) -> bool:
        """Whether these bytes were met before in this run; from now on they have been."""
        digest = hashlib.sha256(data).digest()
        return not self._db.execute("INSERT OR IGNORE INTO contents VALUES (?)", (digest,)).rowcount

    def missing(self, ledger: Iterable[tuple[str, str, str]]) -> Iterator[list[str]]:
        """Yield, some hundred at once, the documents that are stored and were not met."""
        self._db.execute("DELETE FROM gone")
        self._db.executemany(
            "INSERT OR IGNORE INTO gone SELECT ? WHERE NOT EXISTS (SELECT 1 FROM labels WHERE label = ?)",
            ((path, path) for path, _, _ in ledger),
        )
        rows = self._db.execute("SELECT label FROM gone ORDER BY label")
        while some := list(islice(rows, _AT_ONCE)):
            yield [label for (label,) in some]

    def poll(self, file: str, position: int, size: int, mtime: int, turn: int) -> str:
        """Note how a watched file is in round ``turn`` and return its state: new (it has changed since the last), due or done."""
        there = self._db.execute("SELECT size, mtime, state FROM files WHERE file = ?", (file,)).fetchone()
        if there is None or there[:2] != (size, mtime):
            state = "new"
        else:
            state = "due" if there[2] == "new" else there[2]
        self._db.execute(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (file) DO UPDATE SET position = excluded.position, "
            "size = excluded.size, mtime = excluded.mtime, state = excluded.state, round = excluded.round",
            (file, position, size, mtime, state, turn),
        )
        return state

    def state(self, file: str) -> str | None:
        """Return the state of a watched file as ``poll`` gave it, or done; None for one that was not met."""
        found = self._db.execute("SELECT state FROM files WHERE file = ?", (file,)).fetchone()
        return found[0] if found else None

    def settle(self, file: str) -> None:
        """Note that a watched file has been read as it was when it was last looked at."""
        self._db.execute("UPDATE files SET state = 'done' WHERE file = ?", (file,))

    def drop_older(self, turn: int) -> int:
        """Forget the watched files that were not met in round ``turn``, with their documents; return how many documents."""
        older = "SELECT file FROM files WHERE round < ?"
        count = self._db.execute(f"DELETE FROM labels WHERE file IN ({older})", (turn,)).rowcount
        self._db.execute("DELETE FROM files WHERE round < ?", (turn,))
        return count

    def _one(self, statement: str, *values: str) -> bool:
        return self._db.execute(statement, values).fetchone() is not None
