"""One document in, its rows or its one error row out."""

import pytest

from tenmatsu import pipeline
from tenmatsu.pipeline import extract_document, unread

TEXT = "2020年12月11日、甲製作所は不正アクセスを公表した。"
STAGES = [
    (pipeline, "read"),
    (pipeline.times, "find"),
    (pipeline.times, "resolve"),
    (pipeline.organisations, "resolve"),
    (pipeline.eventing, "extract"),
    (pipeline.affairs, "cards"),
    (pipeline.quantities, "rows"),
]


@pytest.mark.parametrize(("module", "name"), STAGES, ids=lambda value: getattr(value, "__name__", value))
@pytest.mark.parametrize("error", [KeyError("boom"), RecursionError(), ValueError("a\r\nb"), IndexError("x" * 999)])
def test_a_stage_that_fails_gives_one_error_row(monkeypatch, module, name, error):
    def broken(*arguments, **more):
        raise error

    whole = extract_document(TEXT.encode(), "a.txt")
    monkeypatch.setattr(module, name, broken)
    found = extract_document(TEXT.encode(), "a.txt")
    assert (found.document.doc_id, found.document.path) == (whole.document.doc_id, "a.txt")
    assert found.document.status == "error"
    assert type(error).__name__ in found.document.error
    assert "\n" not in found.document.error
    assert len(found.document.error) < 400
    assert found == unread("a.txt", TEXT.encode(), found.document.error)


def test_a_stop_by_hand_is_no_defect(monkeypatch):
    def stopped(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline.times, "find", stopped)
    with pytest.raises(KeyboardInterrupt):
        extract_document(TEXT.encode(), "a.txt")


def test_documents_without_bytes_are_told_apart_by_their_paths():
    rows = [unread(path, b"", "gone").document for path in ("a.txt", "b.txt")]
    assert len({row.doc_id for row in rows}) == 2
    assert {row.sha256 for row in rows} == {""}
