"""Factuality in the manner of medspaCy's ConText: a cue, its direction, its scope and what ends the scope.

The cues are ``models/factuality.jsonl``, in order of priority. Every value names the cue that set it, so that
``explain`` can show it. Japanese states polarity at the end of the clause, so most cues stand behind the trigger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from tenmatsu.events.ontology import response_side
from tenmatsu.knowledge import load
from tenmatsu.screen import Screen

_NEAR = 240  # code points behind a trigger in which its sentence is read
_BEFORE = 80  # code points before it in which a cue may stand


class CueRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A factuality cue: category (possible, negated, planned, none), pattern, side, scope and examples.

    ``pattern`` may name slots of ``models/factuality-slots.jsonl`` (``<EVID>``). ``types``: any, attack or response (the
    sides of ``models/ontology.jsonl``), or event types joined by ``|``. ``where``: after or before the trigger, inside
    it, or in what follows the sentence (next). ``scope``: trigger, clause (to the end of the trigger's clause), coordinated (through し、 to the end of the sentence
    unless a past tense closes it), sentence, headline (lines without a full stop only). ``adnominal``: what the cue does
    where the trigger qualifies a noun (流出した情報): any (nothing), never (does not hold), not_past (not behind a past
    tense), near (holds close behind it, on the attack side), only (holds there alone). ``lines``: prose keeps the cue off
    the rows of a chronology. ``reach``: code points between trigger and cue, 0 for any. ``without``: a pattern that must
    not stand in the rest of the sentence. ``apart``: a pattern of the words between trigger and cue that tell that the cue
    speaks of another happening (不正アクセスにより…流出した可能性). ``needs``: a cheap pattern without which ``pattern`` cannot match behind the
    trigger, asked first.
    """

    id: str
    category: str
    pattern: str
    scope: str
    where: str
    types: str
    positive: list[str]
    negative: list[str]
    adnominal: str = "any"
    lines: str = "any"
    reach: int = 0
    without: str = ""
    apart: str = ""
    needs: str = ""


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part that cue patterns share, written ``<NAME>`` in them."""

    id: str
    name: str
    pattern: str
    note: str


@dataclass(frozen=True, slots=True)
class Factuality:
    """asserted, negated, possible, planned or none (no claim at all), with the cue and its span in the sentence."""

    value: str
    cue: str | None = None
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class _Cue:
    pattern: re.Pattern[str]
    without: re.Pattern[str] | None
    apart: re.Pattern[str] | None
    needs: re.Pattern[str] | None


def expand(pattern: str) -> str:
    """Return a cue's pattern with its slots filled in. Raises KeyError for a slot that does not exist."""
    slots = {slot.name: slot.pattern for slot in load("factuality-slots", Slot)}
    while True:
        filled = re.sub(r"<([A-Z]+)>", lambda match: slots[match[1]], pattern)
        if filled == pattern:
            return filled
        pattern = filled


def _rules() -> tuple[CueRule, ...]:
    return load("factuality", CueRule)


@cache
def _cue(number: int) -> _Cue:
    """The patterns of a cue, made when its words are first met."""
    rule = _rules()[number]
    return _Cue(
        re.compile(expand(rule.pattern)),
        re.compile(rule.without) if rule.without else None,
        re.compile(expand(rule.apart)) if rule.apart else None,
        re.compile(rule.needs) if rule.needs else None,
    )


@cache
def _screen() -> Screen:
    """Cues are asked where their words are in the sentence around the trigger; those of what follows it, always."""
    return Screen("" if rule.where == "next" else expand(rule.pattern) for rule in _rules())


@cache
def _concerning(kind: str) -> frozenset[int]:
    """The numbers of the cues that may hold for a type of event; all for no type."""
    return frozenset(number for number, rule in enumerate(_rules()) if not kind or _concerns(rule.types, kind))


@cache
def _boundary() -> re.Pattern[str]:
    # a comma behind a predicate closes the clause; behind a noun it only divides a list
    return re.compile(
        r"(?:(?:た|い|る|す|せん|ん|だ|う|ず)が|ものの|けれども?|(?:し|され|せ|き|って|(?<!とし)て|み|おり|おらず|ず|なく|あり|れ|え|め|け)|ため|ので|ところ|うえ|上で|(?<=[るた])(?:中|なか)で|結果|た後|る際|たことから|ことにより|たことで|とともに|るほか|ほか|一方|によると|によれば)、"
    )


@cache
def _past() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?:た|ました|ている|ています|ております)が?|(?:ている|ており(?:ます)?|ています)(?:ところ|最中|状況|状態)(?:で(?:す|あり|ございます)?)?が?|たまま(?:で|と(?:なって)?(?:おり)?)?|ており|たほか|たのち|たうえで|た上で)[、。]"
    )


@cache
def _adnominal() -> re.Pattern[str]:
    # 流出した+noun: the noun carries the predicate, so denials of the main clause are no denials of the leak,
    # unless the noun is one of evidence (事実, 痕跡 ...)
    return re.compile(
        r"(?:し|さ|せ)?(?:れ)?(?:た|ている|ていた|る|する)(?!(?:事実|痕跡|形跡|記録|被害|こと|事|可能性|おそれ|恐れ|疑い|ところ|との|旨|報告|連絡|事例|の))(?=[一-龠々ァ-ヶA-Za-z「『])"
    )


