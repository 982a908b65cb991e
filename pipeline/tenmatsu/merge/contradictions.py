"""Where the documents of one incident contradict each other, both places shown; precision goes before recall.

Told are dates of the card that cannot both be true, two figures for one thing, one figure for two things, and a leak that
one document claims and another denies. Between the reports of one writer a change is a revision: each report is held
against the one before it that told of the same, and the later value is the likely one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from tenmatsu.incidents import BREAK_IN
from tenmatsu.merge.accounts import Account, Counted, Place, Told
from tenmatsu.merge.days import exact, relation, year_of, yearless
from tenmatsu.merge.evidence import Facts
from tenmatsu.merge.fields import rank
from tenmatsu.records import Conflict

ROUNDING = 0.1  # figures this near to each other may be one, rounded
_FIELDS = ("first_intrusion", "detection", "containment")
_MEASURED = ("leaked", "affected", "infected")
_ALIKE = 20  # a figure below it stands for two things by chance
_SURE = ("negated", "possible", "asserted")
_Value = TypeVar("_Value")
Side = tuple[str, Place]  # what a document says, and where


def conflicts(incident_id: str, cards: Sequence[Facts]) -> list[Conflict]:
    """Return the contradictions among the cards of one incident, in an order that the cards alone decide."""
    ordered = sorted(cards, key=_told_first)
    found = [
        *(each for field in _FIELDS for each in _dates(incident_id, field, ordered)),
        *_counts(incident_id, ordered),
        *_leaks(incident_id, ordered),
    ]
    once = {(each.field, each.kind, each.value_a, each.value_b, each.doc_a, each.doc_b): each for each in found}
    return sorted(once.values(), key=lambda each: (each.field, each.kind, each.doc_a, each.start_a, each.doc_b or ""))


def _told_first(facts: Facts) -> tuple[int, str, str]:
    return facts.account.report, facts.account.published or "", rank(facts)[-1]


def _pairs(
    ordered: Sequence[Facts], told: Callable[[Facts], _Value | None]
) -> Iterator[tuple[Facts, _Value, Facts, _Value, bool]]:
    """Pairs of cards that tell of a thing, and whether the second is the same writer's next report of it."""
    telling = [(one, value) for one in ordered if (value := told(one)) is not None]
    for number, (one, value) in enumerate(telling):
        followed = False
        for other, another in telling[number + 1 :]:
            series = bool(one.account.publisher) and one.account.publisher == other.account.publisher
            if series and followed:
                continue  # told by the report between them
            followed = followed or series
            yield one, value, other, another, series


def _conflict(incident_id: str, field: str, kind: str, a: Side, b: Side, likely: str | None = None) -> Conflict:
    return Conflict(incident_id, field, kind, a[0], *a[1], b[0], *b[1], likely)


def _dates(incident_id: str, field: str, ordered: Sequence[Facts]) -> Iterator[Conflict]:
    for _, a, _, b, series in _pairs(ordered, lambda one: _dated(one, field)):
        if relation(a[0], b[0]) != "apart":
            continue
        if _slip(a[0], b[0]):
            yield _conflict(incident_id, field, "year_typo", a, b)
        elif series:
            yield _conflict(incident_id, field, "revision", a, b, b[0])
        elif any(exact(value) or yearless(value) for value in (a[0], b[0])):
            yield _conflict(incident_id, field, "date", a, b)


def _slip(one: str, other: str) -> bool:
    """Whether two days differ in nothing but their years, by more than one: a figure typed wrongly."""
    years = (int(year_of(one) or 0), int(year_of(other) or 0))
    return exact(one) and exact(other) and one[4:] == other[4:] and abs(years[0] - years[1]) > 1


def _dated(facts: Facts, field: str) -> Side | None:
    """The date of a field, and where the document says it; None where no event of that kind does.

    Files that were encrypted, or taken, on another day contradict no day of the break-in.
    """
    value = getattr(facts.card, field)
    if not value:
        return None
    told = [each for each in facts.account.told if each.card == facts.id and _of_field(each, field)]
    same = [each for each in told if each.date == value] or [
        each for each in told if value in each.date and relation(each.date, value) != "apart"
    ]
    place = min((each.place for each in same), default=None)
    return (value, place) if place else None


def _of_field(told: Told, field: str) -> bool:
    # who is told of it on another day has noticed nothing: only what is called the noticing counts
    return told.type in BREAK_IN if field == "first_intrusion" else told.type == field


