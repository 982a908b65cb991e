"""Files are read when they have stopped changing; what goes is forgotten, and only when all was seen."""

import os

import pytest

from tenmatsu.batch.seen import Seen
from tenmatsu.batch.watch import Watch


@pytest.fixture
def seen():
    with Seen() as found:
        yield found


def read(watch, look):
    return [source.path.rpartition("/")[2] for file in watch.due(look, print) for source in file.documents]


def test_a_file_is_read_once_it_has_stopped_changing(tmp_path, seen):
    watch = Watch([tmp_path], seen)
    (tmp_path / "a.txt").write_text("a")
    first = watch.look()
    assert (first.new, first.due, first.complete) == (1, 0, False)
    (tmp_path / "a.txt").write_text("ab")
    assert watch.look().new == 1
    third = watch.look()
    assert (third.due, third.complete) == (1, True)
    assert read(watch, third) == ["a.txt"]
    assert read(watch, watch.look()) == []


def test_a_change_that_keeps_the_size_is_seen(tmp_path, seen):
    watch = Watch([tmp_path], seen)
    (tmp_path / "a.txt").write_text("a")
    watch.look()
    read(watch, watch.look())
    os.utime(tmp_path / "a.txt", ns=(1, 1))
    assert watch.look().new == 1


def test_a_file_that_goes_takes_its_documents_along(tmp_path, seen):
    watch = Watch([tmp_path], seen)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    watch.look()
    look = watch.look()
    for file in watch.due(look, print):
        seen.begin(file.name, file.position)
        for number, source in enumerate(file.documents):
            seen.add(source.path, file.name, number)
    (tmp_path / "a.txt").unlink()
    assert watch.look().gone == 1
    assert [path.rpartition("/")[2] for path in seen.order()] == ["b.txt"]


def test_nothing_is_forgotten_while_a_folder_cannot_be_read(tmp_path, seen, monkeypatch):
    (tmp_path / "a.txt").write_text("a")
    watch = Watch([tmp_path], seen)
    watch.look()

    def refused(path):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "scandir", refused)
    look = watch.look()
    assert (look.gone, look.complete) == (0, False)
    monkeypatch.undo()
    assert watch.look().due == 1


def test_a_folder_that_is_empty_may_be_watched(tmp_path, seen):
    look = Watch([tmp_path], seen).look()
    assert (look.new, look.due, look.gone) == (0, 0, 0)