def scope(sentence: str, end: int) -> str:
    """Return what stands behind ``end`` up to and with the boundary of the trigger's clause."""
    tail = sentence[end:]
    if "、" not in tail:
        return tail
    for boundary in _boundary().finditer(tail):
        depth = tail.count("(", 0, boundary.start()) + tail.count("（", 0, boundary.start())
        depth -= tail.count(")", 0, boundary.start()) + tail.count("）", 0, boundary.start())
        if depth <= 0:
            return tail[: boundary.end()]
    return tail


def _concerns(types: str, kind: str) -> bool:
    if types == "any":
        return True
    if types in ("attack", "response"):
        return (kind in response_side()) == (types == "response")
    return kind in types.split("|")


def _without_quotes(sentence: str, end: int) -> tuple[str, list[int]]:
    """Return the sentence without the brackets of words quoted behind ``end``, and where (in the result) each was left out.

    流出は「確認されていない」という: the words in brackets say it as they would without them.
    """
    opening = sentence.find("「", end)
    if opening < 0:
        return sentence, []
    kept, gone, open_now = [sentence[:end]], [], 0
    length = end
    for character in sentence[end:]:
        if character == "「":
            open_now += 1
        elif character != "」" or not open_now:
            kept.append(character)
            length += 1
            continue
        else:
            open_now -= 1
        gone.append(length)
    return "".join(kept), gone


def judge(
    sentence: str,
    start: int,
    end: int,
    *,
    kind: str = "",
    headline: bool = False,
    chronicle: bool = False,
    following: str = "",
) -> Factuality:
    """Return how surely the trigger at ``sentence[start:end]`` is stated.

    ``kind`` is the event type: an undated purpose or condition is ``none`` for every type. ``headline`` tells that
    the line is a title or heading (a closing か is a doubt there), ``chronicle`` that it is a row of a chronology (a present
    tense tells what was done there), ``following`` is what the line says behind the sentence (its その可能性は takes up the
    claim). The first cue in file order that holds decides.
    """
    sentence, gone = _without_quotes(sentence, end)
    around = _Around(sentence, start, end, kind, following)
    rules, concerning = _rules(), _concerning(kind)
    for number in _screen().possible(around.near):
        if number not in concerning:
            continue
        rule, cue = rules[number], _cue(number)
        if (rule.scope == "headline" and not headline) or (rule.lines == "prose" and chronicle):
            continue
        span = around.find(rule, cue)
        if span is None or not around.admits(rule, span[0]):
            continue
        if cue.without is not None and cue.without.search(sentence, end):
            continue
        if cue.apart is not None and cue.apart.search(sentence[end : min(span[0], end + _NEAR)]):
            continue
        return Factuality(rule.category, rule.id, *(at + sum(1 for cut in gone if cut < at) for at in span))
    return _ASSERTED


_ASSERTED = Factuality("asserted")


class _Around:
    """What stands around one trigger, cut into the scopes that cues ask for."""

    def __init__(self, sentence: str, start: int, end: int, kind: str, following: str = "") -> None:
        self.sentence, self.start, self.end, self.kind = sentence, start, end, kind
        self.following = following.lstrip()
        self.clause = scope(sentence, end)
        self.rest = sentence[end : end + _NEAR]
        self.adnominal = _adnominal().match(self.clause)

    @property
    def near(self) -> str:
        """All of the sentence in which a cue may stand."""
        return self.sentence[max(0, self.start - _BEFORE) : self.end + max(_NEAR, len(self.clause))]

    def find(self, rule: CueRule, cue: _Cue) -> tuple[int, int] | None:
        """Return the cue's span in the sentence where it stands in its scope, else None."""
        pattern = cue.pattern
        if rule.where == "inside":
            return (self.start, self.end) if pattern.search(self.sentence, self.start, self.end) else None
        if rule.where == "next":
            hit = pattern.match(self.following)
            behind = len(self.sentence)
            return (behind + hit.start(), behind + hit.end()) if hit else None
        if rule.where == "before":
            base = max(0, self.start - _BEFORE)
            hit = pattern.search(self.sentence[base : self.start])
            return (base + hit.start(), base + hit.end()) if hit else None
        if cue.needs is not None and cue.needs.search(self.sentence, self.end) is None:
            return None
        if rule.scope == "clause" or rule.scope == "trigger":
            within = self.clause
        elif rule.scope == "coordinated":
            past = _past().search(self.rest)
            within = self.rest[: past.end()] if past else self.rest
        else:
            within = self.rest
        hit = pattern.search(within)
        if hit is None or (rule.reach and hit.start() > rule.reach):
            return None
        return self.end + hit.start(), self.end + hit.end()

    def admits(self, rule: CueRule, at: int) -> bool:
        """Whether a cue at ``at`` holds for a trigger that qualifies a noun, or does not."""
        if self.adnominal is None:
            return rule.adnominal != "only"
        if rule.where != "after":
            return True
        behind = at - self.end - self.adnominal.end()
        if rule.category == "possible" and behind > 0:
            between = self.clause[self.adnominal.end() : self.adnominal.end() + behind]
            if re.search("流出|漏え|漏洩", between):
                return False
        if rule.adnominal == "never":
            return False
        if rule.adnominal == "not_past":
            return not self.adnominal[0].endswith(("た", "ている"))
        if rule.adnominal == "near":
            return behind <= 12 and self.kind not in response_side()
        return True
