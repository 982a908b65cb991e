"""Connections: how each database begins a transaction, and how writers wait for each other.

One writer at a time, in every database: SQLite by ``BEGIN IMMEDIATE``, PostgreSQL by an advisory lock that ends with the
transaction, DuckDB because one process at a time has its file open. Readers of SQLite and PostgreSQL wait for nobody.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from tenmatsu.store.addresses import shown
from tenmatsu.store.errors import StoreError, one_line

_LOCK = 7_460_013  # the number of the advisory lock of writers, any that no other program is likely to take
_PAUSE = 0.05  # seconds between two attempts to open a file that another process has open
_WRITES = "tenmatsu_writes"


def engine(url: URL, wait: float) -> Engine:
    """Return the engine for a database. ``wait`` are the seconds that a writer waits for others before it gives up."""
    kind = url.get_backend_name()
    # lists are written as they are read in every database, 氏名 and not \\u6c0f\\u540d
    written = partial(json.dumps, ensure_ascii=False)
    if kind == "sqlite":
        return _sqlite(create_engine(url, json_serializer=written, connect_args={"timeout": wait}))
    if kind == "duckdb":
        return create_engine(url, json_serializer=written)
    made = create_engine(
        url,
        json_serializer=written,
        pool_pre_ping=True,
        # a writer that waited for another must see what that one wrote
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": max(2, round(wait))},
    )

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(wait * 1000)}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK}, hashtext(current_schema()))")

    return made


def _sqlite(made: Engine) -> Engine:
    @event.listens_for(made, "connect")
    def connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin below, and not where the driver thinks fit
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(
            "PRAGMA wal_autocheckpoint = 8000"
        )  # pages, 32 MB: a page that many documents touch is copied once
        connection.execute(
            "PRAGMA cache_size = -4096"
        )  # 4 MB: what a run needs is small, and the system keeps the rest of the file

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def use_log(made: Engine, wait: float) -> None:
    """Let a SQLite file be written by way of a log beside it, so that readers and writers do not wait for each other.

    The log is gone when the last process has closed the file. Changes nothing where the file is written so already.
    """
    if made.dialect.name != "sqlite":
        return
    with made.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is None or raw.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            return
        # this change alone does not wait by itself while another process has the file
        for last in _attempts(wait):
            try:
                raw.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.Error as error:
                if last:
                    raise unusable(error, made.url, wait) from error


@contextmanager
def writing(made: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction that no other writer enters; committed at the end, undone on an exception."""
    with made.connect() as connection:
        connection = connection.execution_options(**{_WRITES: True})
        with connection.begin():
            yield connection


@contextmanager
def reading(made: Engine) -> Iterator[Connection]:
    """Give a connection that sees the database as it is now, whatever is written meanwhile."""
    with made.connect() as connection:
        if made.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def wait_until_open(made: Engine, wait: float) -> None:
    """Connect once; a DuckDB file that another process has open is waited for. Raises StoreError."""
    for last in _attempts(wait):
        try:
            with made.connect() as connection, connection.begin():
                connection.execute(text("SELECT 1"))
                return
        except SQLAlchemyError as error:
            if "lock on file" not in str(error) or last:
                raise unusable(error, made.url, wait) from error


def _attempts(wait: float) -> Iterator[bool]:
    """Yield once an attempt, True for the last one, with a pause between two."""
    end = time.monotonic() + wait
    while True:
        last = time.monotonic() >= end
        yield last
        if last:
            return
        time.sleep(_PAUSE)


def unusable(error: BaseException, url: URL, wait: float) -> StoreError:
    """Return the error that tells what is wrong with a database and what to do."""
    line = one_line(error, url)
    name = shown(url)
    if "database is locked" in line or "lock timeout" in line or "LockNotAvailable" in type(error).__name__:
        return StoreError(f"{name}: another process has been writing for {wait:g} seconds; try again when it is done")
    if "lock on file" in line:
        return StoreError(
            f"{name}: another process has this file open, and DuckDB lets in one at a time; close it first"
        )
    if url.get_backend_name() == "postgresql" and isinstance(error, DBAPIError) and error.connection_invalidated:
        return StoreError(
            f"{name}: the connection broke off ({line}); what was not stored yet is stored by the next run"
        )
    if "unable to open database file" in line:
        return StoreError(f"{name}: unable to open database file; is the folder there and writable?")
    if "file is not a database" in line or "not a valid DuckDB database" in line:
        return StoreError(f"{name}: this file is no database; give another file")
    return StoreError(f"{name}: {line}")
