"""Whether two cards of different documents tell of one incident: what speaks for it, what forbids it, and a score.

Precision goes before recall: the same victim alone joins nothing. A day or a figure that both tell of, or a report of the
same series, must speak for it, and nothing that both date exactly may lie far apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tenmatsu.events.ontology import attack_side
from tenmatsu.incidents import SLIPS
from tenmatsu.merge.accounts import Account
from tenmatsu.merge.days import exact, gap, relation, tokens, yearless
from tenmatsu.records import Incident

ENOUGH = 3.0  # score from which two cards are one incident
APART = 60  # days between two exact dates of one field from which two cards are two incidents
SERIES_APART = 400  # days that lie between the reports of a series at most
_BEFORE = 90  # days before anything else of the card from which an event is another affair's, told in passing
_SMALL = 20  # figures below it are shared by chance
_MOST_DAYS = 6.0
_MOST_COUNTS = 4.0
_NOTICED_APART = 7  # days between the detections of two affairs that become public on one day
TELLING = ("detection", "first_intrusion")  # fields of which an incident has one day
_FIELDS = ("first_intrusion", "detection", "containment", "disclosure")
_FAMILY = {"finding": "detection", "notification": "detection", "press_report": "disclosure"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a card can be recognised by: days as (family, EDTF date), figures as (text of bounds, unit), ways in."""

    account: Account
    card: Incident
    names: tuple[str, ...]
    days: frozenset[tuple[str, str]]
    figures: frozenset[tuple[float, float, str]]
    ways: frozenset[str]
    seats: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The card's id in its own document."""
        return self.card.incident_id

    @property
    def number(self) -> str | None:
        """The victim's corporate number, None where it is not known."""
        found = self.card.victim_id
        return found if found and found.startswith("jp:") else None


@dataclass(frozen=True, slots=True)
class Link:
    """Two cards that are one incident, the score, and what speaks for it in words."""

    one: str
    other: str
    score: float
    why: tuple[str, ...]


def family(kind: str) -> str:
    """Return what kind of day an event of this type marks: attack, detection, containment, disclosure or its own type."""
    return "attack" if kind in attack_side() else _FAMILY.get(kind, kind)


def facts_of(account: Account) -> list[Facts]:
    """Return the facts of each card that names a victim; events long before all else of a card are another affair's."""
    found = []
    for card, names, seats in zip(
        account.cards, account.names, account.seats or [()] * len(account.cards), strict=True
    ):
        if not names:
            continue
        days = {
            ("attack" if field == "first_intrusion" else field, value)
            for field in _FIELDS
            if (value := getattr(card, field))
        }
        core = [value for _, value in days if exact(value)]
        for told in account.told:
            if told.card == card.incident_id and told.factuality != "planned" and not _bygone(told.date, core):
                days.add((family(told.type), told.date))
        figures = {
            (one.min, one.max, one.unit)
            for one in account.counted
            if one.card == card.incident_id and one.min is not None and one.max is not None and one.min >= _SMALL
        }
        ways = frozenset(card.vectors) - {"unknown"}
        found.append(Facts(account, card, names, frozenset(days), frozenset(figures), ways, seats))
    return found


def _bygone(day: str, core: Iterable[str]) -> bool:
    core = list(core)
    return bool(core) and exact(day) and all(day < other and gap(day, other) > _BEFORE for other in core)


def keys(facts: Facts) -> list[tuple[str, str]]:
    """Return what a card is looked up by: each spelling of its victim with each of its days, figures and its series."""
    tails = {token for _, day in facts.days for token in tokens(day)}
    tails |= {f"{least:g} {unit}" for least, _, unit in facts.figures}
    if facts.account.series:  # the first of a series may bear no number
        tails.add(facts.account.series)
    return sorted((name, tail) for name in facts.names for tail in tails)


