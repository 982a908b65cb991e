"""One document scored: the counts of every layer, and every mistake. ``tenmatsu.evaluate`` defines the layers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from tenmatsu.evaluate.compare import Dates, Names, Span, align, date_key, name_keys, phrases_shared
from tenmatsu.evaluate.gold import Gold, Mark
from tenmatsu.records import Event, Incident

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted

LAYERS = (
    "time span",
    "time span overlap",
    "time value",
    "time value, mod",
    "time value (year from linked documents)",
    "event trigger",
    "event trigger strict",
    "event type",
    "event type, date",
    "event type, date (year from linked documents)",
    "event type, date, org, factuality",
    "event org given the trigger",
    "event factuality given the trigger",
    "attribution given the event",
    "organisation span",
    "organisation linked",
    "quantity value",
    "quantity value, of",
    "incident card",
    "incident fields",
    "incident facts",
    "published",
    "not overstated",
    "not overstated: data_leak",
)
LINKED = (
    "time value (year from linked documents)",
    "event type, date (year from linked documents)",
)  # what a document that prints no year takes from others
CARD_DATES = ("first_intrusion", "detection", "containment", "disclosure")
CARD_SETS = (("vector", "vectors"), ("root_cause", "root_causes"))
CARD_PHRASES = ("leaked", "possibly_leaked", "denied_leak")
_CARD_FIELDS = len(CARD_DATES) + len(CARD_SETS) + len(CARD_PHRASES) + 1


class Counts(NamedTuple):
    """What a layer counts in a document."""

    right: int
    system: int
    gold: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing missed, spurious or wrong; ``start``/``end`` are its place in the text, -1 when it has none."""

    layer: str
    kind: str
    start: int
    end: int
    gold: str
    system: str


@dataclass(frozen=True, slots=True)
class Score:
    """The counts of one document by layer, its mistakes, and its text for showing them."""

    doc: str
    set: str
    counts: dict[str, Counts]
    mistakes: tuple[Mistake, ...]
    text: str


def score(gold: Gold, extracted: Extracted, set_name: str = "own") -> Score:
    """Compare the rows of one document with its gold."""
    dates, names = Dates(gold), Names(gold)
    counts: dict[str, Counts] = {}
    mistakes: list[Mistake] = []
    _times(gold, extracted, dates, counts, mistakes)
    _events(gold, extracted, dates, names, counts, mistakes)
    _mentions(gold, extracted, counts, mistakes)
    _quantities(gold, extracted, counts, mistakes)
    _cards(gold.incidents, extracted.incidents, dates, names, counts, mistakes)
    _published(gold, extracted, dates, counts, mistakes)
    return Score(gold.doc, set_name, counts, tuple(mistakes), extracted.text)


def _span(one: Any) -> Span:
    return one.start, one.end


def _equal_spans(gold: Sequence[Any], system: Sequence[Any]) -> list[tuple[int, int]]:
    """Pair equal spans one to one; a second row on the same span stays without a partner."""
    free: dict[Span, list[int]] = {}
    for position, one in enumerate(system):
        free.setdefault(_span(one), []).append(position)
    return [(g, free[_span(one)].pop(0)) for g, one in enumerate(gold) if free.get(_span(one))]


def _unpaired(
    layer: str,
    gold: Sequence[Any],
    system: Sequence[Any],
    pairs: Iterable[tuple[int, int]],
    gold_says: Callable[[Any], str],
    system_says: Callable[[Any], str],
) -> list[Mistake]:
    left, right = {g for g, _ in pairs}, {s for _, s in pairs}
    missed = [Mistake(layer, "missed", *_span(one), gold_says(one), "") for g, one in enumerate(gold) if g not in left]
    extra = [
        Mistake(layer, "spurious", *_span(one), "", system_says(one)) for s, one in enumerate(system) if s not in right
    ]
    return missed + extra


def _times(gold: Gold, extracted: Extracted, dates: Dates, counts: dict[str, Counts], mistakes: list[Mistake]) -> None:
    system = extracted.timexes
    pairs = _equal_spans(gold.timexes, system)
    overlapping = align([_span(t) for t in gold.timexes], [_span(t) for t in system])

    def count(right: int) -> Counts:
        return Counts(right, len(system), len(gold.timexes))

    values = [(g, s) for g, s in pairs if dates.alone(gold.timexes[g]["value"], system[s].value)]
    counts["time span"] = count(len(pairs))
    counts["time span overlap"] = count(len(overlapping))
    counts["time value"] = count(len(values))
    counts["time value, mod"] = count(sum(gold.timexes[g]["mod"] == system[s].mod for g, s in values))
    counts["time value (year from linked documents)"] = count(
        sum(dates.full(gold.timexes[g]["value"], system[s].value) for g, s in pairs)
    )
    mistakes += _unpaired(
        "times",
        gold.timexes,
        system,
        pairs,
        lambda t: _words(t["value"], t["mod"]),
        lambda t: _words(t.value, t.mod, t.rule),
    )
    for g, s in pairs:
        mark, row = gold.timexes[g], system[s]
        if (g, s) not in values or mark["mod"] != row.mod:
            mistakes.append(
                Mistake(
                    "times",
                    "wrong",
                    *_span(mark),
                    _words(mark["value"], mark["mod"]),
                    _words(row.value, row.mod, row.anchor, row.rule),
                )
            )


