"""Whose a place in the text is, where a document tells of several victims: by tag, column, event, subject, heading."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from tenmatsu.events.ontology import attack_side
from tenmatsu.records import Document, Event, Line, Mention

NAMED = frozenset(("column", "tag", "subject", "victim", "section", "topic", "agent"))


@cache
def _marked() -> re.Pattern[str]:
    return re.compile(r"[^、。はがを]{0,12}?(?:は|が|では|で|において|における|の|に|へ|も)")


class Scopes:
    """The victims that the places of one document speak of; built once, asked many times."""

    def __init__(
        self, document: Document, events: Sequence[Event], mentions: Sequence[Mention], chosen: Sequence[str | None]
    ) -> None:
        """Index what names one of ``chosen`` (the victims of the cards, the main one first)."""
        self._text, self._lines = document.text, document.lines
        self._names = [name for name in chosen if name]
        known = set(self._names)
        self._line_starts = [line.start for line in document.lines]
        self._sentences = sorted((s.start, s.end) for s in document.sentences)
        self._events: dict[int, list[Event]] = {}
        self._headings: dict[int, frozenset[str]] = {}
        self._mentions = [(m.start, m.end, part) for m in mentions for part in m.entity.split("|") if part in known]
        self._mentions.sort()
        self._at: dict[int, frozenset[str]] = {}
        self._heads: dict[str, frozenset[str]] = {}
        if len(self._names) < 2:
            return
        for event in events:
            self._events.setdefault(event.sentence_start, []).append(event)
            if event.org_by == "section" and event.org in known:
                self._headings[self._line(event.start).heading] = frozenset((event.org,))
        for line in document.lines:
            if line.role == "heading":
                named = {name for _, _, name in self._between(line.start, line.end)}
                if len(named) == 1:
                    self._headings.setdefault(line.number, frozenset(named))

    def _line(self, place: int) -> Line:
        return self._lines[max(0, bisect_right(self._line_starts, place) - 1)]

    def _between(self, start: int, end: int) -> list[tuple[int, int, str]]:
        return self._mentions[bisect_left(self._mentions, (start,)) : bisect_left(self._mentions, (end,))]

    def at(self, place: int) -> frozenset[str]:
        """Return the victims that ``place`` (a code point) speaks of; empty where only the document as a whole is."""
        if len(self._names) < 2 or not self._lines:
            return frozenset(self._names)
        found = self._at.get(place)
        if found is None:
            found = self._at[place] = self._found(place)
        return found

    def named(self, start: int, end: int) -> frozenset[str]:
        """Return the victims that ``text[start:end]`` names."""
        return frozenset(name for _, _, name in self._between(start, end))

    def tagged(self, place: int) -> frozenset[str]:
        """Return the victims that a tag 【…】 or a column's head gives to ``place``."""
        if len(self._names) < 2 or not self._lines:
            return frozenset()
        line = self._line(place)
        cell = line.cell_at(place, place + 1)
        head = line.tag or (line.cells[cell].header if cell is not None else "")
        return self._headed(head) if head else frozenset()

    def _headed(self, head: str) -> frozenset[str]:
        """The victims that a tag or a column's head names, in a longer or a shorter form."""
        found = self._heads.get(head)
        if found is None:
            found = frozenset(name for name in self._names if head in name or name in head)
            self._heads[head] = found
        return found

    def _found(self, place: int) -> frozenset[str]:
        tagged = self.tagged(place)
        if tagged:
            return tagged
        line = self._line(place)
        at = bisect_right(self._sentences, (place, len(self._text) + 1)) - 1
        start, end = self._sentences[at] if at >= 0 and self._sentences[at][1] > place else (line.start, line.end)
        told = self._told(start, place) or self._subject(start, end, place)
        # a sentence that names nobody goes on about whom the sentence before it in the line named
        while not told and at > 0 and self._sentences[at - 1][0] >= line.start:
            at -= 1
            start, end = self._sentences[at]
            told = self._told(start, end) or self._subject(start, end, end)
            if line.end - line.start > 2000:
                break
        return told or self._headings.get(line.heading, frozenset())

    def _told(self, sentence: int, place: int) -> frozenset[str]:
        """The victims of the event nearest to a place of its sentence whose organisation the words name."""
        named = [
            (event.type not in attack_side(), abs(event.start - place), event)
            for event in self._events.get(sentence, ())
            if event.org_by in NAMED and event.org and set(event.org.split("|")) & set(self._names)
        ]
        if not named:
            return frozenset()
        org = min(named, key=lambda one: one[:2])[2].org or ""
        return frozenset(org.split("|")) & frozenset(self._names)

    def _subject(self, start: int, end: int, place: int) -> frozenset[str]:
        inside = self._between(start, end)
        names = {name for _, _, name in inside}
        if len(names) == 1:
            return frozenset(names)
        before = [name for a, b, name in inside if b <= place and _marked().match(self._text, b)]
        return frozenset(before[-1:])
