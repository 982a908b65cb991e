"""Finding triggers: the words that name a happening, with their type.

The lexicon is ``models/triggers.jsonl``. An Aho-Corasick automaton finds the literal forms (leftmost, longest);
a rule then looks at what stands before and behind in the sentence, and its senses choose among types. Rules of
type ``none`` consume look-alikes (感染経路, 不正アクセス禁止法), so that no shorter form fires inside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from tenmatsu.knowledge import load
from tenmatsu.tokenize import Token, compound_after, tokens

# what may be glued behind a verb noun without making another thing of it: 調査開始, 遮断対応, 流出可能性
_LIGHT = re.compile(
    r"(?:中|後|前|済み?|完了|開始|実施|発生|被害|拡大|作業|活動|対応|措置|処理|要請|依頼|行為|受領|受理|提出|懸念|可能性|おそれ|恐れ|疑い|等|など|的|継続|終了|以降|当初|次第|直後|攻撃|対象)+$|(?:可能性|懸念|疑い)|[0-9０-９]"
)


class Sense(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reading of a trigger: the type it has when ``before``/``after`` match and, if given, ``first`` agrees.

    ``first`` true holds while nothing has been detected yet in the document, false holds after that.
    """

    type: str
    before: str = ""
    after: str = ""
    first: bool | None = None
    forms: list[str] = []


class TriggerRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A family of trigger forms of one type; patterns are searched in the sentence before and behind the form."""

    id: str
    type: str
    forms: list[str]
    before: str = ""
    after: str = ""
    not_before: str = ""
    not_after: str = ""
    senses: list[Sense] = []
    positive: list[str] = []
    negative: list[str] = []


@dataclass(frozen=True, slots=True)
class FoundTrigger:
    """A trigger in a text: half-open span in code points, type before the document is known, rule id."""

    start: int
    end: int
    text: str
    type: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: TriggerRule
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    senses: tuple[tuple[Sense, re.Pattern[str] | None, re.Pattern[str] | None], ...]


def _behind(pattern: str) -> re.Pattern[str] | None:
    if not pattern:
        return None
    return re.compile(pattern if pattern.endswith(("$", "$)")) else f"(?:{pattern})$")


@cache
def _compiled() -> tuple[_Compiled, ...]:
    out = []
    for rule in load("triggers", TriggerRule):
        senses = tuple(
            (sense, _behind(sense.before), re.compile(sense.after) if sense.after else None) for sense in rule.senses
        )
        out.append(
            _Compiled(
                rule,
                _behind(rule.before),
                re.compile(rule.after) if rule.after else None,
                _behind(rule.not_before),
                re.compile(rule.not_after) if rule.not_after else None,
                senses,
            )
        )
    return tuple(out)


@cache
def _automaton() -> tuple[Any, tuple[tuple[int, ...], ...]]:
    """The automaton over all forms, and for each form the rules that own it, in file order."""
    import ahocorasick_rs

    owners: dict[str, list[int]] = {}
    for index, compiled in enumerate(_compiled()):
        for form in compiled.rule.forms:
            owners.setdefault(form, []).append(index)
    forms = tuple(owners)
    machine = ahocorasick_rs.AhoCorasick(list(forms), matchkind=ahocorasick_rs.MatchKind.Standard)
    return machine, tuple(tuple(owners[form]) for form in forms)


WINDOW = 48  # code points of context that a rule may look at on either side; the longest pattern needs 44


def candidates(text: str) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return every (start, end, rules) of a form in ``text``, overlapping ones included, by start and length."""
    machine, owners = _automaton()
    hits = machine.find_matches_as_indexes(text, overlapping=True)
    return sorted(((start, end, owners[which]) for which, start, end in hits), key=lambda hit: (hit[0], -hit[1]))


def find(sentence: str, detected: bool = False) -> list[FoundTrigger]:
    """Return the triggers of one sentence in order, none inside another; offsets are into ``sentence``.

    ``detected`` tells whether the document has already shown that the incident was noticed; it decides between
    detection and finding where a rule asks for it.
    """
    found: list[FoundTrigger] = []
    row = None
    at = 0
    pending = candidates(sentence)
    for start, end, rules in pending:
        if start < at:
            continue
        for index in rules:
            compiled = _compiled()[index]
            rule = compiled.rule
            left, right = sentence[max(0, start - WINDOW) : start], sentence[end : end + WINDOW]
            if rule.type == "none":
                if _applies(compiled, left, right):
                    at = end
                    break
                continue
            if not _applies(compiled, left, right):
                continue
            if row is None:
                row = tokens(sentence)
            glued = compound_after(row, end)
            if glued and not _LIGHT.match(glued) and not re.match("[ぁ-ん]", glued):
                continue
            if _inside_word(row, start, end):
                continue
            kind = _sense(compiled, sentence[start:end], left, right, detected)
            found.append(FoundTrigger(start, end, sentence[start:end], kind, rule.id))
            if kind == "detection":
                detected = True
            at = end
            break
    return found


def _inside_word(row: list[Token], start: int, end: int) -> bool:
    """Whether the form is only a part of one dictionary word (障害 in 障害者 is; 流出 in 流出し is not)."""
    return any(token.start < start and token.end > end for token in row)


def _applies(compiled: _Compiled, left: str, right: str) -> bool:
    return (
        (compiled.before is None or compiled.before.search(left) is not None)
        and (compiled.after is None or compiled.after.match(right) is not None)
        and (compiled.not_before is None or compiled.not_before.search(left) is None)
        and (compiled.not_after is None or compiled.not_after.match(right) is None)
    )


def _sense(compiled: _Compiled, form: str, left: str, right: str, detected: bool) -> str:
    for sense, before, after in compiled.senses:
        if sense.forms and form not in sense.forms:
            continue
        if sense.first is not None and sense.first == detected:
            continue
        if (before is None or before.search(left)) and (after is None or after.match(right)):
            return sense.type
    return compiled.rule.type
