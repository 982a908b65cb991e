"""The URLs of databases: which are taken, what a file among them must be, and how they are shown."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from tenmatsu.store.errors import StoreError

_TAKEN = "sqlite:///FILE, duckdb:///FILE or postgresql+psycopg://USER@HOST/NAME"
_DRIVERS = {
    "sqlite": ("sqlite", ()),
    "duckdb": ("duckdb", ("duckdb", "duckdb_engine")),
    "postgresql": ("postgresql+psycopg", ("psycopg",)),
}


def parsed(url: str) -> URL:
    """Return the URL of a database with the driver that is used for it.

    Raises StoreError for a URL of another kind, for one without a file, and where the driver is not installed.
    """
    scheme, colon, rest = url.partition("://")
    if not colon:
        raise StoreError(f"a database is given as a URL: {_TAKEN}")
    dialect = {"postgres": "postgresql"}.get(scheme.partition("+")[0], scheme.partition("+")[0])
    if dialect not in _DRIVERS or scheme not in (dialect, "postgres", _DRIVERS[dialect][0]):
        # the rest of the URL may hold a password, so it is not repeated
        raise StoreError(f"{scheme}://…: no such database is known here; give {_TAKEN}")
    driver, modules = _DRIVERS[dialect]
    if dialect != "postgresql" and (not rest.startswith("/") or rest in ("/", "/:memory:")):
        raise StoreError(f"{url}: write {dialect}:///FILE, with three slashes and a file name")
    if any(find_spec(module) is None for module in modules):
        raise StoreError(f"{dialect}: its driver is not installed; install it with: pip install 'tenmatsu[{dialect}]'")
    try:
        return make_url(f"{driver}://{rest}")
    except (ArgumentError, ValueError):
        raise StoreError(f"{scheme}://…: this is no URL of a database; give {_TAKEN}") from None


def file_of(url: URL) -> Path | None:
    """Return the file of an embedded database, None for a server."""
    return None if url.get_backend_name() == "postgresql" else Path(url.database or "")


def shown(url: URL) -> str:
    """Return the database as messages name it: its file, or its URL without the password."""
    path = file_of(url)
    return str(path) if path is not None else url.render_as_string(hide_password=True)


def check_file(url: URL) -> None:
    """Raise StoreError where the file of an embedded database is none, or where its folder is missing."""
    path = file_of(url)
    if path is None:
        return
    try:
        if path.exists() and not path.is_file():
            raise StoreError(f"{path}: this is no regular file; give the name of a file")
        if not path.parent.is_dir():
            raise StoreError(f"{path}: unable to open database file; is the folder there and writable?")
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error