def _words(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part is not None)


def _mark_words(mark: Mark) -> str:
    who = mark["org"] or "nobody"
    return _words(
        mark["type"],
        mark["date"] or "undated",
        mark["factuality"],
        who,
        mark["attributed_to"] and f"after {mark['attributed_to']}",
    )


def _event_words(event: Event) -> str:
    who = event.org or "nobody"
    after = event.attributed_to and f"after {event.attributed_to}"
    return _words(event.type, event.date or "undated", event.factuality, who, after, f"[{event.rule}]")


def _events(
    gold: Gold, extracted: Extracted, dates: Dates, names: Names, counts: dict[str, Counts], mistakes: list[Mistake]
) -> None:
    marks = gold.events
    system = [event for event in extracted.events if event.date is not None or event.type == "data_leak"]
    pairs = align(
        [_span(mark) for mark in marks],
        [_span(event) for event in system],
        lambda g, s: marks[g]["type"] == system[s].type,
    )

    def count(right: int) -> Counts:
        return Counts(right, len(system), len(marks))

    matched = [(marks[g], system[s]) for g, s in pairs]
    typed = [(m, e) for m, e in matched if m["type"] == e.type]
    dated = [(m, e) for m, e in typed if dates.alone(m["date"], e.date)]
    whole = [(m, e) for m, e in dated if names.same(m["org"], e.org) and m["factuality"] == e.factuality]
    counts["event trigger"] = count(len(matched))
    counts["event trigger strict"] = count(sum(_span(m) == _span(e) for m, e in matched))
    counts["event type"] = count(len(typed))
    counts["event type, date"] = count(len(dated))
    counts["event type, date (year from linked documents)"] = count(
        sum(dates.full(m["date"], e.date) for m, e in typed)
    )
    counts["event type, date, org, factuality"] = count(len(whole))
    both = len(matched)
    counts["event org given the trigger"] = Counts(sum(names.same(m["org"], e.org) for m, e in matched), both, both)
    counts["event factuality given the trigger"] = Counts(
        sum(m["factuality"] == e.factuality for m, e in matched), both, both
    )
    counts["attribution given the event"] = Counts(
        sum(bool(m["attributed_to"]) and names.same(m["attributed_to"], e.attributed_to) for m, e in matched),
        sum(bool(e.attributed_to) for _, e in matched),
        sum(bool(m["attributed_to"]) for m, _ in matched),
    )
    mistakes += _unpaired("events", marks, system, pairs, _mark_words, _event_words)
    for m, e in matched:
        differs = [
            name
            for name, same in (
                ("type", m["type"] == e.type),
                ("date", dates.alone(m["date"], e.date)),
                ("org", names.same(m["org"], e.org)),
                ("factuality", m["factuality"] == e.factuality),
                ("attributed_to", names.same(m["attributed_to"], e.attributed_to)),
            )
            if not same
        ]
        if differs:
            mistakes.append(
                Mistake("events", "wrong " + ", ".join(differs), *_span(m), _mark_words(m), _event_words(e))
            )
    _harm(gold, extracted, counts, mistakes)


def _harm(gold: Gold, extracted: Extracted, counts: dict[str, Counts], mistakes: list[Mistake]) -> None:
    """Count what the gold does not assert and the system does, undated rows included: a reader sees those as well."""
    marks, system = gold.events, extracted.events
    pairs = align(
        [_span(mark) for mark in marks],
        [_span(event) for event in system],
        lambda g, s: marks[g]["type"] == system[s].type,
    )
    overstated = {g: s for g, s in pairs if marks[g]["factuality"] != "asserted" and system[s].factuality == "asserted"}
    for layer, only in (("not overstated", None), ("not overstated: data_leak", "data_leak")):
        unsure = [
            g for g, m in enumerate(marks) if m["factuality"] != "asserted" and (only is None or m["type"] == only)
        ]
        kept = sum(g not in overstated for g in unsure)
        counts[layer] = Counts(kept, len(unsure), len(unsure))
    for g, s in sorted(overstated.items()):
        mistakes.append(Mistake("harm", "overstated", *_span(marks[g]), _mark_words(marks[g]), _event_words(system[s])))


def _mentions(gold: Gold, extracted: Extracted, counts: dict[str, Counts], mistakes: list[Mistake]) -> None:
    system = extracted.mentions
    pairs = _equal_spans(gold.mentions, system)
    linked = [(g, s) for g, s in pairs if name_keys(gold.mentions[g]["entity"]) == name_keys(system[s].entity)]
    size = (len(system), len(gold.mentions))
    counts["organisation span"] = Counts(len(pairs), *size)
    counts["organisation linked"] = Counts(len(linked), *size)
    mistakes += _unpaired(
        "organisations",
        gold.mentions,
        system,
        pairs,
        lambda m: _words(m["kind"], m["entity"]),
        lambda m: _words(m.kind, m.entity, m.rule),
    )
    for g, s in pairs:
        if (g, s) not in linked:
            row = system[s]
            mistakes.append(
                Mistake(
                    "organisations",
                    "wrong entity",
                    *_span(row),
                    gold.mentions[g]["entity"],
                    _words(row.entity, row.rule),
                )
            )


