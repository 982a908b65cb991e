"""PostgreSQL for the tests: a server of their own, in a temporary folder, and a database of its own for each test.

``postgres_url`` is the fixture: the URL of an empty database, dropped behind the test. Where no server can be had the test
is skipped and the reason says what is missing; with ``TENMATSU_NEEDS_POSTGRES`` set (as ``.ci/run`` does) it fails. The
server asks no password, listens on a socket in its folder that nobody else may enter, and keeps nothing safe from a loss of
power, which makes it fast.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

NEEDED = "TENMATSU_NEEDS_POSTGRES"
_PREFIX = "tenmatsu-postgres-"
_USER = "tenmatsu"
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "40",
}


class NoServerError(RuntimeError):
    """No PostgreSQL server can be had; the message says why and what to do."""


@dataclass(frozen=True)
class Server:
    """A running server: its folder (the socket is in it), and the process."""

    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, database: str = "postgres") -> str:
        """Return the URL of a database for SQLAlchemy."""
        return f"postgresql+psycopg://{_USER}@/{database}?host={self.folder}"

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement outside of a transaction and return its rows."""
        import psycopg

        with psycopg.connect(host=str(self.folder), user=_USER, dbname=database, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


def binaries() -> Path | None:
    """Return the folder that holds initdb and postgres: on the PATH, or where Debian puts them (the newest); None for none."""
    places = [Path(place) for place in os.environ.get("PATH", "").split(os.pathsep) if place]
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    places += sorted(debian, key=lambda place: float(place.parent.name) if place.parent.name.isdigit() else 0)[::-1]
    for place in places:
        if all(os.access(place / name, os.X_OK) for name in ("initdb", "postgres")):
            return (place / "postgres").resolve().parent
    return None


def _other_user() -> dict[str, object]:
    """What makes a process that of another user where we are root, whom the server refuses; nothing elsewhere."""
    if os.getuid():
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise NoServerError("we are root, and there is no user postgres or nobody for the server to run as")


def start() -> Server:
    """Start a server in a temporary folder. Raises NoServerError."""
    place = binaries()
    if place is None:
        raise NoServerError(
            "no PostgreSQL: neither the PATH nor /usr/lib/postgresql has initdb and postgres (Debian: apt-get install postgresql)"
        )
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise NoServerError(f"psycopg cannot be imported ({error}): pip install 'psycopg[binary]'") from None
    sweep()
    # a socket's path may have 107 bytes: the usual temporary folder, unless that is a long one
    base = tempfile.gettempdir()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base if len(base) < 50 else "/tmp"))
    try:
        return _start(place, folder, _other_user())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _start(place: Path, folder: Path, user: dict[str, object]) -> Server:
    (folder / "owner").write_text(str(os.getpid()), encoding="ascii")
    if user:
        os.chown(folder, int(str(user["user"])), int(str(user["group"])))
    data, log = folder / "data", folder / "log"
    common = {"cwd": folder, "env": {"PATH": f"{place}:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}, **user}
    made = subprocess.run(
        [str(place / "initdb"), "-D", str(data), "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync", "--no-locale"],
        capture_output=True,
        text=True,
        **common,  # type: ignore[call-overload]
    )
    if made.returncode:
        raise NoServerError(f"initdb failed: {' '.join(made.stderr.split())[-400:]}")
    settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(place / "postgres"), "-D", str(data), "-k", str(folder), *settings],
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in the terminal is for the tests, which then stop it
            **common,  # type: ignore[call-overload]
        )
    server = Server(folder, process)
    last: Exception | None = None
    for _ in range(300):
        if process.poll() is not None:
            raise NoServerError(
                f"the server stopped at once: {' '.join(log.read_text('utf-8', 'replace').split())[-400:]}"
            )
        try:
            server.sql("select 1")
            return server
        except Exception as error:  # the kinds are psycopg's
            last = error
            time.sleep(0.1)
    stop(server)
    raise NoServerError(f"the server took no connection for 30 s: {last}")


def stop(server: Server) -> None:
    """Stop the server at once, with whatever still runs in it, and remove its folder."""
    _end(server.process.pid)
    try:
        server.process.wait(15)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
    shutil.rmtree(server.folder, ignore_errors=True)


def _end(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGQUIT)  # "immediate": it ends its children too


def sweep() -> None:
    """Stop the servers of test runs that were killed before they could stop them, and remove their folders."""
    for folder in {*Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"), *Path("/tmp").glob(f"{_PREFIX}*")}:
        with contextlib.suppress(OSError, ValueError):
            if _alive(int((folder / "owner").read_text("ascii"))):
                continue
            pid = int((folder / "data" / "postmaster.pid").read_text("utf-8").split()[0])
            if (
                str(folder).encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
            ):  # and no other that has its number now
                _end(pid)
                time.sleep(0.5)
        with contextlib.suppress(OSError, ValueError):
            if not _alive(int((folder / "owner").read_text("ascii"))):
                shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _without(reason: str) -> None:
    """Skip the test, loudly; fail it where PostgreSQL is needed."""
    if os.environ.get(NEEDED):
        pytest.fail(f"PostgreSQL is needed here ({NEEDED} is set) and cannot be had: {reason}", pytrace=False)
    pytest.skip(f"NOT TESTED AGAINST PostgreSQL: {reason}")


@pytest.fixture(scope="session")
def _postgres() -> Iterator[Server | str]:
    """The server of this run, or why there is none; started by the first test that asks."""
    try:
        server = start()
    except NoServerError as error:
        yield str(error)
        return
    try:
        yield server
    finally:
        stop(server)


@pytest.fixture
def postgres_server(_postgres: Server | str) -> Server:
    """The running server; the test is skipped where none can be had, or fails where one is needed."""
    if isinstance(_postgres, str):
        _without(_postgres)
    assert isinstance(_postgres, Server)
    return _postgres


@pytest.fixture
def postgres_database(postgres_server: Server) -> Iterator[Callable[[], str]]:
    """A function that makes an empty database and gives its URL; all are dropped behind the test."""
    made: list[str] = []

    def make() -> str:
        made.append(f"t{uuid.uuid4().hex[:12]}")
        postgres_server.sql(f"create database {made[-1]}")
        return postgres_server.url(made[-1])

    yield make
    for name in made:
        postgres_server.sql(f"drop database if exists {name} with (force)")


@pytest.fixture
def postgres_url(postgres_database: Callable[[], str]) -> str:
    """The URL of an empty database of the test's own."""
    return postgres_database()
