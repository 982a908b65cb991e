"""Statements that several modules make."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, LargeBinary, Table, bindparam, delete, insert, update
from sqlalchemy.sql.compiler import SQLCompiler

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
    """Insert rows by one statement; each has a value for every column."""
    if not rows:
        return
    if connection.dialect.name == "duckdb" and not any(isinstance(column.type, LargeBinary) for column in into.c):
        # DuckDB takes many rows at once as JSON, and row by row needs several times as long
        connection.exec_driver_sql(
            _as_json(into, connection.dialect), (json.dumps(list(rows), ensure_ascii=False, default=str),)
        )
        return
    statement, names, makers, by_name = _inserts(into, connection.dialect)
    if makers:
        # what a type makes of a value is asked here, once a value, and not of the statement for every row
        rows = [
            {**row, **{name: make(row[name]) for name, make in makers.items() if row[name] is not None}} for row in rows
        ]
    if by_name:
        connection.exec_driver_sql(statement, [dict(row) for row in rows])
    else:
        of_row = itemgetter(*names)
        connection.exec_driver_sql(statement, [of_row(row) if len(names) > 1 else (of_row(row),) for row in rows])


@cache
def _inserts(into: Table, dialect: Dialect) -> tuple[str, list[str], dict[str, Callable[[Any], Any]], bool]:
    """The statement that inserts rows, its columns in order, what turns values of some into the driver's, and whether it takes names."""
    compiled = insert(into).compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    names = list(compiled.positiontup or into.c.keys())
    makers = {name: into.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names}
    return str(compiled), names, {name: make for name, make in makers.items() if make}, not compiled.positional


@cache
def _as_json(into: Table, dialect: Dialect) -> str:
    """The statement that inserts rows given as one JSON text."""
    kinds = {column.name: column.type.compile(dialect=dialect) for column in into.c}
    columns = ", ".join(f'"{name}"' for name in kinds)
    spec = json.dumps([kinds]).replace("'", "''")
    return f"INSERT INTO \"{into.name}\" ({columns}) SELECT {columns} FROM (SELECT unnest(from_json(?, '{spec}'), max_depth := 2))"


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
