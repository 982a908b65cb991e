"""What must hold for whatever was read or extracted, each with what broke it in its message."""

from __future__ import annotations

import re
from datetime import date

from tenmatsu.pipeline import Extracted
from tenmatsu.records import Document
from tenmatsu.tables import TABLES, columns, row
from tenmatsu.times.edtf import bounds

_KINDS = {"str": str, "int": int, "float": float, "strs": list}
_PARTS = {"heading", "paragraph", "item", "cell", "caption", "footnote", "line"}
_OWN_ID = {
    "timexes": "timex_id",
    "events": "event_id",
    "mentions": "mention_id",
    "entities": "entity_id",
    "quantities": "quantity_id",
    "citations": "citation_id",
    "incidents": "incident_id",
    "cards": "card_id",
    "measures": "measure_id",
    "texts": "doc_id",
    "blocks": "block_id",
}


def check_document(document: Document) -> None:
    """Assert what holds for every document that was read."""
    text = document.text
    assert document.doc_id == document.sha256[:16]
    text.encode("utf-8")  # no half of a surrogate pair: no file or database could hold it
    assert "\x00" not in text, "PostgreSQL holds no NUL"
    assert document.media_type
    assert document.encoding or document.media_type == "application/pdf"
    before = 0
    for line in document.lines:
        assert before <= line.start <= line.content <= len(text), line
        assert line.start <= line.end <= len(text), line
        before = line.start
    for sentence in document.sentences:
        assert 0 <= sentence.start < sentence.end <= len(text), sentence
    before = 0
    for part in document.parts:
        assert before <= part.start < part.end <= len(text), part
        assert part.kind in _PARTS, part
        assert part.page is None or part.page >= 1, part
        before = part.end
    about = document.about
    for told in (about.title, about.site, about.published, about.published_basis):
        assert told is None or (isinstance(told, str) and told.encode("utf-8") and "\x00" not in told), about
    if about.published is not None:
        assert bounds(about.published) != (None, None) or "X" in about.published, about


def check_rows(extracted: Extracted) -> None:
    """Assert the invariants of the design for the rows of one document."""
    document, text = extracted.document, extracted.text
    assert "internal error" not in (document.error or ""), document.error
    assert document.status in ("ok", "error")
    assert (document.error is None) == (document.status == "ok")
    if document.error is not None:
        assert "\n" not in document.error
        assert document.error
        assert not any(getattr(extracted, table) for table in TABLES if table != "documents"), document.error
    else:
        assert document.characters == len(text)
    _typed("documents", document)
    for table in TABLES:
        if table == "documents":
            continue
        records = getattr(extracted, table)
        for record in records:
            _typed(table, record)
        if table in _OWN_ID:
            ids = [getattr(record, _OWN_ID[table]) for record in records]
            assert len(ids) == len(set(ids)), (table, [one for one in ids if ids.count(one) > 1])
        if table in ("timexes", "events", "mentions", "quantities", "measures"):
            for record in records:
                assert 0 <= record.start < record.end <= len(text), (table, record)
                assert text[record.start : record.end] == record.text, (table, record)
    for event in extracted.events:
        assert event.sentence_start <= event.start < event.end <= event.sentence_end, event
        if event.date:
            assert (event.date_begin, event.date_end) == bounds(event.date), event
        _days(event.date_begin, event.date_end, event.date)
    for timex in extracted.timexes:
        _days(timex.value)
    for card in extracted.cards:
        _days(card.first_intrusion, card.detection, card.containment, card.disclosure)
        for place in re.findall(r" (\d+)-(\d+) ", " ".join(card.evidence)):
            assert 0 <= int(place[0]) < int(place[1]) <= len(text), card.evidence
    _days(document.published)
    for one in extracted.citations:
        assert 0 <= one.start < one.end <= len(text), one
    for conflict in extracted.conflicts:
        assert 0 <= conflict.start_a < conflict.end_a <= len(text), conflict
    for block in extracted.blocks:
        assert 0 <= block.start < block.end <= len(text), block


def _typed(table: str, record: object) -> None:
    """Assert that every field has the type of its column."""
    for column, value in zip(columns(table), row(table, record).values(), strict=True):
        if value is None:
            assert column.nullable, (table, column.name)
        elif column.kind == "float":
            assert type(value) in (int, float), (table, column.name, value)
        else:
            assert type(value) is _KINDS[column.kind], (table, column.name, value)
        for words in value if isinstance(value, list) else [value]:
            if isinstance(words, str):
                words.encode("utf-8")
                assert "\x00" not in words, (table, column.name, "PostgreSQL holds no NUL")


def _days(*values: str | None) -> None:
    """Assert that the calendar has every whole day that is written in the values."""
    for value in values:
        for year, month, day in re.findall(r"(?<![0-9X])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])", value or ""):
            try:
                date(int(year), int(month), int(day))
            except ValueError:
                raise AssertionError(f"the calendar has no {year}-{month}-{day} ({value})") from None
