"""Rows of the tables into what a database stores, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import msgspec

from tenmatsu.store.schema import DAYS, DELAYS, EMPTY, SPANS
from tenmatsu.tables import TABLES, Row, columns
from tenmatsu.times.edtf import bounds

_PLAIN = frozenset(TABLES) - frozenset(DAYS) - frozenset(SPANS) - frozenset(DELAYS) - frozenset(EMPTY)
_DELAY = re.compile(r"([0-9]*)(\.\.)?([0-9]*)")


class UnfitError(ValueError):
    """A row that no database can hold; the message says why."""


def stored(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row, or some columns of one, with what stands beside them in a database.

    Raises UnfitError where a day is none.
    """
    found = dict(row)
    if table in _PLAIN:
        return found
    for name in DAYS.get(table, ()):
        if name in row:
            found[name] = _day(row[name])
    for name in SPANS.get(table, ()):
        if name in row:
            found[f"{name}_begin"], found[f"{name}_end"] = map(_day, bounds(row[name]))
    for name in DELAYS.get(table, ()):
        if name in row:
            found[f"{name}_min"], found[f"{name}_max"] = _delay(row[name])
    for name in EMPTY.get(table, ()):
        if name in row:
            found[name] = row[name] or None
    return found


def given(table: str, values: Sequence[Any]) -> Row:
    """Return the row that was stored, from the values of its columns in the order of ``tenmatsu.tables``."""
    row = dict(zip(_names(table), values, strict=True))
    for name in DAYS.get(table, ()):
        if row[name] is not None:
            row[name] = row[name].isoformat()
    for name in EMPTY.get(table, ()):
        row[name] = row[name] or ""
    return row


@cache
def _names(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in columns(table))


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        raise UnfitError(f"{iso!r} is no day of the calendar") from None


def _delay(days: str | None) -> tuple[int | None, int | None]:
    """The least and the most of 25, 10..31, 10.. or ..31."""
    hit = _DELAY.fullmatch(days or "")
    if hit is None:
        return None, None
    least = int(hit[1]) if hit[1] else None
    return least, (int(hit[3]) if hit[3] else None) if hit[2] else least


def check(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Raise UnfitError where a text in the rows of the tables is one that databases refuse."""
    try:
        # as JSON it is looked through at once; only what looks suspicious is looked at text by text
        if rb"\u0000" not in msgspec.json.encode(rows):
            return
    except UnicodeEncodeError:
        pass
    for table, found in rows.items():
        for row in found:
            for name, value in row.items():
                for text in _texts(value):
                    _fit(f"{table}.{name}", text)


def fits(text: str) -> bool:
    """Whether databases take a text."""
    return "\0" not in text and _encodes(text)


def _texts(value: object) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value if isinstance(value, list) else ()


def _encodes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _fit(place: str, text: str) -> None:
    if "\0" in text:
        raise UnfitError(f"{place} holds the character U+0000, which databases refuse: take it out of the document")
    if not _encodes(text):
        code = next(ord(char) for char in text if "\ud800" <= char <= "\udfff")
        raise UnfitError(f"{place} holds U+{code:04X}, half of a character: take it out of the document")
