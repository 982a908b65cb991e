"""Databases to store into: SQLite and DuckDB files, and a PostgreSQL server that is started for the tests and thrown away."""

import os
import pwd
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import pytest

_NUMBERS = count()


def _programs():
    """The folder of initdb and postgres, None where PostgreSQL is not installed."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    if found:
        places.append(Path(found).resolve().parent)
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


def _somebody():
    """What subprocesses run as: PostgreSQL refuses the superuser."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        except KeyError:
            continue
    return None


@pytest.fixture(scope="session")
def server():
    """The folder of the socket of a PostgreSQL server, and a function that makes a database in it and gives its URL."""
    programs, who = _programs(), _somebody()
    if programs is None or who is None:
        pytest.skip("NO POSTGRESQL: install it (Debian: apt-get install postgresql) to run these tests")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        if who:
            os.chown(folder, who["user"], who["group"])
        calm = {"check": True, "capture_output": True, "cwd": folder, "env": {**os.environ, "LC_ALL": "C.UTF-8"}, **who}
        initdb = ["-D", folder / "data", "-A", "trust", "-U", "tenmatsu", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run([programs / "initdb", *initdb], **calm)
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=50"
        start = ["-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start"]
        subprocess.run([programs / "pg_ctl", *start], **{**calm, "capture_output": False, "stdout": subprocess.DEVNULL})
        try:
            yield folder
        finally:
            subprocess.run([programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop"], **calm)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _database(folder):
    import psycopg

    name = f"t{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(host=str(folder), user="tenmatsu", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql+psycopg://tenmatsu@/{name}?host={folder}"


@pytest.fixture(params=["sqlite", "duckdb", "postgresql"])
def kind(request):
    """The kind of database."""
    return request.param


@pytest.fixture
def fresh(kind, tmp_path, request):
    """A function that gives the URL of a new database."""
    if kind == "postgresql":
        folder = request.getfixturevalue("server")
        return lambda: _database(folder)
    return lambda: f"{kind}:///{tmp_path}/{next(_NUMBERS)}.db"


@pytest.fixture
def url(fresh):
    """The URL of a new database."""
    return fresh()
