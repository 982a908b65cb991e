"""Years from the other documents of an incident: a text that prints 9月7日 alone takes its year from the one that prints it.

A month and day that another document of the incident prints with its year takes that year, and its place is the anchor.
The rest follow the story: each takes the year that puts it nearest to the days of its own text that have one by then.
Nothing is taken from a date whose year its own document shows to be a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tenmatsu.merge.accounts import Account
from tenmatsu.merge.days import exact, with_year, yearless
from tenmatsu.times.calendar import is_day

_HALF = 183  # days: a day without a year belongs to the nearer of two years


@dataclass(frozen=True, slots=True)
class LinkedYear:
    """The value of a time expression whose year another document shows, and the time expression that shows it."""

    timex_id: str
    value: str
    anchor_id: str


def linked_years(account: Account, others: Sequence[Account], slips: frozenset[str] = frozenset()) -> list[LinkedYear]:
    """Return the values of ``account``'s time expressions without a year, as the ``others`` of its incident date them.

    ``slips`` are timex ids whose printed year is a slip. Empty where the others print no year, or several for one day.
    """
    open_days = [day for day in account.days if yearless(day[3])]
    if not open_days:
        return []
    shown = _shown(others, slips)
    found: dict[str, LinkedYear] = {}
    known: list[tuple[int, str, str]] = []
    for timex_id, start, _, value, raw in open_days:
        years = shown.get(value[5:10], {})
        if len(years) == 1 and not _RELATIVE.match(raw):
            (year, anchor), *_ = years.items()
            full = with_year(value, year)
            if full != value:
                found[timex_id] = LinkedYear(timex_id, full, anchor)
                known.append((start, full[:10], anchor))
    if not known:
        return []
    _, last, last_anchor = max(known, key=lambda one: (one[1], -one[0]))
    for timex_id, start, _, value, raw in open_days:
        relative = _RELATIVE.match(raw)
        if relative:
            # 昨年9月: counted from the year in which the text was written, that of its last day
            year = f"{int(last[:4]) + int(relative[1]):04d}"
            found[timex_id] = LinkedYear(timex_id, with_year(value, year), last_anchor)
        elif timex_id not in found:
            _, near, anchor = min(known, key=lambda one: (abs(one[0] - start), one[0]))
            nearest = _nearest(value, near)
            if nearest is not None:
                found[timex_id] = LinkedYear(timex_id, nearest, anchor)
    return [found[day[0]] for day in open_days if day[0] in found]


_RELATIVE = re.compile(r"REF:year([+-][0-9]+)")


def _shown(others: Iterable[Account], slips: frozenset[str]) -> dict[str, dict[str, str]]:
    """The years that the other documents print for a month and day, each with the first time expression that does."""
    found: dict[str, dict[str, str]] = {}
    for account in sorted(others, key=lambda one: one.doc_id):
        for timex_id, _, _, value, _ in account.days:
            if exact(value[:10]) and timex_id not in slips:
                found.setdefault(value[5:10], {}).setdefault(value[:4], timex_id)
    return found


def _nearest(value: str, near: str) -> str | None:
    """The value with the year that puts it nearest to the day ``near``, None where no year does within half a year."""
    anchor = date.fromisoformat(near)
    month, day = int(value[5:7]), value[8:10]
    for year in (anchor.year, anchor.year - 1, anchor.year + 1):
        at = int(day) if day.isdigit() else 15
        if is_day(year, month, at) and abs((date(year, month, at) - anchor).days) <= _HALF:
            return with_year(value, f"{year:04d}")
    return None
