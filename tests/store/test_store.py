"""Documents are stored whole and once, whatever happens; what cannot be done is told in one line."""

import datetime
import multiprocessing
import os
import re
import signal
import sqlite3
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, select, text

from tenmatsu.pipeline import Extracted, unread
from tenmatsu.records import DocumentRow, Entity, Event, Mention, Text
from tenmatsu.store import Store, StoreError, documents
from tenmatsu.store.engines import reading, writing
from tenmatsu.store.schema import tables

SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
SHARED = pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True)


def all_of(url, statement):
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [tuple(one) for one in connection.execute(text(statement))]
    engine.dispose()
    return found


def bare(name, path=None, **given):
    """A document of one text."""
    return Extracted(
        DocumentRow(name, path or f"{name}.txt", name * 4, characters=1), texts=(Text(name, "文"),), **given
    )


def entity(entity_id, name, **given):
    return Entity(entity_id, name, source="document", **given)


@SQLITE
def test_storing_twice_writes_nothing_at_all(given, load, url):
    load(url, *given.values())
    path = Path(url.removeprefix("sqlite:///"))
    before, at = path.read_bytes(), path.stat().st_mtime_ns
    with sqlite3.connect(path) as watching, Store(url) as store:
        version = watching.execute("PRAGMA data_version").fetchone()
        assert not any(store.put(one, one.document.sha256 + "1") for one in given.values())
        assert all(store.done(one.document.path, one.document.sha256 + "1") for one in given.values())
        assert store.remove(["never.txt"]) == 0
        store.join()
        assert watching.execute("PRAGMA data_version").fetchone() == version
    watching.close()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, at)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@SQLITE
def test_a_closed_store_is_one_file(given, url):
    path = Path(url.removeprefix("sqlite:///"))
    with Store(url) as store:
        store.put(given["first"], "1")
        assert path.with_name(f"{path.name}-wal").exists()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_the_ledger_says_what_is_stored(given, url):
    with Store(url) as store:
        assert store.put(given["first"], "a")
        assert not store.put(given["first"], "a")
        assert store.put(given["first"], "b")
        assert store.put(unread("none.txt", b"", "no such file"), "c")
        assert store.done("first.txt", "b")
        assert not store.done("first.txt", "a")
        assert not store.done("other.txt", "b")
        assert list(store.ledger()) == [("first.txt", "b", "ok"), ("none.txt", "c", "error")]


def test_a_path_with_other_bytes_holds_only_these(given, load, held, fresh):
    url = load(fresh(), given["first"], given["news"])
    changed = replace(given["other"], document=replace(given["other"].document, path="first.txt"))
    assert held(load(url, changed)) == held(load(fresh(), changed, given["news"]))


def test_the_same_bytes_under_two_paths_are_two_documents_with_one_set_of_rows(given, load, held, told, fresh):
    first = given["first"]
    copy = replace(first, document=replace(first.document, path="a/copy.txt"))
    url = load(fresh(), first, copy)
    found = told(url)
    assert [one["path"] for one in found["documents"]] == ["a/copy.txt", "first.txt"]
    assert len(found["events"]) == len(first.events)
    with Store(url) as store:
        assert store.remove(["first.txt"]) == 1
        store.join()
    assert held(url) == held(load(fresh(), copy))
    with Store(url) as store:
        assert store.remove(["a/copy.txt"]) == 1
        store.join()
    assert not any(held(url).values())


def test_of_the_same_bytes_made_otherwise_the_last_stored_stand(given, told, url):
    """Another day of publication, say; when it goes, the other path is to be read anew."""
    first = given["first"]
    other = replace(
        first, document=replace(first.document, path="b.txt"), events=first.events[:1], quantities=(), timexes=()
    )
    other = replace(other, events=tuple(replace(one, timex_id=None) for one in other.events))
    with Store(url) as store:
        store.put(first, "1")
        store.put(other, "2")
        assert len(list(store.rows("events"))) == 1
        store.remove(["b.txt"])
        assert not store.done("first.txt", "1")
        store.put(first, "1")
        assert len(list(store.rows("events"))) == len(first.events)


def test_a_copy_that_cannot_be_read_takes_nothing_from_one_that_can(given, told, url):
    first = given["first"]
    broken = Extracted(replace(first.document, path="b.txt", status="error", error="time is up"))
    with Store(url) as store:
        store.put(first, "1")
        store.put(broken, "1")
    found = told(url)
    assert [one["status"] for one in found["documents"]] == ["error", "ok"]
    assert len(found["events"]) == len(first.events)


