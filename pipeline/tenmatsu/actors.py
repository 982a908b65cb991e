"""Whom a text holds responsible: a group that claims the attack, a nation that experts name, a person arrested.

The frames are the groups ``actor`` and ``known_frame`` of ``models/card-cues.jsonl``; the names of known groups are
``models/threat-actors.jsonl``. The name of a group alone may be that of its malware, so it needs a frame beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

import msgspec

from tenmatsu.cues import grouped
from tenmatsu.knowledge import load
from tenmatsu.records import Document

_BESIDE = 40  # code points on either side of a known name in which a frame must stand
_SILENT = frozenset(("advice", "glossary", "sources", "contact", "history"))


class ActorRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A publicly named group: ``kind`` is ransomware, apt or other, ``forms`` are how texts write it."""

    id: str
    name: str
    kind: str
    forms: list[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """An attribution: the half-open span of the actor's name in the document, and that text."""

    start: int
    end: int
    text: str


@cache
def _known() -> re.Pattern[str]:
    forms = sorted((form for rule in load("threat-actors", ActorRule) for form in rule.forms), key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, forms))})(?![A-Za-z0-9])")


@cache
def _groups() -> frozenset[str]:
    """The forms of groups that are no malware's name."""
    return frozenset(
        form for rule in load("threat-actors", ActorRule) if rule.kind != "ransomware" for form in rule.forms
    )


def find(document: Document) -> list[Actor]:
    """Return the attributions of ``document`` in the order of the text; denied and open ones are left out."""
    cues, text = grouped("card-cues"), document.text
    line_starts = [line.start for line in document.lines]
    found: dict[int, Actor] = {}

    def keep(start: int, end: int, behind: int) -> None:
        line = document.lines[bisect_right(line_starts, start) - 1] if line_starts else None
        if line is not None and line.section in _SILENT:
            return
        if not cues["actor_denied"].match(text[behind : behind + 60]):
            found.setdefault(start, Actor(start, end, text[start:end]))

    for hit in cues["actor"].finditer(text):
        name = next(group for group, value in hit.groupdict().items() if value)
        end = hit.end(name)
        gloss = re.compile(r"[(（][A-Za-z][A-Za-z0-9 .]{1,20}[)）]").match(text, end)
        keep(hit.start(name), gloss.end() if gloss else end, hit.end(name))
    for hit in _known().finditer(text):
        left, right = text[max(0, hit.start() - _BESIDE) : hit.start()], text[hit.end() : hit.end() + _BESIDE]
        beside = re.split(r"[。\n]", left)[-1] + "\0" + re.split(r"[。\n]", right)[0]
        if cues["known_frame"].search(beside) or (hit[0] in _groups() and re.match(r"」?による", right)):
            keep(hit.start(), hit.end(), hit.end())
    return [found[start] for start in sorted(found)]
