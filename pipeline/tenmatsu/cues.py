"""Cues that are one pattern each: ``models/<name>.jsonl`` with id, group, pattern and examples, compiled by group."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from tenmatsu.knowledge import load
from tenmatsu.screen import Screen


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern of one ``group``; it is found in each of ``positive`` and in none of ``negative``."""

    id: str
    group: str
    pattern: str
    positive: list[str]
    negative: list[str]


@cache
def grouped(name: str) -> dict[str, re.Pattern[str]]:
    """Return the patterns of ``models/<name>.jsonl`` by group, those of one group joined in file order."""
    groups: dict[str, list[str]] = {}
    for cue in load(name, Cue):
        groups.setdefault(cue.group, []).append(cue.pattern)
    return {group: re.compile("|".join(f"(?:{one})" for one in patterns)) for group, patterns in groups.items()}


@cache
def _screen(name: str) -> Screen:
    return Screen(grouped(name).values())


def possible_groups(name: str, text: str) -> set[str]:
    """Return the groups of ``models/<name>.jsonl`` whose patterns can match somewhere in ``text``; all others cannot."""
    groups = list(grouped(name))
    return {groups[number] for number in _screen(name).possible(text)}
