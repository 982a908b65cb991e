"""Files that hold a document a row: JSON lines, CSV and Parquet, read in bounded memory.

A row has its document in the column ``text`` or, in Parquet, as the bytes of a file in ``content``. It may have ``published``,
``title``, ``media_type``, and one of ``path``, ``name`` and ``id``, which names it: the row is ``FILE#NAME`` in the tables, and
else ``FILE#3`` by its number. A row that cannot be used costs itself. JSON lines and CSV may be in UTF-8, UTF-16, cp932,
EUC-JP or ISO-2022-JP.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from tenmatsu.cutting import csv_records, lines
from tenmatsu.source import (
    DOCUMENT_BYTES,
    Source,
    UnfitError,
    bounded,
    cleaned,
    encoded,
    one_line,
    shown,
    too_large,
    valid_published,
)

ROW_BYTES = 2 * DOCUMENT_BYTES  # of a line or record: JSON may write a character in twice the bytes that it has
_PIECE = 2**20  # bytes read at once
_AT_ONCE = 16  # rows of a Parquet file in memory at once: one may hold 32 MiB
_COLUMNS = ("text", "content", "published", "title", "media_type", "path", "name", "id")
_NO_TEXT = "no text: a batch needs a column named text with a string in every row"
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:.*", re.DOTALL)


class _Bad(ValueError):
    """A row that cannot be read; the message says why."""


def of_batch(path: Path) -> Iterator[Source]:
    """Yield the documents of a batch in their order. Raises UnfitError where it is no batch, OSError where it cannot be read."""
    reader = {".jsonl": _json_rows, ".csv": _csv_rows, ".parquet": _parquet_rows}[path.suffix.lower()]
    number = 0
    try:
        for number, row in enumerate(reader(path), 1):
            yield _document(shown(path), number, row)
    except _Broken as error:
        yield Source(f"{shown(path)}#{number + 1}", error=f"the batch cannot be read further ({one_line(error)})")
    else:
        if not number:
            raise UnfitError("no documents in this batch: it needs a row with a column text for each")


class _Broken(ValueError):
    """A batch that breaks off; the message says why."""


def _document(batch: str, number: int, row: object) -> Source:
    label = f"{batch}#{number}"
    if isinstance(row, _Bad):
        return Source(label, error=str(row))
    if not isinstance(row, Mapping):
        return Source(label, error=_NO_TEXT)
    name = next((row[key] for key in ("path", "name", "id") if _is_name(row.get(key))), None)
    if name is not None:
        label = bounded(f"{batch}#{cleaned(str(name))}")
    told = {
        key: cleaned(row[key]) for key in ("title", "media_type") if isinstance(row.get(key), str) and row[key].strip()
    }
    try:
        published = _published(row.get("published"))
        text, content = row.get("text"), row.get("content")
        if isinstance(text, str) and (text or not isinstance(content, bytes)):
            # what is text by now needs no guess; a page in it says so itself
            told = {"media_type": "text/plain", **told, "charset": "utf-8"}
            data = encoded(text)
        elif isinstance(content, bytes):
            data = content
        else:
            return Source(label, error=_NO_TEXT)
        if len(data) > DOCUMENT_BYTES:
            return Source(label, error=too_large(len(data), "row"))
        return Source(label, data, published=published, **told)
    except UnfitError as error:
        return Source(label, error=str(error))
    except ValueError as error:
        return Source(label, error=f"published: {one_line(error)}")


def _is_name(value: object) -> bool:
    return (isinstance(value, str) and bool(value.strip())) or (isinstance(value, int) and not isinstance(value, bool))


def _published(value: Any) -> str | None:
    """The day, month or year of a row; of a moment its day, as it is written there."""
    if value is None or value == "" or value != value:
        return None
    if isinstance(value, datetime):
        value = value.date()
    hit = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    return valid_published(hit[1] if hit else value)


def _pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a text file in pieces, in an encoding whose ASCII characters are single bytes; without a mark at its head."""
    with path.open("rb") as file:
        head = file.read(_PIECE)
        if charset := _wide(head):
            yield from _converted(head, iter(lambda: file.read(_PIECE), b""), charset)
            return
        yield head.removeprefix(codecs.BOM_UTF8)
        while piece := file.read(_PIECE):
            yield piece


