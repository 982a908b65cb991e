"""Where the documents of one incident contradict each other, both places shown; precision goes before recall.

Told are dates of the card that cannot both be true, two figures for one thing, one figure for two things, and a leak that
one document claims and another denies. Between the reports of one writer a change is a revision: each report is held
against the one before it that told of the same, and the later value is the likely one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import TypeVar

from tenmatsu.incidents import BREAK_IN
from tenmatsu.merge.accounts import Account, Counted, Place, Told
from tenmatsu.merge.days import exact, relation, year_of, yearless
from tenmatsu.merge.evidence import Facts
from tenmatsu.merge.fields import alike, behind, first_report, rank
from tenmatsu.records import Conflict, Incident

ROUNDING = 0.1  # figures this near to each other may be one, rounded
_FIELDS = ("first_intrusion", "detection", "containment")
_MEASURED = ("leaked", "affected", "infected")
_ALIKE = 20  # a figure below it stands for two things by chance
_PERSONAL = frozenset(("person", "record", "account", "case"))  # units of one set of data: a record a person
_GENERAL = re.compile("(?:個人|顧客|お客様|会員|利用者|機密|秘密|重要)[^、。]{0,4}(?:情報|データ)|^(?:情報|データ)")
_VAGUE = re.compile(r"[0-9]{4}(?:-2[1-4])?~?$")  # a year or a season is told of an age, or of other cases as well
_OF_A_KIND = re.compile("カード|口座|パスワード|番号|決済")
_VICTIM = "\n"  # no name
_SURE = ("negated", "possible", "asserted")
_Value = TypeVar("_Value")
Side = tuple[str, Place]  # what a document says, and where


def conflicts(incident_id: str, cards: Sequence[Facts]) -> list[Conflict]:
    """Return the contradictions among the cards of one incident, in an order that the cards alone decide."""
    ordered = sorted(cards, key=lambda one: rank(one)[1:])  # as they came out
    found = [
        *(each for field in _FIELDS for each in _dates(incident_id, field, ordered)),
        *_counts(incident_id, ordered),
        *_leaks(incident_id, ordered),
    ]
    once = {(each.field, each.kind, each.value_a, each.value_b, each.doc_a, each.doc_b): each for each in found}
    return sorted(once.values(), key=lambda each: (each.field, each.kind, each.doc_a, each.start_a, each.doc_b or ""))


def _pairs(
    ordered: Sequence[Facts], told: Callable[[Facts], _Value | None], said: Callable[[_Value], Hashable]
) -> Iterator[tuple[Facts, _Value, Facts, _Value, bool]]:
    """Pairs of cards that tell of a thing, and whether the second is the same writer's next report of it.

    ``said`` gives what a value says. Each page is held against the first that says another thing, not against every copy of
    that: a hundred pages that say one of two things make a hundred pairs and not ten thousand.
    """
    telling = [(one, value) for one in ordered if (value := told(one)) is not None]
    firsts: dict[Hashable, int] = {}
    for at, (_, value) in enumerate(telling):
        firsts.setdefault(said(value), at)
    first = sorted(firsts.values())
    following: dict[int, int] = {}
    latest: dict[str, int] = {}
    for at in range(len(telling) - 1, -1, -1):
        writer = _writer(telling[at][0])
        if writer:
            if writer in latest:
                following[at] = latest[writer]
            latest[writer] = at
    for at, (one, value) in enumerate(telling):
        later = range(at + 1, len(telling)) if firsts[said(value)] == at else first[bisect_right(first, at) :]
        report = following.get(at)
        for place in sorted({*later, report} if report is not None else later):
            other, another = telling[place]
            series = place == report
            if not series and _writer(one) and _writer(one) == _writer(other):
                continue  # told by the report between them
            yield one, value, other, another, series


def _writer(facts: Facts) -> str:
    """Who writes, "" where the page does not say; the victim of the incident is one writer under whatever name."""
    return _VICTIM if facts.id in facts.account.own else facts.account.publisher or ""


def _conflict(incident_id: str, field: str, kind: str, a: Side, b: Side, likely: str | None = None) -> Conflict:
    return Conflict(incident_id, field, kind, a[0], *a[1], b[0], *b[1], likely)


def _dates(incident_id: str, field: str, ordered: Sequence[Facts]) -> Iterator[Conflict]:
    known = first_report(ordered) if field == "detection" else None
    for _, a, _, b, series in _pairs(ordered, lambda one: _dated(one, field), itemgetter(0)):
        if series and behind(b[0], known):
            continue  # what a later report notices is no other day of the first notice
        if relation(a[0], b[0]) != "apart" or _VAGUE.match(a[0]) or _VAGUE.match(b[0]):
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
    for unit, of in sorted({(one.unit, one.of) for facts in ordered for one in _figures(facts)}):
        greatest = partial(_greatest, unit=unit, of=of)
        for one, a, other, b, series in _pairs(ordered, greatest, _bounds):
            sides = (a.text, a.place), (b.text, b.place)
            if series:
                if _bounds(a) != _bounds(b):
                    yield _conflict(incident_id, of, "revision", *sides, b.text)
            elif not (_agree(a, b) or _known(other.account, a) or _known(one.account, b)):
                yield _conflict(incident_id, of, "count", *sides)
    counted = {facts.id: _by_thing(facts) for facts in ordered}
    for key in sorted({key for things in counted.values() for key in things}):
        for _, a, _, b, series in _pairs(ordered, partial(_only, counted, key), _bounds):
            if series and _bounds(a) != _bounds(b):
                yield _conflict(incident_id, b.of, "revision", (a.text, a.place), (b.text, b.place), b.text)
    yield from _two_things(incident_id, ordered)


def _bounds(figure: Counted) -> tuple[float | None, float | None]:
    return figure.min, figure.max


def _by_thing(facts: Facts) -> dict[tuple[str, str], list[Counted]]:
    """The figures of a document by what they count: the unit with the noun before them, or with the data."""
    found: dict[tuple[str, str], list[Counted]] = {}
    for one in facts.account.counted:
        if one.card == facts.id and one.of in _MEASURED and not one.earlier:
            for thing in {one.head, one.data_kind or ""} - {""}:
                found.setdefault((one.unit, thing), []).append(one)
    return found


def _only(
    counted: Mapping[str, Mapping[tuple[str, str], list[Counted]]], key: tuple[str, str], facts: Facts
) -> Counted | None:
    """The one figure that a document gives for a thing, None where it gives several."""
    found = counted[facts.id].get(key, [])
    return found[0] if len({_bounds(one) for one in found}) == 1 else None


def _two_things(incident_id: str, ordered: Sequence[Facts]) -> Iterator[Conflict]:
    """One exact figure that counts one thing here and another there (250 files, 250 persons), once for two documents."""
    telling: dict[float, dict[int, Counted]] = {}
    for at, facts in enumerate(ordered):
        for figure in _figures(facts):
            if figure.min is not None and figure.min == figure.max:
                telling.setdefault(figure.min, {}).setdefault(at, figure)
    seen = set()
    for _, found in sorted(telling.items()):
        if len({_thing(figure) for figure in found.values()}) < 2:
            continue
        told = [(ordered[at], figure) for at, figure in found.items()]
        pairs = _pairs([one for one, _ in told], partial(_figure_at, {one.id: figure for one, figure in told}), _thing)
        for one, a, other, b, _ in pairs:
            if _thing(a) == _thing(b) or _unit_known(other.account, a) or _unit_known(one.account, b):
                continue
            if (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                yield _conflict(incident_id, "unit", "count", (a.text, a.place), (b.text, b.place))


def _figure_at(figures: Mapping[str, Counted], one: Facts) -> Counted:
    return figures[one.id]


def _thing(figure: Counted) -> str:
    """What a figure counts; 250件, 250名分 and 250アカウント are told of one set of data."""
    return "person" if figure.unit in _PERSONAL else figure.unit


def _figures(facts: Facts) -> list[Counted]:
    return [
        one
        for one in facts.account.counted
        if one.card == facts.id
        and one.of in _MEASURED
        and (one.min or 0) >= _ALIKE
        and one.factuality != "negated"
        and not one.earlier
    ]


def _greatest(facts: Facts, unit: str, of: str) -> Counted | None:
    found = [one for one in _figures(facts) if one.unit == unit and one.of == of]
    return max(found, key=lambda one: (one.min or 0, -one.place[1])) if found else None


def _agree(one: Counted, other: Counted) -> bool:
    low = max(one.min or 0.0, other.min or 0.0)
    high = min(x for x in (one.max, other.max, float("inf")) if x is not None)
    return low <= high * (1 + ROUNDING)


def _known(account: Account, figure: Counted) -> bool:
    """Whether an account tells of that figure too, among others: then it contradicts nothing."""
    return any(one.unit == figure.unit and _agree(one, figure) for one in account.counted)


def _unit_known(account: Account, figure: Counted) -> bool:
    """Whether an account counts the same things by that figure too, in whatever unit it does so."""
    return any(
        (one.min, one.max) == (figure.min, figure.max) and _thing(one) == _thing(figure) for one in account.counted
    )


def _leaks(incident_id: str, ordered: Sequence[Facts]) -> Iterator[Conflict]:
    """Whether anything got out, as the documents say it: a denial against a claim, and how a series changes its word.

    What may have got out contradicts neither: "not confirmed" and "cannot be ruled out" are said of one state of knowledge.
    """
    last = {_writer(facts): word[0] for facts in ordered if (word := _word(facts)) is not None}
    for one, a, other, b, series in _pairs(ordered, _word, itemgetter(0)):
        if not series and any(
            _writer(facts) and last[_writer(facts)] != word[0] for facts, word in ((one, a), (other, b))
        ):
            continue  # its writer says otherwise by now
        if a[0] == b[0] or (
            "negated" in (a[0], b[0]) and _of_others(_things(one.card, a[0]), _things(other.card, b[0]))
        ):
            continue
        if series:
            yield _conflict(incident_id, "leaked", "revision", a, b, b[0])
        elif "possible" not in (a[0], b[0]):
            yield _conflict(incident_id, "leaked", "claim", a, b)


def _things(card: Incident, how: str) -> tuple[str, ...]:
    return {"asserted": card.leaked, "possible": card.possibly_leaked, "negated": card.denied_leak}.get(how, ())


def _of_others(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two lists of data name things and none in common: no card numbers got out, names did."""
    if not some or not others or any(_general(phrase) for phrase in (*some, *others)):
        return False
    return not any(alike(one, other) for one in some for other in others)


def _general(phrase: str) -> bool:
    """Whether a phrase may mean any of a firm's data (個人情報, 顧客データ), and names none of a kind."""
    return _GENERAL.search(phrase) is not None and _OF_A_KIND.search(phrase) is None


def _word(facts: Facts) -> Side | None:
    """What a document says of a leak as a whole, with its place: asserted, else possible, else negated; None where nothing."""
    card = facts.card
    said = {how: place for card_id, how, place in reversed(facts.account.leaks) if card_id == facts.id}
    for how in reversed(_SURE):
        if _things(card, how) or how in said:
            return (how, said[how]) if how in said else None
    return None
