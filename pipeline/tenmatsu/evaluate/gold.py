"""Gold files: read, checked, and matched to documents by the SHA-256 of their bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenmatsu.corpus import CorpusError


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked place; ``fields`` holds the gold's other fields as written."""

    start: int
    end: int
    text: str
    fields: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        """Return a field, None where the gold leaves it out."""
        return self.fields.get(name)


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold of one document; offsets are code points of its text."""

    doc: str
    sha256: str
    published: str | None
    year_basis: str | None
    timexes: tuple[Mark, ...]
    events: tuple[Mark, ...]
    mentions: tuple[Mark, ...]
    quantities: tuple[Mark, ...]
    incidents: tuple[dict[str, Any], ...]


_NEEDED = {
    "timexes": ("type", "value"),
    "events": ("type", "factuality"),
    "mentions": ("entity", "kind"),
    "quantities": ("unit", "of"),
}


def load_folder(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Return the gold files of ``folder`` in sorted order. Raises CorpusError for one that is no gold, or when none is there."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_bytes())
        except ValueError as error:
            raise CorpusError(f"{path}: no JSON ({error})") from error
        if (
            not isinstance(data, dict)
            or not isinstance(data.get("sha256"), str)
            or not isinstance(data.get("doc"), str)
        ):
            raise CorpusError(f"{path}: no gold: doc and sha256 are missing")
        found.append((path, data))
    if not found:
        raise CorpusError(f"{folder}: no gold files (*.json) there; name their folder with --gold")
    return found


def gold_of(path: Path, data: dict[str, Any], text: str) -> Gold:
    """Return the gold of ``data`` for the document ``text``.

    Places without offsets get them from line, text and nth. Raises CorpusError where a place does not quote the text.
    """
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    layers: dict[str, tuple[Mark, ...]] = {}
    for layer, needed in _NEEDED.items():
        marks = []
        for raw in data.get(layer) or []:
            if not isinstance(raw, dict) or not all(raw.get(name) is not None for name in (*needed, "text")):
                raise CorpusError(f"{path}: {layer}: {', '.join((*needed, 'text'))} are needed in {raw!r}")
            start: int = raw["start"] if "start" in raw else _place(raw, lines, starts)
            end = start + len(raw["text"])
            if start < 0 or raw.get("end", end) != end or text[start:end] != raw["text"]:
                raise CorpusError(
                    f"{path}: {layer}: {raw['text']!r} does not stand in line {raw.get('line')} where it says"
                )
            marks.append(Mark(start, end, raw["text"], raw))
        layers[layer] = tuple(marks)
    return Gold(
        data["doc"],
        data["sha256"],
        data.get("published"),
        data.get("year_basis"),
        layers["timexes"],
        layers["events"],
        layers["mentions"],
        layers["quantities"],
        tuple(data.get("incidents") or ()),
    )


def _place(raw: dict[str, Any], lines: list[str], starts: list[int]) -> int:
    number = raw.get("line")
    if not isinstance(number, int) or not 1 <= number <= len(lines):
        return -1
    at = -1
    for _ in range(raw.get("nth", 1)):
        at = lines[number - 1].find(raw["text"], at + 1)
        if at < 0:
            return -1
    return starts[number - 1] + at
