"""Cases scored: incidents told by several documents, against the gold in ``corpus/cases.json``.

The documents of all cases are merged together, so that an incident of one joined to an incident of another counts as wrong.
Other documents stay out: some retell the affairs of these, and what they join to is in no case's gold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tenmatsu.corpus import CorpusError
from tenmatsu.evaluate.compare import date_key, name_keys
from tenmatsu.evaluate.layers import CARD_DATES, Counts
from tenmatsu.merge import Merged, account_of, merge

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted
    from tenmatsu.records import Conflict

CASE_LAYERS = ("cases: cards joined", "cases: incidents linked", "cases: contradictions", "cases: dates")


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place in a document: the ``nth`` occurrence of ``text`` in its line (both from 1)."""

    doc: str
    line: int
    text: str
    nth: int = 1


class GoldConflict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two places that contradict each other."""

    field: str
    kind: str
    a: Place
    b: Place
    value_a: str
    value_b: str


class GoldIncident(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An incident: its cards as (document, victim in that document's gold), and its dates over all of them."""

    id: str
    victim: str
    cards: list[tuple[str, str]]
    first_intrusion: str | None = None
    detection: str | None = None
    containment: str | None = None
    disclosure: str | None = None
    leaked: list[str] = []
    possibly_leaked: list[str] = []
    denied_leak: list[str] = []


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Documents that tell of one affair, or of affairs that may be mistaken for one."""

    case: str
    documents: list[str]
    incidents: list[GoldIncident]
    linked: list[tuple[str, str]] = []
    conflicts: list[GoldConflict] = []


def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a file, none where it does not exist. Raises CorpusError for a file that is none."""
    if not path.exists():
        return ()
    try:
        return tuple(msgspec.json.decode(path.read_bytes(), type=list[Case]))
    except msgspec.MsgspecError as error:
        raise CorpusError(f"{path}: no cases ({error})") from error


def score_cases(cases: Sequence[Case], extracted: Mapping[str, Extracted]) -> dict[str, list[Counts]]:
    """Return the counts of each layer, one a case whose documents are all there, in the order of the cases.

    ``extracted`` holds the documents by the names that the gold gives them.
    """
    told = {doc for case in cases for doc in case.documents}
    whole = merge(account_of(one) for doc, one in extracted.items() if doc in told)
    found: dict[str, list[Counts]] = {layer: [] for layer in CASE_LAYERS}
    for case in cases:
        if all(doc in extracted for doc in case.documents):
            scorer = _Scorer(case, extracted, whole)
            for layer, counts in zip(
                CASE_LAYERS, (scorer.joined(), scorer.linked(), scorer.contradictions(), scorer.dates()), strict=True
            ):
                found[layer].append(counts)
    return found


class _Scorer:
    def __init__(self, case: Case, extracted: Mapping[str, Extracted], whole: Merged) -> None:
        self.case, self.extracted, self.whole = case, extracted, whole
        self.doc_of = {one.document.doc_id: name for name, one in extracted.items()}
        # a card of the system is the gold's of the same document and victim, else itself
        self.key: dict[str, tuple[str, str]] = {}
        gold = {
            (doc, key): (doc, victim)
            for each in case.incidents
            for doc, victim in each.cards
            for key in name_keys(victim)
        }
        for doc in case.documents:
            for card in extracted[doc].cards:
                keys = [gold[doc, key] for key in sorted(name_keys(card.victim)) if (doc, key) in gold]
                self.key[card.card_id] = keys[0] if keys else (doc, card.card_id)
        self.of_card = {card: each.id for each in case.incidents for card in map(tuple, each.cards)}
        # the gold's name for an incident of the system: that of most of its cards
        votes: dict[str, Counter[str]] = {}
        for card_id, key in self.key.items():
            if key in self.of_card:
                votes.setdefault(whole.incident_of[card_id], Counter())[self.of_card[key]] += 1
        self.name = {incident: min(count, key=lambda one: (-count[one], one)) for incident, count in votes.items()}

    def joined(self) -> Counts:
        """Pairs of cards in one incident; a card of another case that the system joins to one of this makes a wrong pair."""
        gold = {frozenset(pair) for each in self.case.incidents for pair in combinations(map(tuple, each.cards), 2)}
        system = set()
        members: dict[str, list[tuple[str, str]]] = {}
        for card_id, incident in self.whole.incident_of.items():
            members.setdefault(incident, []).append(self.key.get(card_id, ("", card_id)))
        for cards in members.values():
            inside = [card for card in cards if card[0]]
            if inside:
                system |= {frozenset(pair) for pair in combinations(cards, 2) if pair[0][0] or pair[1][0]}
        return Counts(len(gold & system), len(system), len(gold))

    def linked(self) -> Counts:
        """Pairs of incidents of which one is the way into the other."""
        gold = {frozenset(pair) for pair in self.case.linked}
        system = {
            frozenset((self.name.get(one.incident_id, one.incident_id), self.name.get(other, other)))
            for one in self.whole.incidents.values()
            if one.incident_id in self.name
            for other in one.related
        }
        return Counts(len(gold & system), len(system), len(gold))

    def dates(self) -> Counts:
        """The four dates of each incident, where gold or system give one."""
        by_name = {name: self.whole.incidents[incident] for incident, name in sorted(self.name.items(), reverse=True)}
        right = given = wanted = 0
        for each in self.case.incidents:
            row = by_name.get(each.id)
            for field in CARD_DATES:
                value = date_key(getattr(row, field)) if row is not None else None
                wanted += getattr(each, field) is not None
                given += value is not None
                right += value is not None and value == date_key(getattr(each, field))
        return Counts(right, given, wanted)

    def contradictions(self) -> Counts:
        """Contradictions of one kind of which a place is one of the gold's: between documents, and years typed wrongly."""
        gold = [(one.kind, [self._span(one.a), self._span(one.b)]) for one in self.case.conflicts]
        docs = {self.extracted[doc].document.doc_id for doc in self.case.documents}
        system = [one for one in self.whole.conflicts if one.doc_a in docs or one.doc_b in docs]
        system += [
            one for doc in self.case.documents for one in self.extracted[doc].conflicts if one.kind == "year_typo"
        ]
        left, right = list(system), 0
        for kind, places in gold:
            hit = next((one for one in left if one.kind == kind and self._meets(one, places)), None)
            if hit is not None:
                left.remove(hit)
                right += 1
        return Counts(right, len(system), len(gold))

    def _span(self, place: Place) -> tuple[str, int, int]:
        one = self.extracted[place.doc]
        lines = one.text.split("\n")
        start = sum(len(line) + 1 for line in lines[: place.line - 1])
        end = start + len(lines[place.line - 1]) if 1 <= place.line <= len(lines) else start
        at = start - 1
        for _ in range(place.nth):
            at = one.text.find(place.text, at + 1, end)
            if at < 0:
                break
        if at < 0:
            raise CorpusError(f"{self.case.case}: {place.doc}, line {place.line}: no {place.text!r} there")
        return one.document.doc_id, at, at + len(place.text)

    @staticmethod
    def _meets(one: Conflict, places: Sequence[tuple[str, int, int]]) -> bool:
        sides = [(one.doc_a, one.start_a, one.end_a), (one.doc_b, one.start_b or 0, one.end_b or 0)]
        return any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in sides for b in places)
