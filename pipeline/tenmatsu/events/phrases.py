"""A sentence as the frames read it: each organisation one sign, with what belongs to its name folded into it.

A bunsetsu of Japanese ends in its particle. Where the names, which hold nearly all that could mislead (の, と, に in a
name; brackets, an alias in parentheses, 社 and グループ behind it), are folded into one sign each, the particles behind
the signs tell the cases, and no morphological analysis is needed for them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

FIRM, OFFICE, PRESS = "\ue000", "\ue001", "\ue002"
NEUTRAL = "\ue003"
ANY = f"[{FIRM}-{PRESS}]"
_LONGEST_ROW = 12  # organisations that act together; keeps the time linear
_OFFICES = ("authority", "police")
_PRESSES = ("media", "blog")


@dataclass(frozen=True, slots=True)
class Party:
    """A mention of an organisation: span, entity (several joined by |), kind of organisation."""

    start: int
    end: int
    entity: str
    kind: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One sign of ``Phrases.text``: its place there and whom it stands for."""

    at: int
    entity: str
    kind: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """``text`` is the sentence with a sign for each organisation; ``cuts`` are (offset in the sentence, in ``text``)."""

    text: str
    units: tuple[Unit, ...]
    cuts: tuple[tuple[int, int], ...]

    def place(self, offset: int) -> int:
        """Return the place in ``text`` of an offset into the sentence."""
        index = bisect_right(self.cuts, (offset, 1 << 62)) - 1
        if index < 0:
            return offset
        before, after = self.cuts[index]
        return after + offset - before


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "behind": re.compile(
            r"(?:グループ(?!会社|企業|各社|全体|内))?(?:\s?[（(][^（）()\n]{0,60}[）)])?(?:グループ(?!会社|企業|各社|全体|内)|側|さん|様(?!々|子)|社(?![内員会長名外屋史章債是宅用]))?"
        ),
        # 両社とも, 2社共に: each of them, which is the topic though no particle says so; behind names とも is "with … too"
        "each": re.compile(
            r"\s?(?:ともに(?![はもの])|とも(?!に)|共に|共(?=[、。)）])|いずれも|それぞれ(?![にへのがはで]))(?![はがのをへ]|連携|協力|協議|契約|相談|取引|情報共有|共有)"
        ),
        "many": re.compile(r"両|[0-9０-９二三四五六七八九十数]+[社行校院市町村者]$"),
        "joint": re.compile(r"\s?(?:と|や|及び|および|並びに|ならびに|、|・)\s?"),
    }


def sign(kind: str, *, main: bool) -> str:
    """Return the sign of an organisation of ``kind``; whom the document is about may suffer whatever it is."""
    if not main and kind in _OFFICES:
        return OFFICE
    return PRESS if kind in _PRESSES and not main else FIRM


def phrases(own: str, parties: Sequence[Party], busy: Sequence[tuple[int, int]], main: str | None) -> Phrases:
    """Return the sentence ``own`` with a sign for each of ``parties``, whose offsets are into ``own``.

    ``busy`` are the spans of triggers: what holds one is not folded away. と, や, 及び or ・ join organisations to one
    sign (AとBが); a comma does so only in a row that has one of these words, alone it may part two clauses.
    """
    if not parties:
        return Phrases(own, (), ())
    spans: list[tuple[int, int, Party]] = []
    behind = _patterns()["behind"]
    for party in parties:
        start, end = party.start, party.end
        if spans and start < spans[-1][1]:
            continue  # an alias in the parenthesis behind the name
        if start > 0 and end < len(own) and own[start - 1] in "「『" and own[end] in "」』":
            start, end = start - 1, end + 1
        more = behind.match(own, end)
        stop = more.end() if more else end
        if not any(a < stop and end < b for a, b in busy):
            end = stop
        spans.append((start, end, party))
    rows = _rows(own, spans, busy)
    each, many = _patterns()["each"], _patterns()["many"]
    pieces: list[str] = []
    units: list[Unit] = []
    cuts: list[tuple[int, int]] = []
    at = length = 0
    for start, end, entity, kind in rows:
        pieces.append(own[at:start])
        length += start - at
        units.append(Unit(length, entity, kind))
        pieces.append(sign(kind, main=entity == main))
        length += 1
        every = each.match(own, end) if "|" in entity and many.match(own, start) else None
        if every and not any(a < every.end() and end < b for a, b in busy):
            end = every.end()
            pieces.append("は")
            length += 1
        at = end
        cuts.append((end, length))
    pieces.append(own[at:])
    return Phrases("".join(pieces), tuple(units), tuple(cuts))


def _rows(
    own: str, spans: list[tuple[int, int, Party]], busy: Sequence[tuple[int, int]]
) -> list[tuple[int, int, str, str]]:
    """Join the spans that a word joins: (start, end, entities joined by |, kind of the last)."""
    rows: list[tuple[int, int, str, str]] = []
    open_from, words = 0, ""
    for index, (start, _, _) in enumerate(spans):
        between = None
        if index > open_from and index - open_from < _LONGEST_ROW:
            between = _patterns()["joint"].fullmatch(own, spans[index - 1][1], start)
        if index and between is None:
            rows += _joined(spans[open_from:index], words)
            open_from, words = index, ""
        elif between is not None:
            words += between.group().strip()
    if spans:
        rows += _joined(spans[open_from:], words)
    return rows


def _joined(row: list[tuple[int, int, Party]], words: str) -> list[tuple[int, int, str, str]]:
    if len(row) == 1 or not words.strip("、"):
        return [(start, end, party.entity, party.kind) for start, end, party in row]
    entities = dict.fromkeys(part for _, _, party in row for part in party.entity.split("|"))
    return [(row[0][0], row[-1][1], "|".join(entities), row[-1][2].kind)]


def without(sentence: Phrases, entities: Collection[str]) -> Phrases:
    """Return the sentence with the signs of ``entities`` made unreadable to every frame."""
    gone = [unit for unit in sentence.units if unit.entity in entities]
    if not gone:
        return sentence
    text = list(sentence.text)
    for unit in gone:
        text[unit.at] = NEUTRAL
    return Phrases("".join(text), tuple(u for u in sentence.units if u not in gone), sentence.cuts)
