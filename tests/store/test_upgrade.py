"""A database has the tables of the newest version after it was opened, whichever it had before."""

import json
import multiprocessing
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from tenmatsu.store import Store, StoreError, duckdb_ddl, upgrade
from tenmatsu.store.schema import tables
from tenmatsu.tables import TABLES, columns

BEFORE = (Path(__file__).parent / "without_versions.sql").read_text(encoding="utf-8")


@pytest.fixture
def old(tmp_path):
    """The URL of a file that was written before tables had versions."""
    with sqlite3.connect(tmp_path / "old.db") as connection:
        connection.executescript(BEFORE)
    connection.close()
    return f"sqlite:///{tmp_path}/old.db"


def test_migrations_make_the_tables_that_the_code_reads_and_writes(url, kind):
    """A column that records.py gains needs a revision."""
    assert duckdb_ddl.DuckDBImpl.transactional_ddl
    with Store(url):
        pass
    engine = create_engine(url)
    if kind == "duckdb":  # whose driver cannot tell SQLAlchemy of its columns
        with engine.connect() as connection:
            look = "SELECT table_name, column_name, data_type FROM duckdb_columns() ORDER BY column_index"
            there = {}
            for table, column, made in connection.execute(text(look)):
                there.setdefault(table, []).append((column, {"VARCHAR": "TEXT", "BLOB": "BYTEA"}.get(made, made)))
        for name, table in tables(kind).tables.items():
            wanted = [(one.name, one.type.compile(engine.dialect).removesuffix(" PRECISION")) for one in table.c]
            assert wanted == there[name], name
        engine.dispose()
        return
    with engine.connect() as connection:
        options = {"compare_type": True, "include_object": lambda _, name, *more: name != "alembic_version"}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, tables(kind))
        if kind != "postgresql":  # what the others tell of their keys to other tables is not the whole
            differences = [each for each in differences if "fk" not in str(each[0])]
        assert differences == []
        assert {one["name"] for one in inspect(connection).get_indexes("events")} >= {"ix_events_leaks"}
    engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_keys_between_tables_are_in_sqlite(url):
    with Store(url):
        pass
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        for name, table in tables("sqlite").tables.items():
            there = {(row[3], row[2], row[4]) for row in connection.execute(f"PRAGMA foreign_key_list({name})")}
            assert there == {(key.parent.name, key.column.table.name, key.column.name) for key in table.foreign_keys}, (
                name
            )
    connection.close()


def test_a_file_without_a_version_is_carried_over(old, told):
    found = told(old)
    assert [(row["path"], row["status"]) for row in found["documents"]] == [
        ("broken.txt", "error"), ("copy/first.txt", "ok"), ("first.txt", "ok"), ("news.txt", "ok"), ("other.txt", "ok")
    ]  # fmt: skip
    before = sqlite3.connect(":memory:")
    before.executescript(BEFORE)
    for table in TABLES:
        assert len(found[table]) == before.execute(f"SELECT count(*) FROM {table}").fetchone()[0], table
    with sqlite3.connect(old.removeprefix("sqlite:///")) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert not [name for name in there if name.startswith("earlier")]


def test_what_was_carried_over_is_what_was_there(old, told):
    """Column by column: the rows as the earlier version wrote them, whatever today's rules would make of the texts."""
    with Store(old) as store:
        store.join()
    found = told(old)
    before = sqlite3.connect(":memory:")
    before.executescript(BEFORE)
    before.row_factory = sqlite3.Row
    for table in TABLES:
        was = [dict(row) for row in before.execute(f"SELECT * FROM {table}")]
        kinds = {column.name: column.kind for column in columns(table)}
        for row in was:
            row |= {name: json.loads(value) for name, value in row.items() if kinds.get(name) == "strs"}
        kept = [{name: row[name] for name in was[0]} for row in found[table]] if was else found[table]
        assert sorted(map(repr, kept)) == sorted(map(repr, was)), table
    before.close()


def test_documents_that_were_carried_over_are_read_anew(old, given):
    first = given["first"]
    with Store(old) as store:
        assert not store.done("first.txt", first.document.sha256 + "1")
        assert store.put(first, first.document.sha256 + "1")
        assert {key for path, key, _ in store.ledger() if path != "first.txt"} == {""}


def test_a_later_version_is_left_alone(url):
    with Store(url):
        pass
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match=r"later version of tenmatsu wrote it \(tables 9999\); update this one"):
        Store(url).__enter__()


def _open(url, barrier, results):
    barrier.wait(30)
    try:
        with Store(url) as store:
            results.put(len(list(store.ledger())))
    except BaseException as error:
        results.put(repr(error))


def test_two_processes_that_open_an_old_file_at_once(old):
    assert _at_once(old) == [5, 5]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True)
def test_two_processes_that_make_the_tables_at_once(url):
    assert _at_once(url) == [0, 0]


def _at_once(url):
    spawn = multiprocessing.get_context("spawn")
    barrier, results = spawn.Barrier(2), spawn.Queue()
    both = [spawn.Process(target=_open, args=(url, barrier, results)) for _ in range(2)]
    for one in both:
        one.start()
    found = [results.get(timeout=60) for _ in both]
    for one in both:
        one.join(30)
    return found


def test_a_kill_in_the_midst_leaves_the_old_file(old, monkeypatch, told, made):
    from tenmatsu.store.migrations import views

    before = Path(old.removeprefix("sqlite:///")).read_bytes()

    def made(dialect):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(views, "made", made)
        with pytest.raises(KeyboardInterrupt):
            Store(old).__enter__()
    assert Path(old.removeprefix("sqlite:///")).read_bytes() == before
    assert len(told(old)["documents"]) == 5


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_tables_of_others_under_our_names_are_left_alone(url):
    path = url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE events (id)")
    connection.close()
    before = Path(path).read_bytes()
    with pytest.raises(StoreError, match="table events has other columns"):
        Store(url).__enter__()
    assert Path(path).read_bytes() == before


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_register_of_organisations_takes_no_tables(url):
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        for table in ("organisation", "source", "refused"):
            connection.execute(f"CREATE TABLE {table} (number TEXT)")
    connection.close()
    with pytest.raises(StoreError, match="register of organisations"):
        Store(url).__enter__()


def test_the_newest_version_is_the_last_revision():
    from importlib.resources import files

    names = sorted(
        one.name for one in (files("tenmatsu.store") / "migrations" / "versions").iterdir() if one.name.startswith("v")
    )
    assert names[-1].startswith(f"v{upgrade.NEWEST}_")