def _counts(incident_id: str, ordered: Sequence[Facts]) -> Iterator[Conflict]:
    """Two figures for one thing, each the greatest of its document, or one figure for two things."""
    for unit in sorted({one.unit for facts in ordered for one in _figures(facts)}):
        for one, a, other, b, series in _pairs(ordered, partial(_greatest, unit=unit)):
            if not (series or a.of != b.of or _agree(a, b) or _known(other.account, a) or _known(one.account, b)):
                yield _conflict(incident_id, a.of, "count", (a.text, a.place), (b.text, b.place))
    for key in sorted({key for facts in ordered for key in _things(facts)}):
        for _, a, _, b, series in _pairs(ordered, partial(_only, key=key)):
            if series and (a.min, a.max) != (b.min, b.max):
                yield _conflict(incident_id, b.of, "revision", (a.text, a.place), (b.text, b.place), b.text)
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            yield from _two_things(incident_id, one, other)


def _things(facts: Facts) -> dict[tuple[str, str], list[Counted]]:
    """The figures of a document by what they count: the unit with the noun before them, or the data; the greatest as a whole."""
    found: dict[tuple[str, str], list[Counted]] = {}
    for one in facts.account.counted:
        if one.card == facts.id and one.of in _MEASURED:
            for thing in (one.head, one.data_kind or ""):
                if thing:
                    found.setdefault((one.unit, thing), []).append(one)
    for unit in {one.unit for one in _figures(facts)}:
        greatest = _greatest(facts, unit)
        if greatest is not None:
            found[unit, ""] = [greatest]
    return found


def _only(facts: Facts, key: tuple[str, str]) -> Counted | None:
    """The one figure that a document gives for a thing, None where it gives several."""
    found = _things(facts).get(key, [])
    return found[0] if len({(one.min, one.max) for one in found}) == 1 else None


def _two_things(incident_id: str, one: Facts, other: Facts) -> Iterator[Conflict]:
    """One exact figure that counts one thing here and another there (250 files, 250 persons)."""
    for a in _figures(one):
        for b in _figures(other):
            if a.min == a.max == b.min == b.max and a.unit != b.unit:
                if not _unit_known(other.account, a) and not _unit_known(one.account, b):
                    yield _conflict(incident_id, "unit", "count", (a.text, a.place), (b.text, b.place))
                    return


def _figures(facts: Facts) -> list[Counted]:
    return [
        one
        for one in facts.account.counted
        if one.card == facts.id and one.of in _MEASURED and (one.min or 0) >= _ALIKE and one.factuality != "negated"
    ]


def _greatest(facts: Facts, unit: str) -> Counted | None:
    found = [one for one in _figures(facts) if one.unit == unit]
    return max(found, key=lambda one: (one.min or 0, -one.place[1])) if found else None


def _agree(one: Counted, other: Counted) -> bool:
    low = max(one.min or 0.0, other.min or 0.0)
    high = min(x for x in (one.max, other.max, float("inf")) if x is not None)
    return low <= high * (1 + ROUNDING)


def _known(account: Account, figure: Counted) -> bool:
    """Whether an account tells of that figure too, among others: then it contradicts nothing."""
    return any(one.unit == figure.unit and _agree(one, figure) for one in account.counted)


def _unit_known(account: Account, figure: Counted) -> bool:
    return any((one.min, one.max, one.unit) == (figure.min, figure.max, figure.unit) for one in account.counted)


def _leaks(incident_id: str, ordered: Sequence[Facts]) -> Iterator[Conflict]:
    """Whether anything got out, as the documents say it: a denial against a claim, and how a series changes its word.

    What may have got out contradicts neither: "not confirmed" and "cannot be ruled out" are said of one state of knowledge.
    """
    for _, a, _, b, series in _pairs(ordered, _word):
        if a[0] == b[0]:
            continue
        if series:
            yield _conflict(incident_id, "leaked", "revision", a, b, b[0])
        elif "possible" not in (a[0], b[0]):
            yield _conflict(incident_id, "leaked", "claim", a, b)


def _word(facts: Facts) -> Side | None:
    """What a document says of a leak as a whole, with its place: asserted, else possible, else negated; None where nothing."""
    card = facts.card
    lists = {"asserted": card.leaked, "possible": card.possibly_leaked, "negated": card.denied_leak}
    said = {how: place for card_id, how, place in reversed(facts.account.leaks) if card_id == facts.id}
    for how in reversed(_SURE):
        if lists[how] or how in said:
            return (how, said[how]) if how in said else None
    return None
