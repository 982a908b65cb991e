"""What merging asks of one document: its cards, its dated events and counts with their places, the names of its victims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tenmatsu.organisations.register import likeness
from tenmatsu.records import Conflict, DocumentRow, Event, Incident, Mention, Quantity, Timex

Place = tuple[str, int, int]  # doc_id, start, end: half-open, in code points of that document's text


@dataclass(frozen=True, slots=True)
class Told:
    """A dated event of a card; ``place`` is where its date stands, or its trigger where the date is elsewhere."""

    card: str
    type: str
    date: str
    factuality: str
    place: Place


@dataclass(frozen=True, slots=True)
class Counted:
    """A count that measures the incident of a card."""

    card: str
    text: str
    min: float | None
    max: float | None
    unit: str
    of: str
    data_kind: str | None
    factuality: str
    place: Place


@dataclass(frozen=True, slots=True)
class Account:
    """One document as merging sees it. ``cards`` are its incidents with the ids that they have there.

    ``names`` lists for each card the folded spellings of its victim, the surest first; ``report`` is the number of a
    report in its series (第3報: 3, 最終報: 99), 0 where it is none; ``series`` its folded title without that number.
    ``days`` are its time expressions as (timex_id, start, end, value, value_raw), ``leaks`` its claims about a leak as (card id,
    factuality, place of the trigger), ``open`` its events whose date prints no year as (event_id, date), ``disputed`` its
    own contradictions about such dates as (start_a, field, value_a, value_b, likely).
    """

    doc_id: str
    published: str | None
    genre: str | None
    publisher: str | None
    series: str
    report: int
    cards: tuple[Incident, ...]
    names: tuple[tuple[str, ...], ...]
    told: tuple[Told, ...]
    leaks: tuple[tuple[str, str, Place], ...]
    counted: tuple[Counted, ...]
    days: tuple[tuple[str, int, int, str, str], ...]
    open: tuple[tuple[str, str], ...] = ()
    disputed: tuple[tuple[int, str, str, str, str | None], ...] = ()

    @property
    def own(self) -> frozenset[str]:
        """The ids of the cards whose victim is also who writes: what a firm says of itself goes before hearsay."""
        writer = likeness(self.publisher) if self.publisher else ""
        return frozenset(
            card.incident_id
            for card, names in zip(self.cards, self.names, strict=True)
            if self.genre == "press_release" and writer and writer in names
        )


class Rows(Protocol):
    """The rows of one document, as extraction or a database gives them."""

    @property
    def document(self) -> DocumentRow:
        """The document's own row."""

    @property
    def incidents(self) -> Sequence[Incident]:
        """Its cards, before merging."""

    @property
    def events(self) -> Sequence[Event]:
        """Its events."""

    @property
    def timexes(self) -> Sequence[Timex]:
        """Its time expressions."""

    @property
    def mentions(self) -> Sequence[Mention]:
        """Its namings of organisations."""

    @property
    def conflicts(self) -> Sequence[Conflict]:
        """Its contradictions of itself."""

    @property
    def quantities(self) -> Sequence[Quantity]:
        """Its counts."""


_LEAST_NAME = 3  # letters of a further name of a victim; a shorter one is too often somebody else's
_FIGURES = str.maketrans("０１２３４５６７８９一二三四五六七八九", "0123456789123456789")
_REPORT = re.compile(
    r"第\s?([0-9０-９]{1,2}|[一二三四五六七八九十])\s?報|(最終報告?|最終のご?報告|調査結果のご?報告)|(続報)"
)
_LAST, _LATER = 99, 98


def report_of(title: str | None) -> tuple[str, int]:
    """Return a title without the number of its report, folded, and that number (最終報 is 99, 続報 98, else 0)."""
    if not title:
        return "", 0
    hit = _REPORT.search(title)
    bare = re.sub(r"[（(\[【][^（）()\[\]【】]{0,12}[)）\]】]|[\W_]", "", _REPORT.sub("", title))
    bare = re.sub(
        r"^(?:お詫びと|お詫び|重要)*|(?:に関する|について|の)?(?:のお?)?(?:お?知らせ|ご?報告|お詫び|ご?説明|と|の|ご)*$",
        "",
        bare,
    )
    if hit is None:
        return likeness(bare), 0
    if hit[1]:
        figure = hit[1].translate(_FIGURES)
        return likeness(bare), 10 if figure == "十" else int(figure)
    return likeness(bare), _LAST if hit[2] else _LATER


def account_of(rows: Rows) -> Account:
    """Return what merging asks of one document's rows. Ids and offsets are those of the rows."""
    document = rows.document
    spans = {timex.timex_id: (timex.start, timex.end) for timex in rows.timexes}
    event_card = {event.event_id: event.incident_id for event in rows.events}
    first = rows.incidents[0].incident_id if rows.incidents else ""
    told = []
    leaks = []
    for event in rows.events:
        if event.date and event.incident_id:
            start, end = spans.get(event.timex_id or "", (event.start, event.end))
            told.append(
                Told(event.incident_id, event.type, event.date, event.factuality, (document.doc_id, start, end))
            )
        if event.type == "data_leak" and event.incident_id:
            leaks.append((event.incident_id, event.factuality, (document.doc_id, event.start, event.end)))
    # a claim in the text shows more than the one in its title
    leaks.sort(key=lambda one: one[2][2] <= len(document.title or ""))
    counted = [
        Counted(
            event_card.get(one.event_id or "") or first,
            one.text,
            one.min,
            one.max,
            one.unit,
            one.of,
            one.data_kind,
            one.factuality,
            (document.doc_id, one.start, one.end),
        )
        for one in rows.quantities
        if first
    ]
    series, report = report_of(document.title)
    return Account(
        document.doc_id,
        document.published,
        document.genre,
        document.publisher,
        series,
        report,
        tuple(rows.incidents),
        tuple(_names(card, rows.mentions) for card in rows.incidents),
        tuple(told),
        tuple(leaks),
        tuple(counted),
        tuple((t.timex_id, t.start, t.end, t.value, t.value_raw) for t in rows.timexes if t.type in ("DATE", "TIME")),
        tuple((event.event_id, event.date) for event in rows.events if event.date and "XXXX-" in event.date),
        tuple(
            (each.start_a, each.field, each.value_a, each.value_b, each.likely)
            for each in rows.conflicts
            if "XXXX-" in each.value_a + each.value_b
        ),
    )


def _names(card: Incident, mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The spellings by which another document may name the victim: its id, its name, then its other names here."""
    if not card.victim:
        return ()
    names = dict.fromkeys(part for part in (card.victim_id or "", likeness(card.victim)) if part)
    for mention in mentions:
        if mention.kind == "name" and mention.entity == card.victim:
            folded = likeness(mention.text)
            if len(folded) >= _LEAST_NAME:
                names.setdefault(folded)
    return tuple(names)
