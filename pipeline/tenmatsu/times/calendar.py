"""Calendar arithmetic on TIMEX3 values: days a month has, eras, weekdays, distances. No clock is read."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

WEEKDAYS = "月火水木金土日"


@lru_cache(maxsize=1024)
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
    return re.compile(r"(\d{4}|X{4})(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?(?=T|$|-[SFWQH])")


@lru_cache(maxsize=1024)
def parts(value: str) -> tuple[int | None, int | None, int | None]:
    """Return (year, month, day) of a TIMEX3 date or time; None for what it leaves open or what is no date.

    A season, quarter, half or week (``2020-SU``) gives its year alone.
    """
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
    return re.compile(r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?$")


@cache
def _hours_pattern() -> re.Pattern[str]:
    return re.compile(r"PT(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?$")


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

    The result is as coarse as the distance: a day moved by years is a year, by months a month, by hours a time. None,
    too, where the calendar ends. Without a year a day moves by days as far as no 29 February may lie between.
    """
    try:
        moved = _moved(value, distance, sign)
    except (OverflowError, ValueError):
        return None
    return moved if moved is None or re.match(r"(?!0000)(?:\d{4}|X{4})(?:-|$)", moved) else None


def _moved(value: str, distance: str, sign: int) -> str | None:
    few = re.fullmatch(r"PX([DM])", distance)
    if few:
        return _some(value, few[1], sign)
    hours = _hours_pattern().match(distance)
    if hours:
        count, minutes, seconds = (float(part or 0) for part in hours.groups())
        return _moved_clock(value, sign * timedelta(hours=count, minutes=minutes, seconds=seconds))
    match = _distance_pattern().match(distance)
    if match is None:
        return None
    year, month, day = parts(value)
    years, months, weeks, days = (float(part) if part else 0.0 for part in match.groups())
    if days or weeks:
        if days % 1:
            return _moved_clock(value, sign * timedelta(days=days, weeks=weeks))
        return _moved_days(year, month, day, sign * round(days + 7 * weeks))
    if year is None:
        return None
    if months:
        return _moved_months(year, month, day, months + 12 * years, sign)
    if years % 1:
        return None if month is None else compose(shift_month(year, month, sign * round(12 * years))[0], None, None)
    return compose(year + sign * int(years), None, None) if years else None


def _moved_clock(value: str, step: timedelta) -> str | None:
    clock, begin = _clock_pattern().match(value), day_of(value)
    if clock is None or begin is None:
        return None
    moved = datetime(begin.year, begin.month, begin.day, int(clock[4]) % 24, int(clock[5])) + step
    return f"{moved.year:04d}-{moved:%m-%dT%H:%M}"


def _moved_days(year: int | None, month: int | None, day: int | None, by: int) -> str | None:
    if month is None or day is None:
        return None
    moved = shift_day(year, month, day, by)
    if year is None and ((month <= 2) != (moved[1] <= 2) or abs(by) > 300):
        return None
    return compose(*moved)


def _moved_months(year: int, month: int | None, day: int | None, count: float, sign: int) -> str | None:
    """Half a month is fifteen days; where the day is not known, it may be either of two months."""
    if month is None:
        return None
    new_year, new_month = shift_month(year, month, sign * int(count))
    assert new_year is not None
    fraction = count % 1
    if not fraction:
        return compose(new_year, new_month, None)
    if day is not None:
        within = min(day, last_day(new_year, new_month))
        moved_year, moved_month, _ = shift_day(new_year, new_month, within, sign * round(30 * fraction))
        return compose(moved_year, moved_month, None)
    other, _ = shift_month(new_year, new_month, sign)
    return f"{new_year:04d}-XX" if other == new_year else None


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


def nth_business_day(year: int, month: int, count: int) -> date:
    """Return the working day of that number in a month."""
    return shift_business_days(date(year, month, 1) - timedelta(days=1), count)
