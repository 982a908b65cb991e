"""The records that every stage reads and writes.

All of them are frozen dataclasses of plain values: they can be pickled and sent to a worker, and the
tables' schemas are derived from them (``tenmatsu.tables``). Offsets are half-open and count code points
of ``Document.text``; ``text[start:end]`` is always the quoted ``text`` of the record.

What a column of a table means is said here, beside its type, and nowhere else: ``tenmatsu columns`` and
``corpus/COLUMNS.md`` are made from it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Annotated


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

    def cell_at(self, start: int, end: int) -> int | None:
        """Return the number of the cell that holds the span, None where no cell does."""
        number = bisect_right(self.cells, start, key=attrgetter("start")) - 1
        return number if number >= 0 and end <= self.cells[number].end else None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of text that is read as one statement; ``line`` is the 1-based number of its first line."""

    start: int
    end: int
    line: int
    cell: int = -1


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document's text with its place in the page or file that it was read from.

    ``start``/``end`` are code points of ``Document.text``. ``kind`` is heading, paragraph, item, cell, caption, footnote or line.
    ``page`` counts from 1 and is None where there are no pages. ``place`` is where it came from: the path of the element
    (XPath) in HTML, the box ``x0,y0,x1,y1`` in points from the lower left corner in PDF.
    """

    start: int
    end: int
    kind: str
    page: int | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself beside its text: ``title``, ``site`` (who publishes), ``published`` (EDTF) and what shows it."""

    title: str | None = None
    site: str | None = None
    published: str | None = None
    published_basis: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its text (of a plain text file the decoded file, unchanged), and its layout.

    ``parts`` say where in the page or file each block of the text came from; a plain text has none. ``about`` is what the
    file itself says of its title, site and day. ``encoding`` is None where characters have none of their own (PDF).
    ``replaced`` counts the characters that could not be decoded and are U+FFFD; ``notes`` say, a line each, what of the
    file is not in the text (scanned pages).
    """

    doc_id: str
    path: str
    sha256: str
    media_type: str
    encoding: str | None
    text: str
    lines: tuple[Line, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    parts: tuple[Part, ...] = ()
    about: About = About()
    replaced: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document that was given: what it is, when it came out, and whether it could be read."""

    doc_id: Annotated[
        str, "the document; the first 16 digits of sha256, or of the hash of its path when no bytes could be read"
    ]
    path: Annotated[str, "where it was read from, as given; NAME#3 is the third row of a batch"]
    sha256: Annotated[str, "SHA-256 of its bytes in hexadecimal; empty when there were none"]
    media_type: Annotated[
        str | None, "text/plain, text/markdown, text/html or application/pdf; null when it could not be read"
    ] = None
    encoding: Annotated[
        str | None,
        "how its characters are encoded: utf-8, cp932 (Shift_JIS), euc_jp, iso2022_jp, utf-16-le, …; null for a PDF and when it could not be read",
    ] = None
    title: Annotated[str | None, "its title line; null when it has none"] = None
    publisher: Annotated[str | None, "who published it, by the fullest name in it; null when it does not say"] = None
    genre: Annotated[str | None, "press_release, news, blog or accident_card, by its parts and by who speaks"] = None
    report: Annotated[
        str | None,
        "which of its writer's reports on the incident it is, by its title: the number of 第2報, or final, interim, follow_up, correction; null when it does not say",
    ] = None
    published: Annotated[
        str | None,
        "the day it came out, in EDTF: a day, or [a..b] for one day within bounds; null when nothing shows it",
    ] = None
    published_basis: Annotated[
        str | None,
        "the words that show it; given when it was given from outside (--published, or the batch); where the text shows no day, the tag of the page that does: meta article:published_time",
    ] = None
    characters: Annotated[int, "its length in code points"] = 0
    status: Annotated[str, "ok or error; a document with error has no rows in the other tables"] = "ok"
    error: Annotated[str | None, "what went wrong and what to do, in one line; null when ok"] = None
    replaced: Annotated[
        int,
        "how many of its characters could not be decoded and stand as U+FFFD in its text (a few bad bytes, a cut end)",
    ] = 0
    notes: Annotated[
        tuple[str, ...],
        "what of the file is not in its text, though it could be read: scanned pages, damaged ones, text outside the page",
    ] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a document as it was read, into which all offsets point."""

    doc_id: Annotated[str, "the document"]
    text: Annotated[str, "its text; of a plain text file the decoded file, unchanged"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text that came from one place of a page or file; plain texts have none."""

    doc_id: Annotated[str, "the document it stands in"]
    block_id: Annotated[str, "the block; doc_id, -b and start"]
    start: Annotated[int, "where it begins in the document's text, in code points"]
    end: Annotated[int, "where it ends (the first code point after it)"]
    kind: Annotated[str, "heading, paragraph, item, cell, caption, footnote or line"]
    page: Annotated[int | None, "its page, from 1; null where there are no pages"] = None
    place: Annotated[
        str | None,
        "where it came from: the XPath of the element in HTML, the box x0,y0,x1,y1 in points from the lower left corner in PDF",
    ] = None


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression, with the words it has, the value they give alone, and the value in its document."""

    doc_id: Annotated[str, "the document it stands in"]
    timex_id: Annotated[str, "the expression; doc_id, -t and start"]
    start: Annotated[int, "where it begins in the document's text, in code points"]
    end: Annotated[int, "where it ends (the first code point after it)"]
    text: Annotated[str, "its words, text[start:end] of the document"]
    type: Annotated[str, "DATE, TIME, DURATION or SET (TIMEX3)"]
    value: Annotated[
        str, "its value, resolved from the whole document (TIMEX3): 2020-10-02; XXXX-10-02 where nothing shows the year"
    ]
    value_raw: Annotated[str, "what the words alone give: XXXX-10-02 for 10月2日, REF:same_day for 同日"]
    mod: Annotated[
        str | None,
        "TIMEX3 modifier: APPROX (ごろ), ON_OR_BEFORE (まで), ON_OR_AFTER (以降), BEFORE, AFTER, START, MID, END, LESS_THAN, MORE_THAN, EQUAL_OR_LESS, EQUAL_OR_MORE; null for none",
    ]
    anchor: Annotated[
        str,
        "what gave the value what the words leave open: explicit (nothing was open), context_year, document_date, previous_mention, range_partner (the other end of a range), linked_document, none (it stays open)",
    ]
    anchor_id: Annotated[
        str | None, "the timex_id of the expression used as anchor; null when the anchor is no expression"
    ]
    rule: Annotated[str, "the rule that found it, an id of models/time-rules.jsonl"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A naming of an organisation, by a name or by a word that stands for one (同社, 当社)."""

    doc_id: Annotated[str, "the document it stands in"]
    mention_id: Annotated[str, "the mention; doc_id, -m and start"]
    start: Annotated[int, "where it begins in the document's text, in code points"]
    end: Annotated[int, "where it ends (the first code point after it)"]
    text: Annotated[str, "its words, text[start:end] of the document"]
    kind: Annotated[str, "name, or anaphor (同社, 当社, 両社)"]
    entity: Annotated[str, "the organisation by its fullest name in the document; several (両社) joined by |"]
    entity_id: Annotated[str | None, "its entities.entity_id, several joined by |; null when it has none"]
    rule: Annotated[
        str,
        "the rule that found it: of models/anaphors.jsonl (N.…) or models/organisation-patterns.jsonl, O.register… for a name of the register, O.short and the like for what another naming explains",
    ]


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation that is named, once for all documents."""

    entity_id: Annotated[
        str, "jp: and the corporate number where it is known, else tm: and a name or hash of the project's own"
    ]
    name: Annotated[str, "its full name, from the register or else the fullest in the document"]
    name_en: Annotated[str | None, "its name in English; null when not known"] = None
    kind: Annotated[
        str | None,
        "company, authority, police, municipality, school, hospital, body (public corporation, cooperative, association), media, blog or vendor (of security)",
    ] = None
    corporate_number: Annotated[
        str | None, "the 13 digits of the National Tax Agency (法人番号); null when not known"
    ] = None
    edinet_code: Annotated[
        str | None, "its code as a filer of securities reports (EDINET); null when it is none or not known"
    ] = None
    securities_code: Annotated[
        str | None, "its code at the exchange with the check digit: 65030; null when not listed or not known"
    ] = None
    industry: Annotated[str | None, "its industry as EDINET names it; null when not known"] = None
    source: Annotated[
        str | None,
        "where the row comes from: edinet, tenmatsu (the project's register), register (the one given with --register) or document (the text alone)",
    ] = None
    candidates: Annotated[
        tuple[str, ...],
        "the corporate numbers of the organisations of the imported register that the name may mean, at most 20, where not exactly one fits or the link is by the built-in register alone",
    ] = ()
    link_score: Annotated[
        float | None,
        "how sure the link to a register is, a rank and no probability: 1.0 by its number, 0.95 whole name and seat, 0.9 whole name, 0.8 name and seat, 0.6 name alone, 0.5 the built-in register alone by the name, 0.3 the same where the text writes a seat that nothing could check, 0.0 not linked (see candidates); null when no register knows the name",
    ] = None
    link_evidence: Annotated[
        tuple[str, ...],
        "what links it: name+form (the whole name) or name, former, english (what kind of name), number, seat (in the text and in the register alike), unique (no other has the name), built-in (only the register that comes with tenmatsu, which knows no seats), seat unchecked (the text writes a seat)",
    ] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count or amount that measures the incident."""

    doc_id: Annotated[str, "the document it stands in"]
    quantity_id: Annotated[str, "the count; doc_id, -q and start"]
    start: Annotated[int, "where it begins in the document's text, in code points"]
    end: Annotated[int, "where it ends (the first code point after it)"]
    text: Annotated[str, "its words, text[start:end] of the document: number, unit and qualifier (約24.5万台)"]
    min: Annotated[float | None, "the least that the words allow; null when they leave it open (最大)"]
    max: Annotated[float | None, "the most that the words allow; null when they leave it open (以上)"]
    unit: Annotated[str, "person, record, device, file, message, account, case, organisation, yen or byte"]
    of: Annotated[
        str,
        "what it counts: affected (suffered or exposed), infected, leaked, examined (looked at in the investigation), other",
    ]
    data_kind: Annotated[
        str | None,
        "the kind of data counted, an id of models/data-kinds.jsonl (name, email, card, …); null when not said",
    ]
    factuality: Annotated[str, "asserted, possible, negated or planned, as of events"]
    event_id: Annotated[str | None, "the event of its sentence that it goes with; null when there is none"]
    rule: Annotated[
        str,
        "the rule of the counter and, after /, the cue for what it counts: models/counters.jsonl, models/quantity-roles.jsonl",
    ]
    card_id: Annotated[
        str | None, "the card of its event, else the first of its document; null when the document has none"
    ] = None
    incident_id: Annotated[str | None, "the incident of that card; null when there is none"] = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A source that the document names: a footnote, a line of a list of sources, a link."""

    doc_id: Annotated[str, "the document that names it"]
    citation_id: Annotated[str, "the citation; doc_id, -c and start"]
    mark: Annotated[str | None, "its footnote mark, the number alone; null when it has none"]
    start: Annotated[int, "where the line or footnote that names it begins in the document's text, in code points"]
    end: Annotated[int, "where that ends (the first code point after it)"]
    publisher: Annotated[str | None, "who published the source; null when not said"]
    title: Annotated[str | None, "its title; null when not said"]
    date: Annotated[str | None, "when it came out, in EDTF; null when not said"]
    url: Annotated[str | None, "its address; null when not said"] = None


@dataclass(frozen=True, slots=True)
class Event:
    """A happening, or a claim about a leak of data."""

    doc_id: Annotated[str, "the document that tells of it"]
    event_id: Annotated[str, "the event; doc_id, -e and start"]
    incident_id: Annotated[str | None, "the incident it is part of; null when it is of none that has a card"]
    start: Annotated[int, "where the trigger begins in the document's text, in code points"]
    end: Annotated[int, "where the trigger ends (the first code point after it)"]
    text: Annotated[str, "the trigger, the word that names the happening (検知), text[start:end] of the document"]
    type: Annotated[str, "the type of event, of models/ontology.jsonl: intrusion, data_leak, detection, containment, …"]
    date: Annotated[
        str | None, "when it happened, in EDTF; XXXX where nothing shows the year; null when the text gives it no time"
    ]
    date_begin: Annotated[str | None, "the first day that date allows (YYYY-MM-DD); null when open or of unknown year"]
    date_end: Annotated[str | None, "the last day that date allows (YYYY-MM-DD); null when open or of unknown year"]
    timex_id: Annotated[str | None, "the time expression that dates it; null when it has no date"]
    org: Annotated[
        str | None,
        "the organisation concerned, by its fullest name in the document: whose systems suffer (attack), who acts (response); several joined by |; null when not said",
    ]
    org_id: Annotated[str | None, "its entities.entity_id, several joined by |; null when it has none"]
    factuality: Annotated[str, "asserted, negated (流出は確認されていない), possible (可能性がある) or planned (予定)"]
    attributed_to: Annotated[
        str | None,
        "whom the text credits with it, when that is not its writer; several joined by |; null for the writer",
    ]
    system: Annotated[
        str | None, "the kind of system named just before the trigger (サーバー, 端末); null when none is"
    ]
    sentence_start: Annotated[int, "where the sentence, cell or item that tells of it begins, in code points"]
    sentence_end: Annotated[int, "where that ends (the first code point after it)"]
    rule: Annotated[
        str,
        "the rule that found the trigger, an id of models/triggers.jsonl; E.label.… for the fields of an accident card",
    ]
    confidence: Annotated[
        float,
        "how direct the evidence is, a rank and no probability: 1.0, less 0.1 when the date is from outside its sentence, less 0.2 when the organisation is, less 0.05 when possible or planned",
    ]
    cue: Annotated[
        str | None,
        "the rule that set the factuality, an id of models/factuality.jsonl; null when nothing speaks against asserted",
    ] = None
    dated_by: Annotated[
        str | None,
        "how the date was found: in_sentence, range, set (と), until (まで), from (以降), onward, each (of several organisations that share the verb; the days of the set stand in the order of org), bracket, relative, tied (to the verb), label (of a card), carried (from the row or sentence before), after_detection, document_date; null without a date",
    ] = None
    org_by: Annotated[
        str | None,
        "how the organisation was found: subject, agent (により), victim (の, へ, に before the trigger), column, tag (【…】), topic (of the sentence before), section, main (of the document), media, affected (the one that a parent's or client's notice is about), parser (GiNZA); unnamed and press: it has no name",
    ] = None
    org_rule: Annotated[
        str | None,
        "the case frame that found the organisation, an id of models/frames.jsonl; null when the layout or the text around did",
    ] = None
    card_id: Annotated[str | None, "the card of its document that it belongs to; null when it is of none"] = None


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident, as all documents of a run or a database that tell of it have it: one victim, one affair."""

    incident_id: Annotated[
        str, "the incident; the card_id of the account that came first, so that it stays when later ones follow"
    ]
    title: Annotated[str, "the title of the document, or else the victim"]
    victim: Annotated[
        str | None, "the organisation that suffered, by its fullest name in the document; null when none is named"
    ]
    victim_id: Annotated[str | None, "its entities.entity_id; null when it has none"]
    vectors: Annotated[
        tuple[str, ...],
        "the ways in: supply_chain, vulnerability, zero_day, phishing, malware, vpn, …; unknown when none is told",
    ] = ()
    root_causes: Annotated[tuple[str, ...], "why it was possible, of the same words; unknown when none is told"] = ()
    first_intrusion: Annotated[str | None, "the earliest day of an attack in EDTF; null when none is told"] = None
    detection: Annotated[str | None, "the day it was noticed in EDTF; null when none is told"] = None
    containment: Annotated[str | None, "the day the last containment was done in EDTF; null when none is told"] = None
    disclosure: Annotated[str | None, "the day it was first made public in EDTF; null when none is told"] = None
    attributed_actor: Annotated[str | None, "the attacker that the text names; null when none is named"] = None
    leaked: Annotated[tuple[str, ...], "what got out, as short phrases of the text"] = ()
    possibly_leaked: Annotated[tuple[str, ...], "what may have got out, as short phrases of the text"] = ()
    denied_leak: Annotated[tuple[str, ...], "what did not get out as far as the text says, as short phrases of it"] = ()
    dwell_days: Annotated[
        str | None,
        "whole days from first_intrusion to detection; 10..31 when the dates are coarse, 10.. or ..31 when one is open; null when one is not known",
    ] = None
    containment_days: Annotated[str | None, "whole days from detection to containment, in the same way"] = None
    disclosure_days: Annotated[str | None, "whole days from detection to disclosure, in the same way"] = None
    documents: Annotated[tuple[str, ...], "the documents.doc_id that tell of it"] = ()
    evidence: Annotated[
        tuple[str, ...],
        "the words that made vectors and root_causes, a mention each: column, value, start-end in the document's text and rule (of models/causes.jsonl), a blank between: vectors vpn 120-128 C.vpn.device",
    ] = ()
    related: Annotated[
        tuple[str, ...],
        "incidents of other victims of which one is the way into the other (a provider's, its client's)",
    ] = ()
    merged_by: Annotated[
        tuple[str, ...],
        "what joined the accounts: two card_ids, a score, and the days, figures or series that both have; empty for one account",
    ] = ()


