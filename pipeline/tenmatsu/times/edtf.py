"""EDTF (ISO 8601-2) as the tables use it: event dates from TIMEX3 values, and the calendar bounds of a date."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache, lru_cache

from tenmatsu.times.calendar import date_of_week, is_day, last_day

# Seasons as ISO 8601-2 numbers them, with the months that Japan's weather service gives them.
_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "date": re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?$"),
        "day": re.compile(r"((?:\d{4}|X{4})-(?:\d{2}|XX)-(?:\d{2}|XX))T"),
        "fiscal": re.compile(r"FY(\d{4})(?:-(?:Q([1-4])|H([12])))?$"),
        "week": re.compile(r"(\d{4})-W(\d{2})(-WE)?$"),
        "part": re.compile(r"(\d{4})-(?:Q([1-4])|H([12])|(SP|SU|FA|WI))$"),
        "plain": re.compile(r"(?:\d{4}|X{4})(?:-(?:\d{2}|XX)){0,2}$"),
    }


@lru_cache(maxsize=1024)
def _single(edtf: str) -> tuple[str | None, str | None]:
    match = _patterns()["date"].match(edtf)
    if match is None:
        return None, None
    year = int(match[1])
    month = int(match[2]) if match[2] else None
    day = int(match[3]) if match[3] else None
    if year < 1:
        return None, None
    if month is None:
        return f"{year:04d}-01-01", f"{year:04d}-12-31"
    if month in _SEASON_MONTHS and day is None:
        first, last = _SEASON_MONTHS[month]
        end_year = year + (last - 1) // 12
        end_month = (last - 1) % 12 + 1
        if end_year > 9999:
            return None, None
        return f"{year:04d}-{first:02d}-01", f"{end_year:04d}-{end_month:02d}-{last_day(end_year, end_month):02d}"
    if not 1 <= month <= 12:
        return None, None
    if day is None:
        return f"{year:04d}-{month:02d}-01", f"{year:04d}-{month:02d}-{last_day(year, month):02d}"
    if not is_day(year, month, day):
        return None, None
    return f"{year:04d}-{month:02d}-{day:02d}", f"{year:04d}-{month:02d}-{day:02d}"


def bounds(edtf: str | None) -> tuple[str | None, str | None]:
    """Return the first and the last calendar day (ISO) that an EDTF date covers; None where it is open or unknown.

    Sets ``{a,b}`` and ``[a..b]`` give their earliest and latest day. Values with X, and strings that are no
    date, give None on that side. Never raises.
    """
    if not edtf:
        return None, None
    if edtf[0] in "{[" and edtf[-1] in "}]":
        spans = [bounds(part.replace("..", "/") if ".." in part else part) for part in edtf[1:-1].split(",")]
        begins = [begin for begin, _ in spans]
        ends = [end for _, end in spans]
        return (
            None if None in begins else min(b for b in begins if b),
            None if None in ends else max(e for e in ends if e),
        )
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return _single(first)[0], _single(last)[1]
    return _single(edtf)


def _month(year: int, month: int) -> tuple[int, int]:
    """Return the month counted on past December: month 14 of 2020 is February 2021."""
    return year + (month - 1) // 12, (month - 1) % 12 + 1


@lru_cache(maxsize=1024)
def event_date(value: str, mod: str | None = None) -> str | None:
    """Return the EDTF date of an event from a TIMEX3 value and its mod; None for what is no date.

    A time of day is dropped. ON_OR_BEFORE opens the start (``../d``), ON_OR_AFTER the end (``d/..``); BEFORE and
    AFTER are read as these, for EDTF has no open bound that leaves the day itself out. APPROX becomes ``~``; the
    thirds of a month (START, MID, END) are its month, coarse as they are. A fiscal year is its April to March in days,
    so are its quarters and halves; a calendar quarter or half is its months. Values with X are kept, as ``XXXX-09-07``.
    """
    patterns = _patterns()
    timed = patterns["day"].match(value)
    date = timed[1] if timed else value
    if "XX" in date and date.replace("X", "").strip("-") == "":
        return None
    fiscal = patterns["fiscal"].match(date)
    part = patterns["part"].match(date)
    week = patterns["week"].match(date)
    if fiscal and (fiscal[2] or fiscal[3]):
        months = 3 if fiscal[2] else 6
        first = 4 + (int(fiscal[2] or fiscal[3]) - 1) * months
        begin, end = (_month(int(fiscal[1]), first + by) for by in (0, months - 1))
        date = f"{begin[0]}-{begin[1]:02d}-01/{end[0]}-{end[1]:02d}-{last_day(*end):02d}"
    elif fiscal:
        date = f"{fiscal[1]}-04-01/{int(fiscal[1]) + 1:04d}-03-31"
    elif week:
        monday = date_of_week(int(week[1]), int(week[2]))
        if monday is None:
            return None
        date = f"{monday + timedelta(days=5 if week[3] else 0)}/{monday + timedelta(days=6)}"
    elif part and part[4]:
        date = f"{part[1]}-{_SEASONS[part[4]]}"
    elif part:
        months = 3 if part[2] else 6
        last = int(part[2] or part[3]) * months
        date = f"{part[1]}-{last - months + 1:02d}/{part[1]}-{last:02d}"
    elif not patterns["plain"].match(date):
        return date if "/" in date and all(bounds(date)) else None
    if mod in ("ON_OR_BEFORE", "BEFORE"):
        return f"../{date.rpartition('/')[2]}"
    if mod in ("ON_OR_AFTER", "AFTER"):
        return f"{date.partition('/')[0]}/.."
    if mod == "APPROX" and "/" not in date:
        return f"{date}~"
    return date


def interval(first: str | None, last: str | None) -> str | None:
    """Return the EDTF interval from ``first`` to ``last``; a side that is None is open, both None give None.

    The outer ends of intervals are taken; two equal dates are that date.
    """
    if not first and not last:
        return None
    begin = first.partition("/")[0] if first else ".."
    end = last.rpartition("/")[2] if last else ".."
    return begin if begin == end else f"{begin}/{end}"
