"""What Alembic asks about DuckDB, which it does not know by itself: plain statements, and they are part of a transaction."""

from __future__ import annotations

from alembic.ddl.impl import DefaultImpl


class DuckDBImpl(DefaultImpl):
    """How Alembic changes tables in DuckDB; it finds the class by its being defined."""

    __dialect__ = "duckdb"
    transactional_ddl = True
