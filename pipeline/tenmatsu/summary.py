"""What extraction found, for a reader at a terminal: the incident cards, the timeline, the counts."""

from __future__ import annotations

import unicodedata
from bisect import insort
from collections import Counter
from collections.abc import Callable
from typing import IO, TYPE_CHECKING

from tenmatsu.records import Event, Incident

if TYPE_CHECKING:
    from rich.console import Console

    from tenmatsu.pipeline import Extracted

_WHOLE = 5
_LISTED = 40
_TABLES = ("events", "timexes", "mentions", "quantities", "citations", "incidents", "conflicts", "measures")
_ALONE = {"incidents": "cards"}  # what a document has of its own where incidents are those of all
_OWN = set(_TABLES) - {"conflicts"}


def printable(text: str) -> str:
    """Return ``text`` without the characters that steer a terminal or turn the direction of writing.

    Documents come from strangers: an escape sequence in one must not reach the screen.
    """
    return "".join(
        " " if char in "\n\t\r" else "�" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in text
    )


def console(file: IO[str]) -> Console:
    """Return a console for ``file`` that takes every text as it is, without markup."""
    from rich.console import Console

    out = Console(file=file, markup=False, emoji=False, highlight=False)
    if not out.is_terminal:
        out.width = 120
    return out


class Summary:
    """Gathers documents and shows them: each in full when they are few, one line a document when they are many."""

    def __init__(self, *, joined: bool = True) -> None:
        """Start with nothing read. ``joined`` says that the documents come with the incidents of all of them."""
        self.read = 0
        self.unread = 0
        self.counts: Counter[str] = Counter()
        self._tables = _TABLES if joined else tuple(_ALONE.get(table, table) for table in _TABLES if table in _OWN)
        self._whole: list[tuple[int, Extracted]] = []
        self._lines: list[tuple[int, str, str, str, int]] = []

    @property
    def events(self) -> int:
        """The number of events found."""
        return self.counts["events"]

    def add(self, one: Extracted, position: int | None = None) -> None:
        """Count the rows of one document; only the first few documents are kept.

        ``position`` is its place among the others, where they do not come in their order.
        """
        if one.document.status != "ok":
            self.unread += 1
            return
        place = self.read if position is None else position
        self.read += 1
        self._count(one)
        if self.read <= _WHOLE:
            insort(self._whole, (place, one), key=lambda kept: kept[0])
        else:
            self._whole.clear()
        if len(self._lines) < _LISTED or place < self._lines[-1][0]:
            victims = "、".join(dict.fromkeys(card.victim or "(none named)" for card in one.cards))
            insort(self._lines, (place, one.document.path, one.document.published or "", victims, len(one.events)))
            del self._lines[_LISTED:]

    def renew(self, renewed: Callable[[Extracted], Extracted]) -> None:
        """Take the documents that are shown in full in another state, joined with the others."""
        if self._whole:
            self._whole = [(place, renewed(one)) for place, one in self._whole]
            self._tables = _TABLES
            self.counts.clear()
            for _, one in self._whole:
                self._count(one)

    def _count(self, one: Extracted) -> None:
        for table in self._tables:
            self.counts[table] += len(getattr(one, table))

    def text(self, file: IO[str]) -> str:
        """Return what was gathered, laid out for ``file``: its width, and colours when it is a terminal."""
        out = console(file)
        with out.capture() as captured:
            if self._whole:
                for _, one in self._whole:
                    _document(out, one)
            else:
                self._overview(out)
            parts = [f"{count} {table}" for table, count in self.counts.items() if count]
            noun = "document" if self.read == 1 else "documents"
            unread = f", {self.unread} unread" if self.unread else ""
            out.print(f"{self.read} {noun}{unread}: " + ", ".join(parts))
        return captured.get()

    def _overview(self, out: Console) -> None:
        from rich.table import Table
        from rich.text import Text

        table = Table("document", "published", "victim", "events", box=None, pad_edge=False)
        for _, path, published, victims, events in self._lines:
            table.add_row(*(Text(printable(value)) for value in (path, published, victims, str(events))))
        out.print(table)
        if self.read > len(self._lines):
            out.print(f"… and {self.read - len(self._lines)} more")


def _document(out: Console, one: Extracted) -> None:
    from rich.text import Text

    row = one.document
    out.print(Text(printable(row.title or row.path), style="bold"))
    known = (("path", row.path), ("publisher", row.publisher), ("published", row.published), ("genre", row.genre))
    out.print(Text(printable("  ".join(f"{name} {value}" for name, value in known if value))))
    at_home = {incident.incident_id: incident for incident in one.incidents}
    for card in one.cards:
        incident = at_home.pop(card.incident_id, None)
        if incident is not None:
            _card(out, incident)
        else:
            out.print(Text(printable(f"an account of {card.incident_id} ({card.victim}), told with another document")))
    _timeline(out, one)
    for conflict in one.conflicts:
        other = "" if conflict.doc_b in (None, conflict.doc_a) else f" in document {conflict.doc_b}"
        kind = "revision" if conflict.kind == "revision" else "contradiction"
        out.print(Text(printable(f"{kind} in {conflict.field}: {conflict.value_a} against {conflict.value_b}{other}")))
    out.print()


def _card(out: Console, card: Incident) -> None:
    from rich.table import Table
    from rich.text import Text

    fields = (
        ("victim", card.victim),
        ("vectors", ", ".join(card.vectors)),
        ("root causes", ", ".join(card.root_causes)),
        ("first intrusion", card.first_intrusion),
        ("detection", _with_days(card.detection, card.dwell_days, "after the intrusion")),
        ("containment", _with_days(card.containment, card.containment_days, "after the detection")),
        ("disclosure", _with_days(card.disclosure, card.disclosure_days, "after the detection")),
        ("actor", card.attributed_actor),
        ("leaked", "、".join(card.leaked)),
        ("possibly leaked", "、".join(card.possibly_leaked)),
        ("denied", "、".join(card.denied_leak)),
        ("documents", ", ".join(card.documents) if len(card.documents) > 1 else ""),
        ("related", ", ".join(card.related)),
    )
    table = Table("incident", card.incident_id, show_edge=False, pad_edge=False)
    for name, value in fields:
        if value:
            table.add_row(Text(name), Text(printable(value), overflow="fold"))
    out.print(table)


def _with_days(value: str | None, days: str | None, since: str) -> str | None:
    return f"{value} ({days} days {since})" if value and days else value


def _timeline(out: Console, one: Extracted) -> None:
    from rich.table import Table
    from rich.text import Text

    # undated happenings of other types fill a screen and tell no order: the tables have them
    told = [event for event in one.events if event.date is not None or event.type == "data_leak"]
    if told:
        table = Table("date", "type", "organisation", "factuality", "trigger", show_edge=False, pad_edge=False)
        for event in sorted(told, key=_when):
            values = (event.date or "-", event.type, event.org or "-", event.factuality, event.text)
            table.add_row(*(Text(printable(value), overflow="fold") for value in values))
        out.print(table)
    else:
        out.print("no dated events and no claims about a leak found")
    if len(one.events) > len(told):
        out.print(f"and {len(one.events) - len(told)} undated events (see the tables, or tenmatsu explain)")


def _when(event: Event) -> tuple[bool, str, int]:
    return event.date is None, event.date_begin or event.date_end or event.date or "", event.start
