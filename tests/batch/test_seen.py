"""What a run has met is on disk, in order, and tells copies of a name apart."""

import pytest

from tenmatsu.batch.seen import Seen


@pytest.fixture
def seen():
    with Seen() as found:
        yield found


def test_documents_come_in_the_order_of_files_and_within(seen):
    for position, file in ((1, "b"), (0, "a")):
        seen.begin(file, position)
        for number in range(11):
            seen.add(f"{file}#{number}", file, number)
    assert list(seen.order()) == [f"{file}#{number}" for file in "ab" for number in range(11)]


def test_a_name_that_is_taken_gets_a_number(seen):
    assert [seen.add("a", "f", number) for number in range(3)] == ["a", "a (2)", "a (3)"]


def test_a_name_that_all_have_is_counted_on_from_where_it_was(seen):
    statements = []
    seen._db.set_trace_callback(statements.append)
    assert [seen.add("a", "f", number) for number in range(400)][-1] == "a (400)"
    assert len(statements) < 400 * 5
    seen.begin("f", 0)
    assert [seen.add("a", "f", number) for number in range(3)] == ["a", "a (2)", "a (3)"]


def test_a_file_that_is_read_again_loses_its_old_documents(seen):
    seen.begin("f", 0)
    seen.add("a", "f", 0)
    seen.add("b", "f", 1)
    seen.begin("f", 5)
    assert seen.add("b", "f", 0) == "b"
    assert list(seen.order()) == ["b"]


def test_what_is_stored_and_was_not_met_is_missing(seen):
    seen.add("a", "f", 0)
    ledger = [(f"{number:04}", "k", "ok") for number in range(1200)] + [("a", "k", "ok")]
    found = list(seen.missing(ledger))
    assert [len(some) for some in found] == [500, 500, 200]
    assert found[0][0] == "0000"


def test_what_failed_is_known_with_its_key(seen):
    seen.note_failed([[("a", "k", "error"), ("b", "k", "ok")], [("c", "k", "error")]])
    assert [seen.has_failed(label, key) for label, key in (("a", "k"), ("a", "l"), ("b", "k"), ("c", "k"))] == [
        True, False, False, True
    ]  # fmt: skip
    seen.note_good([("a", "k", "error"), ("b", "k", "ok")])
    assert (seen.was_good("a"), seen.was_good("b")) == (False, True)


def test_a_file_is_due_when_two_looks_find_it_alike(seen):
    assert seen.poll("a", 0, 10, 1, 1) == "new"
    assert seen.poll("a", 0, 11, 2, 2) == "new"
    assert seen.poll("a", 0, 11, 2, 3) == "due"
    seen.settle("a")
    assert seen.poll("a", 0, 11, 2, 4) == "done"
    assert seen.poll("a", 0, 11, 3, 5) == "new"
    assert seen.state("a") == "new"
    seen.add("a", "a", 0)
    assert seen.drop_older(5) == 0
    assert seen.drop_older(6) == 1
    assert list(seen.order()) == []
