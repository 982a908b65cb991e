"""How the attackers got in (vectors) and what a text names as the reason (root causes).

The rules are ``models/causes.jsonl``, what bars a mention or makes it a reason ``models/cause-cues.jsonl``. A mention
counts in a sentence that states what happened; negated, general,
advisory, conjectural and preventive sentences do not. A root cause needs a sentence that gives a reason (原因は…,
…したため), unless the words themselves name a failing (設定不備, 確認不足).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from tenmatsu.cues import grouped
from tenmatsu.knowledge import load
from tenmatsu.screen import Screen


class CauseRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A family of words for one value; ``role`` is vector, root or both.

    ``near`` must occur in the same sentence; ``itself``: the words are a reason without more ado.
    """

    id: str
    value: str
    role: str
    weight: float
    pattern: str
    positive: list[str]
    negative: list[str]
    near: str = ""
    not_before: str = ""
    not_after: str = ""
    itself: bool = False


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause named in a text: its value (annotation guide, section 5), half-open span, rule and weight (0 to 1)."""

    value: str
    start: int
    end: int
    text: str
    rule: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: CauseRule
    pattern: re.Pattern[str]
    near: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None


@cache
def _rules() -> tuple[_Compiled, ...]:
    def made(pattern: str, behind: bool = False) -> re.Pattern[str] | None:
        return re.compile(f"(?:{pattern.removesuffix('$')})$" if behind else pattern) if pattern else None

    return tuple(
        _Compiled(rule, re.compile(rule.pattern), made(rule.near), made(rule.not_before, True), made(rule.not_after))
        for rule in load("causes", CauseRule)
    )


@cache
def _screen() -> Screen:
    return Screen(compiled.pattern for compiled in _rules())


def find(text: str, spans: Iterable[tuple[int, int]]) -> tuple[list[Cause], list[Cause]]:
    """Return the vectors and the root causes named in ``text[start:end]`` of each of ``spans`` (sentences), in order.

    Spans are half-open code points of ``text``. A value may come several times, once a mention. The general value
    malware is dropped where fileless_malware is named, unknown where anything is known.
    """
    vectors: list[Cause] = []
    roots: list[Cause] = []
    guards = grouped("cause-cues")
    for start, end in spans:
        sentence = text[start:end]
        named = _screen().possible(sentence)
        if not named:
            continue
        reason = bool(guards["reason"].search(sentence))
        if guards["talk"].search(sentence) or (not reason and guards["plan"].search(sentence)):
            continue
        told = _mentions(sentence, named)
        for compiled, a, b in told:
            rule = compiled.rule
            cause = Cause(rule.value, start + a, start + b, sentence[a:b], rule.id, rule.weight)
            if rule.role in ("vector", "both"):
                vectors.append(cause)
            if rule.role in ("root", "both") and (rule.itself or reason):
                roots.append(cause)
    return settled(vectors), settled(roots)


def _mentions(sentence: str, named: Sequence[int]) -> list[tuple[_Compiled, int, int]]:
    """Those of the rules ``named`` that hold in a sentence with their spans, by place; a word serves the first of one value."""
    found: list[tuple[_Compiled, int, int]] = []
    negated = grouped("cause-cues")["negated"]
    rules = _rules()
    for number in named:
        compiled = rules[number]
        if compiled.near is not None and not compiled.near.search(sentence):
            continue
        for hit in compiled.pattern.finditer(sentence):
            left, right = sentence[max(0, hit.start() - 16) : hit.start()], sentence[hit.end() : hit.end() + 60]
            if compiled.not_before is not None and compiled.not_before.search(left):
                continue
            if compiled.not_after is not None and compiled.not_after.match(right):
                continue
            # a failing is itself worded as something not done, so only 〜ではない denies it
            if not compiled.rule.itself and negated.search(right):
                continue
            found.append((compiled, hit.start(), hit.end()))
    return sorted(found, key=lambda one: (one[1], one[2]))


def settled(found: list[Cause]) -> list[Cause]:
    """Return ``found`` without the general values that a particular one displaces (malware, unknown)."""
    values = {one.value for one in found}
    drop = set()
    if "fileless_malware" in values:
        drop.add("malware")
    if values - {"unknown"}:
        drop.add("unknown")
    return [one for one in found if one.value not in drop]
