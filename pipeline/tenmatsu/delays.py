"""The measures of an affair in whole days: dwell time, time to contain, time to disclose; intervals where dates are coarse."""

from __future__ import annotations

from datetime import date

from tenmatsu.times.edtf import bounds


def between(first: str | None, last: str | None) -> str | None:
    """Return the whole days from one EDTF date to another: 25, 10..31 where one is coarse, 10.. or ..31 where one is open.

    None where a date is missing or has no year, or where nothing bounds the days on either side. What may be negative
    (a detection that may lie before the intrusion) begins at 0: what came later cannot have come earlier.
    """
    if not first or not last:
        return None
    (a, b), (c, d) = bounds(first), bounds(last)
    least = (date.fromisoformat(c) - date.fromisoformat(b)).days if b and c else None
    most = (date.fromisoformat(d) - date.fromisoformat(a)).days if a and d else None
    if most is not None and most < 0:
        return None
    if least is not None and least <= 0:
        least = 0 if most is not None else None
    if least is None and most is None:
        return None
    if least == most:
        return str(least)
    return f"{'' if least is None else least}..{'' if most is None else most}"
