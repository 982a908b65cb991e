"""Tables into a database: SQLite, through the standard library, in one transaction.

A document's rows replace the rows that an earlier run wrote for it, so loading twice changes nothing. Incidents are
assembled from all documents in the database: a new one changes those that it touches (``tenmatsu.merge.stored``). Lists are stored as
JSON text, which SQLite's own ``json_each`` reads.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from tenmatsu.merge import account_of, stored
from tenmatsu.records import Entity
from tenmatsu.tables import TABLES, Collector, Row, columns, fuller, names, row

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted

_TYPES = {"str": "TEXT", "int": "INTEGER", "float": "REAL", "strs": "TEXT"}
_KEYED_BY_DOCUMENT = tuple(table for table in TABLES if "doc_id" in names(table) and table != "documents")


class DatabaseError(ValueError):
    """A database that cannot be used; the message says what, where and what to do."""


def sqlite_path(url: str) -> Path:
    """Return the file of ``sqlite:///FILE`` (``sqlite:////absolute/file``). Raises DatabaseError for any other URL."""
    scheme, colon, rest = url.partition("://")
    if not colon:
        raise DatabaseError("--to takes a URL, e.g. sqlite:///incidents.db")
    if scheme != "sqlite":
        # the rest of the URL may hold a password, so it is not repeated
        raise DatabaseError(f"--to {scheme}://…: only sqlite:///FILE can be written in this version")
    if not rest.startswith("/") or rest == "/":
        raise DatabaseError(f"--to {url}: write sqlite:///FILE, with three slashes and a file name")
    return Path(rest[1:])


class Loader:
    """Loads every table into a SQLite file; a context manager that commits at its end or leaves the file as it was.

    It commits only when at least one document could be read.
    Raises DatabaseError where the file cannot be opened or written or holds other tables under the same names.
    """

    def __init__(self, path: Path) -> None:
        """Prepare to load into ``path``, which is made when it does not exist."""
        self.path = path
        self.collector = Collector()
        self._touched: set[str] = set()

    def __enter__(self) -> Loader:
        """Open the file, begin the transaction, and make the tables that are missing."""
        try:
            self._new = not self.path.exists()
        except OSError as error:
            raise DatabaseError(f"{self.path}: {error.strerror or error}") from error
        if not self._new and not self.path.is_file():
            raise DatabaseError(f"{self.path}: this is no regular file; give the name of a file")
        try:
            self._connection = sqlite3.connect(str(self.path), isolation_level=None)
        except sqlite3.Error as error:
            raise DatabaseError(f"{self.path}: {error}; is the folder there and writable?") from error
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._refuse_register()
            for table in TABLES:
                self._make(table)
            for statement in stored.TABLES:
                self._connection.execute(statement)
        except (sqlite3.Error, DatabaseError) as error:
            self._abandon()
            if isinstance(error, DatabaseError):
                raise
            raise DatabaseError(f"{self.path}: {error}; give another file") from error
        return self

    def _refuse_register(self) -> None:
        """A register of organisations is no place for tables; both are SQLite files that are easily confused."""
        marks = ("organisation", "source", "refused")
        if all(self._connection.execute(f'PRAGMA table_info("{table}")').fetchall() for table in marks):
            raise DatabaseError(f"{self.path}: this is a register of organisations; give another file to --to")

    def _make(self, table: str) -> None:
        wanted = names(table)
        kinds = ", ".join(f'"{column.name}" {_TYPES[column.kind]}' for column in columns(table))
        self._connection.execute(f'CREATE TABLE IF NOT EXISTS "{table}" ({kinds})')
        there = [row[1] for row in self._connection.execute(f'PRAGMA table_info("{table}")')]
        if there != wanted:
            raise DatabaseError(
                f"{self.path}: its table {table} has other columns than this version writes; give a new file"
            )
        key = {"entities": "entity_id", "incidents": "incident_id", "conflicts": "doc_a"}.get(table, "doc_id")
        self._connection.execute(f'CREATE INDEX IF NOT EXISTS "{table}_{key}" ON "{table}" ("{key}")')

    def add(self, extracted: Extracted) -> None:
        """Replace the rows of one document, as extraction gives them; incidents are assembled when all are in."""
        document = extracted.document
        copies = len(self.collector.repeated)
        rows = self.collector.rows(extracted)
        try:
            # an unreadable file has no bytes to take an id from: its path tells it from the others
            self._run('DELETE FROM "documents" WHERE doc_id = ? AND path = ?', (document.doc_id, document.path))
            if len(self.collector.repeated) == copies:
                self._touched |= stored.forget(self._connection, document.doc_id)
                for table in _KEYED_BY_DOCUMENT:
                    self._run(f'DELETE FROM "{table}" WHERE doc_id = ?', (document.doc_id,))
                self._run('DELETE FROM "conflicts" WHERE doc_a = ?', (document.doc_id,))
                if document.status == "ok":
                    self._touched.add(document.doc_id)
                    # until all documents are in, what this one tells of may be an incident that others told of before
                    rows["incidents"] = []
                    stored.remember(self._connection, account_of(extracted))
            rows["entities"] = [row("entities", self._named(entity)) for entity in getattr(extracted, "entities", ())]
            for entity in rows["entities"]:
                self._run('DELETE FROM "entities" WHERE entity_id = ?', (entity["entity_id"],))
            for table, found in rows.items():
                marks = ", ".join("?" * len(names(table)))
                self._connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', [_values(row) for row in found])
        except sqlite3.Error as error:
            raise DatabaseError(f"{self.path}: {error}") from error

    def _named(self, entity: Entity) -> Entity:
        """The row of an entity that documents loaded before may name more fully."""
        chosen = ", ".join(f'"{name}"' for name in names("entities"))
        there = self._connection.execute(
            f'SELECT {chosen} FROM "entities" WHERE entity_id = ?', (entity.entity_id,)
        ).fetchone()
        if there is None:
            return entity
        kept: Iterator[Any] = (
            tuple(json.loads(value)) if column.kind == "strs" else value
            for column, value in zip(columns("entities"), there, strict=True)
        )
        return fuller(entity, Entity(*kept))

    def _run(self, statement: str, values: tuple[str, ...]) -> None:
        self._connection.execute(statement, values)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, or leave the file as it was when something went wrong."""
        if kind is not None or not self.collector.read:
            self._abandon()
            return
        try:
            stored.join(self._connection, self._touched, _values)
            self._connection.execute("COMMIT")
        except sqlite3.Error as failure:
            self._abandon()
            raise DatabaseError(f"{self.path}: {failure}") from failure
        self._connection.close()

    def _abandon(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._connection.close()
        if self._new:
            self.path.unlink(missing_ok=True)


def _values(row: Row) -> list[object]:
    return [json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value for value in row.values()]