def _quantities(gold: Gold, extracted: Extracted, counts: dict[str, Counts], mistakes: list[Mistake]) -> None:
    system = extracted.quantities
    pairs = _equal_spans(gold.quantities, system)

    def value(mark: Mark, row: Any) -> bool:
        return (mark["min"], mark["max"], mark["unit"]) == (row.min, row.max, row.unit)

    valued = [(g, s) for g, s in pairs if value(gold.quantities[g], system[s])]
    size = (len(system), len(gold.quantities))
    counts["quantity value"] = Counts(len(valued), *size)
    counts["quantity value, of"] = Counts(sum(gold.quantities[g]["of"] == system[s].of for g, s in valued), *size)

    def gold_says(mark: Mark) -> str:
        return f"{mark['min']}..{mark['max']} {mark['unit']} of {mark['of']}"

    def system_says(row: Any) -> str:
        return f"{row.min}..{row.max} {row.unit} of {row.of} [{row.rule}]"

    mistakes += _unpaired("quantities", gold.quantities, system, pairs, gold_says, system_says)
    for g, s in pairs:
        mark, row = gold.quantities[g], system[s]
        if not value(mark, row) or mark["of"] != row.of:
            mistakes.append(Mistake("quantities", "wrong", *_span(row), gold_says(mark), system_says(row)))


def _cards(
    gold: Sequence[dict[str, Any]],
    system: Sequence[Incident],
    dates: Dates,
    names: Names,
    counts: dict[str, Counts],
    mistakes: list[Mistake],
) -> None:
    left = list(system)
    matched = cells = 0
    facts = [0, 0, 0]
    for card in gold:
        row = next((one for one in left if names.same(card.get("victim"), one.victim)), None)
        if row is None:
            mistakes.append(Mistake("incidents", "missed", -1, -1, str(card.get("victim")), ""))
        else:
            left.remove(row)
            matched += 1
        for name, agrees, numbers, says in _compared(card, row, dates, names):
            cells += agrees and row is not None
            facts = [total + number for total, number in zip(facts, numbers, strict=True)]
            if row is not None and not agrees:
                mistakes.append(Mistake("incidents", f"wrong {name}", -1, -1, f"{row.victim}: {says[0]}", says[1]))
    for row in left:
        mistakes.append(Mistake("incidents", "spurious", -1, -1, "", str(row.victim)))
        for _, _, numbers, _ in _compared({}, row, dates, names):
            facts = [total + number for total, number in zip(facts, numbers, strict=True)]
    counts["incident card"] = Counts(matched, len(system), len(gold))
    counts["incident fields"] = Counts(cells, _CARD_FIELDS * len(system), _CARD_FIELDS * len(gold))
    counts["incident facts"] = Counts(*facts)


def _compared(
    card: dict[str, Any], row: Incident | None, dates: Dates, names: Names
) -> Iterable[tuple[str, bool, Counts, tuple[str, str]]]:
    """Compare the fields of two cards: name, whether they agree, their facts, what both say."""
    for name in CARD_DATES:
        ours, theirs = card.get(name), getattr(row, name) if row else None
        yield name, dates.alone(ours, theirs), _fact(dates.alone(ours, theirs), ours, theirs), (str(ours), str(theirs))
    ours, theirs = card.get("attributed_actor"), row.attributed_actor if row else None
    same = name_keys(ours) == name_keys(theirs)
    yield "attributed_actor", same, _fact(same, ours, theirs), (str(ours), str(theirs))
    for name, column in CARD_SETS:
        wanted, there = set(card.get(name) or ()), set(getattr(row, column) if row else ())
        numbers = Counts(len(wanted & there), len(there), len(wanted))
        yield name, wanted == there, numbers, (", ".join(sorted(wanted)), ", ".join(sorted(there)))
    for name in CARD_PHRASES:
        phrases, found = list(card.get(name) or ()), list(getattr(row, name) if row else ())
        shared = phrases_shared(phrases, found)
        agrees = shared == len(phrases) == len(found)
        yield name, agrees, Counts(shared, len(found), len(phrases)), ("、".join(phrases), "、".join(found))


def _fact(same: bool, gold: str | None, system: str | None) -> Counts:
    return Counts(int(same and gold is not None), int(system is not None), int(gold is not None))


def _published(
    gold: Gold, extracted: Extracted, dates: Dates, counts: dict[str, Counts], mistakes: list[Mistake]
) -> None:
    system = extracted.document.published
    same = dates.full(gold.published, system)
    counts["published"] = _fact(same, date_key(gold.published), date_key(system))
    if not same:
        mistakes.append(
            Mistake(
                "published", "wrong", -1, -1, str(gold.published), f"{system} ({extracted.document.published_basis})"
            )
        )
