"""The rows of one document: stored, replaced, taken away. Each function runs inside a transaction of its caller."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, Table, bindparam, func, or_, select, update

from tenmatsu.merge import Account, account_of, applied, merge
from tenmatsu.records import DocumentRow, Entity
from tenmatsu.store.convert import check, stored
from tenmatsu.store.entities import put_entities
from tenmatsu.store.joining import has_neighbours, part_from, remember
from tenmatsu.store.schema import HOME, UNPLACED
from tenmatsu.store.statements import add, drop, table
from tenmatsu.tables import TABLES, row

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted

_LINKED = {"mentions": ("mention_id", "entity_id"), "events": ("event_id", "org_id")}
# children before parents, for databases that look at once
_OWNED = (
    "quantities",
    "events",
    "mentions",
    "timexes",
    "citations",
    "measures",
    "blocks",
    "texts",
    "cards",
    "incidents",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is stored of a document, as if it were the only one: made before a transaction, so that no other writer waits."""

    document: dict[str, Any]
    account: Account | None = None
    entities: tuple[Entity, ...] = ()
    rows: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)


def prepared(extracted: Extracted) -> Prepared:
    """Return what is stored of a document. Raises UnfitError for what databases refuse, and what merging a defect raises."""
    document = stored("documents", row("documents", extracted.document))
    check({"documents": [document]})
    if extracted.document.status != "ok":
        return Prepared(document)
    account = account_of(extracted)
    alone = applied(extracted, merge([account]))
    rows = {name: _rows(name, alone) for name in TABLES if name not in ("documents", "entities")}
    _place(rows["incidents"], extracted.document.doc_id, rows["cards"])
    check({**rows, "entities": [row("entities", one) for one in alone.entities]})
    return Prepared(document, account, alone.entities, rows)


def unfit(document: DocumentRow, reason: str) -> Prepared:
    """Return what is stored of a document whose rows cannot be: one that could not be read, with the reason.

    Raises UnfitError where not even its path can be stored.
    """
    known = (document.doc_id, document.path, document.sha256, document.media_type, document.encoding)
    told = DocumentRow(*known, characters=document.characters, status="error", error=reason)
    values = stored("documents", row("documents", told))
    check({"documents": [values]})
    return Prepared(values)


def put_document(connection: Connection, one: Prepared, key: str) -> bool:
    """Store the rows of one document under its path; False when they are there already, made with the same key.

    What the path held before goes.
    """
    doc_id, path = one.document["doc_id"], one.document["path"]
    values = {**one.document, "key": key}
    documents, contents = table(connection, "documents"), table(connection, "contents")
    held = dict(connection.execute(_held(documents), {"path": path}).all())
    if held.get(doc_id) == key:
        return False
    for other in held:
        if other != doc_id:
            take_away(connection, path, other)
    found = connection.execute(_contents(contents), {"doc_id": doc_id}).first()
    if found is None:
        add(connection, contents, [{"doc_id": doc_id, "key": key if one.account else None}])
    if doc_id in held:
        at = (documents.c.doc_id == doc_id, documents.c.path == path)
        connection.execute(update(documents).where(*at).values(values))
    else:
        add(connection, documents, [values])
    if one.account is None:
        _settle(connection, doc_id)
    elif found is None:
        _tell(connection, one, one.account)
    elif found[0] != key and (found[0] is None or _is_first(connection, doc_id, path)):
        if found[0] is not None:
            forget(connection, doc_id)
        _tell(connection, one, one.account)
        connection.execute(update(contents).where(contents.c.doc_id == doc_id).values(key=key))
    return True


def _is_first(connection: Connection, doc_id: str, path: str) -> bool:
    """Whether no earlier path has the same bytes: of bytes that are read in several ways the first path gives the rows.

    So they depend on what is stored and not on the order in which it came.
    """
    documents = table(connection, "documents")
    first = select(func.min(documents.c.path)).where(documents.c.doc_id == doc_id, documents.c.status == "ok")
    return connection.scalar(first) == path


@cache
def _held(documents: Table) -> Select[str, str]:
    return select(documents.c.doc_id, documents.c.key).where(documents.c.path == bindparam("path"))


