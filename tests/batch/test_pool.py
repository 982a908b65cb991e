"""A document that hangs or kills its worker costs itself; no process is left behind, whatever happens to the parent."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from tenmatsu.batch.pool import Alone, Job, Pool, PoolError, seconds_for
from tenmatsu.source import Source

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def jobs(*texts):
    return [Job(Source(f"{number}.txt", text.encode()), number) for number, text in enumerate(texts)]


def outcome(results):
    return {one.tag: one.extracted.document.error for one in results}


def test_every_document_comes_back_with_its_tag(faulty):
    with Pool(faulty.Faulty(), 2) as pool:
        found = list(pool.results(jobs(*("sleep 0.05" if number % 3 else "x" for number in range(20)))))
    assert sorted(one.tag for one in found) == list(range(20))
    assert all(one.extracted.document.path == f"{one.tag}.txt" for one in found)


def test_documents_come_back_in_order_when_asked(faulty):
    with Pool(faulty.Faulty(), 2) as pool:
        found = pool.results(jobs("sleep 0.3", *["x"] * 9, "crash", "x"), ordered=True)
        assert [one.tag for one in found] == list(range(12))


@pytest.mark.parametrize("text", ["hang", "regex"])
def test_a_document_that_takes_too_long_is_stopped_and_its_neighbours_stay(faulty, text):
    began = time.monotonic()
    with Pool(faulty.Faulty(), 2, timeout=0.5) as pool:
        found = outcome(pool.results(jobs("x", text, "x", "x")))
    assert [bool(found[number]) for number in range(4)] == [False, True, False, False]
    assert "stopped after 0.5 seconds" in found[1]
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(("text", "how"), [("exit", "exit code 3"), ("crash", "SIGSEGV")])
def test_a_worker_that_dies_costs_its_document_alone(faulty, text, how):
    with Pool(faulty.Faulty(), 2) as pool:
        found = outcome(pool.results(jobs("x", text, "x", text, "x")))
    assert [bool(found[number]) for number in range(5)] == [False, True, False, True, False]
    assert how in found[1]


def test_a_worker_that_somebody_killed_costs_nothing(faulty, tmp_path):
    with Pool(faulty.Faulty(), 1) as pool:
        assert outcome(pool.results(jobs("x", f"crash-once {tmp_path / 'mark'}", "x"))) == {0: None, 1: None, 2: None}
    assert (tmp_path / "mark").exists()


@pytest.mark.skipif(sys.platform == "darwin", reason="no limit of address space there")
def test_memory_is_bounded(faulty):
    with Pool(faulty.Faulty(), 1, memory=2 * 2**30) as pool:
        assert outcome(pool.results(jobs("memory"))) == {0: "no memory"}


def test_a_document_without_bytes_needs_no_worker(faulty):
    with Pool(faulty.Faulty(), 2) as pool:
        (found,) = pool.results([Job(Source("a.txt", error="gone"))])
        assert found.extracted.document.error == "gone"
        assert pool._workers == []


def test_workers_that_never_get_ready_are_an_error(faulty):
    with Pool(faulty.Unready(), 2) as pool, pytest.raises(PoolError, match="--workers 0"):
        list(pool.results(jobs("x")))


def test_who_stops_asking_does_not_get_the_rest_later(faulty):
    with Pool(faulty.Faulty(), 2) as pool:
        with closing(pool.results(jobs("x", "sleep 100", "x", "x"))) as results:
            next(results)
        assert outcome(pool.results(jobs("x"))) == {0: None}


def test_an_error_of_the_reader_of_files_ends_the_workers(faulty):
    def broken():
        yield from jobs("x", "hang")
        raise RuntimeError

    with pytest.raises(RuntimeError), Pool(faulty.Faulty(), 2) as pool:
        list(pool.results(broken()))
    assert not [one for one in psutil.Process().children(True) if "faulty" in " ".join(one.cmdline())]


def test_a_longer_document_has_more_time():
    assert seconds_for(0, 60) == 60
    assert seconds_for(300_000, 60) == 70


@pytest.mark.parametrize("text", ["hang", "regex"])
def test_alone_too_a_document_is_stopped(faulty, text):
    found = outcome(Alone(faulty.Faulty(), timeout=0.2).results(jobs("x", text, "x")))
    assert [bool(found[number]) for number in range(3)] == [False, True, False]
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL


PARENT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it
sys.path.insert(0, {folder!r})
from faulty_work import Faulty
from tenmatsu.batch.pool import Job, Pool
from tenmatsu.source import Source
with Pool(Faulty(), 2) as pool:
    for one in pool.results(Job(Source("a", text.encode())) for text in ["pid", "pid", *["sleep 0.05"] * 10000]):
        print(one.extracted.document.doc_id, flush=True)
"""


def started():
    """A parent whose workers are at work, and all the processes below it."""
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(folder=str(Path(__file__).parent))],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    for _ in range(6):
        assert parent.stdout.readline()
    return parent, psutil.Process(parent.pid).children(True)


def gone(processes, seconds=20):
    return not psutil.wait_procs(processes, timeout=seconds)[1]


def test_workers_of_a_killed_parent_end_by_themselves():
    parent, below = started()
    assert len(below) >= 2
    parent.kill()
    parent.wait()
    assert gone(below)


def test_ctrl_c_reaches_the_parent_alone_which_ends_the_workers():
    parent, below = started()
    # a terminal sends it to all
    for process in [*below, psutil.Process(parent.pid)]:
        process.send_signal(signal.SIGINT)
    told = parent.communicate(timeout=30)[1]
    assert told.count("Traceback") == 1
    assert "KeyboardInterrupt" in told
    assert gone(below)
