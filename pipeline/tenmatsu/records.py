"""The records that every stage reads and writes.

All of them are frozen dataclasses of plain values: they can be pickled and sent to a worker, and the
tables' schemas are derived from them (``tenmatsu.tables``). Offsets are half-open and count code points
of ``Document.text``; ``text[start:end]`` is always the quoted ``text`` of the record.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row; ``header`` is the text of its column head, empty where there is none."""

    start: int
    end: int
    header: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document and what it is for.

    ``start``/``end`` exclude the line break; ``content`` is where the text begins after indentation and
    a bullet or number. ``role`` is one of: blank, title, heading, paragraph, item, row, header_row, label, date_line,
    footnote, source, history, furniture, advice, contact, byline, addressee, greeting, issuer, toc. ``section`` is the kind of the section
    that the line stands in (models/layout: timeline, leaked_list, plan, ...), "" when unknown; ``heading`` is the
    number of the heading line above it, 0 when none. ``tag`` is the text of a leading organisation tag 【…】.
    ``dated`` is the span of the words that date a table's row: a cell of its own, or one of a row above that it repeats.
    """

    number: int
    start: int
    end: int
    content: int
    role: str
    section: str = ""
    heading: int = 0
    tag: str = ""
    cells: tuple[Cell, ...] = ()
    group: int = 0
    dated: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of text that is read as one statement; ``line`` is the 1-based number of its first line."""

    start: int
    end: int
    line: int
    cell: int = -1


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: the decoded text, unchanged, and its layout."""

    doc_id: str
    path: str
    sha256: str
    media_type: str
    encoding: str
    text: str
    lines: tuple[Line, ...] = ()
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One row of the ``documents`` table; ``published`` is EDTF."""

    doc_id: str
    path: str
    sha256: str
    media_type: str | None = None
    encoding: str | None = None
    title: str | None = None
    publisher: str | None = None
    genre: str | None = None
    published: str | None = None
    published_basis: str | None = None
    characters: int = 0
    status: str = "ok"
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: ``value`` is resolved, ``value_raw`` is what the words alone give (TIMEX3)."""

    doc_id: str
    timex_id: str
    start: int
    end: int
    text: str
    type: str
    value: str
    value_raw: str
    mod: str | None
    anchor: str
    anchor_id: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A naming of an organisation; ``entity`` is its fullest name in the document, ``|`` joins several."""

    doc_id: str
    mention_id: str
    start: int
    end: int
    text: str
    kind: str
    entity: str
    entity_id: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation that a mention is linked to."""

    entity_id: str
    name: str
    name_en: str | None = None
    kind: str | None = None
    corporate_number: str | None = None
    edinet_code: str | None = None
    securities_code: str | None = None
    industry: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count or amount that measures the incident; ``min``/``max`` are null where the words leave them open."""

    doc_id: str
    quantity_id: str
    start: int
    end: int
    text: str
    min: float | None
    max: float | None
    unit: str
    of: str
    data_kind: str | None
    factuality: str
    event_id: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A source that the document names; ``start``/``end`` cover the line or footnote that names it."""

    doc_id: str
    citation_id: str
    mark: str | None
    start: int
    end: int
    publisher: str | None
    title: str | None
    date: str | None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A dated happening or a claim about a leak; ``date`` is EDTF, ``date_begin``/``date_end`` calendar days."""

    doc_id: str
    event_id: str
    incident_id: str | None
    start: int
    end: int
    text: str
    type: str
    date: str | None
    date_begin: str | None
    date_end: str | None
    timex_id: str | None
    org: str | None
    org_id: str | None
    factuality: str
    attributed_to: str | None
    system: str | None
    sentence_start: int
    sentence_end: int
    rule: str
    confidence: float
    cue: str | None = None
    dated_by: str | None = None
    org_by: str | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """The card of one incident; lists are tuples of short phrases, dates EDTF, delays whole days."""

    incident_id: str
    title: str
    victim: str | None
    victim_id: str | None
    vectors: tuple[str, ...] = ()
    root_causes: tuple[str, ...] = ()
    first_intrusion: str | None = None
    detection: str | None = None
    containment: str | None = None
    disclosure: str | None = None
    attributed_actor: str | None = None
    leaked: tuple[str, ...] = ()
    possibly_leaked: tuple[str, ...] = ()
    denied_leak: tuple[str, ...] = ()
    dwell_days: str | None = None
    containment_days: str | None = None
    disclosure_days: str | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places that contradict each other; nothing is averaged, ``likely`` says which is thought right."""

    incident_id: str
    field: str
    kind: str
    value_a: str
    doc_a: str
    start_a: int
    end_a: int
    value_b: str
    doc_b: str | None
    start_b: int | None
    end_b: int | None
    likely: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A step taken against the incident: ``phase`` first response, after the cause was known, or lasting."""

    doc_id: str
    incident_id: str | None
    start: int
    end: int
    text: str
    phase: str
    status: str
    org: str | None
