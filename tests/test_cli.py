"""The commands: what goes where, exit codes, and one clear line for bad input."""

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tenmatsu import cli, cli_extract, tables
from tenmatsu.batch import work
from tenmatsu.events.ontology import event_types, mapping_sources
from tenmatsu.pipeline import Extracted, extract_document, unread
from tenmatsu.records import DocumentRow, Event, Incident, Text, Timex, card_of
from tenmatsu.store import Store

TEXT = "架空商事は10月2日に不正アクセスを検知した。\n"


def fake(data, path, *, published=None):
    """Find 検知 after 10月2日, and fail on what is empty or no UTF-8."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return Extracted(DocumentRow("bad", path, "b", status="error", error="not UTF-8"))
    if not text.strip():
        return Extracted(DocumentRow("empty", path, "e", status="error", error="the document is empty"))
    doc_id = f"doc{len(text)}"
    start = text.find("検知")
    value = f"{published[:4] if published else 'XXXX'}-10-02"
    day = value if published else None
    affair = f"i{len(text)}"
    timex = Timex(
        doc_id, f"{doc_id}-t5", 5, 10, text[5:10], "DATE", value, "XXXX-10-02", None, "document_date", None, "T.day"
    )
    day = value if published else None
    event = Event(
        doc_id, f"{doc_id}-e{start}", affair, start, start + 2, "検知", "detection", value, day, day, timex.timex_id, "架空商事",
        None, "asserted", None, None, 0, len(text), "E.detect", 1.0, None, "sentence", "subject", card_id=affair,
    )  # fmt: skip
    card = Incident(affair, "題", "架空商事", None, vectors=("malware",), detection=value, documents=(doc_id,))
    row = DocumentRow(doc_id, path, "s", title="題\x1b[31m名", characters=len(text))
    cards = (card_of(doc_id, card),)
    return Extracted(row, (timex,), (event,), incidents=(card,), cards=cards, texts=(Text(row.doc_id, text),))


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_extractor", lambda ginza=False: fake)
    monkeypatch.setattr(work.Work, "opened", opened)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    runner = CliRunner()

    def invoke(*arguments):
        # no other process knows of the fake
        more = ["--workers", "0"] if arguments[:1] == ("extract",) and "--workers" not in arguments else []
        return runner.invoke(cli.app, [*map(str, arguments[:1]), *more, *map(str, arguments[1:])])

    return invoke


def opened(self):
    def extracted(source):
        if source.error is not None:
            return unread(source.path, source.data, source.error)
        return fake(source.data, source.path, published=source.published or self.published)

    return extracted


def one_line(result, *words):
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("tenmatsu: ")
    assert all(word in lines[0] for word in words), lines[0]
    assert "Traceback" not in result.output
    return True


def test_a_summary_is_shown(run):
    result = run("extract", "a.txt")
    assert result.exit_code == 0
    assert all(
        word in result.stdout for word in ("架空商事", "detection", "検知", "asserted", "XXXX-10-02", "1 document")
    )
    assert result.stderr == ""


def test_a_document_cannot_steer_the_terminal(run):
    assert "\x1b" not in run("extract", "a.txt").output


def test_tables_are_written_and_said(run, tmp_path):
    result = run("extract", "a.txt", "--out", "out", "--format", "jsonl,csv,parquet", "--published", "2020-12-11")
    assert result.exit_code == 0
    assert "架空商事" in result.stdout
    assert one_line(result, "1 events of 1 documents", "out")
    rows = [json.loads(line) for line in (tmp_path / "out/events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows[0]["date"] == "2020-10-02"
    visible = [path.name for path in (tmp_path / "out").iterdir() if not path.name.startswith(".")]
    assert len(visible) == 3 * len(tables.TABLES)


def test_quiet_says_nothing(run):
    assert run("extract", "a.txt", "--out", "out", "-q").output == ""


def test_a_database_is_loaded(run, tmp_path):
    assert run("extract", "a.txt", "--to", "sqlite:///i.db").exit_code == 0
    before = (tmp_path / "i.db").read_bytes()
    with sqlite3.connect(tmp_path / "i.db") as connection:
        assert connection.execute("SELECT type, date FROM events").fetchall() == [("detection", "XXXX-10-02")]
    connection.close()
    assert run("extract", "a.txt", "--to", "sqlite:///i.db").exit_code == 0
    assert (tmp_path / "i.db").read_bytes() == before


def test_many_documents_are_one_line_each(run, tmp_path):
    for number in range(7):
        (tmp_path / f"n{number}.txt").write_text(TEXT + "。" * number, encoding="utf-8")
    result = run("extract", ".")
    assert "n3.txt" in result.stdout
    assert "8 documents" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.txt"], ["none.txt", "no such file"]),
        (["empty.txt"], ["empty.txt", "empty"]),
        (["folder"], ["folder", "no documents"]),
        (["picture.txt"], ["picture.txt", "UTF-8"]),
        (["a.txt", "--out", "a.txt"], ["a.txt", "is a file"]),
        (["a.txt", "--out", "a.txt/below"], ["a.txt/below", "lies below one"]),
        (["a.txt", "--out", "/proc/none"], ["/proc/none", "cannot be written"]),
        (["a.txt", "--out", "o", "--format", "xml"], ["--format", "xml", "jsonl, csv, parquet"]),
        (["a.txt", "--format", ""], ["--format"]),
        (["a.txt", "--published", "11.12.2020"], ["--published", "11.12.2020", "YYYY-MM-DD"]),
        (["a.txt", "--to", "postgresql+psycopg://me:secret@localhost:1/d"], ["--to", "postgresql", "localhost"]),
        (["a.txt", "--to", "mysql://me:secret@h/d"], ["--to", "mysql", "sqlite:///"]),
        (["a.txt", "--partition-by", "path"], ["--partition-by", "path", "year, genre"]),
        (["a.txt", "--out", "o", "--partition-by", "year"], ["--partition-by", "--format parquet"]),
        (["a.txt", "--out", "o", "--spreadsheet"], ["--spreadsheet", "--format csv"]),
        (["a.txt", "--watch"], ["--watch", "--out"]),
        (["a.txt", "--timeout", "0"], ["--timeout", "0"]),
        (["a.txt", "--workers", "-1"], ["--workers", "0"]),
        (["a.txt", "--to", "sqlite:///none/i.db"], ["none/i.db"]),
        (["a.txt", "--to", "sqlite:////dev/null"], ["/dev/null", "no regular file"]),
        (["b.csv"], ["b.csv", "text"]),
        (["none.jsonl", "--out", "new/deep"], ["none.jsonl", "no documents in this batch"]),
        (["empty.txt", "--out", "new/deep"], ["empty.txt", "empty"]),
        (["a.txt", "--out", ""], ["--out", "empty name"]),
        (["a.txt", "--to", ""], ["--to", "sqlite:///"]),
        ([""], ["PATH", "empty name"]),
        ([], ["Missing argument", "PATH", "extract --help"]),
        (["a.txt", "--bogus"], ["No such option", "--bogus"]),
        (["a.txt", "--out"], ["--out", "requires an argument"]),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(run, tmp_path, arguments, words):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "b.csv").write_text("title\nx\n")
    (tmp_path / "none.jsonl").write_bytes(b"\n")
    (tmp_path / "folder").mkdir()
    before = sorted(path.name for path in tmp_path.iterdir())
    result = run("extract", *arguments)
    assert result.exit_code == 2
    assert one_line(result, *words)
    assert "secret" not in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_bad_document_is_a_row_and_its_neighbours_stay(run, tmp_path, monkeypatch):
    from tenmatsu import pipeline

    def burst(document, *arguments):
        if "爆発" in document.text:
            raise KeyError("boom")
        return Extracted(
            DocumentRow(document.doc_id, document.path, document.sha256), texts=(Text(document.doc_id, document.text),)
        )

    monkeypatch.setattr(pipeline, "_extract", burst)
    monkeypatch.setattr(
        work.Work,
        "opened",
        lambda self: (
            lambda one: unread(one.path, b"", one.error) if one.error else extract_document(one.data, one.path)
        ),
    )
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "burst.txt").write_text("爆発" + TEXT, encoding="utf-8")
    result = run("extract", "none.txt", "picture.txt", "burst.txt", "a.txt", "--out", "out")
    assert result.exit_code == 1
    rows = [json.loads(line) for line in (tmp_path / "out/documents.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["path"], row["status"]) for row in rows] == [
        ("none.txt", "error"), ("picture.txt", "error"), ("burst.txt", "error"), ("a.txt", "ok")
    ]  # fmt: skip
    assert len({row["doc_id"] for row in rows}) == 4
    assert all(row["error"] for row in rows[:3])
    assert "KeyError: 'boom'" in rows[2]["error"]
    assert "Traceback" not in result.output
    assert len(re.findall("^tenmatsu: ", result.stderr, re.M)) == 4


def test_a_run_that_reads_nothing_leaves_good_tables(run, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    arguments = ("--out", "keep", "--to", "sqlite:///keep.db")
    assert run("extract", "a.txt", *arguments).exit_code == 0
    before = tables_in(tmp_path / "keep")
    assert before["events.jsonl"]
    assert run("extract", "empty.txt", *arguments).exit_code == 2
    assert tables_in(tmp_path / "keep") == before
    with Store("sqlite:///keep.db") as store:
        assert [row["path"] for row in store.rows("documents")] == ["a.txt", "empty.txt"]


def tables_in(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def paths_in(folder):
    return [json.loads(line)["path"] for line in (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_second_run_does_what_is_new_and_drops_what_is_gone(run, tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(TEXT + name, encoding="utf-8")
    assert "done 2;" in run("extract", "in", "--out", "out").stderr
    assert "done 0, skipped 2 (unchanged);" in run("extract", "in", "--out", "out").stderr
    (tmp_path / "in" / "a.txt").unlink()
    (tmp_path / "in" / "c.txt").write_text(TEXT + "三", encoding="utf-8")
    assert "done 1, skipped 1 (unchanged), removed 1;" in run("extract", "in", "--out", "out").stderr
    assert paths_in(tmp_path / "out") == ["in/b.txt", "in/c.txt"]
    assert "done 2;" in run("extract", "in", "--out", "out", "--fresh").stderr


def test_a_database_keeps_what_is_not_among_the_paths(run, tmp_path):
    (tmp_path / "b.txt").write_text(TEXT + "二", encoding="utf-8")
    run("extract", "a.txt", "--to", "sqlite:///i.db")
    assert (
        "done 1; 1 events of 1 documents went to sqlite:///i.db"
        in run("extract", "b.txt", "--to", "sqlite:///i.db").stderr
    )
    with Store("sqlite:///i.db") as store:
        assert [row["path"] for row in store.rows("documents")] == ["a.txt", "b.txt"]


def test_what_failed_is_tried_again_only_when_asked(run, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    arguments = ("extract", "a.txt", "empty.txt", "--out", "out")
    assert "done 1, failed 1;" in run(*arguments).stderr
    again = run(*arguments)
    assert "done 0, skipped 1 (unchanged), failed before 1 (--retry-failed tries again);" in again.stderr
    assert again.exit_code == 1
    assert "done 0, skipped 1 (unchanged), failed 1;" in run(*arguments, "--retry-failed").stderr


def test_tables_that_somebody_touched_are_written_anew(run, tmp_path):
    run("extract", "a.txt", "--out", "out")
    before = tables_in(tmp_path / "out")
    (tmp_path / "out" / "events.jsonl").unlink()
    (tmp_path / "out" / "timexes.jsonl").write_text("x")
    run("extract", "a.txt", "--out", "out")
    assert tables_in(tmp_path / "out") == before


def test_many_failures_are_counted_by_reason_and_the_first_are_named(run, tmp_path):
    for number in range(25):
        (tmp_path / f"n{number:02d}.txt").write_bytes(b"\n" * number)
    result = run("extract", ".", "--out", "../out")
    assert result.stderr.count("the document is empty") == 21
    assert "and 5 more failed (all: 25 the document is empty)" in result.stderr


@pytest.mark.parametrize("name", ["a?b", "a%41b", "日 本#x", "a&mode=ro"])
def test_a_folder_may_have_any_name(run, tmp_path, name):
    assert run("extract", "a.txt", "--out", name).exit_code == 0
    assert (tmp_path / name / ".tenmatsu.sqlite").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["a.txt", name])


def test_ctrl_c_is_told_in_one_line(run, monkeypatch):
    def stopped(self):
        def extracted(source):
            raise KeyboardInterrupt

        return extracted

    monkeypatch.setattr(work.Work, "opened", stopped)
    for more in ((), ("--out", "out")):
        result = run("extract", "a.txt", *more)
        assert result.exit_code == 130
        assert one_line(result, "stopped", "kept" if not more else "goes on")


def test_a_password_is_not_repeated():
    assert cli_extract.masked("postgresql://me:se@cret@host/db") == "postgresql://me:***@host/db"
    assert cli_extract.masked("sqlite:////srv/i.db") == "sqlite:////srv/i.db"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
@pytest.mark.parametrize("name", ["pipe.txt", "pipe.jsonl", "/dev/zero"])
@pytest.mark.parametrize("command", [("extract",), ("explain",), ("corpus", "add")])
def test_what_is_no_regular_file_is_refused_and_not_waited_for(run, tmp_path, command, name):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "manifest.json").write_text('{"documents": []}')
    if not name.startswith("/"):
        os.mkfifo(tmp_path / name)
    result = run(*command, name)
    assert result.exit_code == 2
    assert one_line(result, name, "no regular file")


def test_a_pipe_in_a_folder_leaves_its_neighbours(run, tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("pipes of POSIX")
    os.mkfifo(tmp_path / "b.txt")
    result = run("extract", ".")
    assert result.exit_code == 1
    assert "1 document, 1 unread" in result.stdout
    assert one_line(result, "b.txt", "no regular file")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bogus"], ["No such command", "bogus", "--help"]),
        (["explain"], ["Missing argument", "explain --help"]),
        (["corpus", "add"], ["Missing argument", "corpus add --help"]),
        (["evaluate", "--errors", ""], ["--errors", "empty name"]),
        (["columns", "nope"], ["nope", "events", "measures"]),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(run, arguments, words):
    result = run(*arguments)
    assert result.exit_code == 2
    assert one_line(result, *words)


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "NAME"), ("explain", "NAME"), ("extract", "a.txt", "--out", "NAME"), ("extract", "a.txt", "--to", "sqlite:///NAME"), ("corpus", "add", "NAME"),
        ("corpus", "list", "--corpus", "NAME"), ("evaluate", "--documents", "NAME"), ("evaluate", "--gold", "NAME"), ("evaluate", "--errors", "NAME"),
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.parametrize("name", ["n" * 300, "loop"], ids=["too long", "a loop"])
def test_a_path_that_cannot_be_asked_for_is_one_line(run, tmp_path, arguments, name):
    (tmp_path / "loop").symlink_to("loop")
    result = run(*(argument.replace("NAME", name) for argument in arguments))
    assert result.exit_code == 2
    assert one_line(result, name)
    assert (tmp_path / "loop").is_symlink()


def test_a_file_without_leave_to_read_is_one_line(run, monkeypatch):
    def refused(path, *mode):
        raise PermissionError(13, "Permission denied", str(path))

    # not by its mode: the superuser may read everything
    monkeypatch.setattr(Path, "open", refused)
    result = run("extract", "a.txt")
    assert result.exit_code == 2
    assert one_line(result, "a.txt", "cannot be read (Permission denied)")


def test_no_arguments_show_the_help(run):
    assert "Commands:" in run().output
    assert "Commands:" in run("corpus").output


def test_the_types_of_events_are_told_with_what_they_map_to(run):
    told = run("columns", "--types").stdout
    assert run("columns", "events", "--types").stdout == told
    listed, sources = told.split("\n\n")
    rows = [line.split("\t") for line in listed.splitlines()]
    assert {row[0] for row in rows[1:]} == set(event_types())
    assert [
        "intrusion",
        "不正アクセス",
        "attack",
        "TA0001 Initial Access",
        "action.hacking",
        "Detection and Analysis",
    ] in rows
    assert {len(row) for row in rows} == {6}
    assert sources.splitlines() == [f"{one.name}, {one.version}" for one in mapping_sources().values()]
    assert run("columns", "measures", "--types").exit_code == 2


def test_columns_are_told_for_all_tables_and_for_one(run):
    everything = run("columns").stdout
    assert all(f"\n{table}: " in "\n" + everything for table in tables.TABLES)
    events = run("columns", "events").stdout
    assert "value_raw" not in events
    assert re.search(r"^  dated_by +text\? +how the date was found", events, re.M)


def test_explain_names_rule_anchor_and_evidence(run):
    result = run("explain", "a.txt")
    assert result.exit_code == 0
    for word in ("E.detect", "T.day", "document_date", "【検知】", "sentence", "subject", "XXXX-10-02", "line 1"):
        assert word in result.stdout


def test_explain_one_event(run):
    assert "E.detect" in run("explain", "a.txt", "--event", f"doc{len(TEXT)}-e{TEXT.find('検知')}").stdout
    result = run("explain", "a.txt", "--event", "none")
    assert result.exit_code == 2
    assert one_line(result, "none", "a.txt")
    assert run("explain", ".").exit_code == 2


def test_explain_any_row(run):
    start = TEXT.find("10月2日")
    assert (
        "XXXX-10-02 by document_date, rule T.day" in run("explain", "a.txt", "--row", f"doc{len(TEXT)}-t{start}").stdout
    )
    result = run("explain", "a.txt", "--row", "none")
    assert result.exit_code == 2
    assert one_line(result, "none", "a.txt")


def test_card(run, tmp_path):
    result = run("card", "a.txt")
    assert result.exit_code == 0
    assert "発生時期" in result.stdout
    (tmp_path / "list.jsonl").write_text("{}\n", encoding="utf-8")
    result = run("card", "a.txt", "--checklist", str(tmp_path / "list.jsonl"))
    assert result.exit_code == 2
    assert one_line(result, "list.jsonl line 1")
    result = run("card", "a.txt", "--checklist", "nowhere.jsonl")
    assert result.exit_code == 2
    assert one_line(result, "nowhere.jsonl")


def test_version_and_help(run):
    from tenmatsu._version import __version__

    assert run("--version").stdout == f"tenmatsu {__version__}\n"
    for command in ("extract", "evaluate", "explain", "card", "columns", "corpus"):
        result = run(command, "--help")
        assert result.exit_code == 0
        assert command in run("--help").stdout


def test_help_imports_nothing_heavy_and_answers_at_once():
    code = "import sys; sys.argv = ['tenmatsu', '--help']\nfrom tenmatsu.cli import main\ntry: main()\nexcept SystemExit: pass\nprint(sorted({'pandas', 'pyarrow', 'spacy', 'numpy', 'fugashi', 'sqlalchemy', 'lxml', 'multiprocessing'} & set(sys.modules)))"
    before = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.endswith("[]\n")
    # the promise is half a second; a busy machine gets four times that
    assert time.perf_counter() - before < 2


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_closed_pipe_ends_quietly(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT * 50, encoding="utf-8")
    code = "from tenmatsu.cli import main; main()"
    command = f"set -o pipefail; '{sys.executable}' -c '{code}' extract a.txt | true"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, env=environment, cwd=tmp_path
    )
    assert done.stderr == ""
    assert done.returncode == 0
