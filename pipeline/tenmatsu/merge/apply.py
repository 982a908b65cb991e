"""A document's rows with what the other documents told: incident ids, years, and the rows that are at home in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tenmatsu.merge.assemble import DATED, Filler, Merged
from tenmatsu.merge.years import LinkedYear
from tenmatsu.records import Card, Conflict, Event, Timex
from tenmatsu.times.edtf import bounds

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted


def applied(one: Extracted, merged: Merged) -> Extracted:
    """Return the rows of one document as part of all: its cards stay, its incidents are those that are at home in it.

    An incident is at home in the document that came first, a contradiction between two documents in that of its first
    place, so that all documents together hold every row once.
    """
    if one.document.status != "ok":
        return one
    doc_id = one.document.doc_id
    years = merged.years.get(doc_id, ())
    full = Filler(years)
    value_of = {each.timex_id: each for each in years}
    of = merged.incident_of
    told = merged.conflicts
    at, end = (side(told, doc_id, key=lambda each: each.doc_a) for side in (bisect_left, bisect_right))
    return replace(
        one,
        timexes=tuple(_timex(timex, value_of) for timex in one.timexes),
        events=tuple(_event(event, of, full) for event in one.events),
        measures=tuple(
            replace(each, incident_id=of.get(each.incident_id or "", each.incident_id)) for each in one.measures
        ),
        quantities=tuple(
            replace(each, incident_id=of.get(each.card_id or "", each.incident_id)) for each in one.quantities
        ),
        cards=tuple(_card(card, merged) for card in one.cards),
        # an incident has the id of the card that came first
        incidents=tuple(merged.incidents[card.card_id] for card in one.cards if card.card_id in merged.incidents),
        conflicts=(*_own(one.conflicts, of, full), *told[at:end]),
    )


def _card(card: Card, merged: Merged) -> Card:
    incident_id = merged.incident_of.get(card.card_id, card.card_id)
    filled = merged.cards.get(card.card_id)
    if filled is None:
        return card if incident_id == card.incident_id else replace(card, incident_id=incident_id)
    return replace(card, incident_id=incident_id, **{field: getattr(filled, field) for field in DATED})


def _timex(timex: Timex, value_of: dict[str, LinkedYear]) -> Timex:
    found = value_of.get(timex.timex_id)
    if found is None:
        return timex
    return replace(timex, value=found.value, anchor="linked_document", anchor_id=found.anchor_id)


def _event(event: Event, of: dict[str, str], full: Filler) -> Event:
    incident_id = of.get(event.incident_id or "", event.incident_id)
    date = full(event.date)
    if date == event.date:
        return event if incident_id == event.incident_id else replace(event, incident_id=incident_id)
    begin, end = bounds(date)
    return replace(event, incident_id=incident_id, date=date, date_begin=begin, date_end=end)


def _own(found: Sequence[Conflict], of: dict[str, str], full: Filler) -> list[Conflict]:
    return [
        replace(
            each,
            incident_id=of.get(each.incident_id, each.incident_id),
            value_a=full(each.value_a),
            value_b=full(each.value_b),
            likely=full(each.likely),
        )
        for each in found
    ]
