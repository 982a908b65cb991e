"""A run does what is new or changed, forgets nothing, and loses what is gone only from what mirrors the paths."""

from dataclasses import replace
from itertools import permutations

import pytest

from tenmatsu.batch.pool import Alone
from tenmatsu.batch.run import Counts, Read, Target, run
from tenmatsu.batch.seen import Seen
from tenmatsu.pipeline import Extracted, unread
from tenmatsu.records import DocumentRow, Timex
from tenmatsu.source import Source
from tenmatsu.store import Store


class Work:
    """Counts what it extracts; empty documents fail until it is told that they no longer do."""

    def __init__(self):
        self.done = []
        self.works = False

    def opened(self):
        def extracted(source):
            self.done.append(source.path)
            if source.error is not None or (not source.data and not self.works):
                return unread(source.path, source.data, source.error or "empty: nothing in it")
            row = DocumentRow(
                f"d{source.data.decode()}", source.path, f"s{source.data.decode()}", published=source.published
            )
            return Extracted(row)

        return extracted


class Keys:
    """Bytes and version are the key."""

    version = "1"

    def of(self, source):
        return f"{self.version} {source.data!r} {source.error} {source.published}"


class Silent:
    def document(self, extracted, position):
        pass

    def advance(self):
        pass

    def joining(self, done, total):
        pass


@pytest.fixture
def again(tmp_path):
    """A function that runs over documents given as name=text and returns counts; it keeps store, work and keys."""
    work, keys = Work(), Keys()
    with Store(f"sqlite:///{tmp_path / 'i.db'}") as store:

        def ran(sources, mirror=False, **options):
            work.done.clear()
            sources = [one if isinstance(one, Source) else Source(one, one.encode()) for one in sources]
            with Seen() as seen:
                files = [Read("f", 0, sources)]
                return run(files, [Target(store, mirror)], Alone(work), keys, seen, Silent(), **options)

        ran.store, ran.work, ran.keys = store, work, keys
        yield ran


def paths(store):
    return [row["path"] for row in store.rows("documents")]


def test_what_is_stored_is_passed_over(again):
    assert again(["a", "b"]).done == 2
    counts = again(["a", "b", "c"])
    assert (counts.done, counts.skipped, again.work.done) == (1, 2, ["c"])


def test_what_changed_is_done_again(again):
    again(["a", "b"])
    again([Source("a", b"new"), "b"])
    assert again.work.done == ["a"]
    again.keys.version = "2"
    assert again([Source("a", b"new"), "b"]).done == 2


def test_a_mirror_loses_what_is_gone_and_a_database_does_not(again):
    again(["a", "b", "c"])
    assert again(["a"]).removed == 0
    assert again(["a"], mirror=True).removed == 2
    assert paths(again.store) == ["a"]


def test_a_mirror_keeps_all_when_not_all_could_be_seen_or_nothing_read(again):
    again(["a", "b"])
    assert again(["a"], mirror=True, complete=False).removed == 0
    assert again([], mirror=True).removed == 0
    assert again([Source("x", error="gone")], mirror=True).removed == 0
    assert again([], mirror=True, emptied=True).removed == 3


def test_what_failed_is_counted_and_tried_again_when_asked(again):
    first = again(["a", Source("e", b"")])
    assert (first.done, first.failed, dict(first.reasons)) == (1, 1, {"empty": 1})
    second = again(["a", Source("e", b"")])
    assert (second.skipped, second.failed, second.failed_before) == (1, 0, 1)
    again.work.works = True
    third = again(["a", Source("e", b"")], retry=True)
    assert (third.done, third.skipped, third.unread) == (1, 1, 0)
    assert [row["status"] for row in again.store.rows("documents")] == ["ok", "ok"]


def test_fresh_does_all_again(again):
    again(["a", "b"])
    assert again(["a", "b"], fresh=True).done == 2


