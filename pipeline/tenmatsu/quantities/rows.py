"""The rows of the quantities table: each count with the event that it measures and how sure it is.

A count takes its factuality from the event of its clause, else of its sentence, else, where its sentence tells of no
such event (対象は…件です, an item below a lead), from the last one before it under the same heading. A part is no surer
than its whole, and a figure said again no surer than when it was first given.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from tenmatsu.events import factuality
from tenmatsu.events.ontology import attack_side
from tenmatsu.quantities.classify import ClassifiedQuantity, classify
from tenmatsu.quantities.find import find
from tenmatsu.records import Document, Event, Line, Quantity

_REACH = 600  # code points that a lead may stand before the counts that it is said of
_SILENT = frozenset(("contact", "furniture", "history"))
_UNSURE = frozenset(("possible", "negated", "planned"))
_OF_LEAK = frozenset(("data_leak", "error"))
_OF_INFECTION = frozenset(("infection", "lateral_movement", "encryption", "intrusion"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "part": re.compile(r"うち[^。]*$|^[^。]{0,3}[（(][^（()）。]*$|^[、・][^（()）。]{0,20}$"),
        # the count closes its clause, so that what it measures was named before it (感染の疑いは30台、)
        "closes": re.compile(
            r"[)）]?(?:で(?:、|。|す|し|あ)|だ(?:った|。)|です|、|。|$|\n|に(?:上|のぼ|達|及)|となり|となる)"
        ),
        "found": re.compile("確認|判明|断定|認め"),
        "doubt": re.compile(r"(?:疑い|可能性|おそれ|恐れ)[のが](?:ある|あった|高い)[^、。]{0,24}$"),
        "guess": re.compile(
            r"^[^。]{0,60}?(?:とみて(?:調べ|捜査|調査|い)|とみられ|と(?:推定|推測)され|の?(?:疑い|可能性|おそれ|恐れ)(?:が|も|は|の)(?:ある|あり|あった|高|否定))"
        ),
    }


def rows(document: Document, events: Sequence[Event]) -> list[Quantity]:
    """Return the counts that measure the incident in order of place. Linear in the length of the document."""
    text = document.text
    counted = classify(text, find(text), [(s.start, s.end) for s in document.sentences], document.lines)
    line_starts = [line.start for line in document.lines]
    sentences = sorted(document.sentences, key=lambda s: s.start)
    sentence_starts = [s.start for s in sentences]
    ordered = sorted(events, key=lambda e: e.start)
    starts = [e.start for e in ordered]
    told: dict[tuple[float | None, float | None, str], str] = {}
    out: list[Quantity] = []
    for one in counted:
        line = document.lines[bisect_right(line_starts, one.start) - 1]
        if not one.measures or line.role in _SILENT:
            continue
        place = bisect_right(sentence_starts, one.start) - 1
        sentence = sentences[place] if place >= 0 and one.start < sentences[place].end else None
        begin, stop = (sentence.start, sentence.end) if sentence else (line.start, line.end)
        near = ordered[bisect_left(starts, begin) : bisect_left(starts, stop)]
        owner = own = _owner(text, one, near)
        value = "asserted"
        if one.of in ("leaked", "infected", "affected"):
            value = _factuality(text, begin, stop, one, owner)
            if owner is None and _measures_no_event(near) and not one.rule.startswith("Q.card"):
                lead = _lead(one, line, document, ordered[: bisect_left(starts, begin)], line_starts)
                if lead is not None:
                    owner, value = lead, (lead.factuality if value == "asserted" else value)
            if value == "asserted" and one.of == "leaked" and line.section == "leaked_possible":
                value = "possible" if owner is None or owner.factuality != "asserted" else value
            value = _no_surer(text, one, value, out, begin, told, own is not None)
        out.append(
            Quantity(
                document.doc_id,
                f"{document.doc_id}-q{one.start}",
                one.start,
                one.end,
                text[one.start : one.end],
                one.min,
                one.max,
                one.unit,
                one.of,
                one.data_kind,
                value,
                owner.event_id if owner else None,
                one.rule,
            )
        )
    return out


def _fits(one: ClassifiedQuantity, event: Event) -> bool:
    """Whether a count of its role can measure an event of its type."""
    if one.of == "leaked":
        return event.type in _OF_LEAK
    if one.of == "infected":
        return event.type in _OF_INFECTION
    if one.of == "affected":
        return event.type in attack_side()
    if one.of == "examined":
        return event.type in ("investigation", "finding")
    return True


def _owner(text: str, one: ClassifiedQuantity, near: Sequence[Event]) -> Event | None:
    """The event of the sentence that the count measures: the nearest of its clause, behind it unless it closes it."""
    fitting = [event for event in near if _fits(one, event)]
    if not fitting:
        return None
    closes = _patterns()["closes"].match(text, one.end) is not None

    def far(event: Event) -> tuple[int, bool, int]:
        after = event.start >= one.end
        gap = text[one.end : event.start] if after else text[event.end : one.start]
        return min(gap.count("、"), 3), after == closes, len(gap)

    return min(fitting, key=far)


def _measures_no_event(near: Sequence[Event]) -> bool:
    """Whether a sentence tells of nothing that was done to the victim, so that its counts are said of what came before."""
    return not any(event.type in attack_side() for event in near)


def _lead(
    one: ClassifiedQuantity, line: Line, document: Document, before: Sequence[Event], line_starts: list[int]
) -> Event | None:
    """The last event of the count's kind before its sentence, within reach and under the same heading."""
    for event in reversed(before):
        if one.start - event.start > _REACH:
            return None
        if not _fits(one, event) or (
            one.of != "leaked" and (event.factuality == "negated" or event.type == "data_leak")
        ):
            continue
        there = document.lines[bisect_right(line_starts, event.start) - 1]
        if there.number == line.heading or (there.heading == line.heading and there.section == line.section):
            return event
        return None
    return None


def _factuality(text: str, begin: int, stop: int, one: ClassifiedQuantity, owner: Event | None) -> str:
    patterns = _patterns()
    if one.rule.startswith("Q.card") and one.max == 0:
        return "asserted"  # 漏えい人数 0 states the figure, however sure the leak is
    if owner is not None:
        gap = text[one.end : owner.start] if owner.start >= one.end else text[owner.end : one.start]
        if "。" not in gap and len(gap) <= 80 and not ("、" in gap and patterns["found"].search(gap)):
            return owner.factuality if owner.factuality in _UNSURE else "asserted"
    if factuality.judge(text[begin:stop], one.start - begin, one.end - begin).value == "possible":
        return "possible"
    if patterns["doubt"].search(text[max(begin, one.start - 40) : one.start]):
        return "possible"
    if owner is None and patterns["guess"].match(text[one.end : min(stop, one.end + 80)]):
        return "possible"
    return "asserted"


def _no_surer(
    text: str,
    one: ClassifiedQuantity,
    value: str,
    out: list[Quantity],
    begin: int,
    told: dict[tuple[float | None, float | None, str], str],
    own: bool,
) -> str:
    """A part takes from its whole (132台で、そのうち…9台), a repeated figure without an event of its ``own`` from the first."""
    whole = out[-1] if out and begin <= out[-1].start else None
    if (
        whole is not None
        and value == "asserted"
        and whole.factuality in ("possible", "negated")
        and _patterns()["part"].search(text[whole.end : one.start])
        and not _patterns()["found"].search(text[whole.end : one.start])
    ):
        value = whole.factuality
    figure = (one.min, one.max, one.unit)
    if value == "asserted" and not own and one.rule.endswith("R.repeated"):
        value = told.get(figure, value)
    told.setdefault(figure, value)
    return value
