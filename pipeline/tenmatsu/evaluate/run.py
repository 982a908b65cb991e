"""The whole measurement: gold and documents matched, extracted, scored, added up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenmatsu.corpus import CorpusError, by_digest, sets
from tenmatsu.evaluate.bootstrap import Figure, figure, ratios
from tenmatsu.evaluate.cases import read_cases, score_cases
from tenmatsu.evaluate.gold import Gold, gold_of, load_folder
from tenmatsu.evaluate.layers import LAYERS, LINKED, Counts, Score, score
from tenmatsu.merge import account_of, applied, merge

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted


@dataclass(frozen=True, slots=True)
class Report:
    """The scored documents, and the figures of each set by layer; ``skipped`` names gold without a document."""

    scores: tuple[Score, ...]
    figures: dict[str, dict[str, Figure]]
    skipped: tuple[str, ...]
    cases: dict[str, Figure] = field(default_factory=dict)
    cases_scored: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            "sets": {
                name: {layer: _plain(one) for layer, one in layers.items()} for name, layers in self.figures.items()
            },
            "documents": {
                one.doc: {"set": one.set, "layers": {layer: list(one.counts[layer]) for layer in LAYERS}}
                for one in self.scores
            },
            "cases": {layer: _plain(one) for layer, one in self.cases.items()},
            "skipped": list(self.skipped),
        }


def _plain(one: Figure) -> dict[str, Any]:
    def cut(value: float | None) -> float | None:
        return None if value is None else round(value, 4)

    return {
        **one.counts._asdict(),
        "precision": cut(one.precision),
        "recall": cut(one.recall),
        "f1": cut(one.f1),
        "precision_95": one.precision_interval and [cut(value) for value in one.precision_interval],
        "recall_95": one.recall_interval and [cut(value) for value in one.recall_interval],
        "f1_95": one.f1_interval and [cut(value) for value in one.f1_interval],
    }


def _place(name: str) -> tuple[bool, str, int]:
    """Where a set stands: ours first, heldout-10 behind heldout-9."""
    head, _, number = name.rpartition("-")
    return (name != "own", head, int(number)) if number.isdigit() else (name != "own", name, 0)


def f1(counts: Counts) -> float | None:
    """Return the F1 of one document's counts."""
    return ratios(counts)[2]


def run(
    gold_folder: Path,
    document_folders: Sequence[Path],
    extract: Callable[..., Extracted],
    say: Callable[[str], None] = lambda message: None,
) -> Report:
    """Score every document that has gold; gold without a document is told to ``say`` and left out.

    Raises CorpusError when the gold cannot be used or no document of it is there.
    """
    places = by_digest(document_folders)
    member = sets(gold_folder.parent)
    skipped = []
    read: dict[str, Extracted] = {}
    gold: dict[str, Gold] = {}
    for path, data in load_folder(gold_folder):
        place = places.get(data["sha256"])
        if place is None:
            skipped.append(data["doc"])
            continue
        extracted = extract(place.read_bytes(), place.name)
        if extracted.document.status != "ok":
            raise CorpusError(f"{place}: {extracted.document.error}")
        read[data["doc"]] = extracted
        gold[data["doc"]] = gold_of(path, data, extracted.text)
    if skipped:
        say(f"skipped, no such document here: {', '.join(skipped)} (tenmatsu corpus add PATH... puts a copy in place)")
    if not read:
        raise CorpusError(f"{', '.join(map(str, document_folders))}: no document that {gold_folder} has gold for")
    scores = _scored(gold, read, {doc: member.get(doc, "own") for doc in gold})
    figures = {}
    for name in sorted({one.set for one in scores}, key=_place):
        members = [one for one in scores if one.set == name]
        figures[name] = {layer: figure([one.counts[layer] for one in members]) for layer in LAYERS}
    cases = read_cases(gold_folder.parent / "cases.json")
    counted = score_cases(cases, read)
    of_cases = {layer: figure(counts) for layer, counts in counted.items() if counts}
    return Report(tuple(scores), figures, tuple(skipped), of_cases, max(map(len, counted.values())))


def _scored(gold: dict[str, Gold], read: dict[str, Extracted], set_of: dict[str, str]) -> list[Score]:
    """Score each document as it stands alone; what needs the years of others is scored beside the others of its set."""
    scores = []
    for doc, marks in gold.items():
        alone = score(marks, read[doc], set_of[doc])
        if marks.year_basis is not None:
            beside = merge(account_of(read[other]) for other in gold if set_of[other] == set_of[doc])
            together = score(marks, applied(read[doc], beside), set_of[doc])
            alone = replace(alone, counts={**alone.counts, **{layer: together.counts[layer] for layer in LINKED}})
        scores.append(alone)
    return scores
