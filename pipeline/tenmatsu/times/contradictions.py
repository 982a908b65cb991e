"""Where the printed times of one text contradict the calendar or each other; what is printed stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tenmatsu.times.calendar import WEEKDAYS, day_of, parts
from tenmatsu.times.find import FoundTime
from tenmatsu.times.resolve import Resolved, trusted_years


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Time ``place`` says ``value``, ``against`` (another time's place, or itself) says ``other``.

    ``kind`` is ``weekday`` (2月15日(水) fell on a Thursday) or ``year_typo`` (a date in a header whose month and day the
    text tells of another year); ``likely`` is the value thought right, None where nothing decides.
    """

    place: int
    kind: str
    value: str
    against: int
    other: str
    likely: str | None = None


def contradictions(
    found: Sequence[FoundTime], resolved: Sequence[Resolved], text: str, published: str | None = None
) -> list[Contradiction]:
    """Return the contradictions among the times that ``find`` and ``resolve`` gave, in the order of the text.

    ``published`` is the document's date in EDTF, as given to ``resolve``. Never raises.
    """
    out = []
    year = int(published[:4]) if published and published[:4].isdecimal() else None
    trusted = trusted_years(found, text, year)
    days: dict[str, dict[int, int]] = {}
    for place, got in enumerate(resolved):
        day = day_of(got.value)
        if day is not None and (place in trusted or parts(found[place].value_raw)[0] is None):
            days.setdefault(day.isoformat()[5:], {}).setdefault(day.year, place)
    for place, one in enumerate(found):
        day = day_of(resolved[place].value)
        if day is None:
            continue
        if one.weekday and WEEKDAYS[day.weekday()] != one.weekday:
            out.append(
                Contradiction(
                    place,
                    "weekday",
                    f"{day.isoformat()} {one.weekday}",
                    place,
                    f"{day.isoformat()} {WEEKDAYS[day.weekday()]}",
                )
            )
        told = days.get(day.isoformat()[5:], {})
        if place not in trusted and parts(one.value_raw)[0] is not None and len(told) == 1:
            ((other_year, where),) = told.items()
            if other_year != day.year:
                likely = f"{other_year:04d}{day.isoformat()[4:]}"
                out.append(Contradiction(place, "year_typo", day.isoformat(), where, likely, likely))
    return out
