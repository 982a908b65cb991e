"""The queries that the README shows run as they are."""

import re
from pathlib import Path

import pytest
from sqlalchemy import create_engine

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_queries_of_the_readme_run(given, load, url, kind):
    part = README[README.index("## Feed a database") :]
    shown = re.search(r"```sql\n(.*?)```", part, re.S)[1]
    queries = [one for one in re.sub(r"--.*", "", shown).split(";") if one.strip()]
    assert len(queries) == 6
    load(url, *given.values())
    engine = create_engine(url)
    with engine.connect() as connection:
        for query in queries if kind == "sqlite" else queries[:-1]:  # lists are asked in each database's own way
            connection.exec_driver_sql(query).all()
    engine.dispose()


@pytest.mark.parametrize(
    ("kind", "where"),
    [("postgresql", "vectors ? 'vpn'"), ("duckdb", "json_contains(vectors, '\"vpn\"')")],
    indirect=["kind"],
)
def test_so_do_the_ways_to_ask_lists(given, load, url, kind, where):
    assert where in README
    load(url, given["first"])
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"SELECT victim FROM incidents WHERE {where}").all() == []
        found = where.replace("vpn", given["first"].incidents[0].vectors[0])
        assert len(connection.exec_driver_sql(f"SELECT victim FROM incidents WHERE {found}").all()) == 1
    engine.dispose()
