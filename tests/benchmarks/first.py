"""The figures of the held-out sets as they were first measured, before any rule had seen their documents.

``corpus/first-measure.json`` keeps them with the commit on which they were measured; they can be measured there again and
never change. Prints the README's table: the first F1, and beside it the one of today's floors, whose distance says how much
of the rules' accuracy is tuning.
"""

from __future__ import annotations

import json
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def table(corpus: Path = CORPUS) -> str:
    """Return the table in Markdown: a row a layer, a column a held-out set, "first → now" in F1 to two digits."""
    first = json.loads((corpus / "first-measure.json").read_text(encoding="utf-8"))
    now = json.loads((corpus / "floors.json").read_text(encoding="utf-8"))
    layers = list(next(iter(first.values()))["f1"])
    head = ["layer, first → now", *(f"{name} ({one['documents']})" for name, one in first.items())]
    rows = [head, ["---"] * len(head)]
    for layer in layers:
        rows.append([layer, *(f"{one['f1'][layer]:.2f} → {now[name][layer]:.2f}" for name, one in first.items())])
    rows.append(["stated as fact though it is not, first", *(one["overstated"] for one in first.values())])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


if __name__ == "__main__":
    print(table(), end="")
