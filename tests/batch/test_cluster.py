"""Runs on a Dask cluster against runs in processes of this machine: a real scheduler, and workers that are killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import generate
import pytest

from tenmatsu.batch import cluster as clusters
from tenmatsu.batch.cluster import Cluster
from tenmatsu.batch.pool import Job, PoolError
from tenmatsu.batch.work import Work
from tenmatsu.source import Source

distributed = pytest.importorskip(
    "distributed", reason="no Dask here (pip install 'tenmatsu[dask]'): clusters are not tested"
)
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
HERE = Path(__file__).parent


def _port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _started(*arguments: str, daemon: bool = False) -> subprocess.Popen[bytes]:
    more = {
        "DASK_DISTRIBUTED__WORKER__DAEMON": str(daemon),
        # a document that kills whoever reads it is given up after two
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        env=os.environ | more,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


class Servers:
    """A scheduler and two workers, each a process."""

    def __init__(self, folder: Path, daemon: bool) -> None:
        port = _port()
        self.address = f"tcp://127.0.0.1:{port}"
        self.apart = not daemon
        self.processes = [_started("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")]
        place = ("--no-dashboard", "--local-directory", str(folder))
        self.processes.append(
            _started("worker", self.address, "--nworkers", "2", "--nthreads", "1", *place, daemon=daemon)
        )
        with distributed.Client(self.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)

    def pids(self) -> list[int]:
        """The process of each worker."""
        with distributed.Client(self.address, timeout=20, set_as_default=False) as client:
            return list(client.run(os.getpid).values())

    def end(self) -> None:
        for process in reversed(self.processes):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module", params=[False, True], ids=["own processes", "no processes"])
def servers(request, tmp_path_factory):
    made = Servers(tmp_path_factory.mktemp("dask"), daemon=request.param)
    yield made
    made.end()


def jobs(*texts: str) -> list[Job]:
    return [Job(Source(f"{number}.txt", text.encode()), number) for number, text in enumerate(texts)]


def outcome(results) -> dict[int, str | None]:
    return {one.tag: one.extracted.document.error for one in results}


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if not path.name.startswith(".")}


def test_the_files_are_those_of_a_run_on_this_machine(servers, tmp_path):
    if not servers.apart:
        pytest.skip("done with the other workers")
    generate.write(tmp_path / "documents", 14, ["txt", "html"])
    (tmp_path / "documents" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    command = [
        sys.executable,
        "-m",
        "tenmatsu",
        "extract",
        str(tmp_path / "documents"),
        "--quiet",
        "--format",
        "jsonl,parquet",
    ]
    here = subprocess.run([*command, "--out", str(tmp_path / "here")], check=False)
    engine = ["--engine", "dask", "--scheduler", servers.address, "--out", str(tmp_path / "there")]
    there = subprocess.run([*command, *engine], check=False, capture_output=True)
    assert here.returncode == there.returncode == 1, there.stderr
    assert _files(tmp_path / "here") == _files(tmp_path / "there")
    assert b"picture.txt" in there.stderr
    assert b"distributed" not in there.stderr
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "there").iterdir()}
    again = subprocess.run([*command, *engine], check=False, capture_output=True)
    assert again.returncode == 1
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "there").iterdir()} == before


def test_a_worker_killed_in_mid_run_costs_nothing(servers, faulty, monkeypatch):
    monkeypatch.setattr(clusters, "BATCH", 4)
    killed = 0
    with Cluster(faulty.Faulty(), servers.address) as cluster:
        found = {}
        for one in cluster.results(jobs(*["sleep 0.05"] * 80)):
            found[one.tag] = one.extracted.document.error
            if not killed:
                killed = servers.pids()[0]
                os.kill(killed, signal.SIGKILL)
    assert found == dict.fromkeys(range(80))
    deadline = time.monotonic() + 60
    while len(servers.pids()) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)  # its nanny starts another for the tests after this one


def test_a_document_that_kills_its_process_costs_itself(servers, faulty, monkeypatch):
    monkeypatch.setattr(clusters, "BATCH", 3)
    with Cluster(faulty.Faulty(), servers.address) as cluster:
        found = outcome(cluster.results(jobs("x", "crash", "x", "x", "x")))
    assert sorted(found) == [0, 1, 2, 3, 4]
    assert "made to do harm" in found.pop(1)
    assert set(found.values()) == {None}


def test_results_come_in_order_when_asked(servers, faulty, monkeypatch):
    monkeypatch.setattr(clusters, "BATCH", 2)
    refused = Job(Source("r.txt", error="no bytes"), 9)
    with Cluster(faulty.Faulty(), servers.address) as cluster:
        found = list(cluster.results([*jobs("sleep 0.5", "x", "x", "x", "x"), refused], ordered=True))
    assert [one.tag for one in found] == [0, 1, 2, 3, 4, 9]
    assert found[-1].extracted.document.error == "no bytes"


def test_no_more_than_a_few_batches_are_taken_ahead(servers, faulty, monkeypatch):
    monkeypatch.setattr(clusters, "BATCH", 2)
    taken = []

    def coming():
        for job in jobs(*["x"] * 200):
            taken.append(job.tag)
            yield job

    with Cluster(faulty.Faulty(), servers.address) as cluster:
        ahead = [len(taken) - done for done, _ in enumerate(cluster.results(coming()))]
    assert len(taken) == 200
    # out there four batches of two, as many results that wait here, and the batch that is being put together
    assert max(ahead) <= 8 + 8 + 2


def test_workers_with_another_version_are_refused(servers, monkeypatch):
    monkeypatch.setattr(clusters, "identity", lambda ginza=False: "another")
    with pytest.raises(PoolError, match="another version of tenmatsu"), Cluster(Work(), servers.address):
        pass


def test_time_is_limited_where_processes_may_be_started(servers, faulty):
    if not servers.apart:
        pytest.skip(
            "Dask forbids its workers processes of their own here, and then no time limit holds: the README says so"
        )
    with Cluster(faulty.Faulty(), servers.address, timeout=0.5) as cluster:
        found = outcome(cluster.results(jobs("x", "hang", "x")))
    assert found.pop(1).startswith("stopped after 0.5 seconds")
    assert found == {0: None, 2: None}


def test_a_cluster_of_this_machine_is_started_and_ended(faulty):
    with Cluster(faulty.Faulty(), workers=2) as cluster:
        assert outcome(cluster.results(jobs("x", "crash", "x"))).keys() == {0, 1, 2}


def test_a_scheduler_that_is_not_there(tmp_path):
    (tmp_path / "a.txt").write_text("当社は不正アクセスを検知した。", encoding="utf-8")
    command = ["extract", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--engine", "dask"]
    address = f"tcp://127.0.0.1:{_port()}"
    done = subprocess.run(
        [sys.executable, "-m", "tenmatsu", *command, "--scheduler", address],
        check=False, capture_output=True, text=True,
        env=os.environ | {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"},
    )  # fmt: skip
    assert done.returncode == 2
    assert f"no scheduler answers at {address}" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_scheduler_that_is_lost_in_mid_run(tmp_path, faulty, monkeypatch):
    monkeypatch.setattr(clusters, "BATCH", 2)
    monkeypatch.setattr(clusters, "_PATIENCE", 0.5)
    import dask

    made = Servers(tmp_path, daemon=False)
    try:
        with (
            dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
            Cluster(faulty.Faulty(), made.address) as cluster,
        ):
            results = cluster.results(jobs(*["sleep 0.2"] * 100))
            next(results)
            made.end()
            with pytest.raises(PoolError, match="is lost: what is done is stored"):
                list(results)
    finally:
        if made.processes[0].poll() is None:
            made.end()


def test_options_that_do_not_go_together(tmp_path, monkeypatch):
    from typer.testing import CliRunner

    from tenmatsu.cli import app

    (tmp_path / "a.txt").write_text("検知した。", encoding="utf-8")
    for more, told in (
        (["--engine", "spark"], "choose from local, dask"),
        (["--scheduler", "tcp://127.0.0.1:1"], "give --engine dask too"),
    ):
        done = CliRunner().invoke(app, ["extract", str(tmp_path / "a.txt"), *more])
        assert done.exit_code == 2
        assert told in done.stderr
