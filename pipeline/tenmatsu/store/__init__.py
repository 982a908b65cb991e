"""Databases that hold the rows of documents: SQLite, DuckDB and PostgreSQL by one class.

``Store`` opens one and brings its tables up to date; ``StoreError`` says in one line what is wrong with it. Its modules: what a
URL may be (``addresses``), connections and waiting (``engines``), the tables (``schema``) and how rows become theirs
(``convert``), one document (``documents``), organisations (``entities``), incidents over several documents (``joining``), rows
out again (``reading``), and versions of the tables (``upgrade``, ``migrations``).
"""

from tenmatsu.store.errors import StoreError
from tenmatsu.store.store import Store

__all__ = ["Store", "StoreError"]
