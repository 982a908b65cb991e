"""Organisations are shared by documents: which of the rows that documents give of one stays, whatever the order.

``document_entities`` keeps what each document says; ``entities`` has the fullest of it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, select

from tenmatsu.records import Entity
from tenmatsu.store.convert import given, stored
from tenmatsu.store.statements import add, change, drop, drop_each, parts, table
from tenmatsu.tables import columns, fuller, names, row


def put_entities(connection: Connection, doc_id: str, entities: Sequence[Entity]) -> None:
    """Store what a document says of organisations, in place of what it said before."""
    told = table(connection, "document_entities")
    before: dict[str, str] = dict(connection.execute(_before(told), {"doc_id": doc_id}).all())
    if before:
        drop(connection, told, told.c.doc_id == doc_id)
    new = {entity.entity_id: entity for entity in entities}
    after = {entity_id: _written(entity) for entity_id, entity in new.items()}
    add(
        connection,
        told,
        [
            {"doc_id": doc_id, "position": at, "entity_id": entity_id, "told": after[entity_id]}
            for at, entity_id in enumerate(new)
        ],
    )
    there = _there(connection, set(before) | set(new))
    # only where the row that stood was this document's can others come forward
    anew = {key for key, old in before.items() if key in there and old == _written(there[key]) != after.get(key)}
    _choose(connection, anew, there)
    missing = {key: one for key, one in new.items() if key not in there}
    _store(connection, missing, there)
    _store(
        connection,
        {key: fuller(there[key], one) for key, one in new.items() if key in there and key not in anew},
        there,
    )


def _choose(connection: Connection, entity_ids: Collection[str], there: Mapping[str, Entity]) -> None:
    """Choose anew among what the documents say; an organisation that none names any more goes."""
    told = table(connection, "document_entities")
    found: dict[str, Entity] = {}
    for part in parts(entity_ids):
        rows = select(told.c.entity_id, told.c.told).where(told.c.entity_id.in_(part)).distinct()
        for entity_id, written in connection.execute(rows):
            entity = _read(written)
            found[entity_id] = fuller(found.get(entity_id, entity), entity)
    _store(connection, found, there)
    drop_each(connection, table(connection, "entities"), "entity_id", set(entity_ids) - set(found))


def _store(connection: Connection, entities: Mapping[str, Entity], there: Mapping[str, Entity]) -> None:
    whole = table(connection, "entities")
    rows = {key: stored("entities", row("entities", one)) for key, one in entities.items() if there.get(key) != one}
    change(connection, ["entity_id"], whole, [one for key, one in rows.items() if key in there])
    add(connection, whole, [one for key, one in rows.items() if key not in there])


def _there(connection: Connection, entity_ids: Collection[str]) -> dict[str, Entity]:
    chosen = _chosen(table(connection, "entities"))
    return {
        values[0]: _entity(given("entities", values))
        for part in parts(entity_ids)
        for values in connection.execute(chosen, {"ids": part})
    }


@cache
def _before(told: Table) -> Select[str, str]:
    return select(told.c.entity_id, told.c.told).where(told.c.doc_id == bindparam("doc_id"))


@cache
def _chosen(whole: Table) -> Select[Any]:
    return select(*(whole.c[name] for name in names("entities"))).where(
        whole.c.entity_id.in_(bindparam("ids", expanding=True))
    )


def _entity(values: Mapping[str, Any]) -> Entity:
    kept: Any = (
        tuple(values[column.name]) if column.kind == "strs" else values[column.name] for column in columns("entities")
    )
    return Entity(*kept)


def _written(entity: Entity) -> str:
    return json.dumps(row("entities", entity), ensure_ascii=False)


def _read(written: str) -> Entity:
    return _entity(json.loads(written))
