"""Paths to documents: files, folders that are walked, and batches (JSON lines, CSV, Parquet with a text column).

What the command line and the Python interface both ask of a path, a text or a date stands here once.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DOCUMENTS = (".txt", ".text")
BATCHES = (".jsonl", ".csv", ".parquet")


class UnfitError(ValueError):
    """An input that cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document to read: its bytes, or why there are none; ``published`` where a batch gives it."""

    path: str
    data: bytes = b""
    error: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the paths hold: ``files`` in the order they are read, ``problems`` with paths, ``skipped`` files by path."""

    files: tuple[Path, ...]
    problems: tuple[tuple[Path, str], ...]
    skipped: tuple[Path, ...]

    @property
    def documents(self) -> int | None:
        """The number of documents, None when a batch keeps it to itself."""
        return None if any(is_batch(path) for path in self.files) else len(self.files)


def is_batch(path: Path) -> bool:
    """Say whether ``path`` holds many documents, by its suffix."""
    return path.suffix.lower() in BATCHES


def shown(path: Path) -> str:
    """Return ``path`` as text that can be written in UTF-8, with ``/`` between its parts."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def names_file(text: str) -> bool:
    """Say whether ``text`` is meant as a path, though no such file may exist, and not as a document's own text.

    It is when it has one line, no sentence of Japanese, and ends in a suffix of documents or batches or holds ``/`` or
    ``\\`` (not between digits: 10/2 is a day). Of a text with a suffix only 。 makes a sentence, since titles are names of
    files (不正アクセスに関するお知らせ.txt); of one without, a single hiragana does.
    """
    if not text.strip() or len(text) > 1024 or re.search(r"[\n\r。]", text):
        return False
    if text.lower().endswith(DOCUMENTS + BATCHES):
        return True
    return not re.search(r"[ぁ-ゖ、]", text) and bool(re.search(r"(?<![0-9０-９])[/\\]|[/\\](?![0-9０-９])", text))


def check_regular(path: Path) -> None:
    """Raise UnfitError when ``path`` is no file that ends: reading a pipe or a device may wait for ever."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise UnfitError("this is no regular file (a pipe or a device?): save it as a file first")


def read_file(path: Path) -> bytes:
    """Return the bytes of a regular file. Raises OSError, and UnfitError for pipes and devices."""
    check_regular(path)
    return path.read_bytes()


def encoded(text: str) -> bytes:
    """Return ``text`` as UTF-8. Raises UnfitError for half a surrogate pair, which no UTF-8 can hold."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnfitError(
            f"the text holds half a surrogate pair at character {error.start}: it is no Unicode text"
        ) from None


def plan(paths: Sequence[Path]) -> Plan:
    """Find the documents of ``paths``: a file is taken as it is, a folder is walked in sorted order for text files.

    Batches are read only when they are named themselves: tables written into a walked folder are no documents. Files
    whose names begin with a dot are passed over silently. A path named twice is read once.
    """
    files: dict[Path, None] = {}
    problems: list[tuple[Path, str]] = []
    skipped: list[Path] = []
    for path in paths:
        if path.is_dir():
            found, other = _walk(path)
            skipped.extend(other)
            files.update(dict.fromkeys(found))
            if not found:
                problems.append((path, _nothing(other)))
        elif not path.exists():
            problems.append((path, "no such file or folder: check the path"))
        else:
            try:
                check_regular(path)
                files[path] = None
            except UnfitError as error:
                problems.append((path, str(error)))
    return Plan(tuple(files), tuple(problems), tuple(skipped))


def _nothing(other: Sequence[Path]) -> str:
    return f"no documents in this folder: put {' or '.join('*' + suffix for suffix in DOCUMENTS)} files there" + (
        f" ({len(other)} of other kinds passed over)" if other else ""
    )


def _walk(folder: Path) -> tuple[list[Path], list[Path]]:
    found: list[Path] = []
    other: list[Path] = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                (found if name.lower().endswith(DOCUMENTS) else other).append(Path(root, name))
    return found, other


def valid_published(value: str | date) -> str:
    """Return a day, month or year of the calendar in EDTF (2020/2/6 and 2020年2月6日 as 2020-02-06).

    Raises ValueError with what to write.
    """
    value = str(value)
    hit = re.fullmatch(r"([0-9]{4})(?:([-/.年])([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?|年)?", value)
    try:
        if hit is None or (hit[2] == "-" and not re.fullmatch(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?", value)):
            raise ValueError
        date(int(hit[1]), int(hit[3] or 1), int(hit[4] or 1))
    except ValueError:
        raise ValueError(f"{value!r} is no date: write YYYY-MM-DD (or YYYY-MM, YYYY), e.g. 2020-12-11") from None
    return "-".join(f"{int(part):02d}" for part in (hit[1], hit[3], hit[4]) if part)


def sources(files: Sequence[Path]) -> Iterator[Source]:
    """Read the documents of ``files`` one after the other; what cannot be read comes with its ``error``."""
    for path in files:
        try:
            if is_batch(path):
                yield from _batch(path)
            else:
                yield Source(shown(path), read_file(path))
        except UnfitError as error:
            yield Source(shown(path), error=str(error))
        except OSError as error:
            yield Source(shown(path), error=f"cannot be read ({error.strerror or error})")


def _batch(path: Path) -> Iterator[Source]:
    reader = {".jsonl": _json_lines, ".csv": _csv_rows, ".parquet": _parquet_rows}[path.suffix.lower()]
    number = 0
    try:
        for number, row in enumerate(reader(path), 1):
            yield _document(f"{shown(path)}#{number}", row)
    except (UnicodeDecodeError, csv.Error) as error:
        yield Source(
            f"{shown(path)}#{number + 1}", error=f"the batch cannot be read further ({error}): write it in UTF-8"
        )
    except UnfitError as error:
        yield Source(shown(path), error=str(error))
    else:
        if not number:
            yield Source(shown(path), error="no documents in this batch: it needs a row with a column text for each")


def _document(label: str, row: object) -> Source:
    if isinstance(row, ValueError):
        return Source(label, error=f"no JSON ({row})")
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return Source(label, error="no text: a batch needs a column named text with a string in every row")
    published = row.get("published") or None
    try:
        if published is not None:
            published = valid_published(published)
        return Source(label, encoded(row["text"]), published=published)
    except UnfitError as error:
        return Source(label, error=str(error))
    except ValueError as error:
        return Source(label, error=f"published: {error}")


def _json_lines(path: Path) -> Iterator[object]:
    with path.open(encoding="utf-8-sig", newline="\n") as lines:
        for line in lines:
            if line.strip():
                try:
                    yield json.loads(line)
                except (ValueError, RecursionError) as error:
                    yield ValueError(str(error))


def _csv_rows(path: Path) -> Iterator[object]:
    # the module's own limit of 131,072 characters a field is below the length of some documents
    before = csv.field_size_limit(2**31 - 1)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if "text" not in (reader.fieldnames or ()):
                raise UnfitError(
                    "no column named text in the first line of this CSV: name the column of the documents text"
                )
            yield from reader
    finally:
        csv.field_size_limit(before)


def _parquet_rows(path: Path) -> Iterator[object]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            there = file.schema_arrow.names
            if "text" not in there:
                raise UnfitError("no column named text in this Parquet file: name the column of the documents text")
            wanted = [name for name in ("text", "published") if name in there]
            for batch in file.iter_batches(batch_size=256, columns=wanted):
                yield from batch.to_pylist()
    except pa.ArrowException as error:
        raise UnfitError(f"no Parquet file ({error})") from error
