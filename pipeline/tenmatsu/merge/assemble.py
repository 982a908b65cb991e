"""Accounts into incidents: groups of cards, their merged fields and delays, contradictions, links and years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, overload

from tenmatsu.conflicts import first_day
from tenmatsu.delays import between
from tenmatsu.merge.accounts import Account, Told
from tenmatsu.merge.contradictions import conflicts
from tenmatsu.merge.days import yearless
from tenmatsu.merge.evidence import Facts, family
from tenmatsu.merge.fields import DATES, claims, dates, first, words
from tenmatsu.merge.group import Group, groups
from tenmatsu.merge.years import LinkedYear, linked_years
from tenmatsu.records import Conflict, Incident

DATED = (*DATES, "dwell_days", "containment_days", "disclosure_days")  # what a year of another document can change


@dataclass(frozen=True, slots=True)
class Merged:
    """Incidents over all documents given, by id, the contradictions between documents, and what each document takes.

    ``conflicts`` are in the order of their first documents. ``incident_of`` gives for the id that a card has in its own document the id of its incident, ``years`` for a document
    the values that the others' years give to its time expressions, ``home`` for an incident the document it came from.
    ``cards`` are those that such years changed, by the id in their own document, each with its dates in full.
    """

    incidents: dict[str, Incident]
    conflicts: tuple[Conflict, ...]
    incident_of: dict[str, str]
    home: dict[str, str]
    years: dict[str, tuple[LinkedYear, ...]] = field(default_factory=dict)
    cards: dict[str, Incident] = field(default_factory=dict)


def merge(accounts: Iterable[Account]) -> Merged:
    """Return the incidents of all accounts; a document given twice counts once. The order of the accounts changes nothing."""
    given = {account.doc_id: account for account in accounts}
    dated, years = _dated([given[doc_id] for doc_id in sorted(given)])
    whole = groups(dated)
    incidents: dict[str, Incident] = {}
    incident_of: dict[str, str] = {}
    home: dict[str, str] = {}
    found: list[Conflict] = []
    for group in whole:
        lead = first(group.cards)
        incidents[lead.id] = _incident(group, lead)
        home[lead.id] = lead.account.doc_id
        incident_of.update((one.id, lead.id) for one in group.cards)
        if len(group.cards) > 1:
            found += conflicts(lead.id, group.cards)
    for account in dated:  # a card that names no victim stays by itself
        for card in account.cards:
            if card.incident_id not in incident_of:
                incidents[card.incident_id] = card
                incident_of[card.incident_id] = card.incident_id
                home[card.incident_id] = account.doc_id
    related = _related(dated, incident_of)
    incidents = {
        key: replace(one, related=tuple(sorted(related.get(key, ())))) for key, one in sorted(incidents.items())
    }
    found.sort(key=lambda each: each.doc_a)
    filled = {card.incident_id: card for account in dated if account.doc_id in years for card in account.cards}
    return Merged(incidents, tuple(found), incident_of, home, years, filled)


def _dated(accounts: Sequence[Account]) -> tuple[list[Account], dict[str, tuple[LinkedYear, ...]]]:
    """The accounts with the years that the others of their incidents print, and those years by document."""
    if not any(yearless(day[3]) for account in accounts for day in account.days):
        return list(accounts), {}
    by_id = {account.doc_id: account for account in accounts}
    years: dict[str, tuple[LinkedYear, ...]] = {}
    beside: dict[str, set[str]] = {}
    for group in groups(accounts):
        together = {one.account.doc_id for one in group.cards}
        for doc_id in together:
            beside.setdefault(doc_id, set()).update(together - {doc_id})
    for doc_id, others in sorted(beside.items()):
        if others:
            found = linked_years(by_id[doc_id], [by_id[other] for other in sorted(others)])
            if found:
                years[doc_id] = tuple(found)
    return [_filled(account, years.get(account.doc_id, ())) for account in accounts], years


def _filled(account: Account, years: Sequence[LinkedYear]) -> Account:
    """The account with its dates in full; its cards keep their ids."""
    if not years:
        return account
    full = Filler(years)
    value_of = {one.timex_id: one.value for one in years}
    told = tuple(replace(one, date=full(one.date)) for one in account.told)
    return replace(
        account,
        cards=tuple(_filled_card(card, full, told) for card in account.cards),
        told=told,
        days=tuple((*day[:3], value_of.get(day[0], day[3]), day[4]) for day in account.days),
    )


class Filler:
    """Fills the years of EDTF dates by what the document's time expressions were found to be."""

    def __init__(self, years: Sequence[LinkedYear]) -> None:
        """Take the years of one document; a day that it tells of in two years stays open."""
        found: dict[str, set[str]] = {}
        for one in years:
            if hit := _FULL.match(one.value):
                found.setdefault(hit[2], set()).add(hit[1])
        self._year = {day: min(each) for day, each in found.items() if len(each) == 1}

    @overload
    def __call__(self, edtf: str) -> str: ...
    @overload
    def __call__(self, edtf: None) -> None: ...
    def __call__(self, edtf: str | None) -> str | None:
        """Return the date with the years of its days; a part whose day was not found stays open, and so does None."""
        if edtf is None or "XXXX" not in edtf:
            return edtf
        return _OPEN.sub(lambda hit: f"{self._year.get(hit[1], 'XXXX')}-{hit[1]}", edtf)


