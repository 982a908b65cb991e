"""The server that the tests start: it is there, it is ours alone, and it is gone behind them."""

import os
import subprocess
import sys
import time
from pathlib import Path

import postgres
import pytest


def test_a_test_has_an_empty_database_of_its_own(postgres_server, postgres_url):
    name = postgres_url.split("/")[3].split("?")[0]
    postgres_server.sql("create table only_here (a int)", name)
    assert postgres_server.sql("select count(*) from only_here", name) == [(0,)]
    assert postgres_server.sql("select 1 from pg_tables where tablename = 'only_here'") == []


def test_the_server_is_another_users_where_we_are_root(postgres_server):
    status = Path(f"/proc/{postgres_server.process.pid}/status")
    if not status.exists():
        pytest.skip("no /proc")
    uid = status.read_text().split("Uid:")[1].split()[0]
    assert int(uid) != 0


def test_a_server_whose_tests_were_killed_is_swept_away(postgres_server):
    """The fixture is asked for so that this is skipped where there is no server."""
    code = (
        "import sys, os, signal; sys.path.insert(0, sys.argv[1]); import postgres; s = postgres.start(); "
        "print(s.process.pid, s.folder, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    made = subprocess.run(
        [sys.executable, "-c", code, str(Path(postgres.__file__).parent)], capture_output=True, text=True
    )
    pid, folder = made.stdout.split()
    assert Path(folder).is_dir()
    postgres.sweep()
    assert not Path(folder).exists()
    for _ in range(100):
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            break
        state = Path(f"/proc/{pid}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            break  # dead, and nobody has asked after it
        time.sleep(0.1)
    else:
        pytest.fail("the server still runs")


def test_without_a_server_a_test_is_skipped_with_the_reason_and_fails_where_it_is_needed(monkeypatch):
    monkeypatch.setattr(postgres, "binaries", lambda: None)
    with pytest.raises(postgres.NoServerError, match="apt-get install postgresql"):
        postgres.start()
    monkeypatch.delenv(postgres.NEEDED, raising=False)
    with pytest.raises(pytest.skip.Exception, match="NOT TESTED AGAINST PostgreSQL: none"):
        postgres._without("none")
    monkeypatch.setenv(postgres.NEEDED, "1")
    with pytest.raises(pytest.fail.Exception, match="cannot be had: none"):
        postgres._without("none")
