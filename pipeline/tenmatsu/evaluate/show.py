"""The figures for a reader at a terminal."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from tenmatsu.evaluate.bootstrap import Interval
from tenmatsu.evaluate.run import Report, f1
from tenmatsu.summary import console

if TYPE_CHECKING:
    from rich.console import Console

_BY_DOCUMENT = (
    ("time", "time value"),
    ("trigger", "event trigger"),
    ("type+date", "event type, date"),
    ("whole", "event type, date, org, factuality"),
    ("org", "organisation linked"),
    ("count", "quantity value"),
    ("card", "incident fields"),
)


def text(report: Report, file: IO[str]) -> str:
    """Return the figures of each set, the harm, and a line a document, laid out for ``file``."""
    out = console(file)
    with out.capture() as captured:
        for name in report.figures:
            _figures(out, report, name)
            _harm(out, report, name)
        _documents(out, report)
    return captured.get()


def _figures(out: Console, report: Report, name: str) -> None:
    from rich.table import Table

    documents = sum(one.set == name for one in report.scores)
    table = Table(f"{name}: {documents} documents", "P", "R", "F1", "95 % of F1", "right", "system", "gold", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for layer, one in report.figures[name].items():
        values = (_cut(one.precision), _cut(one.recall), _cut(one.f1), _range(one.f1_interval))
        table.add_row(layer, *values, *(str(number) for number in one.counts))
    out.print(table)


def _harm(out: Console, report: Report, name: str) -> None:
    parts = []
    for layer, label in (("not overstated", "events"), ("not overstated: data_leak", "leak claims")):
        kept, _, gold = report.figures[name][layer].counts
        rate = f" ({(gold - kept) / gold:.3f})" if gold else ""
        parts.append(f"{gold - kept} of {gold} {label}{rate}")
    out.print(f"  harm, negated, possible or planned but stated as asserted: {', '.join(parts)}\n")


def _documents(out: Console, report: Report) -> None:
    from rich.table import Table

    table = Table("F1 by document", "set", *(head for head, _ in _BY_DOCUMENT), "overstated", box=None)
    for one in report.scores:
        kept, _, gold = one.counts["not overstated"]
        table.add_row(
            one.doc, one.set, *(_cut(f1(one.counts[layer])) for _, layer in _BY_DOCUMENT), f"{gold - kept}/{gold}"
        )
    out.print(table)


def _cut(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _range(interval: Interval | None) -> str:
    return "-" if interval is None else f"{interval[0]:.3f}-{interval[1]:.3f}"
