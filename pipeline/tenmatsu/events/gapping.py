"""Clauses that share their verb: 甲は9月2日に、乙は9月4日に検知した tells of two, each with a day of its own.

Japanese leaves the verb out of all conjuncts but the last. What stands between the topic of one and that of the next is then
no clause of its own: a time or a count, with the particle that ties it to the verb to come. Such a trigger is one event
of several organisations; their days stand in the order of their names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tenmatsu.events.phrases import Phrases, Unit

_MOST = 12  # conjuncts of one verb; keeps the time linear


@dataclass(frozen=True, slots=True)
class Shared:
    """Conjuncts that share the verbs in ``start``..``end`` of the folded sentence; ``places`` are their spans, one a unit."""

    units: tuple[Unit, ...]
    places: tuple[tuple[int, int], ...]
    start: int
    end: int

    @property
    def org(self) -> str:
        """All their organisations, joined by ``|`` in the order of the text."""
        return "|".join(dict.fromkeys(part for unit in self.units for part in unit.entity.split("|")))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    number = "[0-9０-９一二三四五六七八九十百千万億数][0-9０-９一二三四五六七八九十百千万億,，.．]*"
    value = (
        rf"(?:{number}[ \u3000]?(?:[年月日時分件人名台通社枚点冊円校]|口座|アカウント|世帯|か月|カ月|ヶ月|週間)"
        r"(?:分|頃|ごろ|以上|余り|超|夜|朝|未明|夕方|午前|午後|半|中|[（(][月火水木金土日・祝]{1,3}[)）])*|同日|翌日|前日|当日)+"
    )
    return {
        "topic": re.compile(r" ?(?P<case>では|でも|においては|において|で|は|が|も)(?!な)、?"),
        # all that a conjunct without its verb may hold: a time or a count, and what it is of
        "gap": re.compile(
            rf"[^、。はが]{{0,24}}?{value}(?:の[^、。はがを]{{1,16}})?(?:に|から|まで|で|を|にそれぞれ|に[^、。はがを]{{1,16}}を)?、"
        ),
        "value": re.compile(value),
    }


def shared(sentence: Phrases) -> list[Shared]:
    """Return the rows of conjuncts in a folded sentence that share the verbs behind the last. Linear in the sentence."""
    if len(sentence.units) < 2:
        return []
    patterns, text = _patterns(), sentence.text
    topics = [(unit, hit) for unit in sentence.units if (hit := patterns["topic"].match(text, unit.at + 1))]
    found: list[Shared] = []
    at = 0
    while at < len(topics):
        row = [topics[at]]
        while at + 1 < len(topics) and len(row) < _MOST:
            (_, hit), (after, case) = row[-1], topics[at + 1]
            if hit["case"] != case["case"] or not patterns["gap"].fullmatch(text, hit.end(), after.at):
                break
            row.append(topics[at + 1])
            at += 1
        at += 1
        stop = topics[at][0].at if at < len(topics) else len(text)
        last = row[-1][1].end()
        if len(row) < 2 or not patterns["value"].search(text, last, stop):
            continue
        ends = [unit.at for unit, _ in row[1:]] + [stop]
        places = tuple((hit.end(), end) for (_, hit), end in zip(row, ends, strict=True))
        found.append(Shared(tuple(unit for unit, _ in row), places, last, stop))
    return found


def days(row: Shared, offered: Sequence[tuple[int, str]], taken: int) -> tuple[str, ...]:
    """Return the day of each conjunct where each has one and the trigger's own, at ``taken``, is the last's; else ().

    ``offered`` are the times of the sentence as (place in the folded sentence, EDTF), ``taken`` the place of the trigger's.
    """
    found = []
    for start, end in row.places:
        inside = [(place, day) for place, day in offered if start <= place < end]
        if not inside:
            return ()
        found.append(inside[0])
    return tuple(day for _, day in found) if found[-1][0] == taken else ()
