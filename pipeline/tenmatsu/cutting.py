"""Bytes that come in pieces, cut into lines or into the records of a CSV, in memory bounded by the longest that is wanted.

A line of 200 MB costs itself: what is longer than ``limit`` bytes comes as None, and what follows it comes as usual. All work on
bytes: in UTF-8, cp932 and EUC-JP no byte of a longer character is a line break, a comma or a quotation mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_LEFT_QUOTES = re.compile(rb'[",\r\n]')


class _Record:
    """The bytes of a record so far; those of one that grew beyond the limit are let go."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0

    def add(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._limit:
            self._parts.clear()
        elif piece:
            self._parts.append(piece)

    def taken(self) -> bytes | None:
        whole = b"".join(self._parts) if self._size <= self._limit else None
        self._parts, self._size = [], 0
        return whole

    def __bool__(self) -> bool:
        return self._size > 0


def lines(pieces: Iterable[bytes], limit: int) -> Iterator[bytes | None]:
    """Yield the lines of ``pieces`` without their line feeds; None for one of more than ``limit`` bytes."""
    record = _Record(limit)
    for piece in pieces:
        first, *more = piece.split(b"\n")
        record.add(first)
        for part in more:
            yield record.taken()
            record.add(part)
    if record:
        yield record.taken()


def csv_records(pieces: Iterable[bytes], limit: int) -> Iterator[bytes | None]:
    """Yield the records of a CSV as they are written, without their line breaks; None for one of more than ``limit`` bytes.

    A line break within a quoted field belongs to the field. A quotation mark opens a field only at its beginning, so that 5"
    within one is what it says.
    """
    record = _Record(limit)
    quoted, beginning, held = False, True, b""
    for piece in _and_end(pieces):
        whole = held + (piece or b"")
        start = at = 0
        end = len(whole)
        while at < end:
            if quoted:
                at = whole.find(b'"', at)
                if at < 0:
                    break
                if at + 1 == end and piece is not None:
                    end = at  # whether it closes the field the next piece says
                elif whole[at + 1 : at + 2] == b'"':
                    at += 2
                else:
                    quoted, at = False, at + 1
                continue
            hit = _LEFT_QUOTES.search(whole, at)
            if hit is None:
                beginning = False
                break
            here, mark = hit.start(), hit[0]
            beginning = beginning and here == at
            at = here + 1
            if mark == b'"':
                quoted, beginning = beginning, False
            elif mark == b",":
                beginning = True
            elif mark == b"\r" and at == end and piece is not None:
                end = here  # whether a line feed follows
                beginning = False
            else:
                record.add(whole[start:here])
                yield record.taken()
                if mark == b"\r" and whole[at : at + 1] == b"\n":
                    at += 1
                start, beginning = at, True
        record.add(whole[start:end])
        held = whole[end:]
    if record:
        yield record.taken()


def _and_end(pieces: Iterable[bytes]) -> Iterator[bytes | None]:
    yield from pieces
    yield None
