"""Calendar arithmetic on TIMEX3 values: days a month has, eras, weekdays, distances. No clock is read."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import cache

WEEKDAYS = "月火水木金土日"


def is_day(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has that day; without a year, 29 February counts as a day."""
    if not 1 <= month <= 12 or day < 1:
        return False
    if year is not None and not 1 <= year <= 9999:
        return False
    return day <= monthrange(year if year is not None else 2000, month)[1]


def last_day(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return monthrange(year, month)[1]


def weekday_fits(year: int, month: int, day: int, weekday: str) -> bool:
    """Whether that day falls on ``weekday``, one of 月火水木金土日."""
    return is_day(year, month, day) and WEEKDAYS[date(year, month, day).weekday()] == weekday


@cache
def _parts_pattern() -> re.Pattern[str]:
    return re.compile(r"(\d{4}|X{4})(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?(?=T|$)")


def parts(value: str) -> tuple[int | None, int | None, int | None]:
    """Return (year, month, day) of a TIMEX3 date or time; None for what it leaves open or what is no date."""
    match = _parts_pattern().match(value)
    if match is None:
        return None, None, None
    year, month, day = (int(part) if part and "X" not in part else None for part in match.groups())
    return year, month, day


def day_of(value: str) -> date | None:
    """Return the day of a value that gives one, time of day dropped, else None."""
    year, month, day = parts(value)
    if year is None or month is None or day is None or not is_day(year, month, day):
        return None
    return date(year, month, day)


def compose(year: int | None, month: int | None, day: int | None, time: str = "") -> str:
    """Return the TIMEX3 value of what is known; an unknown part above a known one is X."""
    text = f"{year:04d}" if year is not None else "XXXX"
    if month is None and day is None and not time:
        return text
    text += f"-{month:02d}" if month is not None else "-XX"
    if day is None and not time:
        return text
    return text + (f"-{day:02d}" if day is not None else "-XX") + time


def shift_month(year: int | None, month: int, by: int) -> tuple[int | None, int]:
    """Return the month ``by`` months later; the year stays None when it is not known."""
    count = month - 1 + by
    return (None if year is None else year + count // 12), count % 12 + 1


def shift_day(year: int | None, month: int, day: int, by: int) -> tuple[int | None, int, int]:
    """Return the day ``by`` days later.

    Without a year a common year is assumed within the month; the year itself stays None.
    """
    if year is None:
        moved = date(2001, month, min(day, last_day(2001, month))) + timedelta(days=by)
        return None, moved.month, moved.day
    moved = date(year, month, day) + timedelta(days=by)
    return moved.year, moved.month, moved.day


@cache
def _distance_pattern() -> re.Pattern[str]:
    return re.compile(r"P(?:(\d+(?:\.5)?)Y)?(?:(\d+(?:\.5)?)M)?(?:(\d+(?:\.5)?)W)?(?:(\d+)D)?$")


@cache
def _hours_pattern() -> re.Pattern[str]:
    return re.compile(r"PT(?:(\d{1,5}(?:\.5)?)H)?(?:(\d{1,5})M)?(?:(\d{1,5})S)?$")


@cache
def _clock_pattern() -> re.Pattern[str]:
    return re.compile(r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})")


def _some(value: str, unit: str, sign: int) -> str | None:
    """数日 is two to six days, 数か月 two to six months: the month or year is known where both ends lie in it."""
    near, far = (move(value, f"P{count}{unit}", sign) for count in (2, 6))
    if near is None or far is None:
        return None
    if unit == "D":
        return f"{near[:7]}-XX" if near[:7] == far[:7] else f"{near[:4]}-XX-XX" if near[:4] == far[:4] else None
    return f"{near[:4]}-XX" if near[:4] == far[:4] else None


def move(value: str, distance: str, sign: int) -> str | None:
    """Return ``value`` moved by a duration such as ``P10M``; None when the value is coarser than the distance.

    The result is as coarse as the distance: a day moved by years is a year, by months a month, by hours a time.
    """
    few = re.fullmatch(r"PX([DM])", distance)
    if few:
        return _some(value, few[1], sign)
    hours = _hours_pattern().match(distance)
    if hours:
        clock = _clock_pattern().match(value)
        if clock is None:
            return None
        begin = day_of(value)
        if begin is None:
            return None
        step = timedelta(hours=float(hours[1] or 0), minutes=int(hours[2] or 0), seconds=int(hours[3] or 0))
        moved = datetime(begin.year, begin.month, begin.day, int(clock[4]) % 24, int(clock[5])) + sign * step
        return moved.strftime("%Y-%m-%dT%H:%M")
    match = _distance_pattern().match(distance)
    year, month, day = parts(value)
    if match is None or year is None:
        return None
    years, months, weeks, days = (float(part) if part else 0.0 for part in match.groups())
    if days or weeks:
        if month is None or day is None:
            return None
        return compose(*shift_day(year, month, day, sign * round(days + 7 * weeks)))
    if months:
        if month is None:
            return None
        moved_year, moved_month = shift_month(year, month, sign * round(months + 12 * years))
        return compose(moved_year, moved_month, None)
    return compose(year + sign * int(years), None, None) if years else None


def date_of_week(year: int, week: int) -> date | None:
    """Return the Monday of an ISO week, None where that year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def shift_business_days(day: date, by: int) -> date:
    """Return the day ``by`` working days later (earlier, when negative): week-ends and Japan's public holidays do not count."""
    import jpholiday

    step = timedelta(days=1 if by > 0 else -1)
    for _ in range(abs(by)):
        day += step
        while day.weekday() >= 5 or jpholiday.is_holiday(day):
            day += step
    return day
