"""The tables: their names, columns and types, derived from the records' fields and from nothing else.

A table's columns are its record's fields in their order. Tuples of strings are lists in Arrow, pandas and JSON and are
joined with ``|`` where a format knows no lists (CSV). pandas and pyarrow are imported only by the functions that build
their objects, so that a command that writes JSON does not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Protocol, get_args, get_origin, get_type_hints

from tenmatsu.records import (
    Block,
    Card,
    Citation,
    Conflict,
    DocumentRow,
    Entity,
    Event,
    Incident,
    Measure,
    Mention,
    Quantity,
    Text,
    Timex,
)

if TYPE_CHECKING:
    import pandas
    import pyarrow

Row = dict[str, Any]

TABLES: Mapping[str, type] = {
    "documents": DocumentRow,
    "timexes": Timex,
    "events": Event,
    "mentions": Mention,
    "entities": Entity,
    "quantities": Quantity,
    "citations": Citation,
    "incidents": Incident,
    "cards": Card,
    "conflicts": Conflict,
    "measures": Measure,
    "texts": Text,
    "blocks": Block,
}

_KINDS = {
    "str": ("str", False),
    "str | None": ("str", True),
    "int": ("int", False),
    "int | None": ("int", True),
    "float": ("float", False),
    "float | None": ("float", True),
    "tuple[str, ...]": ("strs", False),
}


class Rows(Protocol):
    """What extraction gives for one document: its row, and a tuple of records for every other table."""

    @property
    def document(self) -> DocumentRow:
        """The document's own row."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``kind`` is str, int, float or strs (a list of strings), ``meaning`` one line for a reader."""

    name: str
    kind: str
    nullable: bool
    meaning: str = ""


@cache
def columns(table: str) -> tuple[Column, ...]:
    """Return the columns of ``table`` in order. Raises KeyError for a table that does not exist."""
    record = TABLES[table]
    hints = get_type_hints(record, include_extras=True)
    return tuple(_column(field.name, hints[field.name]) for field in fields(record))


def _column(name: str, hint: Any) -> Column:
    meaning = ""
    if get_origin(hint) is Annotated:
        hint, meaning = get_args(hint)[:2]
    return Column(name, *_KINDS[_spelling(hint)], meaning)


def _spelling(hint: Any) -> str:
    return hint.__name__ if isinstance(hint, type) and not hasattr(hint, "__args__") else str(hint)


def names(table: str) -> list[str]:
    """Return the names of the columns of ``table`` in order."""
    return [column.name for column in columns(table)]


_SHOWN = {"str": "text", "int": "integer", "float": "number", "strs": "list of texts"}


def meaning(table: str) -> str:
    """Return what a row of ``table`` is, in one sentence."""
    return (TABLES[table].__doc__ or "").split("\n\n")[0]


def described(chosen: Iterable[str]) -> str:
    """Return the columns of the tables for a terminal: name, type (``?`` where it may be null) and meaning."""
    parts = []
    for table in chosen:
        lines = [f"{table}: {meaning(table)}"]
        for column in columns(table):
            kind = _SHOWN[column.kind] + ("?" if column.nullable else "")
            lines.append(f"  {column.name:<17}{kind:<15}{column.meaning}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def event_types_described() -> str:
    """Return the types of events for a terminal: Japanese label, side, and what each maps to, with the vocabularies read."""
    from tenmatsu.events.ontology import event_types, mapping_sources

    head = ("type", "label", "side", "ATT&CK tactic", "VERIS", "SP 800-61 phase")
    lines = ["\t".join(head)]
    for one in event_types().values():
        cells = (one.type, one.label_ja, one.side, one.attack_tactic, one.veris, one.nist_800_61)
        lines.append("\t".join(cell or "-" for cell in cells))
    lines.append("")
    lines += [f"{source.name}, {source.version}" for source in mapping_sources().values()]
    return "\n".join(lines) + "\n"


def markdown(chosen: Iterable[str]) -> str:
    """Return the columns of the tables as a page in Markdown, which ``corpus/COLUMNS.md`` holds for all of them."""
    parts = [
        "# Columns\n\nMade by `tenmatsu columns --markdown` from `pipeline/tenmatsu/records.py`; edit it there. A type with "
        "`?` may be null.\nDates are EDTF (ISO 8601-2), values of times TIMEX3. What is marked and when: `GUIDE.md`.\n"
    ]
    for table in chosen:
        lines = [f"## {table}\n\n{meaning(table)}\n\n| column | type | meaning |\n|---|---|---|\n"]
        for column in columns(table):
            kind = _SHOWN[column.kind] + ("?" if column.nullable else "")
            lines.append(f"| {column.name} | {kind} | {column.meaning.replace('|', chr(92) + '|')} |\n")
        parts.append("".join(lines))
    return "\n".join(parts)


def row(table: str, record: object) -> Row:
    """Return ``record`` as a plain dictionary in column order; tuples become lists."""
    named, take, lists = _fields(table)
    values: Row = dict(zip(named, take(record), strict=True))
    for name in lists:
        values[name] = list(values[name])
    return values


@cache
def _fields(table: str) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[str, ...]]:
    """The columns of a table, what takes their values from a record, and those among them that are lists."""
    named = tuple(names(table))
    return named, attrgetter(*named), tuple(column.name for column in columns(table) if column.kind == "strs")