def link(one: Facts, other: Facts) -> Link | None:
    """Return the link of two cards of different documents, None where they are not shown to be one incident."""
    if one.account.doc_id == other.account.doc_id or forbidden(one, other):
        return None
    shared = set(one.names) & set(other.names)
    if not shared:
        return None
    why = []
    score = 1.0 if one.names[0] == other.names[0] or one.names[:2] == other.names[:2] else 0.5
    days, kinds, weight = _shared_days(one, other)
    if days:
        why.append("days " + ", ".join(days))
    figures = one.figures & other.figures
    if figures:
        why.append("figures " + ", ".join(f"{least:g} {unit}" for least, _, unit in sorted(figures)))
    series = _of_series(one.account, other.account)
    if series:
        why.append("reports of one series")
    if not why or (not figures and not series and kinds == {"disclosure"} and _discord(one, other)):
        return None
    ways = one.ways & other.ways
    if ways:
        why.append("ways in " + ", ".join(sorted(ways)))
    score += min(weight, _MOST_DAYS) + min(2.0 * len(figures), _MOST_COUNTS) + 3.0 * series + min(0.5 * len(ways), 1.0)
    first, last = sorted((one.id, other.id))
    return Link(first, last, score, tuple(why)) if score >= ENOUGH else None


def forbidden(one: Facts, other: Facts) -> bool:
    """Whether the two cards date the same thing exactly and far apart, or are of victims with two corporate numbers.

    The reports of a series may find an earlier break-in than the first of them told of.
    """
    numbers = {each for each in (one.number, other.number) if each}
    if len(numbers) > 1 or seats_apart(one.seats, other.seats):
        return True
    for teller, told in ((one, other), (other, one)):
        # what was made public on that day is another affair, says the text
        if told.card.disclosure in teller.account.elsewhere or told.account.published in teller.account.elsewhere:
            return True
    series = _of_series(one.account, other.account)
    for field in ("detection",) if series else TELLING:
        a, b = getattr(one.card, field), getattr(other.card, field)
        if exact(a) and exact(b) and gap(a, b) > APART:
            return True
    return False


def seats_apart(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two firms of one name sit in different prefectures, or in different cities."""
    for ends in ("都道府県", "市区町村"):
        a, b = ({place for place in places if place[-1] in ends} for places in (one, other))
        if a and b and not a & b:
            return True
    return False


def _discord(one: Facts, other: Facts) -> bool:
    """Whether two cards that became public on one day tell of two affairs: noticed on other days, or a slip and a break-in."""
    a, b = one.card.detection, other.card.detection
    if exact(a) and exact(b) and gap(a or "", b or "") > _NOTICED_APART:
        return True
    return bool(one.ways and other.ways) and (one.ways <= SLIPS) != (other.ways <= SLIPS)


def _shared_days(one: Facts, other: Facts) -> tuple[list[str], set[str], float]:
    """The days that both tell of, what they mark, and their weight: 2 for a day of the same kind, 1 for another, less without a year."""
    weight, shown, kinds = 0.0, {}, set()
    by_token: dict[str, list[tuple[str, str]]] = {}
    for kind, day in sorted(other.days):
        for token in tokens(day):
            by_token.setdefault(token, []).append((kind, day))
    for kind, day in sorted(one.days):
        best = 0.0
        for token in tokens(day):
            for other_kind, other_day in by_token.get(token, ()):
                if relation(day, other_day) not in ("equal", "compatible"):
                    continue
                worth = 2.0 if kind == other_kind else 1.0
                if yearless(day) or yearless(other_day):
                    worth *= 0.75
                if not (exact(day) or exact(other_day) or yearless(day) or yearless(other_day)):
                    worth *= 0.5  # a month
                if worth > best:
                    best, shown[token] = worth, _fuller(day, other_day)
        if best:
            kinds.add(kind)
        weight += best
    return sorted(shown.values()), kinds, weight


def _fuller(day: str, other: str) -> str:
    return other if yearless(day) else day


def _of_series(one: Account, other: Account) -> bool:
    """Whether both are reports of one writer under one title, not too far apart."""
    if not (one.report or other.report) or not one.series or one.series != other.series:
        return False
    if (one.publisher or "") != (other.publisher or ""):
        return False
    if exact(one.published) and exact(other.published):
        return gap(one.published or "", other.published or "") <= SERIES_APART
    return True


def dated(facts: Facts) -> str | None:
    """Return the exact day by which a card is told from others of its victim: its detection, else its first intrusion."""
    for field in TELLING:
        value = getattr(facts.card, field)
        if exact(value):
            return str(value)
    return None