def _wide(head: bytes) -> str | None:
    """The encoding of a text in which the byte of a comma may be part of another character, None for all others."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in head[:64]:
        # ASCII, as the head of a batch is, has its NUL bytes on one side
        return "utf-16-be" if head[:1] == b"\x00" else "utf-16-le"
    if re.search(rb"\x1b\$[@B]|\x1b\$\(D", head) and not re.search(rb"[\x80-\xff]", head):
        return "iso2022_jp_ext"
    return None


def _converted(head: bytes, more: Iterable[bytes], charset: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(charset)()
    try:
        yield decoder.decode(head).encode("utf-8", "surrogatepass")
        for piece in more:
            yield decoder.decode(piece).encode("utf-8", "surrogatepass")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _Broken(f"{charset}: {error.reason}: write it in UTF-8") from error


def _decoder(path: Path) -> Callable[[bytes], str]:
    """A function from a record to its text, in UTF-8 or else in the encoding that the beginning of the file shows."""
    from tenmatsu.read.encodings import decode
    from tenmatsu.read.errors import ReadError

    found: list[str | None] = []

    def decoded(record: bytes) -> str:
        try:
            return record.decode("utf-8")
        except UnicodeDecodeError:
            if not found:
                found.append(_encoding(path))
            try:
                return decode(record, found[0]).text
            except ReadError as error:
                raise _Bad(str(error)) from None

    return decoded


def _encoding(path: Path) -> str | None:
    """The encoding of a file that is not in UTF-8, by the whole lines in its first mebibyte; None where they do not tell."""
    from tenmatsu.read.encodings import decode
    from tenmatsu.read.errors import ReadError

    with path.open("rb") as file:
        head = file.read(_PIECE)
    try:
        return decode(head[: head.rfind(b"\n") + 1] or head).encoding
    except ReadError:
        return None


_LONG = f"this row has more than {ROW_BYTES // 2**20} MiB: is it one document? Split it"


def _json_rows(path: Path) -> Iterator[object]:
    decoded = _decoder(path)
    for line in lines(_pieces(path), ROW_BYTES):
        if line is None:
            yield _Bad(_LONG)
        elif line.strip():
            try:
                yield json.loads(decoded(line))
            except _Bad as error:
                yield error
            except (ValueError, RecursionError) as error:
                yield _Bad(f"no JSON ({one_line(error)})")


def _csv_rows(path: Path) -> Iterator[object]:
    decoded = _decoder(path)
    names: list[str] | None = None
    for record in csv_records(_pieces(path), ROW_BYTES):
        if record is not None and not record.strip():
            continue
        if names is None:
            names = _header(record, decoded)
        elif record is None:
            yield _Bad(_LONG)
        else:
            try:
                yield dict(zip(names, _fields(decoded(record)), strict=False))
            except _Bad as error:
                yield error


def _header(record: bytes | None, decoded: Callable[[bytes], str]) -> list[str]:
    try:
        names = [name.strip() for name in _fields(decoded(record or b""))]
    except _Bad as error:
        raise UnfitError(f"the first line of this CSV cannot be read: {error}") from error
    if "text" not in names:
        raise UnfitError("no column named text in the first line of this CSV: name the column of the documents text")
    return names


def _fields(record: str) -> list[str]:
    # the module's own limit of 131,072 characters a field is below the length of some documents
    before = csv.field_size_limit(2**31 - 1)
    try:
        return next(csv.reader(io.StringIO(record, newline="")), [])
    except csv.Error as error:
        raise _Bad(f"no row of a CSV ({error})") from error
    finally:
        csv.field_size_limit(before)


def _length(value: Any) -> int:
    """The bytes of a text or binary value, without making it; 0 for another."""
    buffer = getattr(value, "as_buffer", lambda: None)()
    return buffer.size if buffer is not None else 0


def _check_groups(metadata: Any, wanted: list[str]) -> None:
    """Refuse, before anything is unpacked, row groups whose rows are too long on the average. Raises UnfitError."""
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        columns = (group.column(at) for at in range(group.num_columns))
        size = sum(one.total_uncompressed_size for one in columns if one.path_in_schema in wanted)
        if size > ROW_BYTES * max(1, group.num_rows):
            raise UnfitError(
                f"{group.num_rows:,} rows of this Parquet file have {size:,} bytes, and a document may have {ROW_BYTES // 2**20} MiB"
            )


def _parquet_rows(path: Path) -> Iterator[object]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            there = file.schema_arrow.names
            if "text" not in there and "content" not in there:
                raise UnfitError(
                    "no column named text or content in this Parquet file: name the column of the documents text"
                )
            wanted = [name for name in _COLUMNS if name in there]
            _check_groups(file.metadata, wanted)
            for batch in file.iter_batches(batch_size=_AT_ONCE, columns=wanted):
                for at in range(batch.num_rows):
                    try:
                        if any(
                            _length(batch.column(name)[at]) > ROW_BYTES
                            for name in ("text", "content")
                            if name in wanted
                        ):
                            yield _Bad(_LONG)
                            continue
                        yield {name: batch.column(name)[at].as_py() for name in wanted}
                    except (ValueError, OverflowError) as error:  # text that is no UTF-8, a day that no calendar has
                        yield _Bad(f"a value that cannot be read ({one_line(error)})")
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise UnfitError(f"no Parquet file ({' '.join(str(error).split())[:200]})") from error
