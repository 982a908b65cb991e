"""Tables to files: JSON lines, CSV and Parquet, complete or not at all.

Rows are written as they come, so memory does not grow with their number. Everything goes to temporary files beside the
targets, which take their names only when the last row is written. The same rows give the same bytes: order is the order
given, and no file holds a time or the name of a machine.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from errno import EINVAL, ENOTEMPTY
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol

from tenmatsu.tables import TABLES, Row, arrow_schema, arrow_table, joined, names

FORMATS = ("jsonl", "csv", "parquet")
PARTITIONS = ("year", "genre")
UNKNOWN = "__HIVE_DEFAULT_PARTITION__"  # the name that readers of such folders know for rows without a value
_BATCH = 8192  # rows of a group in Parquet, or
_PACKED = 512  # rows that wait as such: in columns they take a tenth of the memory
_CHARACTERS = 1_000_000  # code points of its texts, whichever comes first: what is in memory until it is written
_OPEN = 32  # files of a partitioned table that are written at the same time
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


class _Sink(Protocol):
    def add(self, rows: Sequence[Row]) -> None: ...
    def close(self) -> None: ...


class _Lines:
    def __init__(self, path: Path, table: str) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def add(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._file.write(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n")

    def close(self) -> None:
        self._file.close()


class _Commas:
    _encoding = "utf-8"

    def __init__(self, path: Path, table: str) -> None:
        self._file: IO[str] = path.open("w", encoding=self._encoding, newline="")
        # strings are always quoted: with "\n" line ends the csv module leaves a lone "\r" bare, and readers break there
        self._writer = csv.writer(self._file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        self._writer.writerow(names(table))

    def add(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._writer.writerow([self._cell(joined(value)) for value in row.values()])

    def _cell(self, value: object) -> object:
        return value

    def close(self) -> None:
        self._file.close()


class _SpreadsheetCommas(_Commas):
    """CSV as a spreadsheet opens it: it knows UTF-8 by the mark at the head, and would run what begins like a formula."""

    _encoding = "utf-8-sig"

    def _cell(self, value: object) -> object:
        if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
            return f"'{value}"
        return value


class _Parquet:
    def __init__(self, path: Path, table: str) -> None:
        import pyarrow.parquet as pq

        self._table = table
        self._rows: list[Row] = []
        self._packed: list[Any] = []
        self._count = self._characters = 0
        self._writer: Any = pq.ParquetWriter(str(path), arrow_schema(table), compression="zstd")

    def add(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._rows.append(row)
            self._count += 1
            if self._table == "texts":
                self._characters += len(row["text"])
            if self._count >= _BATCH or self._characters >= _CHARACTERS:
                self._flush()
            elif len(self._rows) >= _PACKED:
                self._pack()

    def _pack(self) -> None:
        self._packed.append(arrow_table(self._table, self._rows))
        self._rows = []

    def _flush(self) -> None:
        import pyarrow as pa

        self._pack()
        self._writer.write_table(pa.concat_tables(self._packed).combine_chunks())
        self._packed, self._count, self._characters = [], 0, 0

    def close(self) -> None:
        if self._count:
            self._flush()
        self._writer.close()


class _Partitions:
    """A folder of Parquet files: ``year=2020/part-0.parquet``, as query engines read it; the value stands in the name alone."""

    def __init__(self, path: Path, table: str, by: str, value_of: Callable[[Row], str]) -> None:
        self._path, self._table, self._by, self._value_of = path, table, by, value_of
        self._open: dict[str, _Parquet] = {}
        self._parts: dict[str, int] = {}
        path.mkdir()

    def add(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._sink(self._value_of(row)).add([row])

    def _sink(self, value: str) -> _Parquet:
        if value in self._open:
            # the one used last is the last to be closed
            self._open[value] = self._open.pop(value)
            return self._open[value]
        if len(self._open) >= _OPEN:
            self._open.pop(next(iter(self._open))).close()
        part = self._parts.get(value, 0)
        self._parts[value] = part + 1
        folder = self._path / f"{self._by}={value}"
        folder.mkdir(exist_ok=True)
        self._open[value] = _Parquet(folder / f"part-{part}.parquet", self._table)
        return self._open[value]

    def close(self) -> None:
        if not self._parts:
            self._sink(UNKNOWN)  # a table without rows has columns all the same
        for sink in self._open.values():
            sink.close()
        self._open.clear()


class _Homes:
    """The partition of every document, on disk: a table of a million documents needs no memory for it."""

    def __init__(self, by: str) -> None:
        self._by = by
        # an empty name is a file without a name, which is gone when it is closed
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("CREATE TABLE home (doc_id TEXT PRIMARY KEY, value TEXT)")

    def note(self, row: Row) -> None:
        self._db.execute("INSERT OR IGNORE INTO home VALUES (?, ?)", (row["doc_id"], partition(row, self._by)))

    def of(self, row: Row) -> str:
        doc_id = row["doc_id"] if "doc_id" in row else row["doc_a"]
        found = self._db.execute("SELECT value FROM home WHERE doc_id = ?", (doc_id,)).fetchone()
        return str(found[0]) if found else UNKNOWN

    def close(self) -> None:
        self._db.close()


def partition(document: Row, by: str) -> str:
    """Return the value by which the rows of a document are put together: its genre, or the year in which it came out.

    A document of which the year is not known, or may be one of two, has the value that stands for none.
    """
    if by == "genre":
        return document["genre"] or UNKNOWN
    from tenmatsu.times.edtf import bounds

    begin, end = bounds(document["published"]) if document["published"] else (None, None)
    return begin[:4] if begin and end and begin[:4] == end[:4] else UNKNOWN


_SINKS: dict[str, type] = {"jsonl": _Lines, "csv": _Commas, "parquet": _Parquet}


class Writer:
    """Writes every table into a folder; a context manager.

    Leaving it without an exception puts the files in place (older ones are replaced). Leaving it with one removes what was
    begun, the folder included when it is new. Raises OSError where the folder cannot be made or written, ValueError for an
    unknown format or partition.
    """

    def __init__(
        self,
        folder: Path,
        formats: Sequence[str] = ("jsonl",),
        *,
        spreadsheet: bool = False,
        partition_by: str | None = None,
    ) -> None:
        """Prepare to write ``formats`` (of ``FORMATS``) into ``folder``, which is made when it does not exist.

        ``spreadsheet`` makes CSV that a spreadsheet opens: UTF-8 with a byte order mark, and a ``'`` before cells that begin
        like formulas. ``partition_by`` (of ``PARTITIONS``) makes Parquet a folder a table, of the tables that have a document
        a row.
        """
        unknown = [name for name in formats if name not in FORMATS]
        if unknown or not formats:
            raise ValueError(f"unknown format {', '.join(unknown) or '(none)'}: choose from {', '.join(FORMATS)}")
        if partition_by is not None and partition_by not in PARTITIONS:
            raise ValueError(f"unknown partition {partition_by}: choose from {', '.join(PARTITIONS)}")
        self.folder = folder
        self.formats = tuple(dict.fromkeys(formats))
        self.spreadsheet = spreadsheet
        self.partition_by = partition_by
        self._homes = _Homes(partition_by) if partition_by else None
        self._sinks: dict[str, list[_Sink]] = {table: [] for table in TABLES}
        self._files: list[tuple[Path, Path]] = []
        self._made: list[Path] = []

    def __enter__(self) -> Writer:
        """Make the folder and open the temporary files."""
        self._made = [path for path in (self.folder, *self.folder.parents) if not path.exists()]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for table in TABLES:
                for suffix in self.formats:
                    self._begin(table, suffix)
        except BaseException:
            self._discard()
            raise
        return self

    def _begin(self, table: str, suffix: str) -> None:
        final = self.folder / target(table, suffix, self.partition_by)
        begun = self.folder / f".{table}.{suffix}.{os.getpid()}.part"
        if final.suffix:
            if final.is_dir():
                raise IsADirectoryError(f"{final} is a folder")
            self._files.append((begun, final))
            made = _SpreadsheetCommas if suffix == "csv" and self.spreadsheet else _SINKS[suffix]
            self._sinks[table].append(made(begun, table))
        elif self._homes is not None and self.partition_by is not None:
            if not _is_partitioned(final):
                raise OSError(ENOTEMPTY, "holds other things than this table: move it away", str(final))
            self._files.append((begun, final))
            self._sinks[table].append(_Partitions(begun, table, self.partition_by, self._homes.of))

    def add(self, table: str, rows: Sequence[Row]) -> None:
        """Write rows of ``table``; where tables are partitioned, ``documents`` come before the others."""
        if table == "documents" and self._homes is not None:
            for row in rows:
                self._homes.note(row)
        for sink in self._sinks[table]:
            sink.add(rows)

    def finish(self, table: str) -> None:
        """Say that no more rows of ``table`` come: what is in memory of it is written."""
        for sink in self._sinks.pop(table, []):
            sink.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the files in place, or remove them when something went wrong."""
        if kind is not None:
            self._discard()
            return
        try:
            for sink in self._open():
                sink.close()
            for begun, final in self._files:
                _put_in_place(begun, final)
        except BaseException:
            self._discard()
            raise
        self._close()

    def _open(self) -> list[_Sink]:
        return [sink for sinks in self._sinks.values() for sink in sinks]

    def _close(self) -> None:
        if self._homes is not None:
            self._homes.close()

    def _discard(self) -> None:
        self._close()
        for sink in self._open():
            with suppress(Exception):
                sink.close()
        for begun, _ in self._files:
            _remove(begun)
        for path in self._made:
            # innermost first; one that something else was put into meanwhile stays
            with suppress(OSError):
                path.rmdir()