def fuller(one: Entity, other: Entity) -> Entity:
    """Return the row that an entity named in two documents has: the register's, else the longer name's, whatever the order."""

    def known(entity: Entity) -> tuple[bool, float, int, str, str, tuple[str, ...], str]:
        score = entity.link_score or 0.0
        surest = (entity.source != "document", score, len(entity.name), entity.name, entity.kind or "")
        # the last decides between rows that are as sure and not the same
        return *surest, entity.candidates, repr(entity)

    return max(one, other, key=known)


class Collector:
    """Turns documents into table rows, each record once.

    An entity that several documents name is one row (the first). A document given twice under two names has two rows in
    ``documents`` and its other rows once: ids come from the bytes, and no id may occur twice. ``repeated`` lists the
    paths of such copies. ``read`` counts the documents that could be read.
    """

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._documents: set[str] = set()
        self._entities: set[str] = set()
        self.repeated: list[str] = []
        self.read = 0

    def rows(self, extracted: Rows) -> dict[str, list[Row]]:
        """Return the rows of one document by table; every table is a key."""
        document = extracted.document
        found: dict[str, list[Row]] = {table: [] for table in TABLES}
        found["documents"].append(row("documents", document))
        self.read += document.status == "ok"
        if document.doc_id in self._documents:
            if document.status == "ok":
                self.repeated.append(document.path)
            return found
        self._documents.add(document.doc_id)
        for table in TABLES:
            if table not in ("documents", "entities"):
                found[table] = [row(table, record) for record in getattr(extracted, table)]
        for entity in getattr(extracted, "entities", ()):
            if entity.entity_id not in self._entities:
                self._entities.add(entity.entity_id)
                found["entities"].append(row("entities", entity))
        return found


def joined(value: object) -> object:
    """Return a list of strings as one string with ``|`` between them (``\\|`` inside an item), anything else unchanged."""
    if isinstance(value, list):
        return "|".join(str(item).replace("|", "\\|") for item in value)
    return value


@cache
def arrow_schema(table: str) -> pyarrow.Schema:
    """Return the Arrow schema of ``table``."""
    import pyarrow as pa

    kinds = {"str": pa.string(), "int": pa.int64(), "float": pa.float64(), "strs": pa.list_(pa.string())}
    return pa.schema([pa.field(column.name, kinds[column.kind], column.nullable) for column in columns(table)])


def arrow_table(table: str, rows: Sequence[Row]) -> pyarrow.Table:
    """Return ``rows`` of ``table`` as an Arrow table."""
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), schema=arrow_schema(table))


def frame(table: str, rows: Sequence[Row]) -> pandas.DataFrame:
    """Return ``rows`` of ``table`` as a pandas frame: ``str``, ``int64``/``Int64``, ``float64``, lists as objects."""
    import pandas as pd

    text = "str" if int(pd.__version__.split(".")[0]) >= 3 else "string"
    types = {"str": text, "float": "float64", "strs": "object"}
    data = {}
    for column in columns(table):
        values = [one[column.name] for one in rows]
        kind = types.get(column.kind) or ("Int64" if column.nullable else "int64")
        data[column.name] = pd.Series(values, dtype=kind)
    return pd.DataFrame(data, columns=names(table))


def frames(extracted: Iterable[Rows]) -> dict[str, pandas.DataFrame]:
    """Return every table as a pandas frame, the rows in the order of the documents given."""
    collector = Collector()
    gathered: dict[str, list[Row]] = {table: [] for table in TABLES}
    for one in extracted:
        for table, rows in collector.rows(one).items():
            gathered[table].extend(rows)
    return {table: frame(table, rows) for table, rows in gathered.items()}
