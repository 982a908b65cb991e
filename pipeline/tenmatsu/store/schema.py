"""The tables as a database holds them: the columns of ``tenmatsu.tables``, and what a database needs beside them.

Every table of rows has ``position``, the row's place in its document. Beside a date in EDTF stand its first and last day
(``_begin``, ``_end``), beside a delay its least and most days (``_min``, ``_max``). ``contents`` is the parent of all rows of a
document: the same bytes under two paths are two rows of ``documents`` and one of ``contents``. Where a column holds several
ids, a table links them (``mention_entities``, ``event_entities``). ``document_entities`` keeps what each document says of an
organisation, ``accounts`` and ``account_names`` what merging asks of it, ``pending`` the documents that are to be merged.

Keys to other tables are checked at the end of a transaction. DuckDB checks them at each statement, against rows that the
transaction has deleted, too, so that no document could be replaced: there they are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from tenmatsu.tables import TABLES, columns

KEYS: Mapping[str, tuple[str, ...]] = {
    "documents": ("doc_id", "path"),
    "timexes": ("timex_id",),
    "events": ("event_id",),
    "mentions": ("mention_id",),
    "entities": ("entity_id",),
    "quantities": ("doc_id", "position"),
    "citations": ("doc_id", "position"),
    "incidents": ("incident_id",),
    "cards": ("card_id",),
    "conflicts": ("doc_a", "position"),
    "measures": ("doc_id", "position"),
    "texts": ("doc_id",),
    "blocks": ("doc_id", "position"),
}
# where a row belongs to the document of another column than doc_id
HOME: Mapping[str, str] = {"incidents": "home", "conflicts": "doc_a"}
DAYS: Mapping[str, tuple[str, ...]] = {"events": ("date_begin", "date_end")}
SPANS: Mapping[str, tuple[str, ...]] = {
    "documents": ("published",),
    "incidents": ("first_intrusion", "detection", "containment", "disclosure"),
    "cards": ("first_intrusion", "detection", "containment", "disclosure"),
}
DELAYS: Mapping[str, tuple[str, ...]] = {
    "incidents": ("dwell_days", "containment_days", "disclosure_days"),
    "cards": ("dwell_days", "containment_days", "disclosure_days"),
}
# columns that are empty in a row where they are null here, as a key to another table must be
EMPTY: Mapping[str, tuple[str, ...]] = {"conflicts": ("incident_id",)}
UNPLACED = ("documents", "entities", "texts")  # tables whose rows have no place among others of their document

# table, column -> table, column
_POINTS = (
    ("documents", "doc_id", "contents", "doc_id"),
    ("texts", "doc_id", "contents", "doc_id"),
    ("blocks", "doc_id", "contents", "doc_id"),
    ("timexes", "doc_id", "contents", "doc_id"),
    ("events", "doc_id", "contents", "doc_id"),
    ("events", "timex_id", "timexes", "timex_id"),
    ("events", "card_id", "cards", "card_id"),
    ("events", "incident_id", "incidents", "incident_id"),
    ("mentions", "doc_id", "contents", "doc_id"),
    ("quantities", "doc_id", "contents", "doc_id"),
    ("quantities", "event_id", "events", "event_id"),
    ("quantities", "card_id", "cards", "card_id"),
    ("quantities", "incident_id", "incidents", "incident_id"),
    ("citations", "doc_id", "contents", "doc_id"),
    ("incidents", "home", "contents", "doc_id"),
    ("cards", "doc_id", "contents", "doc_id"),
    ("cards", "incident_id", "incidents", "incident_id"),
    ("conflicts", "doc_a", "contents", "doc_id"),
    ("conflicts", "doc_b", "contents", "doc_id"),
    ("conflicts", "incident_id", "incidents", "incident_id"),
    ("measures", "doc_id", "contents", "doc_id"),
    ("measures", "card_id", "cards", "card_id"),
    ("measures", "incident_id", "incidents", "incident_id"),
    ("mention_entities", "mention_id", "mentions", "mention_id"),
    ("mention_entities", "entity_id", "entities", "entity_id"),
    ("event_entities", "event_id", "events", "event_id"),
    ("event_entities", "entity_id", "entities", "entity_id"),
    ("document_entities", "doc_id", "contents", "doc_id"),
    ("document_entities", "entity_id", "entities", "entity_id"),
    ("accounts", "doc_id", "contents", "doc_id"),
    ("account_names", "doc_id", "accounts", "doc_id"),
    ("pending", "doc_id", "contents", "doc_id"),
)
# what the views, merging and the keys above look rows up by, where the primary key does not begin with it; DuckDB looks
# through columns faster than through indexes, and has none
_INDEXES = (
    ("documents", "path"),
    ("timexes", "doc_id", "position"),
    ("events", "doc_id", "position"),
    ("events", "timex_id"),
    ("events", "card_id"),
    ("events", "incident_id", "date_begin"),
    ("mentions", "doc_id", "position"),
    ("quantities", "event_id"),
    ("quantities", "card_id"),
    ("quantities", "incident_id"),
    ("incidents", "home", "position"),
    ("incidents", "victim_id"),
    ("incidents", "detection_begin"),
    ("cards", "doc_id", "position"),
    ("cards", "incident_id"),
    ("conflicts", "doc_b"),
    ("conflicts", "incident_id"),
    ("measures", "card_id"),
    ("measures", "incident_id"),
    ("mention_entities", "entity_id"),
    ("event_entities", "entity_id"),
    ("document_entities", "entity_id"),
    ("account_names", "doc_id"),
)
# tables of short rows that SQLite keeps in the order of their primary keys, so that a document's rows lie together; where the
# first column may be null, as in conflicts, its integrity_check (3.40) would report what is not so
_CLUSTERED = (
    "contents",
    "timexes",
    "events",
    "mentions",
    "quantities",
    "citations",
    "measures",
    "blocks",
    "mention_entities",
    "event_entities",
    "document_entities",
    "account_names",
    "pending",
)


def strings() -> TypeEngine[Any]:
    """Return the type of a list of strings: JSON, in PostgreSQL JSONB."""
    return JSON().with_variant(JSONB(), "postgresql")


def ordered_text() -> TypeEngine[Any]:
    """Return the type of a text that rows are sorted by: by code points in every database."""
    return Text().with_variant(Text(collation="C"), "postgresql")


@cache
def tables(dialect: str) -> MetaData:
    """Return the tables for ``sqlite``, ``duckdb`` or ``postgresql``."""
    whole = MetaData()
    for name in TABLES:
        Table(name, whole, *_columns(name))
    Table("contents", whole, Column("doc_id", Text, primary_key=True), Column("key", Text))
    for name, one in (("mention_entities", "mention_id"), ("event_entities", "event_id")):
        Table(
            name,
            whole,
            Column(one, Text, primary_key=True),
            Column("position", Integer, primary_key=True, autoincrement=False),
            Column("entity_id", Text, nullable=False),
        )
    Table(
        "document_entities",
        whole,
        Column("doc_id", Text, primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("entity_id", Text, nullable=False),
        Column("told", Text, nullable=False),
    )
    Table("accounts", whole, Column("doc_id", Text, primary_key=True), Column("account", LargeBinary, nullable=False))
    Table(
        "account_names",
        whole,
        Column("name", Text, primary_key=True),
        Column("doc_id", Text, primary_key=True),
    )
    Table("pending", whole, Column("doc_id", Text, primary_key=True))
    if dialect != "duckdb":
        for table, *names in _INDEXES:
            Index("_".join(("ix", table, *names)), *(whole.tables[table].c[name] for name in names))
        leaks = whole.tables["events"].c
        only = leaks.type == "data_leak"
        Index("ix_events_leaks", leaks.org_id, sqlite_where=only, postgresql_where=only)
        for table, column, other, key in _POINTS:
            whole.tables[table].append_constraint(
                ForeignKeyConstraint(
                    [column],
                    [f"{other}.{key}"],
                    name=f"fk_{table}_{column}",
                    deferrable=True,
                    initially="DEFERRED",
                )
            )
    for name in _CLUSTERED:
        whole.tables[name].dialect_options["sqlite"]["with_rowid"] = False
    return whole


def _columns(name: str) -> list[Column[Any]]:
    keys = KEYS[name]
    found: list[Column[Any]] = []
    for column in columns(name):
        key = column.name in keys
        nullable = column.nullable or column.name in EMPTY.get(name, ())
        found.append(
            Column(
                column.name,
                _type(name, column.name, column.kind),
                primary_key=key,
                nullable=nullable,
                autoincrement=False,
            )
        )
        if column.name in SPANS.get(name, ()):
            found += [Column(f"{column.name}_{side}", Date) for side in ("begin", "end")]
        if column.name in DELAYS.get(name, ()):
            found += [Column(f"{column.name}_{side}", Integer) for side in ("min", "max")]
    if name == "incidents":
        found.append(Column("home", Text, nullable=False))
    if name == "documents":
        found.append(Column("key", Text, nullable=False))
    if name not in UNPLACED:
        found.append(Column("position", Integer, primary_key="position" in keys, nullable=False, autoincrement=False))
    return found


def _type(table: str, name: str, kind: str) -> TypeEngine[Any]:
    if name in DAYS.get(table, ()):
        return Date()
    if (table, name) == ("documents", "path"):
        return ordered_text()
    types: dict[str, TypeEngine[Any]] = {"str": Text(), "int": Integer(), "float": Double(), "strs": strings()}
    return types[kind]