_FULL = re.compile(r"(\d{4})-(\d{2}(?:-\d{2})?)")
_OPEN = re.compile(r"XXXX-(\d{2}(?:-\d{2})?)")
_MARKED = {"first_intrusion": "attack"}  # the kind of day that a field of a card holds, where it has another name


def _filled_card(card: Incident, full: Filler, told: Sequence[Told]) -> Incident:
    """The card with the years of its dates, and its delays anew where a date was filled."""
    days: dict[str, Any] = {field: full(getattr(card, field)) for field in DATES}
    filled = replace(card, **days)
    if filled == card:
        return card
    own = [each for each in told if each.card == card.incident_id]
    return replace(filled, **_delays(days, own))


def _incident(group: Group, lead: Facts) -> Incident:
    if len(group.cards) == 1:
        return lead.card
    told = dates(group.cards)
    fullest = max(group.cards, key=lambda one: (len(one.card.victim or ""), one.id))
    numbered = [one.card.victim_id or "" for one in group.cards if (one.card.victim_id or "").startswith("jp:")]
    said = claims(group.cards)
    actors = {one.card.attributed_actor for one in group.cards if one.card.attributed_actor}
    return replace(
        lead.card,
        victim=fullest.card.victim,
        victim_id=min(numbered) if numbered else fullest.card.victim_id,
        vectors=words(group.cards, "vectors"),
        root_causes=words(group.cards, "root_causes"),
        first_intrusion=told["first_intrusion"],
        detection=told["detection"],
        containment=told["containment"],
        disclosure=told["disclosure"],
        leaked=said["leaked"],
        possibly_leaked=said["possibly_leaked"],
        denied_leak=said["denied_leak"],
        attributed_actor=actors.pop() if len(actors) == 1 else None,
        **_delays(told, [each for one in group.cards for each in one.account.told if each.card == one.id]),
        documents=tuple(sorted(one.account.doc_id for one in group.cards)),
        merged_by=tuple(f"{one.one} {one.other} {one.score:g}: {'; '.join(one.why)}" for one in group.links),
    )


def _delays(dates: Mapping[str, str | None], told: Sequence[Told]) -> dict[str, Any]:
    """The delays between the dates of an incident; none from or to a day that is a mere possibility."""
    sure = {field: value if _sure(told, field, value) else None for field, value in dates.items()}
    return {
        "dwell_days": between(sure["first_intrusion"], sure["detection"]),
        "containment_days": between(sure["detection"], sure["containment"]),
        "disclosure_days": between(sure["detection"], sure["disclosure"]),
    }


def _sure(told: Sequence[Told], field: str, value: str | None) -> bool:
    """Whether a date rests on an event that is asserted; a notice's own day rests on none, and is sure."""
    if value is None:
        return False
    events = [
        each
        for each in told
        if family(each.type) == _MARKED.get(field, field) and (each.date == value or first_day(each.date) == value)
    ]
    return not events or any(each.factuality == "asserted" for each in events)


def _related(accounts: Sequence[Account], incident_of: dict[str, str]) -> dict[str, set[str]]:
    """Incidents of which a document tells that one is the way into the other: a provider's and its client's."""
    found: dict[str, set[str]] = {}
    for account in accounts:
        for pair in account.chains:
            a, b = (incident_of[one] for one in pair)
            if a != b:
                found.setdefault(a, set()).add(b)
                found.setdefault(b, set()).add(a)
    return found
