from dataclasses import replace

import pytest

from tenmatsu.merge import account_of, applied, merge
from tenmatsu.merge.spool import Spool
from tenmatsu.pipeline import extract_document


def renamed(one, path):
    return replace(one, document=replace(one.document, path=path))


def spooled(given):
    with Spool() as spool:
        for one in given:
            spool.add(one)
        return list(spool.merged())


def test_documents_come_back_in_their_order_as_part_of_all(documents):
    given = list(documents.values())
    whole = merge(account_of(one) for one in given)
    assert spooled(given) == [applied(one, whole) for one in given]
    assert spooled(given[::-1]) == spooled(given)[::-1]


def test_a_document_given_twice_comes_back_twice_and_counts_once(documents):
    given = list(documents.values())
    copy = renamed(given[0], "copy.txt")
    found = spooled([*given, copy])
    assert found[:-1] == spooled(given)
    assert found[-1] == renamed(found[0], "copy.txt")


def test_what_could_not_be_read_goes_through(documents):
    unread = extract_document(b"", "empty.txt")
    assert spooled([unread, documents["first"], unread]) == [unread, documents["first"], unread]


def test_nothing_gives_nothing():
    assert spooled([]) == []


def test_it_can_be_read_more_than_once(documents):
    with Spool() as spool:
        spool.add(documents["first"])
        assert list(spool.merged()) == list(spool.merged())


def test_its_file_goes_with_it(documents, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Spool() as spool:
        spool.add(documents["first"])
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="closed"):
        list(spool.merged())


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    with pytest.raises(OSError):  # noqa: PT011
        Spool()
