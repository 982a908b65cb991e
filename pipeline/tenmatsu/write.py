"""Tables to files: JSON lines, CSV and Parquet, complete or not at all.

Rows are written as the documents come, so memory does not grow with their number. Everything goes to temporary files
beside the targets, which take their names only when the last row is written. The same rows give the same bytes: order is
the order given, and no file holds a time or the name of a machine.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from errno import EINVAL
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol

from tenmatsu.tables import TABLES, Collector, Row, Rows, arrow_schema, arrow_table, joined, names

FORMATS = ("jsonl", "csv", "parquet")
_BATCH = 8192


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
    def __init__(self, path: Path, table: str) -> None:
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="")
        # strings are always quoted: with "\n" line ends the csv module leaves a lone "\r" bare, and readers break there
        self._writer = csv.writer(self._file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        self._writer.writerow(names(table))

    def add(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._writer.writerow([joined(value) for value in row.values()])

    def close(self) -> None:
        self._file.close()


class _Parquet:
    def __init__(self, path: Path, table: str) -> None:
        import pyarrow.parquet as pq

        self._table = table
        self._rows: list[Row] = []
        self._writer: Any = pq.ParquetWriter(str(path), arrow_schema(table), compression="zstd")

    def add(self, rows: Sequence[Row]) -> None:
        self._rows.extend(rows)
        while len(self._rows) >= _BATCH:
            self._flush(_BATCH)

    def _flush(self, count: int) -> None:
        self._writer.write_table(arrow_table(self._table, self._rows[:count]))
        del self._rows[:count]

    def close(self) -> None:
        if self._rows:
            self._flush(len(self._rows))
        self._writer.close()


_SINKS: dict[str, type] = {"jsonl": _Lines, "csv": _Commas, "parquet": _Parquet}


class Writer:
    """Writes every table into a folder; a context manager.

    Leaving it without an exception puts the files in place (older ones are replaced). Leaving it with one, or when no
    document could be read, removes what was begun, the folder included when it is new: a run that gave nothing must not
    replace good tables. Raises OSError where the folder cannot be made or written, ValueError for an unknown format.
    """

    def __init__(self, folder: Path, formats: Sequence[str] = ("jsonl",)) -> None:
        """Prepare to write ``formats`` (of ``FORMATS``) into ``folder``, which is made when it does not exist."""
        unknown = [name for name in formats if name not in FORMATS]
        if unknown or not formats:
            raise ValueError(f"unknown format {', '.join(unknown) or '(none)'}: choose from {', '.join(FORMATS)}")
        self.folder = folder
        self.formats = tuple(dict.fromkeys(formats))
        self.collector = Collector()
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
                    final = self.folder / f"{table}.{suffix}"
                    if final.is_dir():
                        raise IsADirectoryError(f"{final} is a folder")
                    begun = self.folder / f".{table}.{suffix}.{os.getpid()}.part"
                    self._files.append((begun, final))
                    self._sinks[table].append(_SINKS[suffix](begun, table))
        except BaseException:
            self._discard()
            raise
        return self

    def add(self, extracted: Rows) -> None:
        """Write the rows of one document."""
        for table, rows in self.collector.rows(extracted).items():
            for sink in self._sinks[table]:
                sink.add(rows)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the files in place, or remove them when something went wrong."""
        if kind is not None or not self.collector.read:
            self._discard()
            return
        try:
            for sink in self._open():
                sink.close()
            for begun, final in self._files:
                os.replace(begun, final)
        except BaseException:
            self._discard()
            raise

    def _open(self) -> list[_Sink]:
        return [sink for sinks in self._sinks.values() for sink in sinks]

    def _discard(self) -> None:
        for sink in self._open():
            with suppress(Exception):
                sink.close()
        for begun, _ in self._files:
            begun.unlink(missing_ok=True)
        for path in self._made:
            # innermost first; one that something else was put into meanwhile stays
            with suppress(OSError):
                path.rmdir()


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
