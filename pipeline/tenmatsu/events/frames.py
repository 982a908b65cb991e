"""Case frames: which phrase of a sentence is the participant that an event is told of, as data.

A frame (``models/frames.jsonl``) says for which types of event it holds, what its participant is (an organisation, or words
for somebody without a name) and how it stands to the trigger: the particles behind it, what may lie between, what the
trigger is followed by. Frames are tried in the order of the file; the first that fits answers. Which participant a
predicate takes follows its case frame (Kawahara and Kurohashi 2006); here the frames are few and written by hand, one a
way of saying.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from tenmatsu.events.ontology import attack_side, event_types, response_side
from tenmatsu.events.phrases import ANY, FIRM, OFFICE, PRESS, Phrases, Unit
from tenmatsu.knowledge import load

_SIGNS = {"ORG": ANY, "FIRM": FIRM, "OFFICE": OFFICE, "PRESS": PRESS}
_CLASSES = {"org": ANY, "firm": FIRM, "office": OFFICE, "press": PRESS, "teller": f"[{OFFICE}{PRESS}]"}


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way of saying whose event it is.

    ``types``: attack, response (the sides of ``models/ontology.jsonl``), any, or event types; ``but`` takes types out.
    ``of``: firm (what may suffer), office (authorities, police), press, teller (office or press), org (any), words (``words`` is their
    pattern). Patterns are over the sentence with one sign for each organisation and may name ``<ORG>``, ``<FIRM>``,
    ``<OFFICE>``, ``<PRESS>`` and the slots of ``models/frame-slots.jsonl``. ``case`` stands right behind it, ``rest`` is all between that and the trigger, ``unless`` must not occur in it, ``closed`` not
    where the case is no は or も (が stays inside a clause that closes before the trigger),
    ``nowhere`` not in all that stands before the trigger, ``behind`` follows the trigger, ``not_behind`` does not,
    ``trigger`` is found in the trigger itself. ``reach``: nearest (only the nearest participant of the class may fit) or any
    (the nearest that fits). ``side``: before the trigger, or after it. ``gives``: party, nobody (it has no name) or main
    (the document's). ``how`` is the word of the column org_by. Examples mark the trigger as {…} and organisations as
    [firm], [@office], [#press]; the participant to be found is [!firm].
    """

    id: str
    types: list[str]
    of: str
    gives: str
    how: str
    positive: list[str]
    negative: list[str]
    note: str = ""
    but: list[str] = []
    words: str = ""
    case: str = ""
    rest: str = ""
    unless: str = ""
    closed: str = ""
    nowhere: str = ""
    behind: str = ""
    not_behind: str = ""
    trigger: str = ""
    reach: str = "any"
    side: str = "before"


class FrameSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part that frames share, written ``<NAME>`` in their patterns."""

    id: str
    name: str
    pattern: str
    note: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What a frame found: the participant, None for somebody without a name; ``main`` where the document's is meant."""

    frame: Frame
    unit: Unit | None
    main: bool = False


@dataclass(frozen=True, slots=True)
class _Ready:
    frame: Frame
    types: frozenset[str]
    candidate: re.Pattern[str]
    case: re.Pattern[str] | None
    rest: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    closed: re.Pattern[str] | None
    nowhere: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    not_behind: re.Pattern[str] | None
    trigger: re.Pattern[str] | None


def expand(pattern: str) -> str:
    """Return a frame's pattern with its slots and signs filled in. Raises KeyError for a slot that does not exist."""
    slots = {slot.name: slot.pattern for slot in load("frame-slots", FrameSlot)} | _SIGNS
    while True:
        filled = re.sub(r"<([A-Z_]+)>", lambda match: slots[match[1]], pattern)
        if filled == pattern:
            return filled
        pattern = filled


def _types(frame: Frame) -> frozenset[str]:
    sides = {"attack": attack_side(), "response": response_side(), "any": frozenset(event_types())}
    held: frozenset[str] = frozenset()
    for one in frame.types:
        held |= sides.get(one, frozenset((one,)))
    return held - frozenset(frame.but)


@cache
def _ready() -> tuple[_Ready, ...]:
    def compiled(pattern: str) -> re.Pattern[str] | None:
        return re.compile(expand(pattern)) if pattern else None

    return tuple(
        _Ready(
            frame,
            _types(frame),
            re.compile(expand(frame.words) if frame.of == "words" else _CLASSES[frame.of]),
            compiled(frame.case),
            compiled(frame.rest),
            compiled(frame.unless),
            compiled(frame.closed),
            compiled(frame.nowhere),
            compiled(frame.behind),
            compiled(frame.not_behind),
            compiled(frame.trigger),
        )
        for frame in load("frames", Frame)
    )


@cache
def _of_type(kind: str) -> tuple[_Ready, ...]:
    return tuple(ready for ready in _ready() if kind in ready.types)


def fill(sentence: Phrases, start: int, end: int, kind: str, main: str | None = None) -> Filled | None:
    """Return what the first frame finds that fits the trigger at ``start``..``end`` of ``sentence.text``, else None.

    ``kind`` is the type of the event. Words that are part of the name of ``main`` are nobody's: 大学は in the notice of a
    university. Time is linear in the sentence for each frame and organisation.
    """
    text = sentence.text
    for ready in _of_type(kind):
        frame = ready.frame
        if ready.trigger and not ready.trigger.search(text, start, end):
            continue
        if (ready.behind and not ready.behind.match(text, end)) or (
            ready.not_behind and ready.not_behind.match(text, end)
        ):
            continue
        if ready.nowhere and ready.nowhere.search(text, 0, start):
            continue
        found = _participant(ready, text, start, end, main or "")
        if found is None:
            continue
        unit = next((u for u in sentence.units if u.at == found), None) if frame.gives == "party" else None
        return Filled(frame, unit, frame.gives == "main")
    return None


def _participant(ready: _Ready, text: str, start: int, end: int, main: str) -> int | None:
    """The place of the participant that fits, the nearest to the trigger."""
    frame = ready.frame
    if frame.side == "after":
        for hit in ready.candidate.finditer(text, end):
            if ready.case is None or ready.case.match(text, hit.end()):
                return hit.start()
            if frame.reach == "nearest":
                return None
        return None
    for hit in reversed(list(ready.candidate.finditer(text, 0, start))):
        if frame.gives == "nobody" and hit.group() and hit.group().rstrip("はが側") in main:
            continue
        if _fits(ready, text, hit.end(), start):
            return hit.start()
        if frame.reach == "nearest":
            return None
    return None


def _fits(ready: _Ready, text: str, at: int, start: int) -> bool:
    """Whether the participant that ends at ``at`` stands to the trigger at ``start`` as the frame asks."""
    if ready.case:
        case = ready.case.match(text, at)
        if case is None or case.end() > start:
            return False
        at = case.end()
        if ready.closed and not case.group().endswith(("は", "も")) and ready.closed.search(text, at, start):
            return False
    if ready.rest and not ready.rest.fullmatch(text, at, start):
        return False
    return ready.unless is None or ready.unless.search(text, at, start) is None