def target(table: str, suffix: str, partition_by: str | None = None) -> str:
    """Return the name of a table's file in a format, or of its folder when it is partitioned."""
    partitioned = partition_by is not None and suffix == "parquet" and {"doc_id", "doc_a"} & set(names(table))
    return table if partitioned else f"{table}.{suffix}"


def remove_begun(folder: Path) -> None:
    """Remove what a run that was killed had begun in ``folder``; no other run may be writing there."""
    begun = re.compile(rf"\.(?:{'|'.join(TABLES)})\.(?:{'|'.join(FORMATS)})\.[0-9]+\.(?:part|old)")
    for path in folder.iterdir():
        if begun.fullmatch(path.name):
            _remove(path)


def _is_partitioned(folder: Path) -> bool:
    """Whether the folder is not there or is a partitioned table: another may only bear the name of one."""
    if not folder.exists():
        return True
    return folder.is_dir() and all(
        one.is_dir()
        and one.name.partition("=")[0] in PARTITIONS
        and all(re.fullmatch(r"part-[0-9]+\.parquet", part.name) for part in one.iterdir())
        for one in folder.iterdir()
    )


def _put_in_place(begun: Path, final: Path) -> None:
    if begun.is_dir() and final.exists():
        # a folder cannot replace another at once: for a moment the table has no name, and never half its files
        old = begun.with_suffix(".old")
        os.replace(final, old)
        os.replace(begun, final)
        _remove(old)
    else:
        os.replace(begun, final)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Raise OSError when no file could be put at ``path``, before hours of work are spent on what it is to hold."""
    if path.exists() and not path.is_file():
        raise OSError(EINVAL, "a folder, a pipe or a device has this name")
    begun = _beside(path)
    try:
        begun.write_bytes(b"")
    finally:
        begun.unlink(missing_ok=True)


def replace_text(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` in UTF-8, complete or not at all. Raises OSError."""
    replace_bytes(path, text.encode("utf-8"))


def replace_bytes(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, complete or not at all. Raises OSError."""
    begun = _beside(path)
    try:
        begun.write_bytes(data)
        os.replace(begun, path)
    finally:
        begun.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")
