"""Databases to store into: SQLite and DuckDB files, and PostgreSQL (``postgres.py``)."""

from dataclasses import replace
from itertools import count

import pytest
from affair import FIRST, NEWS, OTHER, SECOND, SERIES
from sqlalchemy import create_engine, select

from tenmatsu.pipeline import extract_document
from tenmatsu.records import Conflict
from tenmatsu.store import Store
from tenmatsu.store.schema import tables
from tenmatsu.tables import TABLES

_NUMBERS = count()


@pytest.fixture(params=["sqlite", "duckdb", "postgresql"])
def kind(request):
    """The kind of database."""
    return request.param


@pytest.fixture
def fresh(kind, tmp_path, request):
    """A function that gives the URL of a new database."""
    if kind == "postgresql":
        return request.getfixturevalue("postgres_database")
    return lambda: f"{kind}:///{tmp_path}/{next(_NUMBERS)}.db"


@pytest.fixture
def url(fresh):
    """The URL of a new database."""
    return fresh()


def _read(text, path="t.txt"):
    one = extract_document(text.encode(), path)
    assert one.document.status == "ok", one.document.error
    return one


@pytest.fixture(scope="session")
def given():
    """Two reports of a series, news of the same affair without a year that contradicts itself, and another firm's."""
    news = _read(NEWS, "news.txt")
    (card,) = news.cards
    doc_id = news.document.doc_id
    own = Conflict(card.card_id, "date", "date", "XXXX-05-10", doc_id, 0, 1, "XXXX-05-12", doc_id, 2, 3, "XXXX-05-12")
    return {
        "first": _read(SERIES.format(number=1, published="2022年5月13日", story=FIRST), "first.txt"),
        "second": _read(SERIES.format(number=2, published="2022年6月20日", story=SECOND), "second.txt"),
        "news": replace(news, conflicts=(own,)),
        "other": _read(OTHER, "other.txt"),
    }


def _load(url, *documents, version="1"):
    with Store(url) as store:
        for one in documents:
            store.put(one, one.document.sha256 + version)
        store.join()
    return url


def _held(url):
    """Every table of the database, whether of rows or not, without the keys."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            name: sorted(
                (tuple(value for key, value in one.items() if key != "key") for one in rows.mappings()), key=repr
            )
            for name, table in tables(engine.dialect.name).tables.items()
            if (rows := connection.execute(select(table)))
        }
    engine.dispose()
    return found


def _told(url):
    with Store(url) as store:
        return {name: list(store.rows(name)) for name in TABLES}


def _made(number, victim, day):
    text = f"不正アクセスについて（{number}）\n\n2022年6月{number % 28 + 1}日\n{victim}\n\n当社は、2022年5月{day}日にサーバーへの不正アクセスを検知しました。\n"
    return extract_document(text.encode(), f"{number}.txt")


@pytest.fixture(scope="session")
def load():
    """The function that stores documents and joins them; it gives the URL back."""
    return _load


@pytest.fixture(scope="session")
def held():
    """The function that gives every table of a database, whether of rows or not, without the keys."""
    return _held


@pytest.fixture(scope="session")
def told():
    """The function that gives the rows of every table in canonical order."""
    return _told


@pytest.fixture(scope="session")
def read():
    """The function that reads a text as a document."""
    return _read


@pytest.fixture(scope="session")
def made():
    """The function that makes a document of a number, a victim and a day."""
    return _made
