"""Years from the other documents of an incident: a text that prints 9月7日 alone takes its year from the one that prints it.

A month and day that another document of the incident prints with its year takes that year, and its place is the anchor.
The rest follow the story: each takes the year that puts it next to the days beside it that have one by then, and stays open
where two years would do. Nothing is taken from a date whose year its own document shows to be a slip.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tenmatsu.merge.accounts import Account
from tenmatsu.merge.days import exact, with_year
from tenmatsu.times.calendar import is_day

_NEAR = 120  # days from the story's other days: in the next best year the day would lie twice as far from them
_YEAR = (
    366  # days: what 昨年 speaks of lies no further back from the story, where nothing else shows when it was written
)
_MIDDLE = 15  # the day of a month that stands for it
_OPEN = re.compile(r"XXXX-(0[1-9]|1[0-2])(?:-(\d{2}))?(?=T|$)")
_RELATIVE = re.compile(r"REF:year([+-][0-9]+)")


@dataclass(frozen=True, slots=True)
class LinkedYear:
    """The value of a time expression whose year another document shows, and the time expression that shows it."""

    timex_id: str
    value: str
    anchor_id: str


def linked_years(account: Account, others: Sequence[Account]) -> list[LinkedYear]:
    """Return the values of ``account``'s time expressions without a year, as the ``others`` of its incident date them.

    Empty where the others print no year, or several for one day.
    """
    # 10月 and 10月2日; a season, a quarter or a week without a year stays what it is
    open_days = [day for day in account.days if _OPEN.match(day[3])]
    if not open_days:
        return []
    shown = _shown(others)
    found: dict[str, LinkedYear] = {}
    known: list[tuple[int, date, str]] = []
    written = set()
    for timex_id, start, _, value, raw in open_days:
        years = shown.get(value[5:10], {})
        if len(years) != 1:
            continue
        (year, anchor), *_ = years.items()
        at = _at(value, int(year))
        if at is not None:
            found[timex_id] = LinkedYear(timex_id, with_year(value, year), anchor)
            known.append((start, at, anchor))
            if relative := _RELATIVE.match(raw):
                written.add(int(year) - int(relative[1]))
    if not known:
        return []
    known.sort()
    _, last, last_anchor = max(known, key=lambda one: (one[1], -one[0]))
    for timex_id, start, _, value, raw in open_days:
        if timex_id in found:
            continue
        relative = _RELATIVE.match(raw)
        if relative is None:
            near, anchor = _beside(known, start)
            at = _nearest(value, near)
        elif len(written) > 1:
            continue
        else:
            # 昨年9月: counted from the year in which the text was written, which another 昨年 shows, or its last day
            anchor = last_anchor
            at = _at(value, (min(written) if written else last.year) + int(relative[1]))
            if at is not None and not written and abs((last - at).days) > _YEAR:
                continue  # the last day lies before New Year and the text after it: either year may be meant
        if at is not None:
            found[timex_id] = LinkedYear(timex_id, with_year(value, f"{at.year:04d}"), anchor)
            insort(known, (start, at, anchor))
    return [found[day[0]] for day in open_days if day[0] in found]


def _shown(others: Iterable[Account]) -> dict[str, dict[str, str]]:
    """The years that the other documents print for a month and day, each with the first time expression that does."""
    found: dict[str, dict[str, str]] = {}
    for account in sorted(others, key=lambda one: one.doc_id):
        for timex_id, _, _, value, _ in account.days:
            if exact(value[:10]) and timex_id not in account.slips:
                found.setdefault(value[5:10], {}).setdefault(value[:4], timex_id)
    return found


def _at(value: str, year: int) -> date | None:
    """The day that a value without a year is in a year, the middle of its month where it has none; None where it is no day."""
    hit = _OPEN.match(value)
    if hit is None:
        return None
    month, day = int(hit[1]), int(hit[2]) if hit[2] else _MIDDLE
    return date(year, month, day) if 1 <= year <= 9999 and is_day(year, month, day) else None


def _beside(known: Sequence[tuple[int, date, str]], start: int) -> tuple[date, str]:
    """The day with a year that stands nearest to a place of the text, the one before it where two are as near."""
    after = bisect_left(known, start, key=lambda one: one[0])
    _, day, anchor = min(known[max(0, after - 1) : after + 1], key=lambda one: abs(one[0] - start))
    return day, anchor


def _nearest(value: str, near: date) -> date | None:
    """The day of the value that lies next to ``near``, None where it lies far from it in every year."""
    days = [at for year in (near.year, near.year - 1, near.year + 1) if (at := _at(value, year)) is not None]
    best = min(days, key=lambda at: abs((at - near).days), default=None)
    return best if best is not None and abs((best - near).days) <= _NEAR else None
