"""Dates of two documents beside each other: whether they can be the same day, also where one prints no year."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from tenmatsu.times.edtf import bounds

_DAY = re.compile(r"(\d{4}|XXXX)-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})(?![\d-])")
_NO_YEAR = re.compile(r"XXXX-\d{2}")  # a season (XXXX-SP) or a week (XXXX-WXX) is no month
_YEAR = re.compile(r"\d{4}")
LOOSE = 31  # days by which an approximate date (2016-04~) may be out


@lru_cache(maxsize=2048)
def tokens(edtf: str) -> tuple[str, ...]:
    """Return what an EDTF date can be found by: its days without their years (10-02), its months with theirs (2016-08).

    A whole year gives nothing: it would find everything.
    """
    days = tuple(dict.fromkeys(f"{hit[2]}-{hit[3]}" for hit in _DAY.finditer(edtf)))
    return days or tuple(dict.fromkeys(f"{hit[1]}-{hit[2]}" for hit in _MONTH.finditer(edtf)))


def yearless(edtf: str | None) -> bool:
    """Whether a date has a month and day but no year."""
    return edtf is not None and _NO_YEAR.search(edtf) is not None and "XXXX-XX" not in edtf


def with_year(edtf: str, year: str) -> str:
    """Return the date with ``year`` where it prints none; 29 February only in a leap year, else the date as it was."""
    filled = edtf.replace("XXXX", year)
    return edtf if "-02-29" in filled and bounds(filled) == (None, None) else filled


def year_of(edtf: str) -> str | None:
    """Return the first year that a date prints, None where it prints none."""
    hit = _YEAR.search(edtf)
    return hit[0] if hit else None


@lru_cache(maxsize=2048)
def relation(one: str, other: str) -> str:
    """Return how two EDTF dates stand to each other: equal, compatible (one may be the other, coarser or open) or apart.

    A date without a year takes the year that brings it nearest to the other, and two without are compared as if of one
    year, or of two with New Year between them. ``unknown`` where a date is none of the calendar.
    """
    if "XXXX" not in one and "XXXX" not in other:
        return _relation(one, other)
    printed = sorted({int(year) for year in _YEAR.findall(one) + _YEAR.findall(other)})
    if printed:
        years = [(year, year) for year in range(printed[0] - 1, printed[-1] + 2)]
        if len(years) > _MOST_YEARS:
            years = [(year + by, year + by) for year in printed for by in (-1, 0, 1)]
    else:
        years = [(_ANY, _ANY), (_ANY, _ANY + 1), (_ANY + 1, _ANY)]
    told = {_relation(_story(one, year), _story(other, another)) for year, another in years}
    return next((each for each in ("equal", "compatible", "apart") if each in told), "unknown")


_ANY = 2000  # a leap year
_MOST_YEARS = 12


def _story(edtf: str, year: int) -> str:
    """The date with the year where it prints none; of an interval that runs over New Year the end takes the next one."""
    if not 1 <= year <= 9999:
        return edtf
    filled = with_year(edtf, f"{year:04d}")
    first, slash, last = edtf.partition("/")
    if slash and yearless(last) and (since := bounds(filled.partition("/")[0])[0]):
        until = bounds(with_year(last, f"{year:04d}"))[1]
        if until and until < since and year < 9999:
            return f"{with_year(first, f'{year:04d}')}/{with_year(last, f'{year + 1:04d}')}"
    return filled


def _relation(one: str, other: str) -> str:
    if one == other:
        return "equal"
    if bounds(one) == (None, None) or bounds(other) == (None, None):
        return "unknown"
    if gap(one, other) == 0:
        return "compatible"
    if ("~" in one or "~" in other) and gap(one, other) <= LOOSE:
        return "compatible"
    return "apart"


@lru_cache(maxsize=2048)
def gap(one: str, other: str) -> int:
    """Return the whole days that lie between two EDTF dates, 0 where they overlap or one is open towards the other."""
    (a, b), (c, d) = bounds(one), bounds(other)
    if b is not None and c is not None and b < c:
        return (date.fromisoformat(c) - date.fromisoformat(b)).days
    if d is not None and a is not None and d < a:
        return (date.fromisoformat(a) - date.fromisoformat(d)).days
    return 0


def exact(edtf: str | None) -> bool:
    """Whether a date is one day of the calendar, with its year."""
    return edtf is not None and len(edtf) == 10 and _DAY.fullmatch(edtf) is not None and "X" not in edtf
