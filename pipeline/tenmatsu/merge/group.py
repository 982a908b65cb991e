"""Cards into incidents: candidates by what they share, the surest links first, nothing joined that a date forbids.

Candidates share a spelling of the victim and a day, a figure or a series, so the work grows with the documents and not with
their pairs. Links are taken from the surest to the least sure in an order that only the cards decide: the groups are the
same in whatever order the documents come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tenmatsu.merge.accounts import Account
from tenmatsu.merge.days import exact, gap
from tenmatsu.merge.evidence import (
    APART,
    ENOUGH,
    TELLING,
    Facts,
    Link,
    dated,
    facts_of,
    forbidden,
    keys,
    link,
    seats_apart,
)

NEIGHBOURS = (
    12  # cards compared with each one under a common key; a day on which a hundred pages tell of a firm is one affair
)

_LATELY = 400  # days between a provider's incident and the notice of a client that names it


@dataclass(frozen=True, slots=True)
class Group:
    """The cards of one incident, and the links that join them."""

    cards: tuple[Facts, ...]
    links: tuple[Link, ...]


def groups(accounts: Sequence[Account]) -> list[Group]:
    """Return the incidents of the accounts, each card in one, sorted by the ids of their cards."""
    facts = sorted((one for account in accounts for one in facts_of(account)), key=lambda one: one.id)
    links = sorted(_decided(facts, _links(facts)), key=lambda one: (-one.score, one.one, one.other))
    parent = {one.id: one.id for one in facts}
    state = {one.id: _State.of(one) for one in facts}
    kept: list[Link] = []
    for each in links:
        a, b = sorted((_root(parent, each.one), _root(parent, each.other)))
        if a == b:
            kept.append(each)
        elif state[a].takes(state[b], "reports of one series" in each.why):
            parent[b] = a
            state[a].add(state.pop(b))
            kept.append(each)
    for each in _told_in_passing(facts, parent):
        a, b = sorted((_root(parent, each.one), _root(parent, each.other)))
        if state[a].takes(state[b], series=False):
            parent[b] = a
            state[a].add(state.pop(b))
            kept.append(each)
    members: dict[str, list[Facts]] = {}
    for one in facts:
        members.setdefault(_root(parent, one.id), []).append(one)
    of_group: dict[str, list[Link]] = {}
    for each in kept:
        of_group.setdefault(_root(parent, each.one), []).append(each)
    return [Group(tuple(cards), tuple(of_group.get(root, ()))) for root, cards in sorted(members.items())]


def _told_in_passing(facts: Sequence[Facts], parent: dict[str, str]) -> list[Link]:
    """Links of cards that a client's notice makes for its provider and dates nowhere: to the provider's only incident then.

    That the notice names it as the way in, and that one incident alone was known of it in the year before, speaks for it.
    """
    known: dict[str, list[Facts]] = {}
    for one in facts:
        if one.days:
            known.setdefault(one.names[0], []).append(one)
    found = []
    for one in facts:
        passing = any(one.id in chain for chain in one.account.chains)
        if one.days or one.figures or not passing or not exact(one.account.published):
            continue
        day = str(one.account.published)
        near = [
            other
            for other in known.get(one.names[0], ())
            if other.account.doc_id != one.account.doc_id
            and not forbidden(one, other)
            and any(exact(value) and str(value) <= day and gap(str(value), day) <= _LATELY for _, value in other.days)
        ]
        if len({_root(parent, other.id) for other in near}) == 1:
            first, last = sorted((one.id, near[0].id))
            found.append(Link(first, last, ENOUGH, ("the only incident of the provider named as the way in",)))
    return found


def _decided(facts: Sequence[Facts], links: Sequence[Link]) -> list[Link]:
    """The links without those of cards that are as near to one incident as to another: a guess would give them its year."""
    by_id = {one.id: one for one in facts}
    best: dict[str, float] = {}
    for each in links:
        for card in (each.one, each.other):
            best[card] = max(best.get(card, 0.0), each.score)
    beside: dict[str, _State] = {}
    undecided = set()
    for each in links:
        for card, partner in ((each.one, each.other), (each.other, each.one)):
            if each.score < best[card] or exact(by_id[card].card.detection):
                continue
            found = _State.of(by_id[partner])
            if card not in beside:
                beside[card] = found
            elif beside[card].takes(found, series=True):
                beside[card].add(found)
            else:
                undecided.add(card)
    return [each for each in links if undecided.isdisjoint((each.one, each.other))]


def _root(parent: dict[str, str], one: str) -> str:
    while parent[one] != one:
        parent[one] = parent[parent[one]]
        one = parent[one]
    return one


class _State:
    """What a group must not mix: far days of one field, two corporate numbers, seats in two places, two cards of one document.

    Links are between two cards; each may be linked to a third that prints no year, or bears a name of both.
    """

    def __init__(
        self, days: dict[str, tuple[str, str]], number: str | None, documents: set[str], seats: frozenset[str]
    ) -> None:
        self.days, self.number, self.documents, self.seats = days, number, documents, seats

    @classmethod
    def of(cls, one: Facts) -> _State:
        """Return the state of a group of one card."""
        days = {field: (value, value) for field in TELLING if exact(value := getattr(one.card, field))}
        return cls(days, one.number, {one.account.doc_id}, frozenset(one.seats))

    def takes(self, other: _State, series: bool) -> bool:
        """Whether the cards of another group can be this one's, which ``series`` says are later reports of them."""
        if (self.number and other.number and self.number != other.number) or seats_apart(self.seats, other.seats):
            return False
        if not self.documents.isdisjoint(other.documents):
            return False  # a document with two cards tells of two incidents
        fields = ("detection",) if series else TELLING
        return not any(
            gap(*_span(self.days[field], other.days[field])) > APART
            for field in fields
            if field in self.days and field in other.days
        )

    def add(self, other: _State) -> None:
        """Take the cards of another group; the smaller set of documents is added to the larger."""
        for field, span in other.days.items():
            self.days[field] = _span(self.days.get(field, span), span)
        self.number = self.number or other.number
        self.seats |= other.seats
        small, large = sorted((self.documents, other.documents), key=len)
        large |= small
        self.documents = large


def _span(one: tuple[str, str], other: tuple[str, str]) -> tuple[str, str]:
    return min(one[0], other[0]), max(one[1], other[1])


def _links(facts: Iterable[Facts]) -> list[Link]:
    """The links among cards that share a key; under a key that many share, each is compared with its neighbours in time."""
    under: dict[tuple[str, str], list[Facts]] = {}
    for one in facts:
        for key in keys(one):
            under.setdefault(key, []).append(one)
    seen: set[tuple[str, str]] = set()
    found = []
    for _, cards in sorted(under.items(), key=lambda item: item[0]):
        if len(cards) < 2:
            continue
        ordered = sorted(cards, key=lambda one: (dated(one) or "", one.account.published or "", one.id))
        for place, one in enumerate(ordered):
            for other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
                pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
                if pair in seen:
                    continue
                seen.add(pair)
                joined = link(one, other)
                if joined is not None:
                    found.append(joined)
    return found


def name_keys(account: Account) -> frozenset[str]:
    """Return the spellings of all victims of an account: two accounts that share none cannot change each other."""
    return frozenset(name for names in account.names for name in names)