def test_rows_come_in_the_order_of_the_paths_asked_for(given, told, url):
    with Store(url) as store:
        for one in given.values():
            store.put(one, "1")
        store.join()
        order = ["other.txt", "first.txt", "never.txt"]
        assert [one["path"] for one in store.rows("documents", order)] == order[:2]
        ids = [given[name].document.doc_id for name in ("other", "first")]
        assert list(dict.fromkeys(one["doc_id"] for one in store.rows("events", iter(order)))) == ids
        named = [entity.entity_id for name in ("other", "first") for entity in given[name].entities]
        assert [one["entity_id"] for one in store.rows("entities", order)] == list(dict.fromkeys(named))
        with pytest.raises(KeyError):
            next(store.rows("accounts"))


def test_many_documents_are_read_in_portions_without_a_gap(url):
    with Store(url) as store:
        store.put(bare("ab" * 8, "p/0500x.txt"), "1")
        with writing(store._engine) as connection:
            for at in range(450):
                documents.put_document(connection, documents.prepared(bare(f"{at:016}", f"p/{at:04}.txt")), "1")
        paths = [one["path"] for one in store.rows("documents")]
        assert paths == sorted([*(f"p/{at:04}.txt" for at in range(450)), "p/0500x.txt"])
        assert len(list(store.rows("texts"))) == 451
        assert [path for path, _, _ in store.ledger()] == paths


def test_paths_are_sorted_by_code_points_in_every_database(url):
    names = ["a b.txt", "B.txt", "a.txt", "あ.txt", "ア.txt", "𠮷.txt", "ｱ.txt", "é.txt", "-.txt"]
    with Store(url) as store:
        for at, name in enumerate(names):
            store.put(bare(f"{at:016}", name), "1")
        assert [one["path"] for one in store.rows("documents")] == sorted(names)


# --- values


def test_dates_are_dates_and_lists_are_json(given, load, url, kind):
    load(url, *given.values())
    engine = create_engine(url)
    whole = tables(kind).tables
    with engine.connect() as connection:
        events, incidents, papers = (whole[name].c for name in ("events", "incidents", "documents"))
        begin, end = connection.execute(
            select(events.date_begin, events.date_end).where(events.date.is_not(None))
        ).first()
        assert (type(begin), type(end)) == (datetime.date, datetime.date)
        row = connection.execute(
            select(
                incidents.detection_begin, incidents.detection, incidents.disclosure_days_min, incidents.disclosure_days
            ).where(incidents.victim.like("%アオバネ%"))
        ).one()
        assert row == (datetime.date(2022, 5, 12), "2022-05-12", 1, "1")
        assert set(connection.scalars(select(papers.published_end))) == {
            None, datetime.date(2022, 5, 13), datetime.date(2022, 6, 20), datetime.date(2023, 2, 6)
        }  # fmt: skip
    if kind == "postgresql":
        kinds = {column["name"]: str(column["type"]) for column in inspect(engine).get_columns("incidents")}
        assert (kinds["vectors"], kinds["detection_begin"], kinds["dwell_days_min"]) == ("JSONB", "DATE", "INTEGER")
    engine.dispose()
    length = {"sqlite": "json_array_length(vectors)", "postgresql": "jsonb_array_length(vectors)"}
    counted = f"SELECT min({length.get(kind, 'json_array_length(vectors)')}) FROM incidents"
    assert all_of(url, counted)[0][0] >= 1


def test_awkward_texts_come_back_unchanged(told, url):
    awkward = '改行\nと\rと\t「"引用"」と\\u0000と|と,\u200b\u202e𠮷%s{}:x\x1b\ufffe'
    name = "ab" * 8
    one = bare(name, mentions=(Mention(name, "m", 0, 1, awkward, "name", awkward, None, "r"),))
    with Store(url) as store:
        store.put(replace(one, document=replace(one.document, title=awkward)), "1")
    found = told(url)
    assert found["documents"][0]["title"] == found["mentions"][0]["text"] == awkward


@pytest.mark.parametrize(("bad", "word"), [("a\0b", r"texts.text holds the character U\+0000"), ("\ud800", "U[+]D800")])
def test_text_that_databases_refuse_makes_an_error_row(url, bad, word):
    """In every database alike, and in place of what the path held."""
    name = "ab" * 8
    with Store(url) as store:
        store.put(bare(name, "a.txt"), "1")
        assert store.put(replace(bare(name, "a.txt"), texts=(Text(name, bad),)), "2")
        assert store.done("a.txt", "2")
        (row,) = store.rows("documents")
        assert row["status"] == "error"
        assert re.search(word, row["error"])
        assert list(store.rows("texts")) == []
        with pytest.raises(StoreError, match=r"documents\.path holds"):
            store.put(bare(name, bad), "1")


