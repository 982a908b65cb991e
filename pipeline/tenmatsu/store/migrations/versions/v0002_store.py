"""Types, keys between the tables, indexes, what merging needs for one document at a time, and the views.

The rows of the time before versions are carried over. What made them is not known, so every document is one that is to be read
anew when it is next given, and all are marked for merging.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from tenmatsu.store.migrations import views
from tenmatsu.store.migrations.earlier import TABLES as EARLIER
from tenmatsu.times.edtf import bounds

revision = "0002"
down_revision = "0001"

# columns with their kinds, str where none is given: "!" of the primary key, "?" may be null
_TABLES = {
    "contents": ("doc_id! key? "),
    "documents": (
        "doc_id! path:path! sha256 media_type? encoding? title? publisher? genre? report? published? "
        "published_begin:date? published_end:date? published_basis? characters:int status error? replaced:int "
        "notes:strs key "
    ),
    "texts": ("doc_id! text "),
    "blocks": ("doc_id! block_id start:int end:int kind page:int? place? position:int! "),
    "entities": (
        "entity_id! name name_en? kind? corporate_number? edinet_code? securities_code? industry? "
        "source? candidates:strs link_score:float? link_evidence:strs "
    ),
    "incidents": (
        "incident_id! title victim? victim_id? vectors:strs root_causes:strs first_intrusion? "
        "first_intrusion_begin:date? first_intrusion_end:date? detection? detection_begin:date? "
        "detection_end:date? containment? containment_begin:date? containment_end:date? disclosure? "
        "disclosure_begin:date? disclosure_end:date? attributed_actor? leaked:strs "
        "possibly_leaked:strs denied_leak:strs dwell_days? dwell_days_min:int? dwell_days_max:int? "
        "containment_days? containment_days_min:int? containment_days_max:int? disclosure_days? "
        "disclosure_days_min:int? disclosure_days_max:int? documents:strs evidence:strs "
        "related:strs merged_by:strs home position:int "
    ),
    "cards": (
        "incident_id title victim? victim_id? vectors:strs root_causes:strs first_intrusion? "
        "first_intrusion_begin:date? first_intrusion_end:date? detection? detection_begin:date? "
        "detection_end:date? containment? containment_begin:date? containment_end:date? disclosure? "
        "disclosure_begin:date? disclosure_end:date? attributed_actor? leaked:strs "
        "possibly_leaked:strs denied_leak:strs dwell_days? dwell_days_min:int? dwell_days_max:int? "
        "containment_days? containment_days_min:int? containment_days_max:int? disclosure_days? "
        "disclosure_days_min:int? disclosure_days_max:int? documents:strs evidence:strs "
        "related:strs merged_by:strs card_id! doc_id position:int "
    ),
    "timexes": (
        "doc_id timex_id! start:int end:int text type value value_raw mod? anchor anchor_id? rule position:int "
    ),
    "events": (
        "doc_id event_id! incident_id? start:int end:int text type date? date_begin:date? "
        "date_end:date? timex_id? org? org_id? factuality attributed_to? system? sentence_start:int "
        "sentence_end:int rule confidence:float cue? dated_by? org_by? org_rule? card_id? "
        "position:int "
    ),
    "mentions": ("doc_id mention_id! start:int end:int text kind entity entity_id? rule position:int "),
    "quantities": (
        "doc_id! quantity_id start:int end:int text min:float? max:float? unit of data_kind? "
        "factuality event_id? rule card_id? incident_id? position:int! "
    ),
    "citations": ("doc_id! citation_id mark? start:int end:int publisher? title? date? url? position:int! "),
    "conflicts": (
        "incident_id? field kind value_a doc_a! start_a:int end_a:int value_b doc_b? start_b:int? "
        "end_b:int? likely? position:int! "
    ),
    "measures": ("doc_id! incident_id? start:int end:int text phase status org? measure_id card_id? position:int! "),
    "mention_entities": ("mention_id! position:int! entity_id "),
    "event_entities": ("event_id! position:int! entity_id "),
    "document_entities": ("doc_id! position:int! entity_id told "),
    "accounts": ("doc_id! account:bytes "),
    "account_names": ("name! doc_id! "),
    "pending": ("doc_id! "),
}
_KINDS: dict[str, Any] = {
    "str": sa.Text(),
    "int": sa.Integer(),
    "float": sa.Double(),
    "date": sa.Date(),
    "bytes": sa.LargeBinary(),
    "strs": sa.JSON().with_variant(JSONB(), "postgresql"),
    "path": sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
}
_COLUMN = re.compile(r"(\w+)(?::(\w+))?([!?]?)")
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
_BATCH = 1000  # rows that are carried over at once
_DELAYS = ("dwell_days", "containment_days", "disclosure_days")
_SPANS = ("published", "first_intrusion", "detection", "containment", "disclosure")


def upgrade() -> None:
    """Put the tables of before aside, make the new ones, carry the rows over, and make the views."""
    bind = op.get_bind()
    kind = bind.dialect.name
    before = sa.inspect(bind)
    for table in [*EARLIER, "accounts", "account_names"]:
        if kind == "sqlite":
            for index in before.get_indexes(table):
                op.drop_index(str(index["name"]), table)
            op.rename_table(table, f"earlier_{table}")
        else:
            op.drop_table(table)  # only SQLite files were written without versions
    made = _make(kind)
    if kind == "sqlite":
        _carry(bind, made)
        for table in [*EARLIER, "accounts", "account_names"]:
            op.drop_table(f"earlier_{table}")
    if kind != "duckdb":
        for table, *columns in _INDEXES:
            op.create_index("_".join(("ix", table, *columns)), table, columns)
        leaks = sa.text("type = 'data_leak'")
        op.create_index("ix_events_leaks", "events", ["org_id"], sqlite_where=leaks, postgresql_where=leaks)
    for statement in views.made(kind):
        op.execute(statement)


def _make(kind: str) -> dict[str, sa.Table]:
    made = {}
    for table, told in _TABLES.items():
        parts: list[Any] = []
        for name, column, mark in _COLUMN.findall(told):
            key = mark == "!"
            parts.append(
                sa.Column(name, _KINDS[column or "str"], primary_key=key, nullable=mark == "?", autoincrement=False)
            )
        if kind != "duckdb":
            parts += [
                sa.ForeignKeyConstraint(
                    [name], [f"{other}.{key}"], f"fk_{table}_{name}", deferrable=True, initially="DEFERRED"
                )
                for of, name, other, key in _POINTS
                if of == table
            ]
        made[table] = op.create_table(table, *parts, sqlite_with_rowid=table not in _CLUSTERED)
    return made


def _carry(bind: sa.Connection, made: dict[str, sa.Table]) -> None:
    """Copy the rows of before, each with its place in its document and the values that stand beside it now."""
    accounts = set(bind.scalars(sa.text("SELECT doc_id FROM earlier_accounts")))
    known = set(bind.scalars(sa.text("SELECT doc_id FROM earlier_documents"))) | accounts
    _put(bind, made["contents"], ({"doc_id": one, "key": "" if one in accounts else None} for one in sorted(known)))
    place = dict(_card_places(bind))
    entities = {row["entity_id"]: row for row in _rows(bind, "entities")}
    _put(bind, made["entities"], entities.values())
    named: dict[str, dict[str, None]] = {}
    for table in ("texts", "blocks", "cards", "timexes", "events", "mentions", "quantities", "citations", "measures"):
        _put(bind, made[table], _placed(_rows(bind, table), "doc_id"))
    _put(bind, made["documents"], ({"replaced": 0, "notes": [], **row, "key": ""} for row in _rows(bind, "documents")))
    _put(
        bind,
        made["incidents"],
        (
            {**row, "home": place[row["incident_id"]][0], "position": place[row["incident_id"]][1]}
            for row in _rows(bind, "incidents")
            if row["incident_id"] in place
        ),
    )
    _put(bind, made["conflicts"], _placed(_rows(bind, "conflicts", "doc_a <> coalesce(doc_b, doc_a), rowid"), "doc_a"))
    for table, key, ids in (("mentions", "mention_id", "entity_id"), ("events", "event_id", "org_id")):
        links = []
        for row in _rows(bind, table):
            found = [one for one in (row[ids] or "").split("|") if one in entities]
            named.setdefault(row["doc_id"], {}).update(dict.fromkeys(found))
            links += [{key: row[key], "position": at, "entity_id": one} for at, one in enumerate(found)]
        _put(bind, made[f"{table[:-1]}_entities"], links)
    told = {key: json.dumps(row, ensure_ascii=False) for key, row in entities.items()}
    _put(
        bind,
        made["document_entities"],
        (
            {"doc_id": doc_id, "position": at, "entity_id": one, "told": told[one]}
            for doc_id, ids in named.items()
            for at, one in enumerate(ids)
        ),
    )
    bind.execute(sa.text("INSERT INTO accounts SELECT doc_id, account FROM earlier_accounts"))
    bind.execute(sa.text("INSERT INTO account_names SELECT name, doc_id FROM earlier_account_names"))
    bind.execute(sa.text("INSERT INTO pending SELECT doc_id FROM earlier_accounts"))
    for table, name, other, key in _POINTS:
        column = made[table].c[name]
        if column.nullable:
            parent = made[other].c[key]
            missing = column.is_not(None) & ~sa.exists().where(parent == column)
            bind.execute(sa.update(made[table]).where(missing).values({name: None}))


def _card_places(bind: sa.Connection) -> Iterator[tuple[str, tuple[str, int]]]:
    count: dict[str, int] = {}
    for card_id, doc_id in bind.execute(sa.text("SELECT card_id, doc_id FROM earlier_cards ORDER BY rowid")):
        yield card_id, (doc_id, count.setdefault(doc_id, 0))
        count[doc_id] += 1


def _rows(bind: sa.Connection, table: str, order: str = "rowid") -> Iterator[dict[str, Any]]:
    """The rows of an earlier table with what the new one holds beside them, in the order in which they were written."""
    chosen = ", ".join(f'"{name}"' for name in EARLIER[table])
    for values in bind.execute(sa.text(f"SELECT {chosen} FROM earlier_{table} ORDER BY {order}")).mappings():
        row = dict(values)
        for name, kind in EARLIER[table].items():
            if kind == "strs":
                row[name] = json.loads(row[name] or "[]")
            if name in _SPANS:
                row[f"{name}_begin"], row[f"{name}_end"] = map(_day, bounds(row[name]))
            if name in _DELAYS:
                row[f"{name}_min"], row[f"{name}_max"] = _delay(row[name])
        if table == "events":
            row["date_begin"], row["date_end"] = _day(row["date_begin"]), _day(row["date_end"])
        if table == "conflicts":
            row["incident_id"] = row["incident_id"] or None
        yield row


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _delay(days: str | None) -> tuple[int | None, int | None]:
    if not days:
        return None, None
    least, _, most = days.partition("..") if ".." in days else (days, "", days)
    return (int(least) if least else None), (int(most) if most else None)


def _placed(rows: Iterable[dict[str, Any]], key: str) -> Iterator[dict[str, Any]]:
    count: dict[str, int] = {}
    for row in rows:
        at = count.get(row[key], 0)
        count[row[key]] = at + 1
        yield {**row, "position": at}


def _put(bind: sa.Connection, into: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    columns = set(into.c.keys())
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append({name: value for name, value in row.items() if name in columns})
        if len(batch) == _BATCH:
            bind.execute(into.insert(), batch)
            batch = []
    if batch:
        bind.execute(into.insert(), batch)
