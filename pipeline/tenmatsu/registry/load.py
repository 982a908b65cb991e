"""Puts the rows of the official files into a register: one transaction, in bounded memory, the order of files no matter.

A row replaces what is known of its organisation when it is newer: it is the latest of its number (最新履歴) and its update
is not older. Older rows only tell former names. So a whole file and the files of single days can be imported in any
order and any number of times. What a row's process code (処理区分) changes stands in the row itself, which is the whole
state after it: 01 new, 11 name, 12 and 13 seat, 21 closed, 22 revived, 71 and 72 merger, 81 name struck off; 99 takes the
organisation out of the look-up. A row with the mark of a correction (訂正区分 1) leaves no former name behind.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from tenmatsu.registry import files, schema
from tenmatsu.registry.files import Corporation, Filer, Refused, Source
from tenmatsu.registry.names import key
from tenmatsu.registry.schema import RegisterError

_BATCH = 500  # rows looked up at once: below SQLite's smallest limit of variables
_CACHE_KIB = 64 * 1024
_DELETED, _STRUCK = "99", "81"


class _State(NamedTuple):
    """A row of the table organisation. ``name_seen`` is the first day on which the name was met, in the files' words;
    ``name_exact`` tells that it is the day of the change itself."""

    number: int
    process: str
    update_date: str
    change_date: str
    name: str
    kind: int
    place_id: int
    street: str
    outside: str
    close_date: str
    close_cause: str
    successor: str
    assigned: str
    latest: int
    name_en: str
    furigana: str
    hidden: int
    name_seen: str
    name_exact: int


_STATE = ", ".join(_State._fields)


class _Spelling(NamedTuple):
    key: str
    number: int
    kind: int
    name: str
    valid_from: str
    valid_until: str


@dataclass
class Outcome:
    """What a file changed. ``refused`` counts the rows left out, ``named`` holds the first of them."""

    source: Source
    already: bool = False
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    history: int = 0
    without_number: int = 0
    refused: int = 0
    named: list[Refused] = field(default_factory=list)


_NAMED = 20


class Loader:
    """Imports files into the register at ``path``, which is made when it does not exist; a context manager.

    It commits at its end or leaves the register as it was. Raises RegisterError where the file is no register or cannot
    be written, SourceError from ``add`` for a broken file.
    """

    def __init__(self, path: Path) -> None:
        """Prepare to import into ``path``."""
        self.path = path
        self._places: dict[tuple[str, str], int] = {}
        self._whole = False
        self._highest = 0

    def __enter__(self) -> Loader:
        """Open the register and begin the transaction."""
        if self.path.exists() and not self.path.is_file():
            raise RegisterError(f"{self.path}: this is no file; give the name of a file")
        self._new = not self.path.exists() or self.path.stat().st_size == 0
        try:
            self._db = sqlite3.connect(str(self.path), isolation_level=None)
        except sqlite3.Error as error:
            raise RegisterError(f"{self.path}: {error}; is the folder there and writable?") from error
        try:
            if not self._new:
                schema.check(self._db, self.path)
            self._db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            self._db.execute("PRAGMA temp_store = FILE")
            self._db.execute("BEGIN IMMEDIATE")
            if self._new:
                schema.make(self._db)
            self._db.execute("CREATE TEMP TABLE touched (number INTEGER PRIMARY KEY)")
            self._db.execute("CREATE TEMP TABLE spelled AS SELECT * FROM main.spelling LIMIT 0")
            # a register that was empty is spelled out as a whole, not number by number
            self._whole = bool(self._one("SELECT NOT EXISTS (SELECT 1 FROM organisation)"))
            self._highest = self._one("SELECT coalesce(max(number), 0) FROM organisation")
        except (sqlite3.Error, RegisterError) as error:
            self._abandon()
            if isinstance(error, RegisterError):
                raise
            raise RegisterError(f"{self.path}: {error}; is it writable, and is no other import running?") from error
        return self

    def _one(self, statement: str, values: Sequence[object] = ()) -> int:
        return int(self._db.execute(statement, values).fetchone()[0])

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the spellings and commit, or leave the register as it was when something went wrong."""
        if kind is not None:
            self._abandon()
            return
        try:
            self._spell()
            self._db.execute("COMMIT")
        except sqlite3.Error as failure:
            self._abandon()
            raise RegisterError(f"{self.path}: {failure}; the register is as it was") from failure
        self._db.close()

    def _abandon(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._db.close()
        if self._new:
            self.path.unlink(missing_ok=True)

    def add(self, source: Source, told: Callable[[int], None] = lambda count: None) -> Outcome:
        """Import one file; ``told`` gets the number of bytes after each block read. Raises SourceError, RegisterError.

        A file whose bytes were imported before is not read again.
        """
        done = Outcome(source)
        try:
            done.already = bool(self._one("SELECT count(*) FROM source WHERE sha256 = ?", (source.sha256,)))
            if not done.already:
                self._add(source, done, told)
        except sqlite3.Error as error:
            raise RegisterError(f"{self.path}: {error}; the register is as it was") from error
        return done

    def _add(self, source: Source, done: Outcome, told: Callable[[int], None]) -> None:
        values = (source.kind, source.path.name, source.sha256)
        self._db.execute(
            "INSERT INTO source (kind, file, sha256, dated, read, refused) VALUES (?, ?, ?, '', 0, 0)", values
        )
        source_id = self._one("SELECT last_insert_rowid()")

        def refuse(row: Refused) -> None:
            done.refused += 1
            if len(done.named) < _NAMED:
                done.named.append(row)
            self._db.execute("INSERT INTO refused VALUES (?, ?, ?, ?, ?)", (source_id, *row))

        dated = source.dated
        if source.kind == "nta":
            rows = files.corporations(source, refuse, told)
            while batch := list(islice(rows, _BATCH)):
                dated = max(dated, max(row.update_date for row in batch))
                self._apply(batch, done)
        else:
            for filer in files.filers(source, refuse, told):
                self._file(filer, source.dated, done)
        done.read += done.refused
        if not done.read - done.refused and done.refused:
            raise files.SourceError(
                f"{source.path}: none of its {done.refused} rows can be used "
                f"(line {done.named[0].line}: {done.named[0].reason}); download the file again"
            )
        self._db.execute(
            "UPDATE source SET dated = ?, read = ?, refused = ? WHERE source_id = ?",
            (dated, done.read, done.refused, source_id),
        )

    def _place(self, prefecture: str, city: str) -> int:
        at = self._places.get((prefecture, city))
        if at is None:
            self._db.execute("INSERT OR IGNORE INTO place (prefecture, city) VALUES (?, ?)", (prefecture, city))
            at = self._one("SELECT place_id FROM place WHERE prefecture = ? AND city = ?", (prefecture, city))
            self._places[prefecture, city] = at
        return at

    def _known(self, numbers: Sequence[int]) -> dict[int, _State]:
        asked = [number for number in numbers if number <= self._highest]
        if not asked:
            return {}
        marks = ", ".join("?" * len(asked))
        found = self._db.execute(f"SELECT {_STATE} FROM organisation WHERE number IN ({marks})", asked)
        return {row[0]: _State._make(row) for row in found}

    def _apply(self, batch: Sequence[Corporation], done: Outcome) -> None:
        states = self._known([row.number for row in batch])
        written: dict[int, _State] = {}
        for row in batch:
            done.read += 1
            old = states.get(row.number)
            seen = row.change_date or row.update_date
            exact = int(row.process == "11")
            if old is None:
                new = self._state(row, seen, exact)
                self._touch(row.number)
                done.new += 1
            elif (row.latest, row.update_date) < (old.latest, old.update_date):
                done.history += 1
                new = self._past(row, old, seen, exact)
            else:
                new = self._renewed(row, old, seen, exact)
                done.changed += new != old
                done.unchanged += new == old
            if new != old:
                states[row.number] = written[row.number] = new
        if written:
            marks = ", ".join("?" * len(_State._fields))
            ordered = [written[number] for number in sorted(written)]
            self._db.executemany(f"INSERT OR REPLACE INTO organisation ({_STATE}) VALUES ({marks})", ordered)
            self._highest = max(self._highest, ordered[-1].number)

    def _state(self, row: Corporation, seen: str, exact: int) -> _State:
        return _State(
            row.number, row.process, row.update_date, row.change_date, row.name, row.kind,
            self._place(row.prefecture, row.city), row.street, row.outside, row.close_date, row.close_cause,
            row.successor, row.assigned, row.latest, row.name_en, row.furigana, row.hidden, seen, exact,
        )  # fmt: skip

    def _past(self, row: Corporation, old: _State, seen: str, exact: int) -> _State:
        """An older row: a name of the past, or an earlier day for the present one."""
        if not old.name:  # deleted by a row without a name
            return old._replace(name=row.name)
        if row.name and row.name != old.name:
            if seen < old.name_seen:
                self._touch(row.number)
                self._name(row.number, seen, row.name, exact)
        elif seen < old.name_seen or (exact and not old.name_exact):
            if row.name and not self._named_between(row.number, seen, old.name_seen):
                self._touch(row.number)
                return old._replace(name_seen=min(seen, old.name_seen), name_exact=exact)
        return old

    def _named_between(self, number: int, seen: str, until: str) -> bool:
        """Whether another name lies between: the organisation then bore the name twice, and the day is of the first."""
        asked = "SELECT EXISTS (SELECT 1 FROM naming WHERE number = ? AND seen >= ? AND seen < ?)"
        return bool(self._one(asked, (number, seen, until)))

    def _renewed(self, row: Corporation, old: _State, seen: str, exact: int) -> _State:
        if row.process == _DELETED and not row.name:
            row = row._replace(name=old.name)
        if row.name == old.name:
            known = (
                (seen, exact) if exact and not old.name_exact and old.update_date else (old.name_seen, old.name_exact)
            )
            new = self._state(row, *(known if old.update_date else (seen, exact)))
        else:
            new = self._state(row, seen, exact)
        if new == old:
            return old
        spelled = ("name", "name_en", "process", "name_seen", "name_exact")
        if any(getattr(new, one) != getattr(old, one) for one in spelled):
            self._touch(row.number)
        # what EDINET alone told of, and what the row corrects, was never another name
        if (
            new.name != old.name
            and old.update_date
            and not (row.correct == "1" and (not exact or seen <= old.name_seen))
        ):
            self._name(row.number, old.name_seen, old.name, old.name_exact)
        return new

    def _name(self, number: int, seen: str, name: str, exact: int) -> None:
        self._db.execute("INSERT OR REPLACE INTO naming VALUES (?, ?, ?, ?)", (number, seen, name, exact))

    def _file(self, filer: Filer, dated: str, done: Outcome) -> None:
        done.read += 1
        done.without_number += filer.number is None
        old = self._db.execute("SELECT * FROM filer WHERE edinet_code = ?", (filer.edinet_code,)).fetchone()
        if old is not None and (old[:-1] == tuple(filer) or old[-1] > dated):
            done.unchanged += 1
            return
        for number in {filer.number, old[1] if old else None} - {None}:
            self._touch(number)
        self._db.execute("INSERT OR REPLACE INTO filer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*filer, dated))
        done.new += old is None
        done.changed += old is not None
        if filer.number is not None and not self._known([filer.number]):
            prefecture, city = seat_of(filer.address)
            stub = _State(
                filer.number, "", "", "", filer.name, 0, self._place(prefecture, city), "", "", "", "", "", "", 0,
                filer.name_en, "", 0, "", 0,
            )  # fmt: skip
            marks = ", ".join("?" * len(stub))
            self._db.execute(f"INSERT INTO organisation ({_STATE}) VALUES ({marks})", stub)
            self._highest = max(self._highest, filer.number)

    def _touch(self, number: int | None) -> None:
        """Mark an organisation whose spellings will be written anew, and take out those that it has."""
        if self._whole or number is None:
            return
        if self._db.execute("INSERT OR IGNORE INTO touched VALUES (?)", (number,)).rowcount and number <= self._highest:
            for state in self._known([number]).values():
                there = {(one.key, number) for one in self._spellings(state)}
                self._db.executemany("DELETE FROM spelling WHERE key = ? AND number = ?", sorted(there))

    def _spell(self) -> None:
        """Write the spellings of all organisations that changed, in the order of the tree that holds them."""
        which = "" if self._whole else "WHERE o.number IN (SELECT number FROM touched)"
        changed = self._db.execute(
            f"SELECT {', '.join('o.' + one for one in _State._fields)}, "
            "EXISTS (SELECT 1 FROM naming n WHERE n.number = o.number), "
            f"EXISTS (SELECT 1 FROM filer f WHERE f.number = o.number) FROM organisation o {which}"
        )
        made = (
            spelling
            for row in changed
            for spelling in self._spellings(_State._make(row[:-2]), bool(row[-2]), bool(row[-1]))
        )
        self._db.executemany("INSERT INTO spelled VALUES (?, ?, ?, ?, ?, ?)", made)
        self._db.execute(
            "INSERT OR REPLACE INTO spelling SELECT * FROM spelled ORDER BY key, number, kind, name, valid_until"
        )

    def _spellings(self, now: _State, renamed: bool = True, filed: bool = True) -> Iterator[_Spelling]:
        if now.process == _DELETED or not now.name:
            return
        number = now.number
        present = now.name_seen if now.name_exact else ""
        until = now.change_date if now.process == _STRUCK else ""
        yield _Spelling(key(now.name), number, schema.NAME, "", present, until)
        names = {now.name}
        if now.name_en:
            yield _Spelling(key(now.name_en), number, schema.ENGLISH, now.name_en, "", "")
            names.add(now.name_en)
        if renamed:
            yield from self._former(now)
        if filed:
            for name, english in self._db.execute("SELECT name, name_en FROM filer WHERE number = ?", (number,)):
                for one in (name, english):
                    if one and one not in names:
                        names.add(one)
                        yield _Spelling(
                            key(one), number, schema.ENGLISH if one.isascii() else schema.FILER, one, "", ""
                        )

    def _former(self, now: _State) -> Iterator[_Spelling]:
        asked = "SELECT seen, name, exact FROM naming WHERE number = ? ORDER BY seen"
        chain: list[tuple[str, str, int]] = []
        for seen, name, exact in [*self._db.execute(asked, (now.number,)), (now.name_seen, now.name, now.name_exact)]:
            if not chain or chain[-1][1] != name:
                chain.append((seen, name, exact))
        for (seen, name, exact), (until, _, _) in pairwise(chain):
            yield _Spelling(key(name), now.number, schema.FORMER, name, seen if exact else "", until)


_SEAT = re.compile(
    "(?P<prefecture>北海道|東京都|(?:京都|大阪)府|(?:神奈川|和歌山|鹿児島|[一-龠]{2})県)?(?P<city>(?:[^0-9０-９市区町村郡]{1,5}郡)?"
    "(?:四日市市|市川市|市原市|廿日市市|八日市市|野々市市|十日町市|町田市|大町市|東村山市|武蔵村山市|村上市|村山市|田村市|大村市|羽村市|[^0-9０-９市区町村]{1,6}?[市区町村])"
    "(?:[^0-9０-９市区町村]{1,4}区)?)?"
)


def seat_of(address: str) -> tuple[str, str]:
    """Return prefecture and municipality of a Japanese address, as far as it shows them."""
    hit = _SEAT.match(address.replace("\u3000", "").replace(" ", ""))
    return (hit["prefecture"] or "", hit["city"] or "") if hit else ("", "")
