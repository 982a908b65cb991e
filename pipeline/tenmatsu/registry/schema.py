"""The tables of a register file: one SQLite database, told from others by its application id.

``spelling`` is what names are looked up in: a tree ordered by the folded key, so that one descent finds all
organisations that share it; the present name itself stands only in ``organisation``. ``naming`` holds the names that an
organisation had at other times, as the rows of the files tell them, and ``spelling`` is made from all of these: it could
be built anew at any time.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

APPLICATION = 0x746D7267
VERSION = 1

NAME, FORMER, ENGLISH, FILER = range(4)

_TABLES = """
CREATE TABLE source (
  source_id INTEGER PRIMARY KEY, kind TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE,
  dated TEXT NOT NULL, read INTEGER NOT NULL, refused INTEGER NOT NULL);
CREATE TABLE refused (
  source_id INTEGER NOT NULL, line INTEGER NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE place (
  place_id INTEGER PRIMARY KEY, prefecture TEXT NOT NULL, city TEXT NOT NULL, UNIQUE (prefecture, city));
CREATE TABLE organisation (
  number INTEGER PRIMARY KEY, process TEXT NOT NULL, update_date TEXT NOT NULL, change_date TEXT NOT NULL,
  name TEXT NOT NULL, kind INTEGER NOT NULL, place_id INTEGER NOT NULL, street TEXT NOT NULL, outside TEXT NOT NULL,
  close_date TEXT NOT NULL, close_cause TEXT NOT NULL, successor TEXT NOT NULL, assigned TEXT NOT NULL,
  latest INTEGER NOT NULL, name_en TEXT NOT NULL, furigana TEXT NOT NULL, hidden INTEGER NOT NULL,
  name_seen TEXT NOT NULL, name_exact INTEGER NOT NULL);
CREATE TABLE naming (
  number INTEGER NOT NULL, seen TEXT NOT NULL, name TEXT NOT NULL, exact INTEGER NOT NULL,
  PRIMARY KEY (number, seen)) WITHOUT ROWID;
CREATE TABLE filer (
  edinet_code TEXT PRIMARY KEY, number INTEGER, name TEXT NOT NULL, name_en TEXT NOT NULL, kana TEXT NOT NULL,
  address TEXT NOT NULL, industry TEXT NOT NULL, securities_code TEXT NOT NULL, listed TEXT NOT NULL,
  type TEXT NOT NULL, dated TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX filer_number ON filer (number);
CREATE TABLE spelling (
  key TEXT NOT NULL, number INTEGER NOT NULL, kind INTEGER NOT NULL, name TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_until TEXT NOT NULL,
  PRIMARY KEY (key, number, kind, name, valid_until)) WITHOUT ROWID;
"""


class RegisterError(ValueError):
    """A register that cannot be used; the message says what, where and what to do."""


def make(connection: sqlite3.Connection) -> None:
    """Make the tables of a new register inside the transaction that is open."""
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    for statement in _TABLES.split(";"):
        if statement.strip():
            connection.execute(statement)


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise RegisterError where the database at ``path`` is no register of this version."""
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        raise RegisterError(f"{path}: no register of organisations ({error}); {_ADVICE}") from error
    if application != APPLICATION:
        raise RegisterError(f"{path}: no register of organisations; {_ADVICE}")
    if version != VERSION:
        raise RegisterError(
            f"{path}: a register of version {version}, this version of tenmatsu reads {VERSION}; import the files anew"
        )


_ADVICE = "make one with: tenmatsu register import FILE --register DB"
