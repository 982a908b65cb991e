"""What is done with a document, as data that goes to another process, and how it gets there."""

import pickle
import threading
from multiprocessing import Pipe

import pytest

from tenmatsu.batch import worker
from tenmatsu.batch.work import Work
from tenmatsu.source import Source

TEXT = "架空商事株式会社は10月2日に不正アクセスを検知した。\n"


def test_work_can_be_sent_and_extracts():
    extract = pickle.loads(pickle.dumps(Work(published="2020-12-11"))).opened()
    one = extract(Source("a.txt", TEXT.encode()))
    assert {event.date for event in one.events if event.date} == {"2020-10-02"}
    dated = extract(Source("a.txt", TEXT.encode(), published="2019-12"))
    assert {event.date for event in dated.events if event.date} == {"2019-10-02"}


def test_what_a_batch_says_of_a_document_is_used():
    extract = Work().opened()
    page = "<html><body><p>10月2日に不正アクセスを検知した。</p></body></html>"
    assert "<p>" in extract(Source("a#1", page.encode(), media_type="text/plain", charset="utf-8")).text
    assert "<p>" not in extract(Source("a#1", page.encode(), media_type="text/html", charset="utf-8")).text
    assert extract(Source("a#1", "検知した。".encode("cp932"), charset="Shift_JIS")).text == "検知した。"


def test_a_title_from_outside_serves_where_the_text_has_none():
    extract = Work().opened()
    assert extract(Source("a", "検知した。\n".encode(), title="題")).document.title == "題"
    own = extract(Source("a", f"不正アクセスに関するお知らせ\n\n{TEXT}".encode(), title="題")).document.title
    assert own == "不正アクセスに関するお知らせ"


def test_a_document_without_bytes_is_its_error():
    assert Work().opened()(Source("a", error="gone")).document.error == "gone"


def test_a_document_that_needs_too_much_memory_is_its_error(monkeypatch):
    from tenmatsu import pipeline

    def greedy(*arguments):
        raise MemoryError

    monkeypatch.setattr(pipeline, "_extract", greedy)
    assert "more memory" in Work().opened()(Source("a", TEXT.encode())).document.error


@pytest.fixture
def served(monkeypatch):
    """The parent's end of a pipe to a worker, which is a thread here and must not bind this process."""
    monkeypatch.setattr(worker, "bound", lambda memory: None)
    monkeypatch.setattr(worker, "_alarm", lambda seconds: None)
    ours, theirs = Pipe()
    thread = threading.Thread(target=worker.serve, args=(theirs, Work(), None), daemon=True)
    thread.start()
    yield ours, thread
    ours.close()


def test_a_worker_says_when_it_is_ready_and_ends_with_the_pipe(served):
    ours, thread = served
    assert ours.recv() is None
    ours.send((Source("a.txt", TEXT.encode()), 60))
    one, _ = ours.recv()
    assert one.document.path == "a.txt"
    ours.close()
    thread.join(10)
    assert not thread.is_alive()


def test_a_worker_that_needed_much_is_replaced(served, monkeypatch):
    ours, thread = served
    monkeypatch.setattr(worker, "WORN", 0)
    ours.recv()
    ours.send((Source("a.txt", b"x"), 60))
    assert ours.recv()[1] is True
    thread.join(10)
    assert not thread.is_alive()
