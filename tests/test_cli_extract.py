"""The command as a process: killed and watching, it loses nothing, and what it writes does not depend on how it got there."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import psutil
import pytest

from tenmatsu.pipeline import extract_document

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def text(number):
    return (
        f"不正アクセスに関するお知らせ（第{number}号）\n2021年{number % 12 + 1}月11日\n架空{number}商事株式会社\n"
        f"当社は{number % 12 + 1}月2日に不正アクセスを検知し、{number + 10}件の個人情報が流出した可能性があります。\n"
    )


# what a run in the background starts would ignore Ctrl-C, as the run does
MAIN = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from tenmatsu.cli import main; main()"


def started(folder, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, "extract", *arguments],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip


def finished(folder, *arguments):
    process = started(folder, *arguments)
    out, error = process.communicate(timeout=120)
    return process.returncode, out, error


def tables_in(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in" / "more").mkdir(parents=True)
    for number in range(40):
        place = "in/more" if number % 3 else "in"
        (tmp_path / place / f"{number:02}.txt").write_text(text(number), encoding="utf-8")
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    rows = ({"id": number, "text": text(100 + number)} for number in range(12))
    (tmp_path / "b.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def test_killed_at_any_moment_the_next_run_gives_the_same_bytes(folder):
    formats = ("--format", "jsonl,csv,parquet", "-q")
    assert finished(folder, "in", "b.jsonl", "--out", "whole", "--workers", "0", *formats)[0] == 1
    for pause in (0.05, 0.3, 1.0):
        process = started(folder, "in", "b.jsonl", "--out", "killed", "--workers", "2", *formats)
        until = time.monotonic() + 60
        while not (folder / "killed" / ".tenmatsu.sqlite-wal").exists() and process.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.01)
        time.sleep(pause)
        below = psutil.Process(process.pid).children(True) if process.poll() is None else []
        process.kill()
        process.communicate()
        assert not psutil.wait_procs(below, timeout=20)[1]
    code, _, error = finished(folder, "in", "b.jsonl", "--out", "killed", "--workers", "2", *formats[:2])
    assert code == 1
    assert "52 documents are in killed" in error
    assert tables_in(folder / "killed") == tables_in(folder / "whole")


def test_ctrl_c_stops_at_once_and_keeps_what_is_done(folder):
    process = started(folder, "in", "--to", "sqlite:///i.db", "--workers", "2", "--timeout", "60")
    until = time.monotonic() + 60
    while not (folder / "i.db-wal").exists() and process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert process.returncode == 130
    assert error.splitlines()[-1].startswith("tenmatsu: stopped: ")
    assert "Traceback" not in error


def wait_for(process, word):
    told = []
    while line := process.stderr.readline():
        told.append(line)
        if word in line:
            return line
    raise AssertionError("".join(told))


def test_watching_reads_what_comes_what_changes_and_what_goes(tmp_path):
    (tmp_path / "in").mkdir()
    process = started(tmp_path, "in", "--out", "out", "--watch", "--every", "0.2", "--workers", "1")
    try:
        wait_for(process, "watching")
        (tmp_path / "in" / "a.txt").write_text(text(1), encoding="utf-8")
        (tmp_path / "in" / "b.txt").write_text(text(2), encoding="utf-8")
        wait_for(process, "2 documents are in out")  # in one round or in two
        (tmp_path / "in" / "b.txt").write_text(text(3), encoding="utf-8")
        assert "done 1; " in wait_for(process, "done")
        (tmp_path / "in" / "a.txt").unlink()
        assert "removed 1; " in wait_for(process, "removed")
    finally:
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "stopped" in error
    (row,) = map(json.loads, (tmp_path / "out" / "texts.jsonl").read_text(encoding="utf-8").splitlines())
    assert row["doc_id"] == extract_document(text(3).encode(), "b.txt").document.doc_id


def test_a_run_with_nothing_to_read_takes_no_database_away_that_another_fills(tmp_path):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "good.txt").write_text(text(1), encoding="utf-8")
    waiting = started(tmp_path, "bad", "--to", "sqlite:///i.db")
    code, *_ = finished(tmp_path, "good.txt", "--to", "sqlite:///i.db")
    waiting.communicate(timeout=60)
    assert (code, waiting.returncode) == (0, 2)
    assert (tmp_path / "i.db").exists()
    assert finished(tmp_path, "bad", "--to", "sqlite:///i.db")[0] == 2
    with sqlite3.connect(tmp_path / "i.db") as database:
        assert sorted(database.execute("SELECT path, status FROM documents")) == [
            ("bad/broken.pdf", "error"),
            ("good.txt", "ok"),
        ]
    database.close()
