"""Statements that several modules make."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, update

from tenmatsu.store.schema import tables

AT_ONCE = 500  # values in one statement; older versions of SQLite take 999


def table(connection: Connection, name: str) -> Table:
    """Return a table of the store as the connection's database holds it."""
    return tables(connection.dialect.name).tables[name]


def parts(values: Iterable[str]) -> Iterator[list[str]]:
    """Yield the values sorted, as many at once as one statement takes."""
    whole = sorted(values)
    for at in range(0, len(whole), AT_ONCE):
        yield whole[at : at + AT_ONCE]


def add(connection: Connection, into: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows by one statement."""
    if rows:
        connection.execute(insert(into), list(rows))


def change(connection: Connection, where: Sequence[str], of: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Set the columns of rows that the columns ``where`` name; every row has the same columns."""
    if not rows:
        return
    wanted = [of.c[name] == bindparam(f"key_{name}") for name in where]
    values = {name: bindparam(f"new_{name}", type_=of.c[name].type) for name in rows[0] if name not in where}
    connection.execute(
        update(of).where(*wanted).values(values),
        [{(f"key_{name}" if name in where else f"new_{name}"): value for name, value in row.items()} for row in rows],
    )


def drop(connection: Connection, of: Table, *where: ColumnElement[bool]) -> None:
    """Delete rows."""
    connection.execute(delete(of).where(*where))


def drop_each(connection: Connection, of: Table, column: str, values: Collection[str]) -> None:
    """Delete the rows that have one of the values."""
    for part in parts(values):
        drop(connection, of, of.c[column].in_(part))