@dataclass(frozen=True, slots=True)
class Card(Incident):
    """What one document tells of one incident: its account, before those of other documents are joined to it."""

    card_id: Annotated[str, "the account; made from the document and the victim"] = ""
    doc_id: Annotated[str, "the document that tells it"] = ""


def card_of(doc_id: str, told: Incident) -> Card:
    """Return the account of an incident in its document; its ``card_id`` is the id that the incident has there."""
    values = {field.name: getattr(told, field.name) for field in fields(told)}
    return Card(**values, card_id=told.incident_id, doc_id=doc_id)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places that contradict each other; nothing is averaged."""

    incident_id: Annotated[str, "the incident they are about; empty when the document has no card"]
    field: Annotated[
        str,
        "what they disagree about: date, weekday, unit, data_leak, the role of a count (affected) or a field of the card",
    ]
    kind: Annotated[
        str,
        "the kind of contradiction: year_typo, date, count, claim, or revision where a later report of the same writer says otherwise",
    ]
    value_a: Annotated[str, "what the first place says"]
    doc_a: Annotated[str, "the document of the first place"]
    start_a: Annotated[int, "where the first place begins in its document's text, in code points"]
    end_a: Annotated[int, "where the first place ends (the first code point after it)"]
    value_b: Annotated[str, "what it is held against"]
    doc_b: Annotated[str | None, "the document of the second place; null when it is none"]
    start_b: Annotated[int | None, "where the second place begins, in code points; null when there is none"]
    end_b: Annotated[int | None, "where the second place ends; null when there is none"]
    likely: Annotated[str | None, "the value thought right; null when nothing decides"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A step taken or planned against the incident, from the parts of a document that list them and from prose that leads one in."""

    doc_id: Annotated[str, "the document that names it"]
    incident_id: Annotated[str | None, "the incident it answers; null when the document has no card"]
    start: Annotated[int, "where it begins in the document's text, in code points"]
    end: Annotated[int, "where it ends (the first code point after it)"]
    text: Annotated[str, "its words, text[start:end] of the document"]
    phase: Annotated[str, "first response, after the cause was known, or lasting"]
    status: Annotated[str, "done or planned"]
    org: Annotated[str | None, "who takes it, the main organisation of the document; null when none is named"]
    measure_id: Annotated[str, "the step; doc_id, -s and start"] = ""
    card_id: Annotated[str | None, "the card of its document that it belongs to; null when there is none"] = None
