"""Where one document contradicts itself: years, counts and days that its labels and its story give differently.

Nothing is averaged: both places are shown. Only what cannot both be true is told: a rounded figure does not contradict
the exact one, and where the story itself gives several figures or days none is held against the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tenmatsu.events.ontology import attack_side
from tenmatsu.records import Conflict, Document, Event, Incident, Quantity, Timex

LABELS = 20  # labelled counts that are compared; a card has a few, a table of hundreds tells of many incidents
ROUNDING = 0.1  # figures this near to each other may be one, rounded


def years(
    document: Document, events: Sequence[Event], timexes: Sequence[Timex], incident: str | None
) -> list[Conflict]:
    """Return year typos: a card's labelled date with the month and day of a dated event of the story, another year."""
    by_id = {timex.timex_id: timex for timex in timexes}
    told: dict[str, list[tuple[str, Event]]] = {}
    for event in events:
        if not _labelled(event) and event.date and event.type in attack_side():
            value = first_day(event.date)
            if len(value) == 10:
                told.setdefault(value[5:], []).append((value, event))
    found = []
    for event in events:
        if not _labelled(event) or not event.date or len(event.date) != 10:
            continue
        for value, other in told.get(event.date[5:], ()):
            timex, place = by_id.get(event.timex_id or ""), by_id.get(other.timex_id or "")
            if value[:4] == event.date[:4] or timex is None or place is None:
                continue
            sides = (event.date, document.doc_id, timex.start, timex.end)
            against = (value, document.doc_id, place.start, place.end)
            found.append(Conflict(incident or "", "first_intrusion", "year_typo", *sides, *against, value))
            break
    return found


def first_day(edtf: str) -> str:
    """Return the first date of a set or closed interval, any other EDTF value as it is."""
    if edtf.startswith("{"):
        return edtf.strip("{}").split(",")[0]
    if "/" in edtf and not edtf.startswith(".."):
        return edtf.split("/")[0]
    return edtf


def _labelled(event: Event) -> bool:
    return event.rule.startswith("E.label.")


def dates(
    document: Document,
    events: Sequence[Event],
    timexes: Sequence[Timex],
    incidents: Sequence[Incident],
    suspect: frozenset[str] = frozenset(),
) -> list[Conflict]:
    """Return days that cannot both hold: a labelled detection against the story's, a disclosure before its detection.

    ``suspect`` holds the ids of events whose year is a typo, which is told of elsewhere.
    """
    by_id = {timex.timex_id: timex for timex in timexes}
    of_incident: dict[str | None, list[Event]] = {}
    for event in events:
        of_incident.setdefault(event.incident_id, []).append(event)
    found = []
    for incident in incidents:
        own = [
            event
            for event in of_incident.get(incident.incident_id, ())
            if event.factuality == "asserted"
            and event.event_id not in suspect
            and event.date
            and len(event.date) == 10
            and event.timex_id in by_id
        ]
        noticed = [event for event in own if event.type == "detection"]
        story = [event for event in noticed if not _labelled(event)]
        if len({event.date for event in story}) == 1:
            found += [
                _dated(incident, "detection", label, story[0], by_id)
                for label in noticed
                if _labelled(label) and _known(label) and label.date != story[0].date
            ][:1]
        if len({event.date for event in noticed}) == 1 and noticed[0].date_begin:
            # a day that something done to the victim has too may be that thing's alone
            taken = {event.timex_id for event in of_incident[incident.incident_id] if event.type in attack_side()}
            shown = [event for event in own if event.type == "disclosure" and event.date_end]
            if any(event.timex_id in taken for event in shown):
                continue
            if shown and all((event.date_end or "") < noticed[0].date_begin for event in shown):
                first = min(shown, key=lambda event: (event.date or "", event.start))
                found.append(_dated(incident, "disclosure", first, noticed[0], by_id))
    return found


def _known(event: Event) -> bool:
    return event.date_begin is not None


def _dated(incident: Incident, field: str, one: Event, other: Event, by_id: dict[str, Timex]) -> Conflict:
    a, b = by_id[one.timex_id or ""], by_id[other.timex_id or ""]
    sides = (one.date or "", one.doc_id, a.start, a.end, other.date or "", other.doc_id, b.start, b.end)
    return Conflict(incident.incident_id, field, "date", *sides, None)


_LABEL = re.compile(r"(?:人数|件数|台数|者数|数)[ 　]*(?:[:：|｜\t]|[ 　]+)[ 　]*$")


def counts(document: Document, quantities: Sequence[Quantity], incident: str | None) -> list[Conflict]:
    """Return labelled counts (漏えい件数: 2,000件) that the one count of the story for the same thing contradicts."""
    labelled, told = [], []
    for one in quantities:
        left = document.text[document.text.rfind("\n", 0, one.start) + 1 : one.start]
        if one.rule.startswith("Q.card") or (len(left) <= 24 and _LABEL.search(left)):
            labelled.append(one)
        elif "R.whole" not in one.rule and "R.gloss" not in one.rule:
            told.append(one)
    found = []
    for label in labelled[:LABELS]:
        same = [one for one in told if _alike(one, label)]
        if not same or len({(one.min, one.max) for one in same}) != 1 or len(_of_label(labelled, label)) != 1:
            continue
        if not _agree(label, same[0]):
            sides = (label.text, label.doc_id, label.start, label.end)
            against = (same[0].text, same[0].doc_id, same[0].start, same[0].end)
            found.append(Conflict(incident or "", label.of, "count", *sides, *against, None))
    return found


def _of_label(labelled: Iterable[Quantity], label: Quantity) -> set[tuple[float | None, float | None]]:
    return {(one.min, one.max) for one in labelled if (one.of, one.unit) == (label.of, label.unit)}


def _alike(one: Quantity, label: Quantity) -> bool:
    return (
        (one.of, one.unit) == (label.of, label.unit)
        and one.of in ("leaked", "infected", "affected")
        and "negated" not in (one.factuality, label.factuality)
        and (one.data_kind == label.data_kind or not one.data_kind or not label.data_kind)
    )


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether one figure can satisfy both bounds; figures within a rounding of each other agree."""
    low = max(one.min if one.min is not None else 0.0, other.min if other.min is not None else 0.0)
    high = min(x for x in (one.max, other.max, float("inf")) if x is not None)
    return low <= high * (1 + ROUNDING)
