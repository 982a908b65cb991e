"""Kinds of data (models/data-kinds.jsonl): where a text names them, longest form first."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from tenmatsu.knowledge import load


class DataKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of data and its forms; ``attribute`` marks what is one column of a record (氏名, 住所)."""

    id: str
    category: str
    forms: list[str]
    positive: list[str]
    negative: list[str]
    attribute: bool = False


@cache
def _automaton() -> tuple[Any, tuple[DataKind, ...]]:
    import ahocorasick_rs

    owners = {form: kind for kind in load("data-kinds", DataKind) for form in kind.forms}
    machine = ahocorasick_rs.AhoCorasick(list(owners), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return machine, tuple(owners.values())


def data_kinds(text: str, start: int, end: int) -> list[tuple[str, tuple[int, int]]]:
    """Return (kind id, span) of each kind of data named in ``text[start:end]``, in order, longest match first.

    Spans are half-open code points of ``text``.
    """
    machine, owners = _automaton()
    return [
        (owners[which].id, (start + a, start + b)) for which, a, b in machine.find_matches_as_indexes(text[start:end])
    ]


@cache
def attributes() -> frozenset[str]:
    """Return the ids of the kinds that are one column of a record."""
    return frozenset(kind.id for kind in load("data-kinds", DataKind) if kind.attribute)
