"""Accounts into incidents: groups of cards, their merged fields and delays, contradictions, links and years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, overload

from tenmatsu.delays import between
from tenmatsu.merge.accounts import Account
from tenmatsu.merge.contradictions import conflicts
from tenmatsu.merge.days import yearless
from tenmatsu.merge.evidence import Facts
from tenmatsu.merge.fields import claims, dates, first, words
from tenmatsu.merge.group import Group, groups
from tenmatsu.merge.years import LinkedYear, linked_years
from tenmatsu.records import Conflict, Incident


@dataclass(frozen=True, slots=True)
class Merged:
    """Incidents over all documents given, by id, the contradictions between documents, and what each document takes.

    ``incident_of`` gives for the id that a card has in its own document the id of its incident, ``years`` for a document
    the values that the others' years give to its time expressions, ``home`` for an incident the document it came from.
    """

    incidents: dict[str, Incident]
    conflicts: tuple[Conflict, ...]
    incident_of: dict[str, str]
    home: dict[str, str]
    years: dict[str, tuple[LinkedYear, ...]] = field(default_factory=dict)


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
    return Merged(incidents, tuple(found), incident_of, home, years)


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
    return replace(
        account,
        cards=tuple(filled_card(card, years) for card in account.cards),
        told=tuple(replace(one, date=full(one.date)) for one in account.told),
        days=tuple((*day[:3], value_of.get(day[0], day[3]), day[4]) for day in account.days),
    )


class Filler:
    """Fills the years of EDTF dates by what the document's time expressions were found to be."""

    def __init__(self, years: Sequence[LinkedYear]) -> None:
        """Take the years of one document."""
        self._year: dict[str, str] = {}
        for one in years:
            self._year.setdefault(one.value[5:10], one.value[:4])
            self._year.setdefault(one.value[5:7], one.value[:4])
        self._any = years[0].value[:4] if years else ""

    @overload
    def __call__(self, edtf: str) -> str: ...
    @overload
    def __call__(self, edtf: None) -> None: ...
    def __call__(self, edtf: str | None) -> str | None:
        """Return the date with the years of its days; a part whose day was not found stays open, and so does None."""
        if edtf is None or "XXXX" not in edtf:
            return edtf
        out, at = [], 0
        while (place := edtf.find("XXXX-", at)) >= 0:
            tail = edtf[place + 5 : place + 10]
            year = self._year.get(tail) or self._year.get(tail[:2])
            out += [edtf[at:place], f"{year}-" if year else "XXXX-"]
            at = place + 5
        return "".join(out) + edtf[at:]


_Card = TypeVar("_Card", bound=Incident)


def filled_card(card: _Card, years: Sequence[LinkedYear]) -> _Card:
    """Return the card with the years of its dates, and its delays anew where a date was filled."""
    if not years:
        return card
    full = Filler(years)
    filled = replace(
        card,
        first_intrusion=full(card.first_intrusion),
        detection=full(card.detection),
        containment=full(card.containment),
        disclosure=full(card.disclosure),
    )
    if filled == card:
        return card
    return replace(
        filled,
        dwell_days=between(filled.first_intrusion, filled.detection),
        containment_days=between(filled.detection, filled.containment),
        disclosure_days=between(filled.detection, filled.disclosure),
    )


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
        dwell_days=_delay(group.cards, told["first_intrusion"], told["detection"]),
        containment_days=_delay(group.cards, told["detection"], told["containment"]),
        disclosure_days=_delay(group.cards, told["detection"], told["disclosure"]),
        documents=tuple(sorted(one.account.doc_id for one in group.cards)),
        merged_by=tuple(f"{one.one} {one.other} {one.score:g}: {'; '.join(one.why)}" for one in group.links),
    )


def _delay(cards: Sequence[Facts], since: str | None, until: str | None) -> str | None:
    return between(since, until) if _sure(cards, since) and _sure(cards, until) else None


def _sure(cards: Sequence[Facts], value: str | None) -> bool:
    """Whether a date of an incident rests on an event that is asserted: a delay from a mere possibility is none."""
    events = [each for one in cards for each in one.account.told if each.card == one.id and each.date == value]
    return not events or any(each.factuality == "asserted" for each in events)


def _related(accounts: Sequence[Account], incident_of: dict[str, str]) -> dict[str, set[str]]:
    """Incidents told in one document of which one is the way into the other: a provider's and its client's."""
    found: dict[str, set[str]] = {}
    for account in accounts:
        supplied = [card for card in account.cards if "supply_chain" in card.vectors]
        for card in supplied:
            for other in account.cards:
                a, b = incident_of[card.incident_id], incident_of[other.incident_id]
                if a != b:
                    found.setdefault(a, set()).add(b)
                    found.setdefault(b, set()).add(a)
    return found
