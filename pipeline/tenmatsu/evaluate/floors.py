"""Floors: the F1 below which no layer of a set may fall. They are only ever raised."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

from tenmatsu.corpus import CorpusError
from tenmatsu.evaluate.cases import CASE_LAYERS
from tenmatsu.evaluate.layers import LAYERS
from tenmatsu.inputs import UnfitError, read_file
from tenmatsu.write import replace_text

if TYPE_CHECKING:
    from tenmatsu.evaluate.bootstrap import Figure
    from tenmatsu.evaluate.run import Report

Floors = dict[str, dict[str, float]]


def parse(data: bytes, path: str) -> Floors:
    """Return ``{set: {layer: F1}}``. Raises CorpusError for anything else."""
    try:
        found = json.loads(data)
    except ValueError as error:
        raise CorpusError(f"{path}: no JSON ({error})") from error
    if not isinstance(found, dict) or not all(isinstance(layers, dict) for layers in found.values()):
        raise CorpusError(f"{path}: no floors: write {{set: {{layer: F1}}}}")
    for name, layers in found.items():
        for layer, value in layers.items():
            if layer not in (*LAYERS, *CASE_LAYERS) or not isinstance(value, int | float) or not 0 <= value <= 1:
                raise CorpusError(f"{path}: {name}: {layer!r} is no layer with a number from 0 to 1")
    return found


def read(path: Path) -> Floors:
    """Return the floors of a file. Raises CorpusError, OSError."""
    try:
        return parse(read_file(path), str(path))
    except UnfitError as error:
        raise CorpusError(f"{path}: {error}") from error


def write(path: Path, floors: Floors) -> None:
    """Write the floors, complete or not at all."""
    replace_text(path, json.dumps(floors, ensure_ascii=False, indent=1) + "\n")


def _measured(report: Report) -> dict[str, dict[str, Figure]]:
    """The figures by set; those of the cases only where the documents of all cases are there."""
    return {**report.figures, **({f"cases ({report.cases_scored})": report.cases} if report.cases else {})}


def missed(floors: Floors, report: Report) -> list[str]:
    """Return a line for each figure below its floor; a set of which no document is there is not judged."""
    lines = []
    measured = _measured(report)
    for name, layers in floors.items():
        for layer, floor in layers.items():
            if name in measured:
                value = measured[name][layer].f1
                if value is None or value < floor:
                    lines.append(
                        f"{name}: {layer}: F1 {'-' if value is None else format(value, '.4f')} is below its floor {floor}"
                    )
    return lines


def raised(floors: Floors, report: Report) -> Floors:
    """Return the floors raised to what was measured, cut to three digits; none is lowered, none is lost."""
    found = {name: dict(layers) for name, layers in floors.items()}
    for name, figures in _measured(report).items():
        layers = found.setdefault(name, {})
        for layer, one in figures.items():
            if one.f1 is not None:
                layers[layer] = max(layers.get(layer, 0.0), math.floor(one.f1 * 1000) / 1000)
    return found


def lowered(before: Floors, after: Floors) -> list[str]:
    """Return a line for each floor of ``before`` that is lower or gone in ``after``."""
    lines = []
    for name, layers in before.items():
        for layer, floor in layers.items():
            now = after.get(name, {}).get(layer)
            if now is None or now < floor:
                lines.append(f"{name}: {layer}: {floor} became {now}; floors may only rise")
    return lines
