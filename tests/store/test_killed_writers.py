"""Two writers at once, and writers that are killed in the middle of a transaction: what is stored is as if nothing had been."""

import multiprocessing
import os
import signal
import threading
import time

import generate
import pytest

from tenmatsu.pipeline import extract_document
from tenmatsu.store import Store
from tenmatsu.tables import TABLES

COUNT = 24
WAIT = 60.0


def _extracted(seed):
    return extract_document(generate.disclosure(seed).encode(), f"{seed:04d}.txt")


def _put(url, seeds, began=None):
    """Store documents and join them: the work of one writer, in a process of its own."""
    with Store(url, wait=WAIT) as store:
        for seed in seeds:
            store.put(_extracted(seed), "key")
            if began is not None:
                began.set()
        store.join()


def _contents(url):
    with Store(url, wait=WAIT) as store:
        return {table: list(store.rows(table)) for table in TABLES}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """An empty database of the kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'rows.db'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What one writer makes of the documents, undisturbed."""
    url = f"sqlite:///{tmp_path_factory.mktemp('undisturbed') / 'rows.db'}"
    _put(url, range(COUNT))
    return _contents(url)


def _process(*arguments):
    # forked: the rules are loaded already
    process = multiprocessing.get_context("fork").Process(target=_put, args=arguments, daemon=True)
    process.start()
    return process


def test_two_writers_at_once_store_the_same_documents_once(url, undisturbed):
    there = [_process(url, seeds) for seeds in (range(COUNT), reversed(range(COUNT)))]
    for process in there:
        process.join(120)
        assert process.exitcode == 0
    assert _contents(url) == undisturbed


def test_two_writers_of_other_documents_lose_none(url, undisturbed):
    there = [_process(url, range(start, COUNT, 2)) for start in (0, 1)]
    for process in there:
        process.join(120)
        assert process.exitcode == 0
    assert _contents(url) == undisturbed


def test_a_writer_that_is_killed_and_started_again_ends_with_the_same_rows(url, undisturbed):
    killed = 0
    for delay in (0.0, 0.03, 0.08, 0.15, 0.3):
        began = multiprocessing.get_context("fork").Event()
        process = _process(url, range(COUNT), began)
        began.wait(60)
        time.sleep(delay)
        if process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        process.join(60)
    assert killed
    _put(url, range(COUNT))
    assert _contents(url) == undisturbed


def _stop_inside(url, held):
    """Begin to store a document and stop for ever in the middle of its transaction."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    seen = []

    @event.listens_for(Engine, "before_cursor_execute")
    def _(connection, cursor, statement, parameters, context, many):
        if "INSERT INTO events" in statement.replace('"', ""):
            seen.append(statement)
            held.set()
            time.sleep(600)

    with Store(url, wait=WAIT) as store:
        store.put(_extracted(0), "key")


def test_a_writer_killed_inside_its_transaction_leaves_nothing_of_the_document(url, undisturbed):
    held = multiprocessing.get_context("fork").Event()
    process = multiprocessing.get_context("fork").Process(target=_stop_inside, args=(url, held), daemon=True)
    process.start()
    assert held.wait(60), "the writer never came to its events"
    os.kill(process.pid, signal.SIGKILL)
    process.join(60)
    assert not any(_contents(url)[table] for table in TABLES)
    _put(url, range(COUNT))
    assert _contents(url) == undisturbed


def test_a_connection_that_the_server_ends_is_made_anew_or_told_and_nothing_is_half_stored(
    postgres_server, postgres_url, undisturbed
):
    from tenmatsu.store import StoreError

    name = postgres_url.split("/")[3].split("?")[0]
    stop, ended = threading.Event(), []
    others = (
        f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}' and pid <> pg_backend_pid()"
    )

    def terminate():
        while not stop.wait(0.1):
            ended.extend(postgres_server.sql(others))

    thread = threading.Thread(target=terminate)
    thread.start()
    told = []
    try:
        while len(ended) < 3 and len(told) < 50:
            try:
                _put(postgres_url, range(COUNT))
            except StoreError as error:
                told.append(str(error))
            with Store(postgres_url) as store:
                store.remove([f"{seed:04d}.txt" for seed in range(COUNT // 2)])
    except StoreError as error:
        told.append(str(error))
    finally:
        stop.set()
        thread.join()
    assert ended, "no connection was ended: the test proves nothing"
    assert all("\n" not in one for one in told)
    _put(postgres_url, range(COUNT))
    assert _contents(postgres_url) == undisturbed
