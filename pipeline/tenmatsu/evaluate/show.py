"""The figures for a reader at a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, TYPE_CHECKING

from tenmatsu.evaluate.bootstrap import Figure, Interval
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

# what the README shows of each set, in this order
_MAIN = (
    "time span",
    "time value",
    "event trigger",
    "event type",
    "event type, date",
    "event type, date, org, factuality",
    "event factuality given the trigger",
    "attribution given the event",
    "organisation span",
    "organisation linked",
    "quantity value",
    "quantity value, of",
    "incident card",
    "incident fields",
    "published",
)


def markdown(report: Report) -> str:
    """Return the main figures as one table in Markdown, a column a set: F1 to two digits with its interval, and harm."""
    names = list(report.figures)
    rows = [["layer", *(f"{name} ({_documents_of(report, name)})" for name in names)], ["---"] * (len(names) + 1)]
    for layer in _MAIN:
        rows.append([layer, *(_two_digits(report.figures[name][layer]) for name in names)])
    harm = "**harm**: negated, possible or planned, but stated as fact"
    rows.append([harm, *(_overstated(report, name, "; ") for name in names)])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def markdown_of_cases(report: Report) -> str:
    """Return the figures of the incidents over several documents as a table in Markdown, a row a layer."""
    rows = [["over several documents", "precision", "recall", "F1", "right", "system", "gold"], ["---"] * 7]
    for layer, one in report.cases.items():
        ratios = (two_digits(one.precision), two_digits(one.recall), _two_digits(one))
        rows.append([layer.removeprefix("cases: "), *ratios, *(str(number) for number in one.counts)])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def brief(report: Report) -> str:
    """Return a line a set: how many documents, the F1 of the layers that say most, and harm."""
    lines = []
    for name, figures in report.figures.items():
        parts = ", ".join(f"{head} {_cut(figures[layer].f1)}" for head, layer in _BY_DOCUMENT)
        lines.append(
            f"{name}: {_documents_of(report, name)} documents, F1: {parts}; overstated {_overstated(report, name, ', ')}\n"
        )
    if report.cases:
        parts = ", ".join(f"{layer.removeprefix('cases: ')} {_cut(one.f1)}" for layer, one in report.cases.items())
        lines.append(f"cases: {report.cases_scored} of several documents, F1: {parts}\n")
    return "".join(lines)


def _documents_of(report: Report, name: str) -> int:
    return sum(one.set == name for one in report.scores)


def two_digits(value: float | None) -> str:
    """Return a figure as the README gives it."""
    return "-" if value is None else f"{value:.2f}"


def _two_digits(one: Figure) -> str:
    interval = one.f1_interval
    return two_digits(one.f1) + (f" ({two_digits(interval[0])}–{two_digits(interval[1])})" if interval else "")


def _overstated(report: Report, name: str, between: str) -> str:
    parts = []
    for layer, label in (("not overstated", ""), ("not overstated: data_leak", "leak claims ")):
        kept, _, gold = report.figures[name][layer].counts
        parts.append(f"{label}{gold - kept} of {gold}")
    return between.join(parts)


def text(report: Report, file: IO[str]) -> str:
    """Return the figures of each set, the harm, and a line a document, laid out for ``file``."""
    out = console(file)
    with out.capture() as captured:
        for name in report.figures:
            _figures(out, report, name)
            _harm(out, report, name)
        if report.cases:
            _table(out, f"cases: {report.cases_scored} of several documents", report.cases)
        _documents(out, report)
    return captured.get()


def _figures(out: Console, report: Report, name: str) -> None:
    _table(out, f"{name}: {_documents_of(report, name)} documents", report.figures[name])


def _table(out: Console, title: str, figures: Mapping[str, Figure]) -> None:
    from rich.table import Table

    table = Table(
        title,
        "P",
        "R",
        "F1",
        "95 % of F1",
        "right",
        "system",
        "gold",
        box=None,
    )
    for column in table.columns[1:]:
        column.justify = "right"
    for layer, one in figures.items():
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
