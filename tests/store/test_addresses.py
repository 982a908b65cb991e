"""URLs that are taken, and what is said of others."""

import pytest

from tenmatsu.store import Store, StoreError, addresses
from tenmatsu.store.addresses import file_of, parsed, shown


@pytest.mark.parametrize(
    ("url", "driver", "file"),
    [
        ("sqlite:///i.db", "sqlite", "i.db"),
        ("sqlite:////srv/i.db", "sqlite", "/srv/i.db"),
        ("duckdb:///a/b.duckdb", "duckdb", "a/b.duckdb"),
        ("postgresql+psycopg://me@h/d", "postgresql+psycopg", None),
        ("postgresql://me@h/d", "postgresql+psycopg", None),
        ("postgres://me@h/d", "postgresql+psycopg", None),
    ],
)
def test_urls_of_databases(url, driver, file):
    found = parsed(url)
    assert found.drivername == driver
    place = file_of(found)
    assert (place.as_posix() if place else None) == file


@pytest.mark.parametrize(
    "url",
    [
        "", "i.db", "sqlite://i.db", "sqlite:///", "sqlite:///:memory:", "duckdb:///", "sqlite+aiosqlite:///i.db", "mysql://me:s3cr3t@h/d",
        "postgresql+psycopg2://me:s3cr3t@h/d", "postgresql+psycopg://me:s3cr3t@h:port/d",
    ],
)  # fmt: skip
def test_others_are_refused_in_one_line_without_repeating_a_password(url):
    with pytest.raises(StoreError, match=r"(sqlite|duckdb):///FILE") as caught:
        Store(url)
    assert "s3cr3t" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_database_is_shown_without_its_password():
    assert shown(parsed("postgresql://me:s3cr3t@h/d")) == "postgresql+psycopg://me:***@h/d"
    assert shown(parsed("sqlite:///a/i.db")) == "a/i.db"


@pytest.mark.parametrize(("url", "extra"), [("duckdb:///i.db", "duckdb"), ("postgresql://h/d", "postgresql")])
def test_a_missing_driver_is_named_with_what_to_install(url, extra, monkeypatch):
    monkeypatch.setattr(addresses, "find_spec", lambda name: None)
    with pytest.raises(StoreError, match=rf"pip install 'tenmatsu\[{extra}\]'"):
        Store(url)