def test_a_document_that_cannot_be_had_this_time_stays_in_a_database(again):
    again(["a"])
    assert again([Source("a", error="cannot be read"), Source("b", error="cannot be read")]).failed == 2
    assert [(row["path"], row["status"]) for row in again.store.rows("documents")] == [("a", "ok"), ("b", "error")]
    again([Source("a", error="cannot be read"), "c"], mirror=True)
    assert [(row["path"], row["status"]) for row in again.store.rows("documents")] == [("a", "error"), ("c", "ok")]


def test_two_documents_of_one_name_are_both_there(again):
    again([Source("r#1", b"a"), Source("r#1", b"b")])
    assert paths(again.store) == ["r#1", "r#1 (2)"]


class Dated(Work):
    """The rows tell the day of publication that the document was given with."""

    def opened(self):
        plain = super().opened()

        def extracted(source):
            one = plain(source)
            told = Timex("dx", "dx-t0", 0, 1, source.published, "DATE", "2020", "2020", None, "explicit", None, "r")
            return replace(one, timexes=(told,))

        return extracted


@pytest.mark.parametrize("order", list(permutations("abc")), ids="".join)
def test_the_same_bytes_read_otherwise_have_the_rows_of_the_first_path_whatever_came_first(again, order):
    days = {"a": "2020", "b": "2021", "c": "2020"}
    again.work = work = Dated()

    def ran(names):
        with Seen() as seen:
            files = [Read("f", 0, [Source(name, b"x", published=days[name]) for name in names])]
            return run(files, [Target(again.store, True)], Alone(work), again.keys, seen, Silent())

    def rows():
        return [row["text"] for row in again.store.rows("timexes")]

    for some in (order[:1], order[:2], order):
        ran(some)
        assert rows() == [days[min(some)]]
    assert not again.store.outdated()
    assert ran(order).skipped == 3
    # whoever gave the rows goes: those that are left are read anew
    ran("bc")
    if again.store.outdated():
        ran("bc")
    assert rows() == ["2021"]
    assert not again.store.outdated()
    ran("c")
    ran("c")
    assert rows() == ["2020"]


def test_a_run_that_is_interrupted_goes_on_from_there(again):
    class Interrupted(Silent):
        def document(self, extracted, position):
            if position == 1:
                raise KeyboardInterrupt

    counts = Counts()
    sources = [Source(name, name.encode()) for name in "abcd"]
    with Seen() as seen, pytest.raises(KeyboardInterrupt):
        run([Read("f", 0, sources)], [Target(again.store, False)], Alone(again.work), again.keys, seen, Interrupted(), counts=counts)  # fmt: skip
    assert counts.done == 2
    assert again(["a", "b", "c", "d"]).skipped == 2


def test_rows_that_cannot_be_stored_are_the_documents_own_error(again):
    class Broken:
        def __init__(self, store):
            self._store = store

        def __getattr__(self, name):
            return getattr(self._store, name)

        def put(self, extracted, key):
            if extracted.timexes:
                raise TypeError("no\nsuch type")
            return self._store.put(extracted, key)

    class Timed(Work):
        def opened(self):
            plain = super().opened()
            one = Timex("da", "da-t0", 0, 1, "a", "DATE", "2020", "2020", None, "explicit", None, "r")
            return lambda source: replace(plain(source), timexes=(one,)) if source.path == "a" else plain(source)

    sources = [Source(name, name.encode()) for name in "ab"]
    with Seen() as seen:
        run([Read("f", 0, sources)], [Target(Broken(again.store), False)], Alone(Timed()), again.keys, seen, Silent())
    rows = list(again.store.rows("documents"))
    assert [(row["path"], row["status"]) for row in rows] == [("a", "error"), ("b", "ok")]
    assert "TypeError: no such type" in rows[0]["error"]


def test_reasons_are_kinds_and_few():
    counts = Counts()
    for number in range(100):
        counts.add(unread("a", b"", f"byte {number} at offset 1,{number:03}: convert it"))
        counts.add(unread("a", b"", f"{chr(97 + number % 26) * 3} (x)"))
    assert counts.reasons["byte N at offset N"] == 100
    assert len(counts.reasons) == 21
    assert sum(counts.reasons.values()) == counts.failed == 200
