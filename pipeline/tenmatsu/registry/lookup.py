"""Looks organisations up in a register file: by name, which gives candidates and never a guess, and by number."""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tenmatsu.registry import schema
from tenmatsu.registry.corporate_number import corporate_number_of
from tenmatsu.registry.files import KINDS
from tenmatsu.registry.names import folded, key, whole
from tenmatsu.registry.schema import RegisterError

_BASIS = {schema.NAME: "name", schema.FORMER: "former", schema.ENGLISH: "english", schema.FILER: "filer"}


class Candidate(NamedTuple):
    """An organisation that a name may mean.

    ``spelling`` is the registered spelling that matched, ``basis`` what that is: name, former, english, or filer (the
    name that EDINET has). ``whole`` is true when it is equal with its corporate form, at the same end of the name.
    Empty ``valid_from`` and ``valid_until`` are days that the register does not know, or that have not come.
    """

    corporate_number: str
    name: str
    kind: str
    prefecture: str
    city: str
    close_date: str
    valid_from: str
    valid_until: str
    spelling: str
    basis: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """All that a register knows of one organisation; ``former`` is (name, valid_from, valid_until), oldest first."""

    corporate_number: str
    name: str
    name_en: str
    furigana: str
    kind: str
    prefecture: str
    city: str
    street: str
    outside: str
    close_date: str
    close_cause: str
    successor: str
    process: str
    update_date: str
    valid_from: str
    former: tuple[tuple[str, str, str], ...]
    edinet_code: str
    securities_code: str
    industry: str


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file that a register was made from; ``dated`` is the newest day in it."""

    kind: str
    file: str
    sha256: str
    dated: str
    read: int
    refused: int


class Registry:
    """A register file opened for reading; may be shared by threads and sent to worker processes.

    Each thread of each process opens the file for itself. Raises RegisterError where the file is no register.
    """

    def __init__(self, path: str | Path) -> None:
        """Check that ``path`` is a register."""
        self.path = Path(path)
        self._local = threading.local()
        if not self.path.is_file():
            raise RegisterError(
                f"{path}: no such register; make one with: tenmatsu register import FILE --register {path}"
            )
        self._connection()

    def __reduce__(self) -> tuple[type[Registry], tuple[Path]]:
        """Send the path alone to another process."""
        return Registry, (self.path,)

    def __enter__(self) -> Registry:
        """Return the register, to be closed at the end of the block."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close what this thread opened."""
        self.close()

    def close(self) -> None:
        """Close what this thread opened; the next look-up opens the file again."""
        if getattr(self._local, "process", None) == os.getpid():
            self._local.connection.close()
        self._local.process = None

    def _connection(self) -> sqlite3.Connection:
        # a connection must not outlive a fork of its process
        if getattr(self._local, "process", None) != os.getpid():
            try:
                opened = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
                opened.execute("PRAGMA mmap_size = 4294967296")
            except sqlite3.Error as error:
                raise RegisterError(f"{self.path}: {error}; can it be read?") from error
            try:
                schema.check(opened, self.path)
            except RegisterError:
                opened.close()
                raise
            self._local.connection, self._local.process = opened, os.getpid()
            self._local.places = {
                place: (prefecture, city) for place, prefecture, city in opened.execute("SELECT * FROM place")
            }
        connection: sqlite3.Connection = self._local.connection
        return connection

    def _rows(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple]:
        try:
            return self._connection().execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise RegisterError(f"{self.path}: {error}; is an import running?") from error

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one state of the register for several look-ups, which saves each the locking of the file.

        An import waits meanwhile: not to be held for longer than a document takes.
        """
        connection = self._connection()
        if connection.in_transaction:
            yield
            return
        self._rows("BEGIN")
        try:
            yield
        finally:
            connection.execute("COMMIT")

    def look_up(self, name: str, at: str | None = None, limit: int = 1000) -> list[Candidate]:
        """Return the organisations that ``name`` may mean, by number; with ``at`` (EDTF) those that bore it then.

        Width, case, blanks, dots and the corporate form do not matter; ``whole`` tells where the form is equal too.
        """
        bare, with_form = folded(name)
        if not bare:
            return []
        found = []
        rows = self._rows(_LOOK_UP, (bare, limit))
        places = self._local.places
        for number, kind, spelled, since, until, present, code, place_id, closed in rows:
            spelling = spelled or present
            prefecture, city = places.get(place_id) or self._place(place_id)
            found.append(
                Candidate(
                    f"{number:013}",
                    present,
                    KINDS.get(code, ""),
                    prefecture,
                    city,
                    closed,
                    since,
                    until,
                    spelling,
                    _BASIS[kind],
                    whole(spelling) == with_form,
                )
            )
        return found if at is None else at_date(found, at)

    def _place(self, place_id: int) -> tuple[str, str]:
        """A place that an import added after the file was opened."""
        rows = self._rows("SELECT prefecture, city FROM place WHERE place_id = ?", (place_id,))
        self._local.places[place_id] = found = rows[0] if rows else ("", "")
        return found

    def organisation(self, number: str) -> Organisation | None:
        """Return what is known of the organisation with that corporate number, in any way of writing it, or None."""
        plain = corporate_number_of(number)
        rows = self._rows(_ORGANISATION, (int(plain),)) if plain else []
        if not rows:
            return None
        (
            at, name, name_en, furigana, kind, prefecture, city, street, outside, close_date, close_cause, successor,
            process, update_date,
        ) = rows[0]  # fmt: skip
        told = self._rows("SELECT DISTINCT name FROM naming WHERE number = ?", (at,))
        former = [one for (old,) in told for one in self._rows(_FORMER, (key(old), at, schema.FORMER, old))]
        since = self._rows(_PRESENT, (key(name), at, schema.NAME))
        filed = self._rows(_FILED, (at,))
        edinet_code, securities_code, industry = filed[0] if filed else ("", "", "")
        return Organisation(
            f"{at:013}", name, name_en, furigana, KINDS.get(kind, ""), prefecture, city, street, outside, close_date,
            close_cause, successor, process, update_date, since[0][0] if since else "",
            tuple(sorted(former, key=lambda one: one[2])), edinet_code, securities_code, industry,
        )  # fmt: skip

    def counts(self) -> dict[str, int]:
        """Return how many organisations, closed and deleted ones, former and English names, and filers there are."""
        return {name: self._rows(statement)[0][0] for name, statement in _COUNTS.items()}

    def sources(self) -> list[ImportedFile]:
        """Return the files that were imported, in that order."""
        return [ImportedFile(*row) for row in self._rows(_SOURCES)]

    def refused(self) -> list[tuple[str, int, str, str, str]]:
        """Return the rows that were left out: file, line, number, name, reason."""
        return self._rows(_REFUSED)


_LOOK_UP = (
    "SELECT s.number, s.kind, s.name, s.valid_from, s.valid_until, o.name, o.kind, o.place_id, o.close_date "
    "FROM spelling s JOIN organisation o ON o.number = s.number WHERE s.key = ? ORDER BY s.number, s.kind LIMIT ?"
)
_ORGANISATION = (
    "SELECT number, name, name_en, furigana, kind, prefecture, city, street, outside, close_date, close_cause, "
    "successor, process, update_date FROM organisation JOIN place USING (place_id) WHERE number = ?"
)
_FORMER = "SELECT name, valid_from, valid_until FROM spelling WHERE key = ? AND number = ? AND kind = ? AND name = ?"
_FILED = "SELECT edinet_code, securities_code, industry FROM filer WHERE number = ? ORDER BY edinet_code"
_PRESENT = "SELECT valid_from FROM spelling WHERE key = ? AND number = ? AND kind = ?"
_COUNTS = {
    "organisations": "SELECT count(*) FROM organisation WHERE process <> '99'",
    "closed": "SELECT count(*) FROM organisation WHERE process <> '99' AND close_date <> ''",
    "deleted": "SELECT count(*) FROM organisation WHERE process = '99'",
    "with former names": "SELECT count(DISTINCT number) FROM naming",
    "with an English name": "SELECT count(*) FROM organisation WHERE name_en <> ''",
    "filers of EDINET": "SELECT count(*) FROM filer",
}
_SOURCES = "SELECT kind, file, sha256, dated, read, refused FROM source ORDER BY source_id"
_REFUSED = "SELECT file, line, number, name, reason FROM refused JOIN source USING (source_id) ORDER BY source_id, line"
_DAYS = re.compile("[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def at_date(candidates: Iterable[Candidate], date: str) -> list[Candidate]:
    """Return the candidates that existed and bore the name at ``date`` (EDTF: a day, a month, a year, ``[a..b]``).

    A bound that the register does not know shuts nobody out, and a date without a year shuts out nobody at all.
    """
    days = _DAYS.findall(date)
    if not days:
        return list(candidates)
    first, last = min(days), max(days) + "-99-99"
    return [
        one
        for one in candidates
        if one.valid_from <= last and first < (one.valid_until or "~") and first <= (one.close_date or "~")
    ]