@cache
def _contents(contents: Table) -> Select[str | None]:
    return select(contents.c.key).where(contents.c.doc_id == bindparam("doc_id"))


def take_away(connection: Connection, path: str, doc_id: str) -> None:
    """Take away one path of a document, and its rows when no other path has them."""
    documents = table(connection, "documents")
    drop(connection, documents, documents.c.path == path, documents.c.doc_id == doc_id)
    _settle(connection, doc_id)


def _settle(connection: Connection, doc_id: str) -> None:
    """Take away the rows of a document that no path holds as read, and its last trace when no path holds it at all."""
    documents, contents = table(connection, "documents"), table(connection, "contents")
    left = list(
        connection.execute(
            select(documents.c.path, documents.c.status, documents.c.key)
            .where(documents.c.doc_id == doc_id)
            .order_by(documents.c.path)
        )
    )
    here = contents.c.doc_id == doc_id
    key = connection.scalar(select(contents.c.key).where(here))
    readable = [(path, other) for path, status, other in left if status == "ok"]
    if key is not None and not readable:
        forget(connection, doc_id)
        connection.execute(update(contents).where(here).values(key=None))
    elif key is not None and readable[0][1] != key:
        # the rows were made for the path that went (another day of publication, say): the first is to be read anew
        at = (documents.c.doc_id == doc_id, documents.c.path == readable[0][0])
        connection.execute(update(documents).where(*at).values(key=""))
    if not left:
        pending = table(connection, "pending")
        drop(connection, pending, pending.c.doc_id == doc_id)
        drop(connection, contents, here)


def forget(connection: Connection, doc_id: str) -> None:
    """Take away what a document told; the documents that it may have changed are marked."""
    part_from(connection, doc_id)
    for name, (key, _) in _LINKED.items():
        whole, of = table(connection, f"{name[:-1]}_entities"), table(connection, name)
        drop(connection, whole, whole.c[key].in_(select(of.c[key]).where(of.c.doc_id == doc_id)))
    conflicts = table(connection, "conflicts")
    drop(connection, conflicts, or_(conflicts.c.doc_a == doc_id, conflicts.c.doc_b == doc_id))
    for name in _OWNED:
        whole = table(connection, name)
        drop(connection, whole, whole.c[HOME.get(name, "doc_id")] == doc_id)
    put_entities(connection, doc_id, ())
    for name in ("account_names", "accounts", "pending"):
        whole = table(connection, name)
        drop(connection, whole, whole.c.doc_id == doc_id)


def _tell(connection: Connection, one: Prepared, account: Account) -> None:
    """Store what a document tells, and mark it where others may tell of the same."""
    put_entities(connection, account.doc_id, one.entities)
    for name, found in one.rows.items():
        add(connection, table(connection, name), found)
        if name in _LINKED:
            key, ids = _LINKED[name]
            _link(connection, table(connection, f"{name[:-1]}_entities"), key, ids, found)
    remember(connection, account)
    if has_neighbours(connection, account.doc_id):
        add(connection, table(connection, "pending"), [{"doc_id": account.doc_id}])


def _rows(name: str, extracted: Extracted) -> list[dict[str, Any]]:
    rows = [stored(name, row(name, record)) for record in getattr(extracted, name)]
    if name not in UNPLACED:
        for at, one in enumerate(rows):
            one["position"] = at
    return rows


def _place(incidents: Sequence[dict[str, Any]], doc_id: str, cards: Sequence[Mapping[str, Any]]) -> None:
    """An incident stands where the card stands that gave it its id."""
    place = {card["card_id"]: card["position"] for card in cards}
    for one in incidents:
        one["home"], one["position"] = doc_id, place[one["incident_id"]]


def _link(connection: Connection, into: Table, key: str, ids: str, rows: Collection[Mapping[str, Any]]) -> None:
    add(
        connection,
        into,
        [
            {key: one[key], "position": at, "entity_id": entity_id}
            for one in rows
            for at, entity_id in enumerate(filter(None, (one[ids] or "").split("|")))
        ],
    )
