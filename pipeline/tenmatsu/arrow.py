"""The batch function: an Arrow record batch of documents in, one of their rows out, so that any engine can run it.

In: a row a document, with ``path`` and either ``data`` (bytes as downloaded) or ``text``; ``published``, ``media_type``,
``charset``, ``title`` and ``error`` (why there are no bytes) where they are known. Out: a row a document, in the same order,
with a column a table, each a list of structs that are the table's rows. A document that cannot be read gives its row in
``documents`` with the reason, as everywhere. Documents are read one by one: what several tell of one incident is joined where
the rows come together (``tenmatsu.join``, a store).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from tenmatsu.source import Source, UnfitError, encoded
from tenmatsu.tables import TABLES, arrow_schema, row

if TYPE_CHECKING:
    import pyarrow

    from tenmatsu.batch.work import Work
    from tenmatsu.pipeline import Extracted

_TOLD = ("published", "media_type", "charset", "title", "error")


@cache
def documents_schema() -> pyarrow.Schema:
    """Return the Arrow schema of documents as ``batch_of`` makes them; of these columns only path and data are asked for."""
    import pyarrow as pa

    told = [pa.field(name, pa.string()) for name in _TOLD]
    return pa.schema([pa.field("path", pa.string(), False), pa.field("data", pa.binary(), False), *told])


@cache
def rows_schema() -> pyarrow.Schema:
    """Return the Arrow schema of what comes out: a list of structs for every table."""
    import pyarrow as pa

    return pa.schema([pa.field(table, pa.list_(pa.struct(list(arrow_schema(table))))) for table in TABLES])


def batch_of(sources: Iterable[Source]) -> pyarrow.RecordBatch:
    """Return documents as a record batch."""
    import pyarrow as pa

    names = ("path", "data", *_TOLD)
    rows = [{name: getattr(source, name) for name in names} for source in sources]
    return pa.RecordBatch.from_pylist(rows, schema=documents_schema())


def sources_of(batch: pyarrow.RecordBatch) -> Iterator[Source]:
    """Yield the documents of a record batch.

    Raises ValueError when it has neither a column ``data`` nor one ``text``; a document of which both are null has an error.
    """
    names = batch.schema.names
    if "data" not in names and "text" not in names:
        raise ValueError(
            f"a batch of documents has a column data (bytes) or text; this one has {', '.join(names) or 'none'}"
        )
    for number, one in enumerate(batch.to_pylist()):
        told: dict[str, Any] = {name: str(one[name]) for name in _TOLD if one.get(name) is not None}
        data = one.get("data")
        try:
            if data is None and one.get("text") is not None:
                data = encoded(one["text"])
                # what is text already was decoded by whoever has it
                told["charset"] = "utf-8"
        except UnfitError as error:
            told["error"] = str(error)
        if data is None and "error" not in told:
            told["error"] = "neither data nor text: both are null in the batch"
        yield Source(str(one.get("path") or number), data or b"", **told)


def rows_of(extracted: Iterable[Extracted]) -> pyarrow.RecordBatch:
    """Return the rows of documents as a record batch, a row a document."""
    import pyarrow as pa

    found = [
        {
            table: [row(table, one) for one in ((each.document,) if table == "documents" else getattr(each, table))]
            for table in TABLES
        }
        for each in extracted
    ]
    return pa.RecordBatch.from_pylist(found, schema=rows_schema())


def extract_batch(
    batch: pyarrow.RecordBatch, work: Work | None = None, extract: Callable[[Source], Extracted] | None = None
) -> pyarrow.RecordBatch:
    """Return the rows of a batch of documents, a row a document in the same order.

    ``work`` says how they are extracted; ``extract``, where given, does it instead. No time limit holds here: in this process
    a document that hangs cannot be stopped. Raises ValueError for a batch without documents' columns; a document that cannot
    be read raises nothing.
    """
    if extract is None:
        from tenmatsu.batch.work import Work as Plain

        extract = (work or Plain()).opened()
    return rows_of(map(extract, sources_of(batch)))


def extract_batches(batches: Iterable[pyarrow.RecordBatch], work: Work | None = None) -> Iterator[pyarrow.RecordBatch]:
    """Yield the rows of each batch: the shape that Spark's ``mapInArrow`` asks for."""
    from tenmatsu.batch.work import Work as Plain

    extract = (work or Plain()).opened()
    for batch in batches:
        yield extract_batch(batch, extract=extract)


def extracted_of(batch: pyarrow.RecordBatch) -> Iterator[Extracted]:
    """Yield the documents of a batch of rows as records again; the lines of their text are not among them."""
    from tenmatsu.pipeline import Extracted

    for one in batch.to_pylist():
        found = {
            table: tuple(
                record(**{name: tuple(value) if isinstance(value, list) else value for name, value in told.items()})
                for told in one[table]
            )
            for table, record in TABLES.items()
        }
        (document,) = found.pop("documents")
        yield Extracted(document, **found)


def table_of(batches: Iterable[pyarrow.RecordBatch], table: str) -> pyarrow.Table:
    """Return one table of batches of rows. Raises KeyError for a table that does not exist.

    An organisation that several documents name has a row for each of them in ``entities``.
    """
    import pyarrow as pa

    schema = arrow_schema(table)
    parts = []
    for batch in batches:
        rows = batch.column(batch.schema.get_field_index(table)).flatten()
        parts.append(pa.RecordBatch.from_arrays(rows.flatten(), schema=schema))
    return pa.Table.from_batches(parts, schema=schema)