def test_a_defect_in_one_document_is_its_error_row(given, url, monkeypatch):
    def account_of(one):
        raise KeyError("a\nb")

    monkeypatch.setattr(documents, "account_of", account_of)
    with Store(url) as store:
        assert store.put(given["first"], "1")
        assert [one["error"] for one in store.rows("documents")] == [
            "internal error, please report it (KeyError: 'a\\nb')"
        ]


@SHARED
def test_rows_that_contradict_their_keys_make_an_error_row_and_nothing_else(url):
    name = "ab" * 8
    lost = Event(
        name, f"{name}-e0", None, 0, 1, "検知", "detection", None, None, None, f"{name}-t9", None, None, "asserted", None, None, 0, 1, "r", 1.0
    )  # fmt: skip
    with Store(url) as store:
        assert store.put(bare(name, events=(lost,)), "1")
        (row,) = store.rows("documents")
        assert "cannot be stored" in row["error"]
        assert list(store.rows("texts")) == list(store.rows("events")) == []


# --- organisations


def test_the_fullest_row_of_an_organisation_stays_whatever_the_order(fresh, held):
    short, long, register = (
        entity("tm:1", "架空"),
        entity("tm:1", "架空商事"),
        replace(entity("tm:1", "架"), source="edinet"),
    )
    given = [bare(f"{at:016}", entities=(one,)) for at, one in enumerate((short, long, register))]
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        url = fresh()
        with Store(url) as store:
            for at in order:
                store.put(given[at], "1")
            names = []
            for at in (2, 1, 0):
                names += [one["name"] for one in store.rows("entities")]
                store.remove([given[at].document.path])
            assert names == ["架", "架空商事", "架空"]
        assert not any(held(url).values())


def test_an_organisation_that_a_document_names_otherwise_now_is_chosen_anew(url):
    one, other = (
        bare("a" * 16, entities=(entity("tm:1", "架空商事"),)),
        bare("b" * 16, entities=(entity("tm:1", "架空商"),)),
    )
    with Store(url) as store:
        store.put(one, "1")
        store.put(other, "1")
        store.put(replace(one, entities=(entity("tm:1", "架空"),)), "2")
        assert [each["name"] for each in store.rows("entities")] == ["架空商"]


def test_a_column_with_several_organisations_is_linked_to_each(url):
    name = "ab" * 8
    both = Mention(name, f"{name}-m0", 0, 2, "両社", "anaphor", "甲|乙", "tm:1|tm:2", "r")
    with Store(url) as store:
        store.put(bare(name, mentions=(both,), entities=(entity("tm:1", "甲"), entity("tm:2", "乙"))), "1")
    found = "SELECT m.text, e.name FROM mentions m JOIN mention_entities USING (mention_id) JOIN entities e ON e.entity_id = mention_entities.entity_id"
    assert sorted(all_of(url, found)) == [("両社", "乙"), ("両社", "甲")]


# --- keys between tables


@SHARED
def test_keys_hold_after_every_transaction(given, url, kind):
    """SQLite can be asked; PostgreSQL refuses what would break one."""
    with Store(url) as store:
        for one in given.values():
            store.put(one, "1")
        store.join()
        store.put(replace(given["second"], quantities=()), "2")
        store.remove(["first.txt"])
        store.join()
        if kind == "sqlite":
            with reading(store._engine) as connection:
                assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        for statement in ("DELETE FROM contents", "UPDATE events SET incident_id = 'none'", "DELETE FROM entities"):
            with pytest.raises(Exception, match=r"(?i)foreign key"), writing(store._engine) as connection:
                connection.execute(text(statement))
    if kind == "postgresql":
        engine = create_engine(url)
        keys = inspect(engine).get_foreign_keys("events")
        assert {key["referred_table"] for key in keys} == {"contents", "timexes", "cards", "incidents"}
        assert all(key["options"] == {"initially": "DEFERRED", "deferrable": True} for key in keys)
        engine.dispose()


# --- several processes, and ones that are killed


def _write(url, given, barrier, results):
    barrier.wait(60)
    try:
        with Store(url) as store:
            results.put(sum(store.put(one, "1") for one in given))
            store.join()
    except BaseException as error:
        results.put(repr(error))


