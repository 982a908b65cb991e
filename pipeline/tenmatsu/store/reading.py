"""Rows out of a database: documents in order of path, or of the paths given, the rows of each in their order.

Documents are read in portions, so memory is bounded by a portion and not by the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, or_, select

from tenmatsu.store.convert import given
from tenmatsu.store.schema import HOME
from tenmatsu.store.statements import table
from tenmatsu.tables import Row, names

_DOCUMENTS = 200  # documents of one portion
_CHARACTERS = 2_000_000  # code points of their texts


class _Place(NamedTuple):
    path: str
    doc_id: str
    characters: int
    first: bool  # whether the rows of the document stand here, at the first of its paths that could be read


def rows(connection: Connection, name: str, paths: Iterable[str] | None = None) -> Iterator[Row]:
    """Yield the rows of a table of ``tenmatsu.tables`` as ``tenmatsu.tables.row`` gives them."""
    places = _all(connection) if paths is None else _of(connection, paths)
    if name == "documents":
        for page in _portions(places):
            yield from _documents(connection, page)
        return
    seen: set[str] = set()
    for page in _portions(place for place in places if place.first):
        found = _named(connection, page, seen) if name == "entities" else _told(connection, name, page)
        yield from found


def _all(connection: Connection) -> Iterator[_Place]:
    documents = table(connection, "documents")
    other = documents.alias()
    home = (
        select(func.min(other.c.path))
        .where(other.c.doc_id == documents.c.doc_id, other.c.status == "ok")
        .scalar_subquery()
    )
    chosen = select(documents.c.path, documents.c.doc_id, documents.c.characters, home)
    last: tuple[str, str] | None = None
    while True:
        # a path can have two documents in databases of earlier versions
        after = (
            or_(documents.c.path > last[0], and_(documents.c.path == last[0], documents.c.doc_id > last[1]))
            if last
            else None
        )
        page = chosen if after is None else chosen.where(documents.c.path >= last[0], after)  # type: ignore[index]
        found = connection.execute(page.order_by(documents.c.path, documents.c.doc_id).limit(_DOCUMENTS)).all()
        for path, doc_id, characters, first in found:
            yield _Place(path, doc_id, characters, first == path)
        if len(found) < _DOCUMENTS:
            return
        last = (found[-1][0], found[-1][1])


def _of(connection: Connection, paths: Iterable[str]) -> Iterator[_Place]:
    documents = table(connection, "documents")
    shared = documents.c.doc_id
    # only bytes under several paths have to be remembered
    several = set(connection.scalars(select(shared).group_by(shared).having(func.count() > 1)))
    seen: set[str] = set()
    wanted = iter(paths)
    while page := list(islice(wanted, _DOCUMENTS)):
        chosen = select(documents.c.path, documents.c.doc_id, documents.c.characters, documents.c.status)
        found: dict[str, list[tuple[str, int, str]]] = {}
        for path, *more in connection.execute(
            chosen.where(documents.c.path.in_(page)).order_by(documents.c.path, documents.c.doc_id)
        ):
            found.setdefault(path, []).append((more[0], more[1], more[2]))
        for path in page:
            for doc_id, characters, status in found.get(path, ()):
                first = status == "ok" and doc_id not in seen
                if first and doc_id in several:
                    seen.add(doc_id)
                yield _Place(path, doc_id, characters, first)


def _portions(places: Iterable[_Place]) -> Iterator[list[_Place]]:
    portion: list[_Place] = []
    length = 0
    for place in places:
        if portion and (len(portion) == _DOCUMENTS or length + place.characters > _CHARACTERS):
            yield portion
            portion, length = [], 0
        portion.append(place)
        length += place.characters
    if portion:
        yield portion


def _documents(connection: Connection, page: Sequence[_Place]) -> Iterator[Row]:
    documents = table(connection, "documents")
    chosen = select(*(documents.c[name] for name in names("documents")))
    found = {
        (row["path"], row["doc_id"]): row
        for row in (
            given("documents", values)
            for values in connection.execute(chosen.where(documents.c.path.in_([place.path for place in page])))
        )
    }
    for place in page:
        yield found[place.path, place.doc_id]


def _told(connection: Connection, name: str, page: Sequence[_Place]) -> Iterator[Row]:
    whole = table(connection, name)
    home = whole.c[HOME.get(name, "doc_id")]
    order = [whole.c.position] if "position" in whole.c else []
    chosen = select(home.label("at_home"), *(whole.c[column] for column in names(name)))
    found: dict[str, list[Row]] = {}
    for doc_id, *values in connection.execute(
        chosen.where(home.in_([place.doc_id for place in page])).order_by(home, *order)
    ):
        found.setdefault(doc_id, []).append(given(name, values))
    for place in page:
        yield from found.pop(place.doc_id, ())


def _named(connection: Connection, page: Sequence[_Place], seen: set[str]) -> Iterator[Row]:
    """The organisations that the documents are the first to name."""
    whole, told = table(connection, "entities"), table(connection, "document_entities")
    chosen = (
        select(told.c.doc_id, *(whole.c[column] for column in names("entities")))
        .join_from(told, whole, told.c.entity_id == whole.c.entity_id)
        .where(told.c.doc_id.in_([place.doc_id for place in page]))
        .order_by(told.c.doc_id, told.c.position)
    )
    found: dict[str, list[Row]] = {}
    for doc_id, *values in connection.execute(chosen):
        found.setdefault(doc_id, []).append(given("entities", values))
    for place in page:
        for row in found.get(place.doc_id, ()):
            if row["entity_id"] not in seen:
                seen.add(row["entity_id"])
                yield row
