"""How merging grows with the documents: ``python tests/benchmarks/merge.py [DOCUMENTS ...]`` (default 1,000, 10,000, 100,000).

Seeded accounts of affairs that never were: each of a firm with other affairs of its own in other years, told by one to five
documents, some of which print no year and some of which revise a figure. What they are made of is known, so the joins are
checked as well: a pair is right when both documents were made for one affair.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

from tenmatsu.merge import Account, merge
from tenmatsu.merge.accounts import Counted, Told
from tenmatsu.records import Incident

SEED = 20200907
_FIELDS = ("first_intrusion", "detection", "containment", "disclosure")
_TYPES = ("intrusion", "detection", "containment", "disclosure")


def accounts(documents: int, seed: int = SEED) -> Iterator[tuple[int, Account]]:
    """Yield (number of the affair, account) for each document, in an order that mixes the affairs."""
    draw = random.Random(seed)
    made: list[tuple[int, Account]] = []
    affair = 0
    firms = max(1, documents // 12)
    while len(made) < documents:
        firm = f"架空{draw.randrange(firms)}商事"
        start = date(2012, 1, 1) + timedelta(days=draw.randrange(365 * 12))
        steps = [start]
        for most in (60, 5, 60):
            steps.append(steps[-1] + timedelta(days=draw.randrange(1, most)))
        people = draw.randrange(100, 90_000)
        for number in range(min(draw.choice((1, 1, 2, 2, 3, 5)), documents - len(made))):
            made.append((affair, _account(draw, len(made), firm, steps, people, number)))
        affair += 1
    draw.shuffle(made)
    yield from made


def _account(draw: random.Random, serial: int, firm: str, steps: list[date], people: int, number: int) -> Account:
    doc_id = f"{serial:016x}"
    yearless = number > 0 and draw.random() < 0.2
    days = [f"XXXX{str(day)[4:]}" if yearless else str(day) for day in steps]
    days = [day if draw.random() < 0.9 else None for day in days]
    card = Incident(f"inc-{doc_id[4:]}", firm, firm, f"tm:{firm}", ("vpn",), **dict(zip(_FIELDS, days, strict=True)))
    told = tuple(
        Told(card.incident_id, kind, day, "asserted", (doc_id, at, at + 5))
        for at, (kind, day) in enumerate(zip(_TYPES, days, strict=True))
        if day
    )
    figure = float(people if number == 0 else people + draw.choice((0, 0, 12)))
    counted = (
        Counted(
            card.incident_id, f"{figure:g}名", figure, figure, "person", "leaked", None, "possible", (doc_id, 50, 55)
        ),
    )
    spans = tuple((f"{doc_id}-t{at}", at, at + 5, day, day) for at, day in enumerate(days) if day)
    published = None if yearless else str(steps[3] + timedelta(days=number))
    return Account(
        doc_id, published, "press_release" if number == 0 else "news", firm if number == 0 else "架空新聞", firm, 0,
        (card,), ((f"tm:{firm}", firm),), told, (), counted, spans,
    )  # fmt: skip


def measure(documents: int) -> tuple[float, int, int, float, float]:
    """Return seconds, incidents, contradictions, and precision and recall of the pairs of documents that are joined."""
    made = list(accounts(documents))
    begin = time.perf_counter()
    merged = merge(account for _, account in made)
    seconds = time.perf_counter() - begin
    right = system = gold = 0
    by_incident: dict[str, list[int]] = {}
    by_affair: dict[int, int] = {}
    for affair, account in made:
        by_incident.setdefault(merged.incident_of[account.cards[0].incident_id], []).append(affair)
        by_affair[affair] = by_affair.get(affair, 0) + 1
    for affairs in by_incident.values():
        system += len(affairs) * (len(affairs) - 1) // 2
        right += sum(a == b for at, a in enumerate(affairs) for b in affairs[:at])
    gold = sum(count * (count - 1) // 2 for count in by_affair.values())
    return seconds, len(merged.incidents), len(merged.conflicts), right / system, right / gold


def main() -> None:
    """Print a line a size, and how the cost of a document changes from the first to the last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    costs = []
    for documents in parser.parse_args().documents:
        seconds, incidents, conflicts, precision, recall = measure(documents)
        costs.append(seconds / documents)
        print(
            f"{documents:>9,} documents  {seconds:7.2f} s  {costs[-1] * 1e6:6.0f} µs a document  {incidents:>7,} incidents  "
            f"{conflicts:>6,} contradictions  pairs joined right {precision:.4f}, found {recall:.4f}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 if sys.platform == "darwin" else 1024)
    print(f"cost of a document, last to first: {costs[-1] / costs[0]:.2f}; peak memory {peak:,} MiB")


if __name__ == "__main__":
    main()