@SHARED
def test_two_writers_at_once_lose_nothing_and_store_nothing_twice(given, made, load, held, fresh):
    many = [*given.values(), *(made(at, f"株式会社{'乙丙'[at % 2]}川物産", at % 3 + 1) for at in range(20))]
    expected = held(load(fresh(), *many))
    url = fresh()
    spawn = multiprocessing.get_context("spawn")
    barrier, results = spawn.Barrier(2), spawn.Queue()
    both = [spawn.Process(target=_write, args=(url, order, barrier, results)) for order in (many, many[::-1])]
    for one in both:
        one.start()
    found = [results.get(timeout=120) for _ in both]
    for one in both:
        one.join(60)
    assert sum(found) == len(many)
    assert held(url) == expected


def _hang(url, one, marker):
    """Store a document and stop for good in the midst of it."""
    from tenmatsu.store import documents

    def remember(*given):
        Path(marker).touch()
        time.sleep(600)

    documents.remember = remember
    with Store(url) as store:
        store.put(one, "2")


def killed(url, one, marker):
    process = multiprocessing.get_context("spawn").Process(target=_hang, args=(url, one, str(marker)))
    process.start()
    end = time.monotonic() + 60
    while not marker.exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.join(30)


def test_a_writer_that_is_killed_in_a_transaction_leaves_what_was_before(given, load, held, url, tmp_path):
    expected = held(load(url, *given.values()))
    killed(url, replace(given["first"], events=(), quantities=()), tmp_path / "marker")
    assert held(load(url)) == expected


def test_the_next_run_does_what_a_killed_one_left(given, load, held, fresh, tmp_path):
    url = load(fresh(), given["news"])
    killed(url, given["first"], tmp_path / "marker")
    assert held(load(url, *given.values())) == held(load(fresh(), *given.values()))


@SHARED
def test_who_waits_too_long_for_another_writer_is_told(given, url):
    told = pytest.raises(StoreError, match=r"another process has been writing for 0.3 seconds; try again")
    with Store(url) as first, Store(url, wait=0.3) as second, writing(first._engine), told:
        second.put(given["first"], "1")


@pytest.mark.parametrize("kind", ["duckdb"], indirect=True)
def test_a_duckdb_file_that_another_process_has_open_is_waited_for(url, tmp_path):
    """And not for ever: one process at a time."""
    holder = multiprocessing.get_context("spawn").Process(target=_hold, args=(url, str(tmp_path / "m"), 600))
    holder.start()
    try:
        while not (tmp_path / "m").exists():
            assert holder.is_alive()
            time.sleep(0.02)
        with pytest.raises(StoreError, match="another process has this file open, and DuckDB lets in one at a time"):
            Store(url, wait=0.3).__enter__()
    finally:
        holder.kill()
        holder.join(30)
    with Store(url, wait=5):
        pass


def _hold(url, marker, seconds):
    with Store(url):
        Path(marker).touch()
        time.sleep(seconds)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_connection_that_broke_off_is_made_anew(given, url):
    with Store(url) as store:
        store.put(given["first"], "1")
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        assert all_of(url, others)
        assert store.put(given["other"], "1")


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_connection_that_breaks_in_a_transaction_is_tried_once_more(given, url, monkeypatch):
    from tenmatsu.store import documents

    remember, calls = documents.remember, []

    def breaking(connection, account):
        calls.append(account.doc_id)
        if len(calls) == 1:
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        remember(connection, account)

    monkeypatch.setattr(documents, "remember", breaking)
    with Store(url) as store:
        assert store.put(given["first"], "1")
        assert len(calls) == 2
        assert len(list(store.rows("events"))) == len(given["first"].events)


# --- what cannot be used


def test_what_is_no_database_is_not_touched(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("これはデータベースではありません" * 100)
    before = path.read_bytes()
    for kind in ("sqlite", "duckdb"):
        with pytest.raises(StoreError, match=r"notes\.txt.*(no database|not a valid)"):
            Store(f"{kind}:///{path}").__enter__()
        assert path.read_bytes() == before


@pytest.mark.parametrize(("place", "words"), [("none/i.db", "is the folder there"), (".", "no regular file")])
def test_a_file_that_cannot_be_one_is_told(tmp_path, place, words):
    with pytest.raises(StoreError, match=words):
        Store(f"sqlite:///{tmp_path}/{place}").__enter__()
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_not_there_is_told_without_the_password():
    with pytest.raises(StoreError) as caught:
        Store("postgresql+psycopg://me:s3cr3t@localhost:1/none", wait=1).__enter__()
    assert "s3cr3t" not in str(caught.value)
    assert "localhost" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_importing_the_command_line_imports_no_database():
    import subprocess

    code = "import sys, tenmatsu.cli; sys.exit(any(name in sys.modules for name in ('sqlalchemy', 'alembic', 'duckdb', 'psycopg')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
