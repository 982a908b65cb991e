"""Versions of the tables: which a database has, and the way from it to the one that this program writes.

Each version is a revision in ``migrations``; the whole way is one transaction, which one process at a time takes. Files that
the program wrote before there were versions are known by their tables.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from tenmatsu.store.addresses import shown
from tenmatsu.store.engines import reading, writing
from tenmatsu.store.errors import StoreError

NEWEST = "0002"
_REGISTER = {"organisation", "source", "refused"}


def upgrade(made: Engine) -> None:
    """Make the tables, or bring them up to the newest version; nothing is written where they are.

    Raises StoreError for a database of a later version of the program, or with tables that are not ours.
    """
    with reading(made) as connection:
        if version(connection) == NEWEST:
            return
    with writing(made) as connection:
        # another process may have been faster
        if version(connection) != NEWEST:
            _run(connection, shown(made.url))


def version(connection: Connection) -> str | None:
    """Return the version of the tables of a database, None where it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(text("SELECT version_num FROM alembic_version"))


def _run(connection: Connection, name: str) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    import tenmatsu.store.duckdb_ddl  # noqa: F401 - Alembic knows DuckDB once it is defined

    with as_file(files("tenmatsu.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        scripts = ScriptDirectory.from_config(config)
        known = {one.revision for one in scripts.walk_revisions()}
        there = version(connection)
        if there is not None and there not in known:
            raise StoreError(f"{name}: a later version of tenmatsu wrote it (tables {there}); update this one")
        if there is None:
            _refuse_others(connection, name)

        def steps(revision: Any, _: Any) -> Any:
            return scripts._upgrade_revs(NEWEST, revision)

        with EnvironmentContext(config, scripts, fn=steps, destination_rev=NEWEST) as environment:
            environment.configure(connection=connection)
            environment.run_migrations()


def _refuse_others(connection: Connection, name: str) -> None:
    """Tables under our names that are none of ours are left alone; so is a register, which is a SQLite file as well."""
    from tenmatsu.store.migrations.earlier import TABLES

    look = inspect(connection)
    there = set(look.get_table_names())
    if there >= _REGISTER:
        raise StoreError(f"{name}: this is a register of organisations; give another file for the tables")
    # only SQLite files were written without versions
    embedded = connection.dialect.name == "sqlite"
    for table, columns in TABLES.items():
        if table in there and not (embedded and [one["name"] for one in look.get_columns(table)] == list(columns)):
            raise StoreError(
                f"{name}: its table {table} has other columns than any version writes; give a new database"
            )
