"""The whole measurement: gold and documents matched, extracted, scored, added up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenmatsu.corpus import CorpusError, by_digest, sets
from tenmatsu.evaluate.bootstrap import Figure, figure, ratios
from tenmatsu.evaluate.gold import gold_of, load_folder
from tenmatsu.evaluate.layers import LAYERS, Counts, Score, score

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted


@dataclass(frozen=True, slots=True)
class Report:
    """The scored documents, and the figures of each set by layer; ``skipped`` names gold without a document."""

    scores: tuple[Score, ...]
    figures: dict[str, dict[str, Figure]]
    skipped: tuple[str, ...]

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
    scores, skipped = [], []
    for path, data in load_folder(gold_folder):
        place = places.get(data["sha256"])
        if place is None:
            skipped.append(data["doc"])
            continue
        extracted = extract(place.read_bytes(), place.name)
        if extracted.document.status != "ok":
            raise CorpusError(f"{place}: {extracted.document.error}")
        scores.append(score(gold_of(path, data, extracted.text), extracted, member.get(data["doc"], "own")))
    if skipped:
        say(f"skipped, no such document here: {', '.join(skipped)} (tenmatsu corpus add PATH... puts a copy in place)")
    if not scores:
        raise CorpusError(f"{', '.join(map(str, document_folders))}: no document that {gold_folder} has gold for")
    figures = {}
    for name in sorted({one.set for one in scores}, key=lambda name: (name != "own", name)):
        members = [one for one in scores if one.set == name]
        figures[name] = {layer: figure([one.counts[layer] for one in members]) for layer in LAYERS}
    return Report(tuple(scores), figures, tuple(skipped))
