"""The tables of a folder are always of one state: a run that is killed anywhere is mended by the next."""

import os

import pytest

from tenmatsu import write
from tenmatsu.batch import mirror
from tenmatsu.batch.mirror import Mirror, Options
from tenmatsu.pipeline import Extracted
from tenmatsu.records import DocumentRow
from tenmatsu.store import Store


@pytest.fixture
def folder(tmp_path):
    with Store(f"sqlite:///{tmp_path / mirror.STORE}") as store:
        found = Mirror(store, tmp_path, Options())
        for name in "ab":
            found.put(Extracted(DocumentRow(name, name, name)), "k")
        yield found


def listed(path):
    return [line.split('"')[3] for line in (path / "documents.jsonl").read_text().splitlines()]


def test_tables_are_in_the_order_asked_for(folder, tmp_path):
    counts = folder.write(lambda: ["b", "a"])
    assert listed(tmp_path) == ["b", "a"]
    assert (counts["documents"], counts["read"]) == (2, 2)
    folder.write(lambda: ["a", "b"])
    assert listed(tmp_path) == ["a", "b"]


def counted(monkeypatch):
    written = []
    enter = write.Writer.__enter__
    monkeypatch.setattr(write.Writer, "__enter__", lambda self: written.append(1) or enter(self))
    return written


def test_tables_that_are_right_are_not_written_again(folder, tmp_path, monkeypatch):
    written = counted(monkeypatch)
    first = folder.write(lambda: ["a", "b"])
    assert folder.write(lambda: ["a", "b"]) == first
    assert len(written) == 1


@pytest.mark.parametrize("damage", ["gone", "touched", "note", "change"])
def test_tables_that_may_be_wrong_are_written_again(folder, tmp_path, monkeypatch, damage):
    written = counted(monkeypatch)
    folder.write(lambda: ["a", "b"])
    if damage == "gone":
        (tmp_path / "events.jsonl").unlink()
    elif damage == "touched":
        (tmp_path / "documents.jsonl").write_text("x")
    elif damage == "note":
        (tmp_path / mirror.NOTE).write_text("{")
    else:
        folder.put(Extracted(DocumentRow("a", "a", "a", title="new")), "l")
    folder.write(lambda: ["a", "b"])
    assert len(written) == 2
    assert listed(tmp_path) == ["a", "b"]


def test_a_run_killed_while_the_files_take_their_places_is_mended(folder, tmp_path, monkeypatch):
    folder.write(lambda: ["a", "b"])
    folder.remove(["b"])
    replaced = os.replace
    left = [3]

    def killed(begun, final):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        replaced(begun, final)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        folder.write(lambda: ["a"])
    monkeypatch.setattr(os, "replace", replaced)
    assert not (tmp_path / mirror.NOTE).exists()
    assert folder.write(lambda: ["a"])["documents"] == 1
    assert listed(tmp_path) == ["a"]


def test_what_a_killed_run_had_begun_is_cleared_away(folder, tmp_path):
    (tmp_path / ".events.jsonl.1.part").write_text("x")
    Mirror(folder._store, tmp_path, Options())
    assert not (tmp_path / ".events.jsonl.1.part").exists()


def test_tables_in_other_formats_are_told(folder, tmp_path):
    folder.write(lambda: ["a", "b"])
    other = Mirror(folder._store, tmp_path, Options(("csv",)))
    other.write(lambda: ["a", "b"])
    assert "events.jsonl" in other.stale()
    assert all(name.endswith(".jsonl") for name in other.stale())


@pytest.mark.skipif(os.name != "posix", reason="locks of POSIX")
def test_one_run_at_a_time_writes_into_a_folder(tmp_path):
    with mirror.locked(tmp_path), pytest.raises(mirror.BusyError), mirror.locked(tmp_path):
        pass
    with mirror.locked(tmp_path):
        pass


def test_the_store_is_taken_away_and_the_tables_stay(folder, tmp_path):
    folder.write(lambda: ["a", "b"])
    mirror.remove_store(tmp_path)
    assert (tmp_path / "documents.jsonl").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
